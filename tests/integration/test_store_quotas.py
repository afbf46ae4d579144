"""Quotas: X's allowance is never overspent."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.governance.text_mark import text_mark
from bot.store.connection import Store
from bot.store.outbound.quotas import Full
from tests.integration.store_talk import NOON, after

FEW = ("few", 3, 900)
MANY = ("many", 5, 86_400)


async def test_concurrent_spenders_never_pass_the_limit(store: Store) -> None:
    """Two senders that both see one call left must not both take it."""
    told = await asyncio.gather(*(store.quotas.spend([("w", 10, 900)], NOON) for _ in range(100)))
    assert told.count(None) == 10
    assert set(told) == {None, Full(after(900), "w")}


async def test_a_call_counts_in_all_windows_or_in_none(store: Store) -> None:
    """A refused call must not eat up the day."""
    for second in range(3):
        assert await store.quotas.spend([FEW, MANY], after(second)) is None
    for second in range(3, 9):
        assert await store.quotas.spend([FEW, MANY], after(second)) == Full(after(900), "few")
    for second in (900, 901):
        assert await store.quotas.spend([FEW, MANY], after(second)) is None
    assert await store.quotas.spend([FEW, MANY], after(902)) == Full(after(86_400), "many"), (
        "the window that is full is told"
    )
    assert await store.quotas.spend([FEW], after(902)) is None
    assert await store.quotas.spend([FEW, MANY], after(903)) == Full(after(86_400), "many"), (
        "of two waits the longer is told"
    )


async def test_room_comes_back_exactly_when_told(store: Store) -> None:
    """Waking earlier would call X in vain, later would leave a shopper waiting."""
    for second in (0, 10, 20):
        await store.quotas.spend([FEW], after(second))
    assert await store.quotas.spend([FEW], after(899.999)) == Full(after(900), "few")
    assert await store.quotas.spend([FEW], after(900)) is None
    assert await store.quotas.spend([FEW], after(900)) == Full(after(910), "few")


async def test_a_refund_gives_back_that_very_call(store: Store) -> None:
    """Another sender's call stays counted at its own time."""
    for second in (0, 5, 6):
        await store.quotas.spend([FEW], after(second), token=f"call {second}")
    await store.quotas.refund([FEW], "call 0")
    await store.quotas.refund([FEW], "call 3")
    assert await store.quotas.spend([FEW], after(7)) is None
    assert await store.quotas.spend([FEW], after(8)) == Full(after(905), "few")


async def test_a_call_whose_answer_was_lost_is_counted_once_and_given_back_once(store: Store) -> None:
    """A broken connection is tried again with the same words: neither may use up, or give back, another's call."""
    once = store._wire.run

    async def answer_lost(*words: object) -> object:
        await once(*words)  # type: ignore[arg-type]
        return await once(*words)  # type: ignore[arg-type]

    store._wire.run = answer_lost  # type: ignore[method-assign,assignment]
    for number in range(3):
        assert await store.quotas.spend([FEW], NOON, token=str(number)) is None
    await store.quotas.refund([FEW], "1")
    assert await store.quotas.spend([FEW], NOON) is None
    assert await store.quotas.spend([FEW], NOON) == Full(after(900), "few")


async def test_without_a_moment_redis_own_clock_counts(store: Store) -> None:
    """Two senders whose clocks differ by ten minutes would forget each other's calls, and X says 429."""
    told = [await store.quotas.spend([FEW], None) for _ in range(4)]
    assert told[:3] == [None] * 3
    now = datetime.now(timezone.utc)
    assert told[3] is not None
    assert timedelta(seconds=890) < told[3].again - now <= timedelta(seconds=900), "Redis and the tests share a machine"


async def test_what_is_left_and_what_was_spent_can_be_read(store: Store) -> None:
    """People see how much is left before it is gone; the wait of an answer is told from it."""
    for second in (0, 10):
        await store.quotas.spend([FEW, MANY], after(second))
    assert await store.quotas.left([FEW, MANY], after(20)) == {"few": 1, "many": 3}
    assert await store.quotas.spent(FEW, after(20)) == (after(0), after(10))
    assert await store.quotas.left([FEW, MANY], after(905)) == {"few": 2, "many": 3}
    assert await store.quotas.spent(FEW, after(905)) == (after(10),)


async def test_the_longest_pause_holds(store: Store) -> None:
    """A short pause that comes later must not cut a long one."""
    assert await store.quotas.paused_until() is None
    await store.quotas.pause_until(after(60), "429")
    await store.quotas.pause_until(after(30), "429")
    assert await store.quotas.paused_until() == after(60)
    assert await store.quotas.pause() == (after(60), "429")


def test_no_window_ever_holds_more_than_its_limit(redis_url: str, new_store) -> None:  # type: ignore[no-untyped-def]
    """Whatever the times of the calls, and whichever is tried again: a call counts at its latest try."""

    @settings(deadline=None, max_examples=60)
    @given(
        st.lists(st.tuples(st.integers(0, 30), st.sampled_from("abcdef")), max_size=40),
        st.integers(1, 4),
        st.integers(1, 20),
    )
    def holds(calls: list[tuple[int, str]], limit: int, length: int) -> None:
        asyncio.run(_spends(calls, limit, length))

    async def _spends(calls: list[tuple[int, str]], limit: int, length: int) -> None:
        at, spent = 0, dict[str, int]()
        async with new_store() as store:
            for gap, name in calls:
                at += gap
                if await store.quotas.spend([("w", limit, length)], after(at), token=name) is None:
                    spent[name] = at
                    assert sum(at - length < other for other in spent.values()) <= limit

    holds()


async def test_a_send_tried_again_counts_when_it_is_tried(store: Store) -> None:
    """Kept at its first try, a Send that X takes a day later would leave its place to another within the hour."""
    day = [("department:care", 2, 86_400)]
    for name in ("a", "b"):
        assert await store.quotas.spend(day, after(0), token=name) is None
    for name in ("a", "b"):
        assert await store.quotas.spend(day, after(82_800), token=name) is None, "its own place is no obstacle"
    assert await store.quotas.spend(day, after(86_500), token="c") == Full(after(82_800 + 86_400), "department:care")


async def test_a_send_tried_again_finds_no_room_where_others_took_it(store: Store) -> None:
    """Its first place has passed out of the window meanwhile."""
    day = [("department:care", 2, 86_400)]
    assert await store.quotas.spend(day, after(0), token="a") is None
    for name in ("b", "c"):
        assert await store.quotas.spend(day, after(86_400), token=name) is None
    assert await store.quotas.spend(day, after(86_500), token="a") == Full(after(2 * 86_400), "department:care")


async def test_windows_tell_nobody_which_send_or_text_they_count(store: Store) -> None:
    """They outlive both by weeks; whoever reads Redis could else try out whether somebody was sent something."""
    window = (f"text:{text_mark('Your order is on its way')}:no-bulk", 2, 900)
    assert await store.quotas.spend([window], NOON, token="d0123abc") is None
    prefix = store._wire.keys.prefix
    [key] = [name async for name in store._wire.commands.scan_iter(f"*{prefix}:*window:text:*")]
    kept = key.decode() + str(await store._wire.commands.zrange(key, 0, -1))
    assert text_mark("Your order is on its way") not in kept
    assert "d0123abc" not in kept
    assert await store.quotas.counted(window, NOON) == {store.quotas.named("d0123abc"): NOON}
    await store.quotas.refund([window], "d0123abc")
    assert await store.quotas.counted(window, NOON) == {}
