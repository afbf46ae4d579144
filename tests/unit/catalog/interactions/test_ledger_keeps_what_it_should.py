"""Whatever happens to a ledger, it holds each row once, none forgotten, none without consent; so do followers."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import fsspec
import pytest
from a_ledger import NOW, Clock, a_ledger, killed_while_importing
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from catalog.interactions.following import Mark
from catalog.interactions.ledger import Ledger
from catalog.interactions.rows import Row

SHOPPERS = ("ann", "bob", "cy")
NEW_MONTH = datetime(2026, 11, 1, tzinfo=timezone.utc)
MESSAGES = st.one_of(
    st.tuples(st.sampled_from((NOW, NOW - timedelta(days=40), NOW - timedelta(days=1))), st.just("")),
    st.tuples(st.just(NOW - timedelta(days=1)), st.just("m1")),
    st.tuples(
        st.sampled_from((NEW_MONTH, NEW_MONTH - timedelta(seconds=1))), st.just("m2")
    ),  # sent again, clocks differ
)
SENT_AGAIN = ("ann", "purchase")
"""Whose message m2 is: whichever time it is kept with, it is the same row."""


def _row(who: str, what: str, kind: str, message: tuple[datetime, str], source: str) -> Row:
    who, source = SENT_AGAIN if message[1] == "m2" else (who, source)
    return Row(who, what, kind, message[0], 1.0, source, message[1])


ROWS = st.builds(
    _row,
    st.sampled_from(SHOPPERS),
    st.sampled_from(("mug", "tin")),
    st.sampled_from(("bought", "clicked")),
    MESSAGES,
    st.sampled_from(("purchase", "giftbot", "youtube")),
)
SOURCES = ("", "purchase", "giftbot")
_fresh = count()


class Histories(RuleBasedStateMachine):
    """Any order of appends, imports, forgetting, compacting and crashes, by two processes, followed by a third."""

    on_a_path = True

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.where: Path | str = self.folder if self.on_a_path else f"memory://ledger-{next(_fresh)}"
        self.clock = Clock()
        self.ledgers = [a_ledger(self.where, clock=self.clock) for _ in range(2)]
        self.follower, self.mark = a_ledger(self.where, clock=self.clock), Mark(0)
        self.expected: dict[tuple[object, ...], Row] = {}
        self.gone: list[tuple[str, str, datetime]] = []
        self.followed: list[Row] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    def expect(self, rows: list[Row]) -> int:
        kept = 0
        for one in rows:
            key = (one.message_id, one.product_id, one.kind) if one.message_id else tuple(_told(one))
            forgotten = any(
                one.shopper_id == who and source in ("", one.source) and one.at <= until
                for who, source, until in self.gone
            )
            if one.source != "youtube" and not forgotten and key not in self.expected:
                self.expected[key] = one
                kept += 1
        return kept

    @rule(who=st.sampled_from((0, 1)), rows=st.lists(ROWS, max_size=4), later=st.booleans())
    def append(self, who: int, rows: list[Row], later: bool) -> None:
        if later:  # something they did just now, after whatever was forgotten
            self.clock.goes_on(seconds=1)
            rows = [one if one.message_id else replace(one, at=self.clock.at) for one in rows]
        found = self.ledgers[who].append(rows)
        assert found.accepted == self.expect(rows)
        refused = found.doubled + found.refused_no_consent + found.refused_forgotten + found.refused_bad
        assert found.accepted + refused == len(rows)

    @rule(who=st.sampled_from((0, 1)), rows=st.lists(ROWS, max_size=6), meanwhile=st.lists(ROWS, max_size=2))
    def import_while_another_appends(self, who: int, rows: list[Row], meanwhile: list[Row]) -> None:
        with self.ledgers[who].importing() as add:
            add(rows)
            if self.on_a_path:  # at an address appends wait for the import's end
                self.ledgers[1 - who].append(meanwhile)
                self.expect(meanwhile)
        assert add.appended().accepted == self.expect(rows)

    @rule(who=st.sampled_from((0, 1)), rows=st.lists(ROWS, max_size=4))
    def import_is_killed(self, who: int, rows: list[Row]) -> None:
        killed_while_importing(self.ledgers[who], rows)

    @precondition(lambda self: self.on_a_path)
    @rule(tail=st.sampled_from((b"{", b'{"n": 99, "shopper_id": "ann"', b"\xff")))
    def append_is_killed(self, tail: bytes) -> None:
        for segment in self.folder.glob("live-*.jsonl"):
            with segment.open("ab") as file:
                file.write(tail)

    @rule(who=st.sampled_from((0, 1)), shopper=st.sampled_from(SHOPPERS), source=st.sampled_from(SOURCES))
    def forget(self, who: int, shopper: str, source: str) -> None:
        self.clock.goes_on(seconds=1)
        theirs = [key for key, one in self.expected.items() if one.shopper_id == shopper and source in ("", one.source)]
        assert self.ledgers[who].forget(shopper, source) == len(theirs)
        for key in theirs:
            del self.expected[key]
        self.gone.append((shopper, source, self.clock.at))

    @rule(who=st.sampled_from((0, 1)))
    def compact(self, who: int) -> None:
        self.ledgers[who].compact()

    @rule()
    def follow(self) -> None:
        live = self.follower.live_since(self.mark)
        names = _names(self.followed)
        for one in live.forgotten:
            for shopper in self.follower.known_by([one], names):
                self.followed = [
                    row for row in self.followed if row.shopper_id != shopper or one.source not in ("", row.source)
                ]
        self.followed += live.rows
        self.mark = live.mark
        assert sorted(map(_told, self.followed), key=str) == self.told()

    @invariant()
    def holds_what_it_should(self) -> None:
        found = [_told(one) for one in self.ledgers[0].rows()]
        assert sorted(found, key=str) == self.told()

    def told(self) -> list[list[object]]:
        return sorted((_told(one) for one in self.expected.values()), key=str)


class AtAnAddress(Histories):
    """The same, where nothing can be appended to."""

    on_a_path = False

    def teardown(self) -> None:
        super().teardown()
        fsspec.filesystem("memory").store.clear()


def _told(one: Row) -> list[object]:
    at = NEW_MONTH if one.at == NEW_MONTH - timedelta(seconds=1) else one.at
    return [one.shopper_id, one.product_id, one.kind, at, one.quantity, one.source]


def _names(rows: list[Row]) -> list[bytes]:
    return sorted({one.shopper_id.encode() for one in rows})


@pytest.mark.parametrize("machine", [Histories, AtAnAddress])
def test_every_row_once_none_forgotten_none_without_consent(machine: type[Histories]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),
        ),
    )


def test_an_open_ledger_of_a_reader_lets_nothing_in(tmp_path: Path) -> None:
    from catalog.storage import Storage

    found = Ledger.open(Storage.at(tmp_path)).append([Row("ann", "mug", "bought", NOW, 1.0, "purchase")])
    assert (found.accepted, found.refused_no_consent) == (0, 1)
