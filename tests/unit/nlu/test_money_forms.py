"""Every amount in every form and noise reads back exactly; texts full of other figures name no budget."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.money.budget import BudgetFound, find_budget
from nlu.people.ages import find_ages
from nlu.words.text import clean

SAID = {
    "prices over £50 put me off": (None, 50, "GBP"), "£50 is out, £20 is fine": (None, 20, "GBP"), "£50 is too much, maybe £30": (None, 30, "GBP"),
    "around 40-50": (40, 50, None), "half a hundred": (None, 50, None), "thirty-odd quid": (None, 30, "GBP"), "£20/25": (20, 25, "GBP"),
    "20 to 30 quid": (20, 30, "GBP"), "500 rs": (None, 500, "INR"), "₹2k": (None, 2000, "INR"), "25,50 €": (None, Decimal("25.50"), "EUR"),
    "keep it to two figures": (None, 99, None), "nothing in three figures": (None, 99, None), "three figures is fine": (100, 999, None),
    "20 notes max": (None, 20, "GBP"), "a grand tops": (None, 1000, None), "1.5 grand": (None, 1500, None), "2 lakh": (None, 200000, "INR"),
    "Rs. 1,500/- max": (None, 1500, "INR"), "1,00,000 rupees": (None, 100000, "INR"), "€1.500": (None, 1500, "EUR"), "two tenners": (None, 20, "GBP"),
    "from a fiver to fifteen quid": (5, 15, "GBP"), "a couple of hundred pounds": (None, 200, "GBP"), "a hundred and fifty dollars": (None, 150, "USD"),
    "my limit's a score, a score each": (None, 20, "GBP"), "five pounds": (None, 5, "GBP"), "ten to fifteen dollars": (10, 15, "USD"), "[M, 30, friend, $<50]": (None, 50, "USD"),
    "30 bucks, we're in Halifax": (None, 30, "CAD"), "saw it on amazon.ca, about $40": (None, 40, "CAD"), "60 bucks Aussie": (None, 60, "AUD"), "$35, shipping to Auckland": (None, 35, "NZD"),
    "$35": (None, 35, "USD"), "40 canadian": (None, 40, "CAD"), "my brother is spending £90 on her, I've got 25": (None, 25, "GBP"),
    "he makes $80k a year, budget is $100": (None, 100, "USD"), "£30, no wait, £40": (None, 40, "GBP"), "£30 actually make it £40": (None, 40, "GBP"),
    "I told you £25 but really it's £45": (None, 45, "GBP"), "12 parents at £5 each, so £60 all in": (None, 60, "GBP"), "shipping costs £5, budget £30": (None, 30, "GBP"),
    "my number is 07700 900456, budget is 40": (None, 40, None), "LS6 2AB, £25": (None, 25, "GBP"), "iPhone 15 case under £20": (None, 20, "GBP"), "30-40 for him, he's 30-40 too": (30, 40, None),
    "budget for 5 people is 200": (None, 200, None), "i can go up to 75": (None, 75, None), "S$40": (None, 40, "SGD"), "we pooled 90 for her": (None, 90, None),
}  # fmt: skip

OTHER_FIGURES = """call me on 0161 496 0123|her number is +44 7700 900321|he has a PS5|an iPhone 15 pro max|order 48213 hasn't come|it's SW1A 1AA|M1 4BT please
kids under 10|for 12 people|under 30 minutes|size 14|at most 2 candles|max 3 suggestions|air max 90|she's 5ft 4|it's on the 14th|at 7:30|on 3 March|by 14/02|we met in 2019
up to 6 players|buy 3 get 1 free|3 for 2|a 4 bedroom house|12 Rose Street|I have 40 people to buy for|he ran 26.2 miles|my 2 boys 5 and 7|Nephews 8 and 12|I'm 34 and he's 36|1-2 weeks
lego 75192|Harry Potter book 7|Fifa 24|a 3D printer|4K tv|24 roses|the second one|number five|one for mum, one for dad|£5 off|a £20 note|20 pounds of coffee|free delivery over £50|50%|level 42
she loves 90s music|there are 8 of us|flat 12|room 101|chapter 11|a 5k run|3 each|a grand piano|what's the score|tons of ideas|a pony for her"""


def budget(text: str) -> BudgetFound | None:
    plain = clean(text).text
    return find_budget(plain, tuple((one.start, one.end) for one in find_ages(plain)))


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_a_price_in_any_of_its_dresses_is_read(text: str, said: tuple[object, object, str | None]) -> None:
    """Slang, figures in words, other groupings, other people's money beside it: the shopper's budget is what counts."""
    found = budget(text)
    assert found is not None
    assert (found.low, found.high, found.currency) == said


