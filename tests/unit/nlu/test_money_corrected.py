"""A budget said in a breath: corrected, one end of it, in a day's place, in the shop's own dollar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.money.budget import find_budget
from nlu.money.vague import says_no_budget
from nlu.reading import Reading, read
from nlu.words.lexicon import Lexicon

TODAY = date(2026, 11, 22)


def ends(text: str) -> tuple[object, object] | None:
    found = find_budget(text)
    return (found.low, found.high) if found else None


def reading(text: str, lexicon: Lexicon, country: str = "GB") -> Reading:
    return read(text, today=TODAY, lexicon=lexicon, country=country)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sorry, I meant {n} not 99", "high"),
        ("oh i meant {n}", "high"),
        ("actually make it {n}", "high"),
        ("can you change it to {n}", "high"),
        ("make that {n} and no scarves", "high"),
        ("actually {n}", "high"),
        ("sorry, {n}", "high"),
        ("my max is {n}", "high"),
        ("max is {n}", "high"),
        ("it was £75 last time, this time {n}", "high"),
        ("at least {n}", "low"),
        ("minimum {n} please", "low"),
        ("{n} minimum", "low"),
    ],
)
@given(amount=st.integers(10, 98))
def test_a_bare_figure_that_corrects_or_limits_is_the_budget(text: str, said: str, amount: int) -> None:
    """Who answers the price of three gifts with "make it 40" is not asked for the budget again."""
    assert ends(text.format(n=amount)) == ((amount, None) if said == "low" else (None, amount))


@pytest.mark.parametrize(
    "text",
    ["he is 30, sorry I meant 35", "make it 12 scarves", "at least 12 puzzles", "make it 3", "-£5", "is he over 50"],
)
def test_a_correction_of_something_else_is_no_budget(text: str) -> None:
    """An age or a number of things mended is not money, nor is a figure below nothing."""
    assert ends(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("my budget is 2 hundred", (None, 200)),
        ("about 3 hundred quid", (None, 300)),
        ("15,- euro", (None, 15)),
        ("my husband would murder me for spending more than 45", (None, 45)),
        ("I don't mind spending more than 45", (45, None)),
        ("don't be cross but I want to spend over 45", (45, None)),
        ("between 20 and 25 for a 9 year old girl", (20, 25)),
    ],
)
def test_hundreds_dashes_and_blame_are_read(text: str, said: tuple[object, object]) -> None:
    """Two hundred read as two hides the shop; what must not happen is a ceiling, no floor."""
    assert ends(text) == said


@pytest.mark.parametrize(
    "text",
    ["£90 between 3 kids", "£90 between my three nephews", "£90 to spend on 5 friends"],
)
def test_a_sum_for_so_many_is_for_all_of_them(text: str) -> None:
    """A sum for four shown as the price of one gift is spent on the first."""
    found = find_budget(text)
    assert found is not None
    assert (found.high, found.scope) == (90, "total")


def test_the_years_of_a_child_share_no_sum() -> None:
    """A four year old is one child."""
    found = find_budget("£30 for my 4 year old")
    assert found is not None
    assert found.scope is None


@pytest.mark.parametrize("text", ["scrap the budget", "ignore the budget please", "forget about my budget"])
def test_a_budget_taken_back_is_none(text: str) -> None:
    """A limit the shopper drops must not go on hiding gifts."""
    assert says_no_budget(text)


@pytest.mark.parametrize("text", ["no budget yet", "no budget set yet"])
def test_a_budget_to_come_is_not_none(text: str) -> None:
    """Who has not made up their mind has not said that the price is no matter."""
    assert not says_no_budget(text)


@pytest.mark.parametrize("text", ["6/12", "6/12 is his birthday", "I need it for a 6/12 birthday", "12/6 is her party"])
def test_a_day_and_month_is_neither_money_nor_age(text: str, lexicon: Lexicon) -> None:
    """The day of a birthday is not a budget of £6 to £12 for a child of twelve."""
    said = reading(text, lexicon)
    assert (said.budget_max, said.recipient_age) == (None, None)
    assert said.occasion_date is not None


@pytest.mark.parametrize(
    ("text", "said"), [("£10/12", (10, 12)), ("10/12 quid", (10, 12)), ("20/25", (20, 25)), ("budget 10/12", (10, 12))]
)
def test_two_figures_with_a_sign_or_of_no_month_stay_money(text: str, said: tuple[int, int]) -> None:
    """A pair that is no date, or says it is money, is a range."""
    assert ends(text) == said


@pytest.mark.parametrize(
    ("country", "currency"),
    [("AU", "AUD"), ("CA", "CAD"), ("NZ", "NZD"), ("SG", "SGD"), ("GB", "USD"), ("US", "USD"), ("IE", "USD")],
)
def test_a_plain_dollar_is_the_shops_own(country: str, currency: str, lexicon: Lexicon) -> None:
    """In Sydney thirty dollars are Australian ones, unless the message says otherwise."""
    assert reading("around $30", lexicon, country).currency == currency
    assert reading("45 bucks for mum", lexicon, country).currency == currency
    assert reading("30 US dollars for mum", lexicon, country).currency == "USD"
    assert reading("$30, we live in Toronto", lexicon, country).currency == "CAD"


@pytest.mark.parametrize("text", ["I need it by 20 November", "gift by 1 October", "need it by 31 december 9999"])
def test_a_day_just_past_is_no_deadline(text: str, lexicon: Lexicon) -> None:
    """A slip in the date must not be taken for next year's."""
    assert reading(text, lexicon).deadline is None
