"""Pence and cents are hundredths, and a figure with another unit is no money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.money.budget import find_budget
from nlu.reading import read
from nlu.words.lexicon import Lexicon

UNITS = (
    *("grams", "kilos", "kg", "pages", "decibels", "ounces", "litres", "centimetres", "miles", "lumens", "watts"),
    *("pints", "yards", "carats", "pieces", "minutes", "hours", "calories", "players", "chapters"),
)


def _budget(text: str) -> tuple[str | None, str | None, str | None] | None:
    found = find_budget(text)
    if found is None:
        return None
    low, high = (None if end is None else f"{end:.2f}" for end in (found.low, found.high))
    return low, high, found.currency


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("something below 75 pence", (None, "0.75", "GBP")),
        ("gift for mum under 50p", (None, "0.50", "GBP")),
        ("max 99p", (None, "0.99", "GBP")),
        ("fifty pence at most", (None, "0.50", "GBP")),
        ("between 50p and 80p", ("0.50", "0.80", "GBP")),
        ("50-80p", ("0.50", "0.80", "GBP")),
        ("50p to £2", ("0.50", "2.00", "GBP")),
        ("at least 20p", ("0.20", None, "GBP")),
        ("under 2 pounds 50", (None, "2.50", "GBP")),
        ("2 pounds and 50 pence", (None, "2.50", "GBP")),
        ("£2 50p max", (None, "2.50", "GBP")),
        ("£2.50p max", (None, "2.50", "GBP")),
        ("under 2.50p", (None, "2.50", "GBP")),
        ("under 75 cents", (None, "0.75", None)),
        ("99 cents max", (None, "0.99", None)),
        ("under 50 euro cents", (None, "0.50", "EUR")),
        ("under 1 penny", (None, "0.01", None)),
    ],
)
def test_a_budget_in_pence_or_cents(text: str, expected: tuple[str | None, str | None, str | None]) -> None:
    """Who names pence never means as many pounds."""
    assert _budget(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("he loves 50 cent", "that's my 2p worth", "here's my two cents", "he collects 50p coins"),
        *("a 1080p monitor", "under £50p"),
    ],
)
def test_what_only_looks_like_pence_is_no_budget(text: str) -> None:
    """Singers, coins to collect, opinions, the lines of a picture, and what may mean pounds as well as pence."""
    assert _budget(text) is None


@given(
    pence=st.integers(1, 143), unit=st.sampled_from(["p", " p", " pence", "P"]), cue=st.sampled_from(["under", "max"])
)
def test_pence_are_a_hundredth_of_their_figure(pence: int, unit: str, cue: str) -> None:
    """For every figure and way of writing it."""
    assert _budget(f"something {cue} {pence}{unit}") == (None, f"{Decimal(pence) / 100:.2f}", "GBP")


@given(figure=st.integers(1, 999), unit=st.sampled_from(UNITS), cue=st.sampled_from(["under", "below", "max", "over"]))
def test_a_figure_with_another_unit_is_never_money(figure: int, unit: str, cue: str) -> None:
    """Grams, pages and minutes have no price."""
    assert _budget(f"something {cue} {figure} {unit}") is None


def test_a_deadline_behind_pence_leaves_them_a_budget(lexicon: Lexicon) -> None:
    """The day is read beside the money, and neither is a like."""
    found = read("under 10p by tomorrow", today=date(2026, 11, 22), lexicon=lexicon)

    assert (found.budget_max, found.currency, found.deadline) == (Decimal("0.1"), "GBP", date(2026, 11, 23))
    assert found.interests == ()
