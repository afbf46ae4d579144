"""X's side judges a webhook by its answer to the challenge as X does: who answers wrongly is switched off at once, who
cannot be reached or says it is ill has more than a day."""

from __future__ import annotations

import asyncio
import dataclasses
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot.x.admin import XAdmin
from bot.x.signature import sign
from tests.fakes.x_side import SECRET, SHOPPER, SandboxHand, sandbox, x_settings

Answer = Callable[[web.Request], Awaitable[web.Response]]


async def _right(request: web.Request) -> web.Response:
    return web.json_response({"response_token": sign(SECRET, request.query["crc_token"].encode()).decode()})


async def _never(_: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


def _status(status: int, body: str = '{"response_token": "sha256=x"}', **headers: str) -> Answer:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body, headers=headers)

    return answer


@dataclasses.dataclass
class Registered:
    """A webhook the sandbox has taken, whose answers a test chooses."""

    hook: Hook
    x: XAdmin
    hand: SandboxHand

    async def judged(self, answer: Answer) -> bool:
        """Whether X's side still calls it valid after a challenge answered so."""
        self.hook.challenged = answer
        [one] = await self.x.webhooks()
        await self.x.validate(one.id)
        return (await self.x.webhooks())[0].valid


class Hook:
    """A webhook that takes every delivery, and answers challenges as told."""

    def __init__(self) -> None:
        self.challenged: Answer = _right
        self.delivered = asyncio.Event()

    async def get(self, request: web.Request) -> web.StreamResponse:
        return await self.challenged(request)

    async def post(self, _: web.Request) -> web.Response:
        self.delivered.set()
        return web.Response()


@asynccontextmanager
async def x_side(webhook_url: str, **changes: object) -> AsyncIterator[tuple[XAdmin, SandboxHand]]:
    """X's side with this webhook registered, and the app's hands on it."""
    async with (
        sandbox(webhook_url=webhook_url, bearer_token="app-token", **changes) as url,
        aiohttp.ClientSession() as session,
        XAdmin(dataclasses.replace(x_settings(url), bearer_token="app-token")) as x,
    ):
        yield x, SandboxHand(session, url)


@asynccontextmanager
async def registered(**changes: object) -> AsyncIterator[Registered]:
    hook, app = Hook(), web.Application()
    app.router.add_get("/", hook.get)
    app.router.add_post("/", hook.post)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    [(_, port)] = runner.addresses
    try:
        async with x_side(f"http://127.0.0.1:{port}/", **changes) as (x, hand):
            yield Registered(hook, x, hand)
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    "answer", [_status(503), _status(500), _status(404), _status(400)], ids=["503", "500", "404", "400"]
)
async def test_a_webhook_that_is_ill_keeps_valid_and_hears_what_was_written(answer: Answer):
    async with registered() as it:
        assert await it.judged(answer)
        await it.hand.says("hello", SHOPPER)
        await asyncio.wait_for(it.hook.delivered.wait(), 5)


async def test_a_webhook_that_does_not_answer_in_time_keeps_valid():
    async with registered(delivery_timeout_s=0.2) as it:
        assert await it.judged(_never)


async def test_a_webhook_nobody_lives_behind_keeps_valid():
    """An intake that restarts is away for a second; it must not be deaf from then on."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # taken, and not listening
        async with x_side(f"http://127.0.0.1:{bound.getsockname()[1]}/") as (x, _):
            [hook] = await x.webhooks()
            assert not await x.validate(hook.id)
            assert (await x.webhooks())[0].valid


@pytest.mark.parametrize(
    "answer",
    [_status(200), _status(200, "no JSON"), _status(204, ""), _status(302, Location="https://elsewhere.example/")],
    ids=["wrong token", "no token", "empty", "redirect"],
)
async def test_a_webhook_that_answers_wrongly_is_switched_off_until_it_answers_rightly(answer: Answer):
    """Switched off it gets nothing; a right answer switches it on again."""
    async with registered() as it:
        assert not await it.judged(answer)
        await it.hand.says("nobody hears this", SHOPPER)
        assert (await it.hand.get("/sandbox/ledger"))["delivered"] == []
        assert await it.judged(_right)
        assert not it.hook.delivered.is_set()
        await it.hand.says("hello", SHOPPER)
        await asyncio.wait_for(it.hook.delivered.wait(), 5)
