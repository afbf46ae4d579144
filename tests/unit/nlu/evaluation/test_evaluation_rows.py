"""Labelled rows are read whole, or refused with the place and what to do."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.evaluation.rows import BadRow, Row, read_rows

NOTHING_SAID: dict[str, Any] = {
    "recipient": None, "recipient_age": None, "recipient_gender": None, "budget_min": None, "budget_max": None,
    "currency": None, "occasion": None, "interests": [], "exclusions": [],
}  # fmt: skip
ASK = {"id": "a1", "text": "gift for grandma", "intent": "ask_gift", **NOTHING_SAID}


def line(**changes: Any) -> str:
    return json.dumps({**ASK, **changes})


def test_a_request_is_read_into_the_shapes_that_are_compared() -> None:
    """One age is a range of one, money is a number, grandma is grandmother: otherwise right answers count as wrong."""
    (row,) = read_rows(
        [
            line(
                recipient="Grandma",
                recipient_age=70,
                budget_max=30,
                currency="gbp",
                occasion="Birthday",
                interests=["tea"],
                intent_alt="refine",
                today="2026-11-22",
                country="IE",
                has_bracket_spec=False,
                wish="ask_gift",
            )
        ]
    )
    assert row.slots == {
        "recipient": "grandmother",
        "recipient_age": (70, 70),
        "recipient_gender": None,
        "budget_min": None,
        "budget_max": 30.0,
        "currency": "GBP",
        "occasion": "birthday",
        "interests": ("tea",),
        "exclusions": (),
    }
    assert (row.intents, row.today, row.country) == (("ask_gift", "refine"), date(2026, 11, 22), "IE")
    assert (row.bracket, row.wish) == (False, "ask_gift")


def test_both_kinds_of_rows_may_be_mixed() -> None:
    """Out-of-scope messages are measured together with requests, in one run."""
    asked, outside, other = read_rows(
        [
            line(),
            '{"text": "my card was declined", "label": "banking"}',
            "",
            '{"text": "hi", "intent": "other", "recipient": "me"}',
        ]
    )
    assert asked.intents == ("ask_gift",)
    assert (outside.intents, outside.label, outside.slots) == ((), "banking", None)
    assert (other.intents, other.slots) == (("other",), None)


def test_a_request_may_label_its_intent_alone() -> None:
    """Files about intents have no slots; such rows must not count as requests that say nothing."""
    (row,) = read_rows(['{"text": "gifts please", "intent": "ask_gift"}'])
    assert row.slots is None


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("{", ("line 2", "no JSON")),
        ("[1]", ("line 2", "a JSON object", "a list")),
        ('{"id": "x", "intent": "other"}', ("line 2", "field text", "missing")),
        ('{"text": "hi"}', ("line 2", "field intent", "missing", "ask_gift, refine or other")),
        ('{"text": "hi", "intent": "greet"}', ("line 2", "field intent", '"greet"', "one of ask_gift")),
        (line(text=7), ("line 2", "field text", "7 cannot be read")),
        (line(recipient_age="old"), ("line 2", "field recipient_age", "whole years")),
        (line(recipient_age=[40, 30]), ("line 2", "field recipient_age", "[youngest, oldest]")),
        (line(recipient_gender="f"), ("line 2", "field recipient_gender", "female, male or null")),
        (line(budget_max="30"), ("line 2", "field budget_max", "a number")),
        (line(budget_min=-1), ("line 2", "field budget_min", "a number")),
        (line(currency=["G", "B", "P"]), ("line 2", "field currency", "three letters")),
        (line(country=["G", "B"]), ("line 2", "field country", "two capital letters")),
        (line(recipient_age=float("inf")), ("line 2", "field recipient_age", "whole years")),
        (line(currency="$"), ("line 2", "field currency", "three letters")),
        (line(interests="tea"), ("line 2", "field interests", "a list of texts")),
        (line(today="22/11/2026"), ("line 2", "field today", "2026-11-22")),
        (line(intent_alt="greet"), ("line 2", "field intent_alt", "one of ask_gift")),
        (line(people=[1]), ("line 2", "field people", "a list such as")),
        (
            json.dumps({"text": "x", "intent": "ask_gift", "recipient": "mom"}),
            ("line 2", "field recipient_age", "it is missing", "null"),
        ),
    ],
)
def test_a_row_that_cannot_be_scored_is_named_with_line_field_and_remedy(bad: str, told: tuple[str, ...]) -> None:
    """A row skipped in silence makes every figure a lie."""
    with pytest.raises(BadRow) as caught:
        read_rows([line(), bad])
    for part in told:
        assert part in str(caught.value)


def test_a_file_without_rows_is_refused() -> None:
    """Figures over nothing look like figures."""
    with pytest.raises(BadRow, match="no row"):
        read_rows(["", "  "])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.dictionaries(st.sampled_from([*ASK, "intent_alt", "label", "today", "country", "people", "sensitive"]), JSON),
    st.booleans(),
)
def test_any_json_is_read_or_refused_as_a_bad_row(changes: dict[str, Any], whole: bool) -> None:
    """Whatever stands in a file, the answer is a row or a sentence, never a stack trace."""
    refused = ""
    rows: tuple[Row, ...] = ()
    try:
        rows = read_rows([json.dumps({**ASK, **changes} if whole else changes)])
    except BadRow as error:
        refused = str(error)
    assert (len(rows) == 1) != refused.startswith("line 1")
