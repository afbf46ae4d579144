"""A budget is read as it was meant, and nothing else is taken for one."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.money.budget import find_budget
from nlu.money.vague import says_no_budget
from nlu.people.ages import find_ages
from nlu.words.text import clean

SAID = {
    "about £20 to £30": (20, 30, "GBP"),
    "£20-£30": (20, 30, "GBP"),
    "£20–£30": (20, 30, "GBP"),
    "$20-$40": (20, 40, "USD"),
    "20€": (None, 20, "EUR"),
    "20-30": (20, 30, None),
    "20 to 30": (20, 30, None),
    "about 25": (None, 25, None),
    "50ish": (None, 50, None),
    "under 30 quid": (None, 30, "GBP"),
    "a tenner": (None, 10, "GBP"),
    "no more than 40": (None, 40, None),
    "don't want to spend more than £40": (None, 40, "GBP"),
    "my budget is 30": (None, 30, None),
    "between 50 and 100 dollars": (50, 100, "USD"),
    "at least £30": (30, None, "GBP"),
    "£50+": (50, None, "GBP"),
    "over £50": (50, None, "GBP"),
    "100 bucks": (None, 100, "USD"),
    "$50, I'm in Canada": (None, 50, "CAD"),
    "A$50": (None, 50, "AUD"),
    "twenty to thirty pounds": (20, 30, "GBP"),
    "up to a hundred": (None, 100, None),
    "$1,500": (None, 1500, "USD"),
    "15.99 max": (None, Decimal("15.99"), None),
    "£25/$40": (None, 25, "GBP"),
    "[F, 22, Girlfriend, $0-75]": (0, 75, "USD"),
    "for my mum, 60, about 40": (None, 40, None),
    "my boss is leaving, we have about 60 between us": (None, 60, None),
    "gift in 2 weeks under 40": (None, 40, None),
    "£20 each for 5 people": (None, 20, "GBP"),
    "about 50 for my 60 year old dad": (None, 50, None),
    "20": (None, 20, None),
    "hmm maybe 40?": (None, 40, None),
    "she is turning 50, 50 pounds max": (None, 50, "GBP"),
}
NOT_MONEY = """i have 2 kids|call me on 07700 900123|+44 7700 900123|she's 25|it's on 12/12/2024|at 5pm|2-3 weeks|£10 off
a £20 gift card|lose 20 pounds|under 5 feet tall|born in 1985|in 2024|for 3 kids|my 2 nieces|24/7|she wears a size 12|top 10 ideas
30 years married|order 12345678|hi|my 40th birthday|#3|number 2|the 2nd one|4-10yo|90 year old grandma|6 x 4 photo|50% off"""


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_a_budget_is_read_as_it_was_meant(text: str, said: tuple[object, object, str | None]) -> None:
    """The budget is a hard promise: a figure misread breaks it for every suggestion."""
    plain = clean(text).text
    found = find_budget(plain, tuple((one.start, one.end) for one in find_ages(plain)))
    assert found is not None
    assert (found.low, found.high, found.currency) == said


@pytest.mark.parametrize("text", [text for line in NOT_MONEY.splitlines() for text in line.split("|")])
def test_phone_numbers_ages_dates_and_quantities_are_no_budget(text: str) -> None:
    """A budget nobody named hides most of the shop."""
    plain = clean(text).text
    assert find_budget(plain, tuple((one.start, one.end) for one in find_ages(plain))) is None


@pytest.mark.parametrize(
    "text",
    ["money no object", "money is no object", "price doesn't matter", "no budget", "no budget really", "any price", "don't mind what it costs",
     "sky's the limit", "I don't care about the price", "unlimited budget", "cost isn't an issue"],
)  # fmt: skip
def test_who_does_not_mind_the_price_is_not_asked_for_one(text: str) -> None:
    """Asked again, they would feel unheard."""
    assert says_no_budget(text)


@pytest.mark.parametrize(
    "text", ["no budget of that size", "my budget is 20", "what's the price", "cheap", "don't mind"]
)
def test_talk_of_prices_alone_lifts_no_budget(text: str) -> None:
    """Only the price may be waved away, and only by name."""
    assert not says_no_budget(text)


amounts = st.integers(min_value=1, max_value=9_999)
signs = st.sampled_from([("£", "GBP"), ("$", "USD"), ("€", "EUR")])


@given(
    amounts,
    signs,
    st.sampled_from(["{s}{n}", "{n}{s}", "under {s}{n}", "max {s}{n}", "{s}{n} or less", "about {s}{n} please"]),
)
def test_one_figure_with_a_sign_is_the_upper_end(amount: int, sign: tuple[str, str], form: str) -> None:
    """One figure is what they would spend at most."""
    found = find_budget(form.format(n=amount, s=sign[0]))
    assert found is not None
    assert (found.low, found.high, found.currency) == (None, amount, sign[1])


@given(amounts, amounts, signs, st.sampled_from(["-", " - ", " to ", "–", " and "]))
def test_two_figures_are_a_range_with_both_ends(one: int, other: int, sign: tuple[str, str], between: str) -> None:
    """Both ends count: too cheap is as wrong as too dear."""
    low, high = sorted((one, other))
    if low == high:
        return
    found = find_budget(clean(f"{sign[0]}{low}{between}{sign[0]}{high}").text)
    assert found is not None
    assert (found.low, found.high, found.currency) == (low, high, sign[1])


@given(st.text(alphabet="0123456789£$€.,-+k/ toandquidbucks'()[]", max_size=60))
def test_figures_thrown_together_never_make_a_negative_or_reversed_budget(text: str) -> None:
    """Whatever is typed, what comes out is a usable budget or none."""
    found = find_budget(text)
    if found is not None:
        assert found.low is None or found.low >= 0
        assert found.high is None or found.high > 0
        assert found.low is None or found.high is None or found.low < found.high
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("message", "most"),
    [
        ("I have $100 for four people, so something small (under $20 if possible) for each person", 20),
        ("about £60 in all for the three of them, £20 each", 20),
        ("I've saved about 400 euros over the year, she's turning 50", 400),
        ("we paid for the course (£2,800) so just a little thing on top, 80 quid", 80),
        ("I'd keep it near 40", 40),
        ("the parents of the class raised $400, he retires in June", 400),
        ("£20, oh go on then £25, for my piano teacher", 25),
        ("i can do 75 but not a penny more", 75),
        ("45 euro plus postage", 45),
        ("50 is fine, he loves the zoo", 50),
        ("the surgery was $3,400 so 60 dollars is all", 60),
        ("my gogo turns 85, R600, she likes her garden", 600),
        ("100 dolars, woodworking", 100),
    ],
)
def test_what_one_gift_may_cost_is_found_among_other_sums(message: str, most: int) -> None:
    """The sum for all, what was saved up and what was paid for something else stand in the same breath."""
    found = find_budget(message)
    assert found is not None
    assert found.high == Decimal(most)


def test_a_figure_without_a_currency_takes_the_one_the_message_speaks_of() -> None:
    """One message speaks of one money."""
    found = find_budget("boss is 40, six of us putting in a tenner each so 60 all in")
    assert found is not None
    assert (found.high, found.currency) == (Decimal(60), "GBP")
