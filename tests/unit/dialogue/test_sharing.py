"""Shares of partitions: even, complete, and nothing moves that need not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.sharing import shares
from bot.store.inbound.workers import Peer

NAMES = [f"worker-{number}" for number in range(12)]


def peers(names: list[str], partitions: int, owns: dict[int, str] | None = None) -> dict[str, Peer]:
    everything = frozenset(range(partitions))
    return {
        name: Peer(everything, frozenset(one for one, owner in (owns or {}).items() if owner == name)) for name in names
    }


def loads(given_out: dict[int, str], names: list[str]) -> list[int]:
    return sorted(list(given_out.values()).count(name) for name in names)


@given(st.integers(1, 12), st.integers(1, 40))
def test_workers_of_one_kind_get_even_shares_of_everything(count: int, partitions: int) -> None:
    names = NAMES[:count]
    given_out = shares(peers(names, partitions))

    assert sorted(given_out) == list(range(partitions))
    assert loads(given_out, names)[-1] - loads(given_out, names)[0] <= 1


@given(st.integers(1, 11), st.integers(1, 40))
def test_one_who_comes_takes_its_share_and_nothing_else_moves(count: int, partitions: int) -> None:
    """What moves waits for a hand-over; what stays does not notice."""
    before = shares(peers(NAMES[:count], partitions))
    after = shares(peers(NAMES[: count + 1], partitions, before))
    moved = {partition for partition in before if after[partition] != before[partition]}

    assert {after[partition] for partition in moved} <= {NAMES[count]}
    assert len(moved) == partitions // (count + 1)


@given(st.integers(2, 12), st.integers(1, 40), st.data())
def test_of_one_who_is_gone_only_its_own_partitions_move(count: int, partitions: int, data: st.DataObject) -> None:
    before = shares(peers(NAMES[:count], partitions))
    gone = data.draw(st.sampled_from(NAMES[:count]))
    left = [name for name in NAMES[:count] if name != gone]
    after = shares(peers(left, partitions, before))

    assert {partition for partition in before if after[partition] != before[partition]} == {
        partition for partition, owner in before.items() if owner == gone
    }
    assert loads(after, left)[-1] - loads(after, left)[0] <= 1


@given(st.dictionaries(st.sampled_from(NAMES), st.frozensets(st.integers(0, 15)), max_size=6), st.data())
def test_nobody_is_given_what_it_may_not_own_and_nothing_somebody_may_own_is_left(
    may_own: dict[str, frozenset[int]], data: st.DataObject
) -> None:
    """Also while two believe that they own the same, or one owns what it may not any more."""
    workers = {name: Peer(allowed, data.draw(st.frozensets(st.integers(0, 15)))) for name, allowed in may_own.items()}
    given_out = shares(workers)

    assert set(given_out) == set().union(*may_own.values())
    assert all(partition in workers[name].may_own for partition, name in given_out.items())
    assert shares(dict(reversed(workers.items()))) == given_out, "whoever computes it"


def test_a_restarted_worker_gets_back_what_it_had() -> None:
    """It comes with nothing, and the others are full."""
    before = shares(peers(["a", "b"], 8))
    kept = {partition: name for partition, name in before.items() if name == "b"}

    assert shares(peers(["a", "b"], 8, kept)) == before


def test_a_thousand_partitions_are_shared_among_a_hundred_in_no_time() -> None:
    """Every worker computes it every second."""
    one = dict.fromkeys(range(1024), "w0")
    names = [f"w{number}" for number in range(100)]
    given_out = shares(peers(names, 1024, one))

    assert loads(given_out, names)[0] >= 10
