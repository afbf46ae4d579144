"""Refunds, cancelled orders and things put out of the cart: what was taken back did not happen."""

from __future__ import annotations

from pathlib import Path

import pytest
from a_ledger import a_ledger, row

from catalog.interactions.records import Interactions
from catalog.interactions.rows import Row

PRODUCTS = ["mug", "tin", "can"]


def _left(folder: Path, rows: list[Row], kinds: tuple[str, ...] = ("bought",)) -> list[tuple[str, str, float]]:
    ledger = a_ledger(folder)
    ledger.append(rows[: len(rows) // 2])
    ledger.compact()  # half of it in parts, half in the open segment
    ledger.append(rows[len(rows) // 2 :])
    found: Interactions = ledger.interactions(PRODUCTS, kinds=kinds)
    return [
        (found.shoppers[who], PRODUCTS[what], float(pieces))
        for who, what, pieces in zip(found.shopper, found.product, found.quantity, strict=True)
    ]


ORDER = [
    row("ann", "mug", 9, quantity=2.0, group_id="o1", message_id="a"),
    row("ann", "tin", 9, group_id="o1", message_id="a"),
    row("ann", "mug", 5, group_id="o2", message_id="b"),
    row("bob", "mug", 9, group_id="o3", message_id="c"),
]


def test_a_cancelled_order_is_gone_whole_and_others_stay(tmp_path: Path) -> None:
    back = row("ann", "", 8, quantity=-1.0, group_id="o1", message_id="d")
    assert _left(tmp_path, [*ORDER, back]) == [("ann", "mug", 1.0), ("bob", "mug", 1.0)]


def test_a_refunded_product_is_taken_from_its_order(tmp_path: Path) -> None:
    back = row("ann", "mug", 1, quantity=-1.0, group_id="o1", message_id="d")
    assert _left(tmp_path, [*ORDER, back]) == [
        ("ann", "mug", 1.0), ("ann", "tin", 1.0), ("ann", "mug", 1.0), ("bob", "mug", 1.0),
    ]  # fmt: skip


def test_without_an_order_the_newest_pieces_by_that_day_are_taken_back(tmp_path: Path) -> None:
    back = row("ann", "mug", 6, quantity=-2.0)  # the order of five days ago came later
    assert _left(tmp_path, [*ORDER, back]) == [("ann", "tin", 1.0), ("ann", "mug", 1.0), ("bob", "mug", 1.0)]


def test_a_refund_told_before_its_order_counts_all_the_same(tmp_path: Path) -> None:
    back = row("ann", "mug", 1, quantity=-9.0, group_id="o1", message_id="d")
    assert ("ann", "mug", 2.0) not in _left(tmp_path, [back, *ORDER])


def test_what_was_put_out_of_the_cart_was_not_added_and_a_purchase_stays(tmp_path: Path) -> None:
    rows = [row("ann", "mug", 2, kind="added"), row("ann", "mug", 1, kind="added", quantity=-1.0), row("ann", "mug")]
    assert _left(tmp_path, rows, ("added", "bought")) == [("ann", "mug", 1.0)]


@pytest.mark.parametrize("share", [(0, 3), (1, 3), (2, 3)])
def test_shares_of_shoppers_divide_all_interactions_among_workers(tmp_path: Path, share: tuple[int, int]) -> None:
    ledger = a_ledger(tmp_path)
    ledger.append([row(f"s{number}", "mug") for number in range(30)])
    mine = set(ledger.interactions(PRODUCTS, shard=share).shoppers)
    others = [set(ledger.interactions(PRODUCTS, shard=(k, 3)).shoppers) for k in range(3) if k != share[0]]
    assert mine
    assert len(mine.union(*others)) == 30 == len(mine) + sum(map(len, others))


def test_arrays_are_sorted_and_say_what_no_product_is_known_of(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    ledger.append([row("bob", "tin", 1), row("ann", "can", 1), row("ann", "tin", 2), row("ann", "gone")])
    found = ledger.interactions(PRODUCTS)
    assert found.shoppers == ("ann", "bob")
    assert (found.shopper.tolist(), found.product.tolist()) == ([0, 0, 1], [1, 2, 1])
    assert (found.unknown, found.number) == (1, 4)
