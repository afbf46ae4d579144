"""What a Redis says of itself, and what is wrong with it."""

from __future__ import annotations

import pytest

from bot.store.access.durability import ADVICE, full, judged

GOOD = {
    "redis_version": "7.2.4", "aof_enabled": 1, "appendfsync": "always", "no-appendfsync-on-rewrite": "no",
    "maxmemory_policy": "noeviction", "aof_last_write_status": "ok", "role": "master", "connected_slaves": 1,
    "maxmemory": 4 << 30, "used_memory": 1 << 30,
}  # fmt: skip


def test_a_redis_set_up_as_the_page_says_has_no_fault():
    """Nobody reads a check that always complains."""
    assert judged(GOOD, 1) == []
    assert judged(GOOD | {"role": "slave", "connected_slaves": 0}, 1) == [], "a replica needs none of its own"


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"redis_version": "6.0.16"}, "too_old"),
        ({"aof_enabled": 0}, "not_appendonly"),
        ({"appendfsync": "everysec"}, "not_synced"),
        ({"no-appendfsync-on-rewrite": "yes"}, "not_synced_on_rewrite"),
        ({"maxmemory_policy": "allkeys-lru"}, "evicts"),
        ({"maxmemory": 0}, "no_memory_limit"),
        ({"aof_last_write_status": "err"}, "cannot_write"),
        ({"connected_slaves": 0}, "too_few_replicas"),
    ],
)
def test_each_way_to_fall_short_is_told_by_name_and_with_advice(said, fault):
    """Each of these has lost somebody's data."""
    assert judged(GOOD | said, 1) == [fault]
    assert fault in ADVICE


def test_how_full_a_redis_is_counts_from_its_own_limit():
    """The alarm rings at 60 %: while there is room to write the log anew."""
    assert full(GOOD) == 0.25
    assert full(GOOD | {"maxmemory": 0}) == 0.0, "told as a fault of its own"


def test_settings_that_are_hidden_are_told_not_taken_for_good():
    """Hosted ones forbid CONFIG; then a person must look."""
    assert judged({key: value for key, value in GOOD.items() if key != "appendfsync"}, 1) == ["settings_hidden"]
