"""Which gap is gone on with."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from bot.clock import to_ms
from bot.gaps.order import next_of
from bot.gaps.plan import Read, Replay, Wait
from bot.store.inbound.gaps import KeptGap
from bot.store.inbound.restored import RESTORED

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)


def _gap(id_: str, since: int, till: int, reason: str = "silent", *, read: bool = False) -> KeptGap:
    """So many minutes ago."""
    begins, ends = NOW - timedelta(minutes=since), NOW - timedelta(minutes=till)
    return KeptGap(id_, begins, ends, reason, {"read_from": to_ms(begins), "done_to": to_ms(ends)} if read else {})


def _rest(minutes: int) -> Wait:
    return Wait(NOW + timedelta(minutes=minutes), "a node is away")


def test_what_is_being_read_goes_on_before_older_gaps_are_begun() -> None:
    """Its pages are paid for."""
    gaps = [_gap("old", 300, 290), _gap("read", 200, 190, read=True)]
    assert next_of(gaps, NOW, begun={"read"}, rests={}).kept.id == "read"
    assert next_of(gaps, NOW, begun=(), rests={}).kept.id == "old"


def test_what_is_being_read_and_must_wait_holds_up_nothing() -> None:
    """Whether its shopper's node is away, or it grew and X does not replay the new part yet."""
    old, other = _gap("read", 300, 290, read=True), _gap("other", 200, 190)
    assert next_of([old, other], NOW, begun={"read"}, rests={"read": _rest(1)}).kept.id == "other"
    grew = KeptGap("read", old.since, NOW, "silent", {**old.progress, "done_to": to_ms(NOW - timedelta(minutes=5))})
    assert next_of([grew, other], NOW, begun={"read"}, rests={}).kept.id == "other"


def test_where_nothing_can_be_done_it_is_said_why_and_a_rest_that_is_over_holds_up_nothing() -> None:
    """A person may wait for it."""
    gaps = [_gap("read", 300, 290, read=True)]
    assert next_of(gaps, NOW, begun={"read"}, rests={"read": _rest(1)}).step == _rest(1)
    assert isinstance(next_of(gaps, NOW, begun={"read"}, rests={"read": _rest(0)}).step, Read)


def test_what_happened_since_a_backup_is_read_first_and_no_replay_reaches_into_it_until_it_is() -> None:
    """Replayed, what the earlier life answered would be answered once more."""
    restored = _gap("restored", 120, 60, RESTORED, read=True)
    reaches, later = _gap("reaches", 200, 61), _gap("later", 50, 40)
    gaps = [reaches, restored, later]
    assert next_of(gaps, NOW, begun={"reaches"}, rests={}).kept.id == "restored"
    chosen = next_of(gaps, NOW, begun=(), rests={"restored": _rest(1)})
    assert chosen.kept.id == "later"
    assert isinstance(chosen.step, Replay)
    assert isinstance(next_of(gaps[:2], NOW, begun=(), rests={"restored": _rest(1)}).step, Wait)
    read = _gap("read", 200, 61, read=True)
    assert next_of([read, restored], NOW, begun=(), rests={"restored": _rest(1)}).kept.id == "read"
