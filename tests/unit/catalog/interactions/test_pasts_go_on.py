"""A shopper's past is that of the last fit and what came since."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from a_ledger import NOW, a_ledger, row
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.interactions.following import Mark
from catalog.interactions.records import Histories, Interactions, Past, day_number
from catalog.interactions.rows import Row
from catalog.storage.folder import FolderStorage

PRODUCTS = {"mug": 0, "tin": 1, "can": 2}
BOUGHT = st.lists(
    st.builds(
        lambda who, what, ago, pieces: row(who, what, ago, quantity=float(pieces)),
        st.sampled_from(("ann", "bob")), st.sampled_from(tuple(PRODUCTS)), st.integers(0, 3), st.integers(1, 3),
    ),
    max_size=12,
)  # fmt: skip


def _fitted(rows: list[Row]) -> Histories:
    names = tuple(sorted({one.shopper_id for one in rows}))
    ordered = sorted(rows, key=lambda one: (one.shopper_id, one.at))
    return Histories.of(
        Interactions(
            names,
            np.array([names.index(one.shopper_id) for one in ordered], dtype=np.int32),
            np.array([PRODUCTS[one.product_id] for one in ordered], dtype=np.int32),
            np.array([day_number(one.at.date()) for one in ordered], dtype=np.int32),
            quantity=np.array([one.quantity for one in ordered], dtype=np.float32),
        )
    )


def _told(past: Past) -> list[list[float]]:
    return [past.product.tolist(), past.day.tolist(), past.quantity.tolist(), past.times.tolist()]


@given(BOUGHT, BOUGHT)
def test_a_past_with_new_rows_is_the_past_of_a_new_fit(before: list[Row], since: list[Row]) -> None:
    since = sorted(since, key=lambda one: one.at)
    last = max((one.at for one in before), default=NOW)
    since = [one for one in since if one.at > last]
    fitted, again = _fitted(before), _fitted([*before, *since])
    for who in ("ann", "bob"):
        mine = [one for one in since if one.shopper_id == who]
        assert _told(fitted.past_of(who).with_rows(mine, PRODUCTS)) == _told(again.past_of(who))


TOLD = st.lists(
    st.builds(
        lambda who, what, ago, pieces, order, kind, source: row(
            who, what if pieces > 0 or order == "" or what != "can" else "", ago,
            quantity=float(pieces), group_id=order, kind=kind, source=source,
        ),
        st.sampled_from(("ann", "bob")), st.sampled_from(tuple(PRODUCTS)), st.integers(0, 3),
        st.sampled_from((1, 2, 3, 1, -1, -2)), st.sampled_from(("", "o1", "o2")),
        st.sampled_from(("bought", "bought", "bought", "viewed")), st.sampled_from(("purchase", "giftbot")),
    ),
    max_size=8,
)  # fmt: skip


@given(TOLD, TOLD, st.sampled_from(("", "", "ann")))
@settings(max_examples=60, deadline=None)
def test_purchases_of_one_shopper_are_those_a_fit_reads(before: list[Row], since: list[Row], gone: str) -> None:
    """In any order, with refunds, cancelled orders, doubles, other kinds and sources, and one who was forgotten."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = a_ledger(Path(folder))
        with ledger.importing() as add:
            add([*before, *before[:2]])
        ledger.append([*since, *before[-1:]])
        if gone:
            ledger.forget(gone)
        read = ledger.interactions(list(PRODUCTS))
        fitted = Histories.of(read)
        for who in ("ann", "bob"):
            found = ledger.purchases_of(who, until=read.number)
            assert _told(Past.none().with_rows(found, PRODUCTS)) == _told(fitted.past_of(who))
            assert not (who == gone and found)


def test_a_purchase_in_another_time_zone_is_of_the_day_a_fit_gives_it(tmp_path: Path) -> None:
    """Half past midnight in Berlin is yesterday in UTC, where days are counted."""
    ledger = a_ledger(tmp_path)
    berlin = datetime(2026, 11, 20, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    ledger.append([replace(row("ann", "mug"), at=berlin)])
    (live,) = ledger.live_since(Mark(0)).rows
    assert Past.none().with_rows([live], PRODUCTS).day.tolist() == ledger.interactions(list(PRODUCTS)).day.tolist()
    told = Past.none().with_rows([replace(row("ann", "mug"), at=berlin)], PRODUCTS)
    assert told.day.tolist() == [day_number(date(2026, 11, 19))]


def test_a_purchase_taken_back_since_the_fit_is_out_of_the_past() -> None:
    past = _fitted([row("ann", "mug", 3, quantity=2.0), row("ann", "tin", 3)]).past_of("ann")
    found = past.with_rows([row("ann", "mug", quantity=-2.0), row("ann", "can", kind="viewed")], PRODUCTS)
    assert found.product.tolist() == [PRODUCTS["tin"]]


def test_a_changed_past_leaves_all_others_and_the_old_histories_as_they_were() -> None:
    fitted = _fitted([row("ann", "mug"), row("bob", "tin")])
    changed = fitted.with_past("ann", Past.none())
    assert [len(each.of_shopper("ann")[0]) for each in (fitted, changed)] == [1, 0]
    assert changed.of_shopper("bob")[0].tolist() == [1]
    assert changed.product is fitted.product


def test_nothing_new_is_told_by_two_looks_at_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = a_ledger(tmp_path)
    ledger.append([row("ann", "mug")])
    mark = ledger.now()
    monkeypatch.setattr(FolderStorage, "read", lambda *_: pytest.fail("read a file"))
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened a file"))
    assert not ledger.live_since(mark)


def test_more_rows_than_can_be_followed_wait_for_a_fit(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    with ledger.importing() as add:
        add([row(f"s{number}", "mug") for number in range(50)])
    live = ledger.live_since(Mark(0, most=49))
    assert (live.rows, live.left_out) == ((), 50)
    ledger.append([row("ann", "tin")])
    assert [one.product_id for one in ledger.live_since(live.mark).rows] == ["tin"]


def test_rows_are_followed_across_compaction_once(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    mark = ledger.now()
    seen = []
    for number in range(6):
        ledger.append([row("ann", "mug", number, message_id=f"m{number}")])
        if number % 2:
            ledger.compact()
            live = ledger.live_since(mark)
            seen += [one.at for one in live.rows]
            mark = live.mark
    assert len(seen) == len(set(seen)) == 6
