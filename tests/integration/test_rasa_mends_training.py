"""Rasa's training with its hot spots mended: the same examples, and a changed file is read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.rasa_host import prepare

prepare()

from rasa.shared.importers import utils  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402

EXAMPLES = 'version: "3.1"\nnlu:\n- intent: {}\n  examples: |\n    - hello\n    - {}\n'


def said(data: TrainingData) -> list[tuple[str, str]]:
    return [(example.get("text"), example.get("intent")) for example in data.training_examples]


def test_intents_and_responses_are_stripped_and_doubles_dropped_as_rasa_does() -> None:
    """Two examples that differ in a blank only are one."""
    messages = [
        Message({"text": "hi", "intent": " greet "}),
        Message({"text": "hi", "intent": "greet"}),
        Message({"text": "why", "intent": "faq/why", "response": "because "}),
        Message({"text": "no intent"}),
    ]
    clean = TrainingData(messages).training_examples
    assert [(one.get("text"), one.get("intent"), one.get("response")) for one in clean] == [
        ("hi", "greet", None),
        ("why", "faq/why", "because"),
        ("no intent", None, None),
    ]


def test_an_example_that_needs_no_stripping_keeps_its_fingerprint() -> None:
    """That is what makes training faster; a stripped one must not keep the old one."""
    kept, stripped = Message({"text": "hi", "intent": "greet"}), Message({"text": "hi", "intent": "greet "})
    before = kept.fingerprint(), stripped.fingerprint()
    TrainingData([kept, stripped])
    assert kept._cached_fingerprint == before[0]
    assert stripped.fingerprint() == before[0] != before[1]


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    """Whoever trains twice in one process must not get yesterday's examples."""
    path = tmp_path / "nlu.yml"
    path.write_text(EXAMPLES.format("greet", "hey"))
    assert said(utils.training_data_from_paths([str(path)], "en")) == [("hello", "greet"), ("hey", "greet")]
    path.write_text(EXAMPLES.format("greet", "good morning"))
    assert said(utils.training_data_from_paths([str(path)], "en")) == [("hello", "greet"), ("good morning", "greet")]


def test_who_changes_what_was_read_changes_it_for_nobody_else(tmp_path: Path) -> None:
    """Components write into the examples they are given."""
    path = tmp_path / "nlu.yml"
    path.write_text(EXAMPLES.format("greet", "hey"))
    first = utils.training_data_from_paths([str(path)], "en")
    first.training_examples[0].set("intent", "goodbye")
    first.training_examples.pop()
    assert said(utils.training_data_from_paths([str(path)], "en")) == [("hello", "greet"), ("hey", "greet")]


def test_a_missing_file_is_reported_as_it_always_was(tmp_path: Path) -> None:
    """A wrong path must not pass for no examples."""
    with pytest.raises((FileNotFoundError, ValueError)):
        utils.training_data_from_paths([str(tmp_path / "none.yml")], "en")
