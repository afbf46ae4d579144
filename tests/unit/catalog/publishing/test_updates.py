"""A partial update changes prices and stock of products there are, says when they were told, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from snapshot_shop import DAY, FULL, HOUR, NOW, PLAIN, product, write_snapshot

from catalog.feeds.offer_update import OfferUpdate
from catalog.feeds.rejection import Rejection
from catalog.product import Offer, Product, ProductId, Sale
from catalog.publishing.comparing import changes, compare
from catalog.publishing.refusing import Refused
from catalog.publishing.snapshot_writer import WORDS
from catalog.publishing.update import fill_update
from catalog.shelf.shelf import Shelf

CLOCK, MUG = FULL.id, PLAIN.id
SHORT = Sale(Decimal("9.99"), None, NOW + HOUR)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A snapshot of a clock on sale and a mug that is sold out."""
    return write_snapshot(tmp_path / "old", [FULL, PLAIN])


def _updated(old: Path, *items: OfferUpdate | Rejection) -> tuple[Shelf, Refused, int]:
    folder, refused = old.parent / "new", Refused()
    folder.mkdir()
    taken = fill_update(folder, old, items, DAY, refused, lambda _: None)
    (folder / "terms.json").write_bytes((old / "terms.json").read_bytes())
    return Shelf.of_snapshot(folder), refused, taken


def _offer(shelf: Shelf, name: ProductId) -> Offer:
    found = shelf.product(name)
    assert found is not None
    return found.offer


def test_a_new_price_is_true_today_and_the_stock_as_old_as_it_was(old: Path) -> None:
    """Freshness is judged by each alone."""
    shelf, _, taken = _updated(old, OfferUpdate(2, MUG, Decimal("5.50"), "EUR"))
    offer = _offer(shelf, MUG)
    assert (taken, offer.price, offer.as_of, offer.stock_day) == (1, Decimal("5.50"), DAY, PLAIN.offer.as_of)
    assert shelf.product(CLOCK) == FULL


def test_new_stock_is_true_today_and_the_price_as_old_as_it_was(old: Path) -> None:
    """The other way about."""
    offer = _offer(_updated(old, OfferUpdate(2, MUG, in_stock=True))[0], MUG)
    assert (offer.in_stock, offer.stock_day, offer.as_of, offer.price) == (
        True,
        DAY,
        date(2026, 11, 20),
        Decimal("6.00"),
    )


@pytest.mark.parametrize(
    ("update", "sale"),
    [
        (OfferUpdate(2, CLOCK, Decimal("18.00"), "GBP"), FULL.offer.sale),
        (OfferUpdate(2, CLOCK, Decimal("14.00"), "GBP"), None),
        (OfferUpdate(2, CLOCK, Decimal("18.00"), "GBP", sale_ended=True), None),
        (OfferUpdate(2, CLOCK, currency="GBP", sale=SHORT), SHORT),
    ],
    ids=["not said: stays", "not above it any more: ends", "said to have ended", "a new one"],
)  # fmt: skip
def test_a_sale_follows_what_the_update_says(old: Path, update: OfferUpdate, sale: Sale | None) -> None:
    """A sale that costs more than the price must never be shown as one."""
    assert _offer(_updated(old, update)[0], CLOCK).sale == sale


@pytest.mark.parametrize(
    ("update", "field", "rule"),
    [
        (OfferUpdate(3, ProductId("nope"), Decimal(1), "GBP"), "id", "unknown_product"),
        (OfferUpdate(3, MUG, Decimal(1), "GBP"), "currency", "currency_differs"),
        (OfferUpdate(3, CLOCK, sale=Sale(Decimal(20)), currency="GBP"), "sale_price", "sale_not_lower"),
    ],
)
def test_what_an_update_cannot_mean_is_refused_by_row(old: Path, update: OfferUpdate, field: str, rule: str) -> None:
    """And the product stays as it was."""
    shelf, refused, taken = _updated(old, update)
    assert [(one.row, one.field, one.rule) for one in refused.first] == [(3, field, rule)]
    assert (taken, shelf.product(CLOCK), shelf.product(MUG)) == (0, FULL, PLAIN)


def test_what_the_shop_withdrew_and_the_catalogue_never_had_is_no_fault(old: Path) -> None:
    """A shop's export names all its drafts; they must not pull the brake."""
    gone = OfferUpdate(2, MUG, in_stock=False, withdrawn=True)
    never = OfferUpdate(3, ProductId("draft"), in_stock=False, withdrawn=True)
    shelf, refused, _ = _updated(old, gone, never)
    assert not _offer(shelf, MUG).in_stock
    assert not refused.first


def test_the_second_row_of_an_id_is_refused(old: Path) -> None:
    """Which of two prices is meant only the merchant knows."""
    first, second = (OfferUpdate(row, MUG, Decimal(row), "EUR") for row in (2, 3))
    shelf, refused, _ = _updated(old, first, second)
    assert _offer(shelf, MUG).price == Decimal(2)
    assert [(one.row, one.rule) for one in refused.first] == [(3, "doubled")]


def test_the_words_are_taken_over_and_only_what_was_said_is_changed(old: Path) -> None:
    """The same price told again is a newer day, not a change."""
    updates = OfferUpdate(2, MUG, Decimal("6"), "EUR"), OfferUpdate(3, CLOCK, in_stock=False)
    shelf, _, _ = _updated(old, *updates)
    new = old.parent / "new"
    assert all((new / name).read_bytes() == (old / name).read_bytes() for name in WORDS)
    assert [(change.kind, change.product.id) for change in changes(old, new)] == [("stock", CLOCK)]
    assert _offer(shelf, MUG).as_of == DAY


def test_a_comparison_counts_every_product_once(tmp_path: Path) -> None:
    """Added, removed, changed and unchanged, whatever the order of the feed."""
    shop = [product(f"p{at}") for at in range(20)]
    old = write_snapshot(tmp_path / "old", shop)
    day = DAY + timedelta(days=3)
    told: list[Product] = [product(f"p{at}", as_of=day) for at in reversed(range(3, 20))]
    told[4], told[9] = product("new"), product("p10", "11.00", in_stock=False)  # where p15 and p10 stood
    new = write_snapshot(tmp_path / "new", told)
    found = compare(old, new)
    assert found.removed.tolist() == [0, 1, 2, 15]
    assert (found.added.tolist(), found.changed_new.tolist(), found.changed_old.tolist()) == ([4], [9], [10])
    assert len(found.added) + len(found.changed_new) + found.unchanged == len(told)


def test_nothing_differs_from_an_empty_shop_but_what_was_added(tmp_path: Path) -> None:
    """The first import has nothing to be compared with."""
    old, new = write_snapshot(tmp_path / "old", []), write_snapshot(tmp_path / "new", [FULL])
    assert np.array_equal(compare(old, new).added, [0])
    assert [change.kind for change in changes(new, old)] == ["removed"]
