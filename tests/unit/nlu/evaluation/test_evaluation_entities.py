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
from nlu.words.lexicon import Lexicon

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


def test_marks_that_cannot_be_read_give_way_to_those_that_can(lexicon: Lexicon) -> None:
    """The baseline marks too much; what its builder could sort out with our lists is not held against it."""
    text = "as it's my best friend's 30th birthday, she's 29 now, two of us, £15"
    entities = [
        mark("recipient", "it's", text),
        mark("recipient", "best friend's", text, value="anything"),
        mark("occasion", "as", text),
        mark("occasion", "30th birthday", text),
        mark("recipient_age", "now", text),
        mark("recipient_age", "29", text),
        mark("recipient_gender", "she's 29", text),
        mark("budget", "of us", text),
        mark("budget", "£15", text),
    ]
    slots = slots_from(text, entities, lexicon)
    assert (slots["recipient"], slots["occasion"], slots["recipient_age"]) == ("friend", "birthday", (29, 29))
    assert (slots["recipient_gender"], slots["budget_max"], slots["currency"]) == ("female", 15.0, "GBP")
    assert slots_from(text, entities[2:3], lexicon)["occasion"] is None


def test_a_recipient_that_no_list_knows_is_kept_as_marked(lexicon: Lexicon) -> None:
    """A trade or a nickname may well be the answer; of occasions the lists know all."""
    text = "something for our lollipop lady"
    assert slots_from(text, [mark("recipient", "lollipop", text)], lexicon)["recipient"] == "lollipop"


@given(st.text(max_size=40), st.lists(st.tuples(st.sampled_from(["recipient", "recipient_age", "budget", "occasion"]), st.text(max_size=9), st.integers(0, 40), st.integers(0, 40)), max_size=4))  # fmt: skip # noqa: E501
def test_any_marks_are_read(lexicon: Lexicon, text: str, marked: list[tuple[str, str, int, int]]) -> None:
    """A network marks anything; a measurement of minutes must not end on it."""
    entities = [{"entity": kind, "value": value, "start": start, "end": end} for kind, value, start, end in marked]
    slots = slots_from(text, entities, lexicon)
    assert slots["budget_max"] is None or slots["budget_max"] >= (slots["budget_min"] or 0)


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
