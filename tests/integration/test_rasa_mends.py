"""The mends of Rasa's hot spots behave as Rasa's own code does (docs/decisions/0001)."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from typing import Any

import pytest

from bot.rasa_host import prepare, standin

prepare()

from jsonschema import ValidationError, validate  # noqa: E402
from rasa.core.actions.action import RemoteAction  # noqa: E402
from rasa.shared.core.events import Event, UserUttered  # noqa: E402
from rasa.shared.utils.common import all_subclasses  # noqa: E402

ANSWERS: list[Any] = [
    {},
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "name": "brief", "value": {"a": [1, None]}, "timestamp": None}]},
    {"events": [], "responses": [{"text": "hi", "buttons": [], "rank": 1}]},
    {"events": [{"event": "slot", "name": "brief"}]},
    {"events": [{"event": "slot", "name": 5, "value": 1}]},
    {"events": [{"event": "slot", "name": "brief", "value": 1, "timestamp": "now"}]},
    {"events": [{"event": "slot", "name": "brief", "value": 1, "metadata": "none"}]},
    {"events": None, "responses": []},
    {"events": [], "responses": "none"},
    {"events": [{"event": "user", "text": "hi", "parse_data": {"intent": {"name": "greet"}}}]},
    {"events": [{"event": "no such event"}]},
    {"events": [{"name": "without an event"}]},
    {"events": "not a list"},
    {"responses": ["not an object"]},
    [],
    "text",
    None,
]


@pytest.mark.parametrize("answer", ANSWERS, ids=str)
def test_the_compiled_validator_accepts_and_refuses_what_rasa_does(answer: Any) -> None:
    """A wrong action answer must still be refused, a right one still pass."""
    schema = RemoteAction.action_response_format_spec()
    try:
        validate(answer, schema)
        expected = ""
    except ValidationError as error:
        expected = error.message

    try:
        accepted = RemoteAction("action_suggest", None)._validate_action_result(answer)
        refused = ""
    except ValidationError as error:
        accepted, refused = False, error.message

    assert accepted is (expected == "")
    assert refused.startswith(expected)


def test_every_event_is_found_under_the_name_rasa_finds_it() -> None:
    """A talk read back must hold the events that were written."""
    for kind in all_subclasses(Event):
        first_by_rasa = next(cls for cls in all_subclasses(Event) if cls.type_name == kind.type_name)
        assert Event.resolve_by_type(kind.type_name) is first_by_rasa


def test_an_unknown_event_is_answered_as_by_rasa() -> None:
    """The default, None for the old topic event, and an error otherwise."""
    assert Event.resolve_by_type("nonsense", UserUttered) is UserUttered
    assert Event.resolve_by_type("topic") is None
    with pytest.raises(ValueError, match="Unknown event name 'nonsense'"):
        Event.resolve_by_type("nonsense")


def test_the_stand_in_is_inert_and_says_what_is_missing() -> None:
    """Rasa's TensorFlow classes import; using one ends in a sentence that says what to install."""
    if not standin.install():
        pytest.skip("TensorFlow is installed: nothing stands in for it")
    import tensorflow as tf

    @tf.function
    def decorated() -> int:
        return 3

    class Layer(tf.keras.layers.Layer):  # type: ignore[misc]
        pass

    assert decorated() == 3
    assert Layer()
    with pytest.raises(RuntimeError, match=r"giftbot\[tensorflow\]"):
        tf.keras.Model()(1, 2)


def test_the_stand_in_hides_no_installed_module() -> None:
    """It answers last, and only for TensorFlow's family."""
    kinds = [finder if isinstance(finder, type) else type(finder) for finder in sys.meta_path]
    assert kinds.index(PathFinder) < kinds.index(standin._Finder)
    assert standin._Finder().find_spec("json", None) is None
    with pytest.raises(ModuleNotFoundError):
        __import__("no_such_module_of_ours")
