"""A running shelf feels a purchase, and forgets a shopper, in the next turn."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from small_shop import BOUGHT, GARDENER, NEWCOMER, NOW, PRODUCTS, write_feed, write_interactions

from actions.troubles import troubles_of
from catalog.feeds.how import HowToRead
from catalog.interactions.consent import ShopsConsent
from catalog.interactions.ledger import LEDGER, Ledger
from catalog.interactions.manifest import BrokenLedger
from catalog.interactions.rows import Row
from catalog.publishing.importing import Feed, import_feed
from catalog.publishing.prepare import prepare
from catalog.ranking.score import past_of
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
    """Who just bought a trowel is not a newcomer any more."""
    before = Shelf.open(catalogue)
    ledger.append([_bought(NEWCOMER, "trowel")])
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


def test_a_bad_line_of_the_ledger_stops_neither_a_new_catalogue_nor_a_start(
    catalogue: Path, ledger: Ledger, tmp_path: Path
) -> None:
    """What cannot be followed is told, and all else goes on; once mended, nothing was missed."""
    shelf = Shelf.open(catalogue)
    ledger.append([_bought(NEWCOMER, "tin")])
    (segment,) = (catalogue / LEDGER).glob("live-*.jsonl")
    sound = segment.read_bytes()
    segment.write_bytes(sound + b"{rubbish\n")

    with pytest.raises(BrokenLedger, match=rf"{segment.name}.* byte {len(sound)}"):
        Ledger.open(Storage.at(catalogue).below(LEDGER), ShopsConsent()).append([_bought(NEWCOMER, "can")])
    after = shelf.refreshed()
    assert after.refreshed() is after
    assert "BrokenLedger" in troubles_of(after)["interactions_not_followed"]
    assert len(suggest(Shelf.open(catalogue), Wanted(), NEWCOMER, now=NOW).suggestions) == 3
    feed = Feed(write_feed(tmp_path / "less.csv", PRODUCTS[1:]), HowToRead(as_of=NOW.date()))
    import_feed(Storage.at(catalogue), feed, now=NOW, force=True)
    assert after.refreshed().size == len(PRODUCTS) - 1

    segment.write_bytes(sound)
    assert after.refreshed().knows(NEWCOMER)
    assert not troubles_of(after.refreshed())


def test_more_news_than_memory_should_hold_wait_for_a_fit_and_the_log_says_so(
    catalogue: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.shelf.news.MOST_FELT", 2)
    ledger.append([_bought(NEWCOMER, "tin"), _bought(NEWCOMER, "mould")])
    shelf = Shelf.open(catalogue)
    assert not troubles_of(shelf)
    ledger.append([_bought("9000000000000077", "tin")])
    ledger.forget(GARDENER)
    after = shelf.refreshed()
    assert [after.knows(who) for who in (NEWCOMER, "9000000000000077", GARDENER)] == [True, False, False]
    assert "giftbot interactions fit" in troubles_of(after)["fit_is_due"]


def test_what_is_only_shown_does_not_crowd_out_what_was_bought(
    catalogue: Path, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that starts anew must know what those that run on have felt."""
    monkeypatch.setattr("catalog.shelf.news.MOST_FELT", 5)
    ledger.append([_bought(NEWCOMER, "tin")])
    ledger.append(Row(f"s{n}", "tin", "shown", NOW, 1.0, "purchase") for n in range(50))
    ledger.compact()
    ledger.append(Row(f"t{n}", "tin", "shown", NOW, 1.0, "purchase") for n in range(50))
    shelf = Shelf.open(catalogue)
    assert shelf.news is not None
    assert (shelf.knows(NEWCOMER), shelf.news.felt, shelf.news.left_out) == (True, 1, 0)


def test_without_a_fit_old_purchases_are_not_taken_for_those_of_this_week(tmp_path: Path) -> None:
    """A shop that imported two years and never fitted."""
    prepare(write_feed(tmp_path / "feed.csv"), None, tmp_path / "shop", as_of=NOW.date())
    Storage.at(tmp_path / "shop").remove("current-model")
    ledger = Ledger.open(Storage.at(tmp_path / "shop").below(LEDGER), ShopsConsent(frozenset({"purchase"})))
    newest = NOW - timedelta(days=500)
    ledger.append(Row(f"s{n}", "tin", "bought", newest - timedelta(days=n), 1.0, "purchase") for n in range(300))
    shelf = Shelf.open(tmp_path / "shop")
    assert shelf.knows("s299")
    popularity = shelf.fitted.counted().popularity
    assert [int(popularity.recent(days).sum()) for days in (7, 30, 365)] == [7, 30, 300]


def test_nothing_of_a_newcomer_who_was_forgotten_stays_in_memory(catalogue: Path, ledger: Ledger) -> None:
    ledger.append([_bought(NEWCOMER, "tin")])
    shelf = Shelf.open(catalogue)
    ledger.forget(NEWCOMER)
    fitted = shelf.refreshed().fitted
    held = (fitted.histories.changed, fitted.purchases.changed, fitted.waiting, fitted.uncounted)
    assert not [one for one in held if NEWCOMER in one]
