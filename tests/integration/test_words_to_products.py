"""From a shopper's own words to Products: what they set as a limit is never broken, however they put it."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.search import wanted
from actions.talk import TalkSoFar
from catalog.publishing.prepare import prepare
from catalog.shelf.shelf import Shelf
from catalog.suggest import Suggestion, suggest
from nlu.reading import read
from nlu.words.lexicon import Lexicon

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
LOOKUPS = Path(__file__).parents[2] / "data" / "lookups"
KINDS = ("candle", "mug", "scarf", "teapot", "puzzle", "notebook", "cushion", "necklace")
PRICES = (3, 7, 12, 18, 24, 31, 38, 46, 59, 75)

MOST = """under £{m}|max £{m}|£{m} max|no more than £{m}|not over £{m}|at most £{m}|up to £{m}|£{m} or less|I'd rather not spend over £{m}|over £{m} is too much
anything above £{m} is out|no higher than £{m}|£{m} and not a penny more|don't want to go over £{m}|at least £2, at most £{m}|min £2 max £{m}|£2 minimum, £{m} maximum
less than £{m} but more than £2|£2-£{m}|between £2 and £{m}|about £{m}|my budget is {m}|{m} quid|no more than {m}|at least 2 pounds but under {m} pounds|£{m} tops
last year I spent £500, this year £{m}|I bought her a £500 necklace last year, £{m} this time|I can't go above £{m}|nothing over £{m} please|more than £{m} would be too expensive"""
REFUSED = """no {k}s|not {k}s|nothing with {k}s|she hates {k}s|he doesn't like {k}s|doesn't want anything with {k}s|I don't want any {k}s|no more {k}s|already has a {k}|{k}s are out
anything but {k}s|without {k}s|she's not into {k}s|sick of {k}s|she has enough {k}s|not another {k}"""
OPENINGS = (
    "present for my mum", "something for me dad", "gift for my sister who loves gardening", "hi, birthday present for a friend", "she likes tea and reading",
    "it's for my boss", "my brother, he's into cooking", "any ideas?",
)  # fmt: skip
AFTERWARDS = (
    "she likes tea",
    "it's for her birthday",
    "I don't like the first one",
    "at least £1",
    "something nice",
    "not too girly",
    "thanks",
)


def phrases(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|")]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """A shop that has every kind of thing at every price, so that a limit misread shows at once."""
    folder = tmp_path_factory.mktemp("shop")
    rows = [
        f"{kind}{price},{colour} {kind},{price}.00,GBP,in_stock,https://shop.example/p/{kind}{price}"
        for kind in KINDS
        for price, colour in zip(
            PRICES, ("Blue", "Red", "Green", "Grey", "Oak", "Wool", "Silver", "White", "Plain", "Fine"), strict=True
        )
    ]
    (folder / "feed.csv").write_text("\n".join(["id,title,price,currency,availability,link", *rows, ""]))
    prepare(folder / "feed.csv", None, folder / "catalog", as_of=NOW.date())
    return Shelf.open(folder / "catalog")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(LOOKUPS)


def ideas(messages: list[str], shelf: Shelf, lexicon: Lexicon) -> tuple[Suggestion, ...]:
    """What a shopper who wrote these messages is shown."""
    talk = TalkSoFar()
    for message in messages:
        talk = talk.hears(read(message, today=date(2026, 11, 22), lexicon=lexicon))
    return suggest(shelf, wanted(talk), None, now=NOW).suggestions


EACH = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
openings, afterwards = (
    st.lists(st.sampled_from(OPENINGS), max_size=1),
    st.lists(st.sampled_from(AFTERWARDS), max_size=2),
)
together = st.booleans()


@given(
    opening=openings, most=st.sampled_from(phrases(MOST)), figure=st.integers(10, 80), after=afterwards, one=together
)
@EACH
def test_nothing_dearer_than_the_most_they_named_is_ever_shown(
    opening: list[str], most: str, figure: int, after: list[str], one: bool, shelf: Shelf, lexicon: Lexicon
) -> None:
    """The budget is a promise, whatever words it was given in and whatever was said before and after."""
    said = most.format(m=figure)
    asked = [", ".join([*opening, said])] if one else [*opening, said]
    shown = ideas([*asked, *after], shelf, lexicon)
    assert shown
    assert all(one.product.offer.price <= Decimal(figure) for one in shown)


@given(
    opening=openings, refused=st.sampled_from(phrases(REFUSED)), kind=st.sampled_from(KINDS), after=afterwards, one=together
)  # fmt: skip
@EACH
def test_nothing_they_ruled_out_is_ever_shown(
    opening: list[str], refused: str, kind: str, after: list[str], one: bool, shelf: Shelf, lexicon: Lexicon
) -> None:
    """Who said "no candles" and is shown a candle was not listened to."""
    plural = {"scarf": "scarve"}.get(kind, kind)
    said = refused.replace("{k}s", f"{plural}s").format(k=kind)
    asked = [", ".join([*opening, said])] if one else [*opening, said]
    shown = ideas([*asked, *after], shelf, lexicon)
    assert shown
    assert not [one.product.title for one in shown if kind in one.product.title.lower()]


@given(
    most=st.sampled_from(phrases(MOST)), refused=st.sampled_from(phrases(REFUSED)), kind=st.sampled_from(KINDS),
    figure=st.integers(20, 80), turned=st.booleans(), between=st.sampled_from([", ", ". ", " but ", "\n"]),
)  # fmt: skip
@EACH
def test_a_limit_and_an_exclusion_in_one_message_both_hold(
    most: str, refused: str, kind: str, figure: int, turned: bool, between: str, shelf: Shelf, lexicon: Lexicon
) -> None:
    """One must not swallow the other."""
    plural = {"scarf": "scarve"}.get(kind, kind)
    ends = [most.format(m=figure), refused.replace("{k}s", f"{plural}s").format(k=kind)]
    shown = ideas([between.join(reversed(ends) if turned else ends)], shelf, lexicon)
    assert shown
    assert all(one.product.offer.price <= figure and kind not in one.product.title.lower() for one in shown)
