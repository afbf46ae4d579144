"""Least and most: neither is dropped, and a most is never taken for a least."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.money.budget import find_budget
from nlu.words.text import clean

BOTH = """at least £10, at most £20|min £10 max £20|min £10, max £20|less than £20 but more than £10|£10 minimum, £20 maximum
£10 min £20 max|£20 max £10 min|£20 max, £10 min|more than £10, less than £20|over £10 but no more than £20|at most £20, at least £10
over £10 and under £20|no less than £10 and no more than £20|minimum £10, maximum £20|not under £10, not over £20|up to £20 but at least £10
at least 10, at most 20|max 20, min 10|10 minimum 20 maximum|over 10 under 20|at least 10 but under 20"""
MOST = """I'd rather not spend over £20|over £20 is too much|anything above £20 is out|don't want to go over £20|I can't go above £20
please don't spend more than £20|nothing over £20|no higher than £20|not a fan of anything over £20|I wouldn't go much above £20
more than £20 would be too expensive|over £20 is a bit too pricey|no dearer than £20|£20 and not a penny more|can't stretch past £20
I don't have more than £20|never more than £20|over £20 isn't possible|without going above £20|anything over £20 is out of the question
nothing above 20 please|don't go over 20|it shouldn't cost over 20|over £20 no way|not £50, more like £20|not over 20"""
LEAST = """over £20|at least £20|more than £20|£20 minimum|£20 or more|from £20|not less than £20|nothing under £20|I don't want to spend less than £20
under £20 is too cheap|anything below £20 is out|I don't mind going over £20|higher than £20|she doesn't drink wine so something over £20|I don't want tat, over £20"""


def phrases(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|")]


def bounds(text: str) -> tuple[object, object] | None:
    found = find_budget(clean(text).text)
    return None if found is None else (found.low, found.high)


@pytest.mark.parametrize("text", phrases(BOTH))
def test_a_least_and_a_most_in_one_message_both_count(text: str) -> None:
    """Half of what was said is half a promise."""
    assert bounds(text) == (10, 20)


@pytest.mark.parametrize("text", phrases(MOST))
def test_a_most_said_by_refusing_more_is_a_most(text: str) -> None:
    """ "I'd rather not spend over £20" taken for a least shows only what is too dear."""
    assert bounds(text) == (None, 20)


@pytest.mark.parametrize("text", phrases(LEAST))
def test_a_least_stays_a_least(text: str) -> None:
    """A refusal elsewhere in the message turns nothing round."""
    assert bounds(text) == (20, None)


@given(
    st.integers(10, 400),
    st.integers(1, 400),
    st.sampled_from(["at least", "over", "more than", "min", "minimum", "no less than"]),
    st.sampled_from(["at most", "under", "less than", "max", "maximum of", "no more than", "not over", "up to"]),
    st.sampled_from([", ", " but ", ", but ", " and ", "; "]),
    st.booleans(),
)
def test_any_two_ends_come_together_in_any_order(
    low: int, more: int, least: str, most: str, between: str, turned: bool
) -> None:
    """However the two ends are worded, both are kept."""
    ends = [f"{least} £{low}", f"{most} £{low + more}"]
    assert bounds(between.join(reversed(ends) if turned else ends)) == (low, low + more)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I bought her a £50 candle last year", None), ("last year £50, this year more like £20", (None, 20)), ("we spent £50 last christmas", None),
        ("last year I spent £50 on her so this year under £20", (None, 20)), ("I gave him £50 for his last birthday", None), ("I've already spent £50 on her", None),
        ("last year's was £50", None), ("same as last year, £50", (None, 50)), ("I spent too much last year, £20 max", (None, 20)), ("£50 like last year", (None, 50)),
        ("I spent £50 on my dad and want to spend £20 on mum", (None, 20)), ("she's not over 30", None), ("max £50, she's over 30", (None, 50)),
        ("I've got £50", (None, 50)), ("got about £20 to spend", (None, 20)), ("this year £20, last year it was £50", (None, 20)), ("I want to spend £50", (None, 50)),
    ],
)  # fmt: skip
def test_what_was_spent_in_the_past_is_no_budget(text: str, said: tuple[object, object] | None) -> None:
    """Money that is gone says nothing of what may be spent now."""
    assert bounds(text) == said