@pytest.mark.parametrize("text", [text for line in OTHER_FIGURES.splitlines() for text in line.split("|")])
def test_other_figures_are_no_budget(text: str) -> None:
    """A budget nobody named hides most of the shop."""
    assert budget(text) is None


pounds = st.integers(1, 9_999)
pence = st.one_of(st.just(None), st.integers(0, 99))
FORMS = {
    "GBP": ["£{n}", "£ {n}", "{n}£", "{n} quid", "{n} pounds", "GBP {n}", "{n} gbp", "{n}gbp"],
    "USD": ["${n}", "{n}$", "{n} dollars", "{n} bucks", "USD {n}", "us${n}"],
    "EUR": ["€{n}", "{n}€", "{n} €", "{n} euros", "{n} eur"],
    "INR": ["₹{n}", "rs {n}", "Rs.{n}", "{n} rs", "{n} rupees", "₹{n}/-"],
    "CAD": ["CAD {n}", "C${n}", "{n} canadian dollars"],
    "AUD": ["A${n}", "{n} aud"],
}  # fmt: skip
NOISE = [
    "{}", "{} please", "mum, 60, likes tea, {}", "something nice for my boss, {} tops", "budget {}. thanks!", "no more than {} 🎁", "she's 34 and loves yoga, up to {}",
    "for my 8yo nephew, {} max, by 14 June", "({})", "my budget is {}", "i need it by friday, about {}", "UNDER {}", "call 07700 900123 if you have anything for {}", "{} or less",
    "2 kids, {}", "{}?", "dad's birthday {}", "spend around {}, nothing with cats", "have {} to spend on a 40th",
]  # fmt: skip


@given(pounds, pence, st.sampled_from([(code, form) for code, forms in FORMS.items() for form in forms]), st.sampled_from(NOISE), st.booleans())  # fmt: skip
def test_every_amount_in_every_form_and_noise_reads_back_exactly(
    whole: int, hundredths: int | None, form: tuple[str, str], noise: str, grouped: bool
) -> None:
    """However a price is dressed and whatever stands around it, the figure and its currency come back."""
    number = (f"{whole:,}" if grouped else str(whole)) + (f".{hundredths:02}" if hundredths is not None else "")
    code, dress = form
    found = budget(noise.format(dress.format(n=number)))
    assert found is not None
    assert (found.low, found.high, found.currency) == (None, Decimal(number.replace(",", "")), code)


@given(st.integers(20, 999), st.sampled_from(["about {}", "{} max", "budget {}", "under {}", "{}ish", "no more than {}", "around {} or so", "spend {}", "{}"]))  # fmt: skip
def test_a_figure_without_a_currency_is_a_budget_where_the_words_make_it_one(figure: int, form: str) -> None:
    """Most people leave the sign away."""
    found = budget(form.format(figure))
    assert found is not None
    assert (found.low, found.high, found.currency) == (None, figure, None)


ANY = st.integers(1, 99)
NOT_PRICES = [
    "she's {}", "he is {} years old", "size {}", "order {}4821", "on {} March", "at {}:30", "{}%", "PS{}", "iPhone {}", "SW{}A 1AA", "born in 19{:02}", "{} kids", "{} of us",
    "flat {}", "#{}", "{} miles", "{} cm", "call 07700 9001{:02}", "turning {}", "{} pieces", "{} hours", "LEGO {}", "gen {}", "chapter {}", "{}kg", "{}th birthday", "{} percent", "number {}", "{}gb",
    "{} different ideas", "kids under {}", "{} people", "{} years married",
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(NOT_PRICES), ANY), min_size=1, max_size=4), st.sampled_from([", ", ". ", " and ", "; ", "\n"]))  # fmt: skip
def test_texts_made_of_other_figures_never_give_a_budget(parts: list[tuple[str, int]], between: str) -> None:
    """Ages, sizes, dates, models, phone numbers and quantities are not what somebody may spend."""
    assert budget(between.join(part.format(figure) for part, figure in parts)) is None


@pytest.mark.parametrize(
    "piece", ["a £20 ", "1 ", "no more than ", "£20 each, ", "20-", "twenty five ", "about £5 or ", "$1,", "3", "1 2 "]
)
def test_a_message_made_to_be_slow_is_read_in_no_time(piece: str) -> None:
    """One message must not hold up the others; the bound is several times what it takes."""
    began = time.process_time()
    budget(piece * 2_000)
    assert time.process_time() - began < 0.25
