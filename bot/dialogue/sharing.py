"""Which worker should own which partitions. Pure, and the same in every worker that sees the same.

Nobody decides: each worker computes the shares of all from who lives and what they own, takes what falls to it and
gives back what does not. Should two see differently for a moment, the lease lets one of them have a partition, and
the fence lets only that one commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from bot.store.inbound.workers import Peer


def shares(workers: Mapping[str, Peer]) -> dict[int, str]:
    """The owner each partition should have; one that no living worker may own has none.

    What is owned stays where it is, unless its owner has at least two more than another who may own it. So a worker
    that comes takes its share and nothing else moves, and of one that is gone only its own partitions move.
    """
    given: dict[str, set[int]] = {name: set() for name in workers}
    free: set[int] = set().union(*(one.may_own for one in workers.values()))
    # two may say they own a partition for a moment: one has lost it and does not know yet
    for name in sorted(workers):
        given[name] = free & workers[name].may_own & workers[name].owns
        free -= given[name]
    for partition in sorted(free):
        able = [name for name, one in workers.items() if partition in one.may_own]
        given[min(able, key=lambda name: (len(given[name]), _rank(name, partition)))].add(partition)
    while (move := _move(workers, given)) is not None:
        partition, heavy, light = move
        given[heavy].remove(partition)
        given[light].add(partition)
    return {partition: name for name, theirs in given.items() for partition in theirs}


def _move(workers: Mapping[str, Peer], given: Mapping[str, set[int]]) -> tuple[int, str, str] | None:
    """One partition from the most loaded worker that can give one, to the least loaded that has two less at least."""
    by_load = sorted(workers, key=lambda name: (len(given[name]), name))
    for heavy in reversed(by_load):
        for light in by_load:
            if len(given[heavy]) - len(given[light]) < 2:
                break
            could = given[heavy] & workers[light].may_own
            if could:
                return min(could, key=lambda partition: _rank(light, partition)), heavy, light
    return None


def _rank(worker: str, partition: int) -> bytes:
    """An order of the workers for each partition, as good as drawn, the same everywhere."""
    return blake2b(f"{worker} {partition}".encode(), digest_size=8).digest()
