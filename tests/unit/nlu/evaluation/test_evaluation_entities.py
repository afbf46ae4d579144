"""The baseline is marked up as a person would, and its marks are read as well as simple rules can."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.baseline import NoBaseline, answer_from, read_all, training_data
from nlu.evaluation.entities import age_from_words, budget_from, currency_from, slots_from
from nlu.evaluation.rows import Row
from nlu.evaluation.silver import marks
from nlu.lexicon import Lexicon

TEXT = "present for my mum turning 70, she likes roses but hates candles, £20 to £30"


def mark(kind: str, words: str, text: str = TEXT, value: str | None = None) -> dict[str, Any]:
    start = text.index(words)
    return {"entity": kind, "value": value or words, "start": start, "end": start + len(words)}


def test_training_examples_are_marked_with_what_they_say(lexicon: Lexicon) -> None:
    """The baseline learns from the same examples, with the marks a person would make."""
    found = {
        one["entity"]: (TEXT[one["start"] : one["end"]], one["value"])
        for one in marks(TEXT, lexicon, today=date(2026, 1, 1))
    }
    assert found["recipient"] == ("mum", "mom")
    assert found["recipient_age"][1] == "70"
    assert found["budget"] == ("£20 to £30", None)
    assert found["interest"] == ("roses", None)
    assert found["exclusion"] == ("candles", None)


@given(st.text(max_size=60))
def test_marks_never_overlap(lexicon: Lexicon, text: str) -> None:
    """Rasa drops examples whose marks overlap."""
    found = marks(text + " for my mum, 8, £20", lexicon, today=date(2026, 1, 1))
    assert all(one["end"] <= other["start"] for one, other in pairwise(found))


def test_marked_words_become_slots(lexicon: Lexicon) -> None:
    """Synonyms of our lists, figures by our numerals: what a builder on stock Rasa would write."""
    entities = [
        mark("recipient", "mum"),
        mark("recipient_age", "turning 70", value="70"),
        mark("recipient_gender", "she", value="female"),
        mark("interest", "roses"),
        mark("exclusion", "candles"),
        mark("budget", "£20 to £30", value="something a synonym made of it"),
    ]
    assert slots_from(TEXT, entities, lexicon) == {
        "recipient": "mom",
        "recipient_age": (70, 70),
        "recipient_gender": "female",
        "budget_min": 20.0,
        "budget_max": 30.0,
        "currency": "GBP",
        "occasion": None,
        "interests": ("roses",),
        "exclusions": ("candles",),
    }


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("8 year old", (8, 8)),
        ("60-69", (60, 69)),
        ("40s", (40, 49)),
        ("between 5 and 7", (5, 7)),
        ("old", None),
        (None, None),
    ],
)
def test_ages_are_read_from_marked_words(words: str | None, age: tuple[int, int] | None) -> None:
    """One figure, a range or a decade."""
    assert age_from_words(words) == age


@pytest.mark.parametrize(
    ("words", "budget", "currency"),
    [
        ("about thirty quid", (None, 30.0), "GBP"),
        ("$20-40", (20.0, 40.0), "USD"),
        ("15 euros", (None, 15.0), "EUR"),
        ("cheap", (None, None), None),
        (None, (None, None), None),
    ],
)
def test_budgets_are_read_from_marked_words(words: str | None, budget: Any, currency: str | None) -> None:
    """One figure is the most, two are a range."""
    assert (budget_from(words), currency_from(words, "")) == (budget, currency)


def test_a_dollar_is_the_dollar_of_the_country_named() -> None:
    """The labels count it so, and the baseline is not to lose by that."""
    assert currency_from("$20", "here in Canada") == "CAD"


def test_only_requests_are_marked(lexicon: Lexicon) -> None:
    """Nobody would mark "cats" in small talk, and the baseline would learn to see likes everywhere."""
    lines = training_data([("do you like cats", "chitchat"), ("she likes cats", "ask_gift")], lexicon).splitlines()
    assert [len(json.loads(line)["entities"]) > 0 for line in lines] == [False, True]


def test_the_baseline_is_counted_by_the_same_rules(lexicon: Lexicon) -> None:
    """Unsure of a message in which it marked something, it gets the benefit that giftbot gets."""
    said = {"intents": ["nlu_fallback", "ask_gift"], "entities": [mark("recipient", "mum")], "ms": 9.5, "cpu_ms": 9}
    answer = answer_from(TEXT, said, lexicon)
    assert (answer.intent, answer.wish, answer.slots["recipient"], answer.ms) == (
        "ask_gift",
        "nlu_fallback",
        "mom",
        9.5,
    )
    assert answer_from(TEXT, {**said, "entities": []}, lexicon).intent == "other"


def test_without_its_environment_the_command_says_what_to_run(tmp_path: Any) -> None:
    """The baseline's 2 GB are nobody's by accident."""
    with pytest.raises(NoBaseline, match="make stock-rasa"):
        read_all([Row("1", "hi", ("other",))], tmp_path)
