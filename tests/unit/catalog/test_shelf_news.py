"""A running shelf feels a purchase, and forgets a shopper, in the next turn."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from small_shop import BOUGHT, GARDENER, NEWCOMER, NOW, write_feed, write_interactions

from catalog.interactions.consent import ShopsConsent
from catalog.interactions.ledger import Ledger
from catalog.interactions.rows import Row
from catalog.publishing.prepare import prepare
from catalog.ranking.score import past_of
from catalog.shelf.news import LEDGER
from catalog.shelf.shelf import Shelf
from catalog.storage import Storage
from catalog.suggest import suggest
from catalog.wanted import Wanted


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    into = tmp_path / "published"
    prepare(write_feed(tmp_path / "feed.csv"), write_interactions(tmp_path / "seen.parquet"), into, as_of=NOW.date())
    return into


@pytest.fixture
def ledger(catalogue: Path) -> Ledger:
    gate = ShopsConsent(frozenset({"purchase", "website"}))
    return Ledger.open(Storage.at(catalogue).below(LEDGER), gate, clock=lambda: NOW)


def _bought(shopper: str, product: str) -> Row:
    return Row(shopper, product, "bought", NOW, 1.0, "purchase")


def test_a_purchase_is_felt_in_the_next_turn(catalogue: Path, ledger: Ledger) -> None:
    """Who just bought a cake tin is not a newcomer any more."""
    before = Shelf.open(catalogue)
    ledger.append([_bought(NEWCOMER, "tin")])
    after = before.refreshed()

    assert (before.knows(NEWCOMER), after.knows(NEWCOMER)) == (False, True)
    told = [suggest(shelf, Wanted(), NEWCOMER, now=NOW).suggestions for shelf in (before, after)]
    assert [one.product.id for one in told[0]] != [one.product.id for one in told[1]]
    assert "bought_together" in {reason.code for one in told[1] for reason in one.reasons}


def test_a_shelf_without_news_is_the_same_shelf(catalogue: Path, ledger: Ledger) -> None:
    """Looking between turns must cost nothing."""
    ledger.append([_bought(NEWCOMER, "tin")])
    shelf = Shelf.open(catalogue)
    assert shelf.refreshed() is shelf


def test_who_is_forgotten_is_a_newcomer_in_the_next_turn(catalogue: Path, ledger: Ledger) -> None:
    """And what the others are shown is what it would be had they never been there."""
    shelf = Shelf.open(catalogue)
    assert shelf.knows(GARDENER)
    ledger.append([_bought(NEWCOMER, "tin")])
    ledger.forget(NEWCOMER)
    ledger.forget(GARDENER)
    after = shelf.refreshed()
    assert not after.knows(GARDENER)
    assert not after.knows(NEWCOMER)

    never = Path(f"{catalogue}-never")
    seen = never.with_suffix(".parquet")
    write_interactions(seen, [one for one in BOUGHT if one[0] != GARDENER])
    prepare(catalogue.parent / "feed.csv", seen, never, as_of=date(2026, 11, 22))
    past = past_of(Shelf.open(never), "9100000000000001")
    scores = [one.model.score(past.products, past.profile) for one in (after, Shelf.open(never))]
    assert np.abs(scores[0] - scores[1]).max() <= 1e-6
