"""How ideas for real requests are judged: by categories, never by the words a ranking reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from decimal import Decimal

import numpy as np
import pytest

from catalog.evaluation.briefs import ENOUGH, Ask, Topics, Truth, measure, rankers
from catalog.shelf.shelf import Shelf
from catalog.suggest import suggest
from catalog.wanted import Wanted

NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
RULES = {
    "music": {"said": "guitars?|music", "categories": "instruments >"},
    "fishing": {"said": "fish(es|ing)", "categories": "outdoors > fishing"},
}


def _truth(count: int, instruments: int) -> Truth:
    """So many products, the first of them instruments, the second for women, the third for people from ten."""
    categories = tuple("Instruments > strings" if at < instruments else "tools > saw" for at in range(count))
    genders = tuple("female" if at == 1 else None for at in range(count))
    return Truth(categories, genders, np.array([10.0 if at == 2 else np.nan for at in range(count)]))


def _ask(text: str = "", *, wanted: Wanted | None = None, gender: str | None = None, age: int | None = None) -> Ask:
    return Ask(text, wanted or Wanted(), np.array([1.0, 0.0], dtype=np.float32), gender=gender, age=age)


def test_a_topic_is_what_a_request_wishes_and_not_what_it_rules_out() -> None:
    """Sentences of what is owned or not wanted are left out, and words count whole."""
    topics = Topics(RULES, _truth(20, ENOUGH))
    assert topics.of("He loves guitars and hiking") == ["music"]
    assert topics.of("He loves hiking. He already has three guitars.") == []
    assert topics.of("No music please! Something for hiking") == []
    assert topics.of("He is a musicologist") == []


def test_a_topic_the_catalogue_hardly_has_is_not_judged() -> None:
    """Or every ranking would be marked down for the shop."""
    assert Topics(RULES, _truth(20, ENOUGH - 1)).of("guitars and fishing") == []


def test_a_product_suits_unless_its_merchant_says_otherwise() -> None:
    """The other gender's, or for older people; what is not told suits everybody."""
    truth = _truth(4, 4)
    assert truth.suits(_ask()).tolist() == [True] * 4
    assert truth.suits(_ask(gender="male", age=9)).tolist() == [True, False, False, True]
    assert truth.suits(_ask(gender="female", age=10)).tolist() == [True] * 4


def test_precision_counts_three_places_and_an_empty_one_is_a_miss(shelf: Shelf) -> None:
    """Two of three answer; one of them is for women and was asked for a man; the second request has no topic."""
    assert shelf.size > ENOUGH
    truth = _truth(shelf.size, ENOUGH)
    asks = [_ask("a guitar for him", gender="male"), _ask("anything")]
    shown: dict[str, Sequence[int]] = {"a guitar for him": [0, 1], "anything": [2, 3, 4]}
    found = measure(shelf, truth, Topics(RULES, truth), asks, {"fixed": lambda ask: shown[ask.text]}, seed=0)
    row = found["rankings"]["fixed"]
    assert (found["asks"], found["judged"]) == (2, 1)
    assert row["precision@3"] == pytest.approx(2 / 3, abs=1e-4)
    assert row["suiting@3"] == pytest.approx(1 / 3, abs=1e-4)
    assert row["with_three"] == 0.5


def test_ideas_past_the_budget_are_counted_as_understood_and_as_labelled(shelf: Shelf) -> None:
    """A pound more than was understood is a broken promise; more than the author meant is a reading that fell short."""
    price = shelf.at(0).offer.price
    understood = Ask("x", Wanted(price_max=price - 1), np.ones(2, np.float32), (None, price))
    truth = _truth(shelf.size, ENOUGH)
    found = measure(
        shelf, truth, Topics(RULES, truth), [understood, _ask("guitar")], {"first": lambda ask: [0]}, seed=0
    )
    row = found["rankings"]["first"]
    assert (row["past_budget_understood"], row["past_budget_labelled"]) == (1, 0)


def test_words_are_the_product_itself_and_vectors_keep_its_bounds(shelf: Shelf) -> None:
    """What is compared answers within the same hard bounds."""
    most = sorted(shelf.at(at).offer.price for at in range(shelf.size))[shelf.size // 2]
    ask = _ask(wanted=Wanted(price_max=most, currency=shelf.main_currency))
    vectors = np.random.default_rng(0).normal(size=(shelf.size, 2)).astype(np.float32)
    compared = rankers(shelf, vectors, NOW, (0.5,))
    own = [one.product.id for one in suggest(shelf, ask.wanted, None, now=NOW).suggestions]
    assert [shelf.at(at).id for at in compared["words"](ask)] == own
    nearest = compared["vectors"](ask)
    assert all(shelf.at(at).offer.price <= Decimal(most) for at in nearest)
    open_ = [at for at in range(shelf.size) if shelf.at(at).offer.price <= most and shelf.at(at).offer.in_stock]
    assert vectors[nearest[0], 0] == max(vectors[at, 0] for at in open_)
