"""The user token is refreshed by one process, written before use, and never lost between two; real Redis, real HTTP."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.clock import utc_now
from bot.errors import Retryable, Unavailable
from bot.model import ShopperId
from bot.settings import XSettings
from bot.store.connection import Store
from bot.x.client import XClient
from bot.x.tokens import RefreshedTokens
from tests.fakes.x_side import SHOPPER, SandboxHand, sandbox, x_settings

CLIENT = {
    "oauth2_client_id": "client",
    "oauth2_client_secret": "client-secret-0123456789",
    "oauth2_refresh_token": "first-refresh-token",
}


@asynccontextmanager
async def x_with_tokens(**changes: object) -> AsyncIterator[tuple[XSettings, SandboxHand]]:
    async with sandbox(oauth2_token="", **CLIENT, **changes) as url, aiohttp.ClientSession() as session:
        yield dataclasses.replace(x_settings(url), **CLIENT), SandboxHand(session, url)


def tokens(
    settings: XSettings, keeper: object, owner: str = "one", clock: Callable[[], datetime] = utc_now
) -> RefreshedTokens:
    async def at_once(_: float) -> None:
        await asyncio.sleep(0.01)

    return RefreshedTokens(settings, keeper, clock, owner, sleep=at_once)  # type: ignore[arg-type]


async def test_many_processes_share_one_refresh(store: Store) -> None:
    """A refresh token used twice is theft to X: it ends the whole chain, and the brand falls silent."""
    async with x_with_tokens() as (settings, hand):
        got = await asyncio.gather(*(tokens(settings, store.tokens, f"p{n}").current() for n in range(8)))
        assert len(set(got)) == 1
        assert (await hand.get("/sandbox/tokens"))["refreshes"] == 1
        assert await tokens(settings, store.tokens, "late").current() == got[0]


async def test_an_ending_token_is_renewed_before_its_end_and_the_chain_goes_on(store: Store) -> None:
    """Ten refreshes in a row: each uses the token X gave last."""
    now = utc_now()
    async with x_with_tokens(clock=lambda: now) as (settings, hand):
        seen = set()

        def clock() -> datetime:
            return now

        for _ in range(10):
            seen.add(await tokens(settings, store.tokens, clock=clock).current())
            now += timedelta(minutes=111)
        assert len(seen) == 10
        assert (await hand.get("/sandbox/tokens"))["refreshes"] == 10


async def test_a_401_is_repeated_once_with_a_renewed_token(store: Store) -> None:
    """X takes tokens back early; a 401 certainly sent nothing, so the shopper need not wait."""
    async with x_with_tokens() as (settings, hand), XClient(settings, tokens(settings, store.tokens)) as x:
        await x.send_dm(ShopperId(SHOPPER), "one")
        await hand.put("/sandbox/tokens/revoke")
        await x.send_dm(ShopperId(SHOPPER), "two")
        assert await hand.accepted_texts() == ["one", "two"]
        await hand.faults(send=[{"kind": "unauthorized"}])
        with pytest.raises(Retryable, match="unauthorized"):
            await x.send_dm(ShopperId(SHOPPER), "never taken")
        assert await hand.accepted_texts() == ["one", "two"]


async def test_a_pair_that_could_not_be_written_is_not_used_until_it_is(store: Store) -> None:
    """Used but not kept, it would die with the process, and with it the account's only refresh token."""

    class Torn:
        down = True

        def __getattr__(self, name: str) -> object:
            return getattr(store.tokens, name)

        async def write(self, sealed: bytes, over: int) -> bool:
            if self.down:
                raise Unavailable("no")
            return await store.tokens.write(sealed, over)

    async with x_with_tokens() as (settings, hand):
        keeper = Torn()
        mine = tokens(settings, keeper)
        for _ in range(2):
            with pytest.raises(Unavailable):
                await mine.current()
        keeper.down = False
        got = await mine.current()
        assert (await hand.get("/sandbox/tokens"))["refreshes"] == 1, "X is not asked again for what it gave"
        assert await tokens(settings, store.tokens, "other").current() == got


async def test_a_send_without_a_readable_token_certainly_was_not_taken(store: Store) -> None:
    """It must not wait in doubt for a look."""

    class Away:
        async def read(self) -> tuple[bytes, int]:
            raise Unavailable("Redis is away")

    async with x_with_tokens() as (settings, hand), XClient(settings, tokens(settings, Away())) as x:
        with pytest.raises(Retryable, match="token_not_readable"):
            await x.send_dm(ShopperId(SHOPPER), "not yet")
        assert await hand.accepted_texts() == []


async def test_a_refresh_that_fails_leaves_the_present_token_in_use_while_it_lives(store: Store) -> None:
    """Ten minutes before its end there is time; the account need not fall silent for X's bad minute."""
    now = utc_now()
    async with x_with_tokens(clock=lambda: now) as (settings, hand):
        first = await tokens(settings, store.tokens, clock=lambda: now).current()
        now += timedelta(minutes=112)
        await hand.faults(token=[{"kind": "unavailable_before"}])
        assert await tokens(settings, store.tokens, clock=lambda: now).current() == first
        now += timedelta(minutes=10)
        with pytest.raises(Retryable) as raised:
            await tokens(settings, store.tokens, clock=lambda: now).current()
        assert raised.value.whole_account
        await hand.faults()
        assert await tokens(settings, store.tokens, clock=lambda: now).current() != first


async def test_a_token_x_takes_no_more_is_named_and_a_new_one_in_the_settings_begins_anew(store: Store) -> None:
    """The one gap: X rotated and its answer was lost. A person gives the account anew, without touching Redis."""
    async with x_with_tokens() as (settings, hand):
        await hand.faults(token=[{"kind": "reset_after", "count": 1}])
        with pytest.raises(Retryable, match="token_unclear"):
            await tokens(settings, store.tokens).current()
        with pytest.raises(Retryable, match="token_refused"):
            await tokens(settings, store.tokens).current()
    async with sandbox(oauth2_token="", **{**CLIENT, "oauth2_refresh_token": "given-anew"}) as url:
        anew = dataclasses.replace(settings, api_base_url=url, oauth2_refresh_token="given-anew")
        assert await tokens(anew, store.tokens).current()


async def test_redis_holds_nothing_that_opens_the_account(store: Store) -> None:
    """A dump or an AOF on somebody's disk must not be the brand's voice."""
    async with x_with_tokens() as (settings, _):
        access = await tokens(settings, store.tokens).current()
        sealed, version = await store.tokens.read()
        assert version == 1
        assert sealed
        for secret in (access, "first-refresh-token"):
            assert secret.encode() not in sealed


async def test_a_refresher_that_stood_still_past_its_lease_does_not_overwrite_the_later_pair(store: Store) -> None:
    """What it holds was made from a pair that is gone."""
    assert await store.tokens.write(b"newer", 0)
    assert not await store.tokens.write(b"older", 0)
    assert await store.tokens.read() == (b"newer", 1)
    assert await store.tokens.lease("a", 60)
    assert not await store.tokens.lease("b", 60)
    await store.tokens.release("b")
    assert not await store.tokens.lease("b", 60)
    await store.tokens.release("a")
    assert await store.tokens.lease("b", 60)
