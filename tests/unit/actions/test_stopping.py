"""When a wish that cannot be undone is carried out on the classifier's word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.moves.service import ActionPrivacyForget, ActionService
from actions.stopping import SURE_OF_FORGET, SURE_OF_STOP, wants_forgetting, wants_silence
from actions.talk import TalkSoFar
from actions.turn import Heard, heard_in
from nlu.reading import Reading

STOP = Heard(Reading(), "opt_out", SURE_OF_STOP)
FORGET = Heard(Reading(), "privacy_forget", SURE_OF_FORGET)


def test_a_sure_wish_to_stop_is_answered_with_silence() -> None:
    """A confirmation would be one message too many."""
    _, said, data = ActionService().decide(TalkSoFar(), STOP)
    assert (said, data) == ([], {"opted_out": "understood"})


@pytest.mark.parametrize(
    "doubtful",
    [
        replace(STOP, confidence=SURE_OF_STOP - 0.01),
        replace(STOP, also=("ask_delivery",)),
        replace(STOP, figures=True),
        replace(STOP, reading=Reading(exclusions=("candles",))),
        replace(STOP, intent="goodbye"),
    ],
)
def test_a_doubtful_one_is_told_the_word_that_always_works(doubtful: Heard) -> None:
    """Silence after “stop at 3 items” would be a dead end."""
    assert not wants_silence(doubtful)
    _, said, data = ActionService().decide(TalkSoFar(), doubtful)
    assert said
    assert "opted_out" not in data


def test_a_sure_wish_to_be_forgotten_reaches_everything() -> None:
    _, said, data = ActionPrivacyForget().decide(TalkSoFar(), FORGET)
    assert ([one.response for one in said], data) == (["utter_privacy_forgotten"], {"forget": True})


@pytest.mark.parametrize(
    "doubtful",
    [
        replace(FORGET, confidence=0.83),
        replace(FORGET, figures=True),
        replace(FORGET, reading=Reading(recipient="dad")),
    ],
)
def test_forget_it_drops_the_search_and_deletes_nothing_else(doubtful: Heard) -> None:
    """Purchases of years must not go for a slip of the tongue."""
    assert not wants_forgetting(doubtful)
    _, said, data = ActionPrivacyForget().decide(TalkSoFar(), doubtful)
    assert ([one.response for one in said], data) == (["utter_notes_dropped"], {})


def test_what_nlu_says_arrives() -> None:
    """Confidence and figures are read from Rasa's message."""
    told = heard_in({"intent": {"name": "opt_out", "confidence": 0.97}, "text": "stop at 3"}, "1")
    assert (told.intent, told.confidence, told.figures) == ("opt_out", 0.97, True)
