"""Each or in all: the same figure means ten times as much."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.money.budget import find_budget
from nlu.words.text import clean

EACH = """£{n} each|£{n} per person|£{n} apiece|{n} pounds a head|£{n} per kid|${n} a gift|£{n} pp|up to £{n} per head please|spending £{n} on each of them|each gift under £{n}
£{n} max each|£{n} for each|45 bags, £{n} per bag|every kid gets £{n}|£{n} per bridesmaid|around ${n} a piece"""
TOTAL = """£{n} total|£{n} in total|£{n} all in|£{n} altogether|£{n} for both|£{n} between them|£{n} for the lot|total budget £{n}|£{n} for all three|£{n} split over four gifts
we have £{n} between us|overall budget is £{n}|£{n} for the two of them|we pooled ${n}|£{n} in all|£{n} combined|£{n} for everyone"""
UNSAID = "£{n}|£{n} for my mum|up to £{n}|£{n} all of it on books|£{n} for a teacher who has it all"


def scope(text: str) -> object:
    found = find_budget(clean(text).text)
    assert found is not None
    return found.scope


def phrases(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|")]


@pytest.mark.parametrize("text", phrases(EACH))
def test_an_amount_for_each_is_known_as_such(text: str) -> None:
    """Each of five at £20 is not four pounds a head."""
    assert scope(text.format(n=20)) == "each"


@pytest.mark.parametrize("text", phrases(TOTAL))
def test_an_amount_for_all_together_is_known_as_such(text: str) -> None:
    """A total shown as the price of one gift spends it on the first."""
    assert scope(text.format(n=20)) == "total"


@pytest.mark.parametrize("text", phrases(UNSAID))
def test_where_neither_is_said_neither_is_guessed(text: str) -> None:
    """The talk can ask."""
    assert scope(text.format(n=20)) is None


@given(st.integers(10, 5_000), st.sampled_from([(form, "each") for form in phrases(EACH)] + [(form, "total") for form in phrases(TOTAL)]))  # fmt: skip
def test_the_scope_does_not_hang_on_the_figure(amount: int, said: tuple[str, str]) -> None:
    """Whatever the amount, its words decide, and the amount stays what it is."""
    found = find_budget(clean(said[0].format(n=amount)).text)
    assert found is not None
    assert (found.high, found.scope) == (amount, said[1])
