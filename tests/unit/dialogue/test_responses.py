"""Prepared responses say what Rasa's own generator says."""

from __future__ import annotations

from typing import Any

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rasa_host import prepare

prepare()

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator  # noqa: E402

from bot.dialogue.responses import Responses  # noqa: E402

PARTS = (
    "a word",
    " ",
    "{title}",
    "{price}",
    "{0}",
    "{not set}",
    "{{title}}",
    "{",
    "}",
    "\n",
    "0[",
    "{a.b}",
    "£5 & more",
)
VALUES = {"title": "Tea {set}", "price": 5, "not": None}


def said(generator: TemplatedNaturalLanguageGenerator, values: dict[str, Any]) -> Any:
    try:
        with structlog.testing.capture_logs():  # Rasa prints a page for each value that is missing
            return generator.generate_from_slots("utter", {"title": "a slot", "asked": ["x"]}, "x", **values)
    except (ValueError, IndexError) as error:  # a text that no one can fill in: both refuse
        return type(error)


@given(text=st.lists(st.sampled_from(PARTS), max_size=6).map("".join), values=st.sets(st.sampled_from(sorted(VALUES))))
@settings(deadline=None)
def test_a_text_is_filled_in_as_rasa_does(text: str, values: set[str]) -> None:
    """Whatever braces marketers write, and whichever values an action leaves out."""
    responses = {"utter": [{"text": text}]}
    given_values = {name: VALUES[name] for name in values}
    theirs = said(TemplatedNaturalLanguageGenerator(responses), given_values)
    assert said(Responses(responses), given_values) == theirs


@pytest.mark.parametrize(
    "variations",
    [
        [{"text": "hi", "channel": "x"}, {"text": "hello"}],
        [{"text": "hi", "condition": [{"type": "slot", "name": "title", "value": "a slot"}]}, {"text": "no"}],
        [{"text": "hi {title}", "buttons": [{"title": "{title}", "payload": "/yes"}]}],
        [{"custom": {"a": "{title}"}}],
    ],
    ids=["channel", "condition", "buttons", "custom"],
)
def test_what_is_more_than_one_text_is_left_to_rasa(variations: list[dict[str, Any]]) -> None:
    """Channels, conditions, buttons and data."""
    responses = {"utter": variations}
    assert said(Responses(responses), {}) == said(TemplatedNaturalLanguageGenerator(responses), {})


def test_there_is_no_response_of_an_unknown_name() -> None:
    """An action that names one which is gone says nothing."""
    assert Responses({}).generate_from_slots("utter", {}, "x") is None


def test_a_response_changed_by_its_reader_is_the_same_next_time() -> None:
    """Rasa adds buttons and data to what it was given."""
    responses = Responses({"utter": [{"text": "hi"}]})
    first = responses.generate_from_slots("utter", {}, "x")
    assert first is not None
    first["buttons"] = [1]
    assert responses.generate_from_slots("utter", {}, "x") == {"text": "hi"}
