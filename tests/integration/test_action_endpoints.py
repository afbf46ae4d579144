"""An action server that misbehaves: outage, silence and fault are told apart, and none looks like an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.demo.plan import free_ports
from bot.dialogue.action_endpoints import (
    CUT_OFF,
    FAILED,
    FAILURES,
    TOO_SLOW,
    UNREACHABLE,
    LocalActions,
    RemoteActions,
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def _failures_of(handler: Handler) -> list[str]:
    """What a turn notes when the action server answers through ``handler``."""
    app = web.Application()
    app.router.add_post("/webhook", handler)
    noted: list[str] = []
    FAILURES.set(noted)
    async with TestServer(app) as server:
        endpoint = RemoteActions(str(server.make_url("/webhook")), timeout_s=0.2)
        try:
            with pytest.raises(Exception):  # noqa: B017, PT011 -- which error is Rasa's business
                await endpoint.request(json={"next_action": "action_suggest", "domain": {"responses": {}}})
        finally:
            await endpoint.close()
    return noted


async def _hang(_: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


def _says(status: int, text: str) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=text, content_type="application/json")

    return answer


async def test_a_hang_is_told_from_an_outage() -> None:
    """The server had the call: it may be this message's fault."""
    assert await _failures_of(_hang) == [TOO_SLOW]


async def test_a_server_that_hangs_up_is_told_from_an_outage() -> None:
    """The call may have taken it down."""

    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    assert await _failures_of(hang_up) == [CUT_OFF]


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_proxy_that_says_the_server_is_away_may_tell_of_one_the_call_took_down(status: int) -> None:
    """Or of a deploy, which must not bury messages: what comes after it tells."""
    assert await _failures_of(_says(status, "<html>")) == [CUT_OFF]


async def test_a_call_that_never_arrived_is_an_outage() -> None:
    """Nothing the message says can be at fault."""
    noted: list[str] = []
    FAILURES.set(noted)
    endpoint = RemoteActions(f"http://127.0.0.1:{free_ports(1)[0]}/webhook", timeout_s=1)
    with pytest.raises(aiohttp.ClientConnectionError):
        await endpoint.request(json={})
    await endpoint.close()
    assert noted == [UNREACHABLE]


@pytest.mark.parametrize("text", ["null", "[]", "{}", '{"events": [], "responses": []}', "not json", ""])
async def test_an_answer_that_says_nothing_is_a_fault(text: str) -> None:
    """Rasa would save the turn as answered, and the shopper would wait for ever."""
    assert await _failures_of(_says(200, text)) == [FAILED]


@pytest.mark.parametrize("status", [400, 404, 500])
async def test_a_refusal_or_an_error_is_a_fault(status: int) -> None:
    """Tried again, then buried with an apology."""
    assert await _failures_of(_says(status, '{"error": "no", "action_name": "action_suggest"}')) == [FAILED]


async def test_a_right_answer_is_handed_on_and_the_domain_is_not_sent() -> None:
    """Most of the request would be sentences our actions never read."""
    seen: dict[str, Any] = {}

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.update(await request.json())
        return web.json_response({"events": [], "responses": [{"text": "hi"}]})

    app = web.Application()
    app.router.add_post("/webhook", answer)
    async with TestServer(app) as server:
        endpoint = RemoteActions(str(server.make_url("/webhook")), timeout_s=5)
        got = await endpoint.request(json={"next_action": "action_suggest", "domain": {"responses": {"a": 1}}})
        await endpoint.close()

    assert got["responses"] == [{"text": "hi"}]
    assert seen == {"next_action": "action_suggest", "domain": {}}


async def test_an_action_in_this_process_that_answers_nothing_is_a_fault_too() -> None:
    """Both ways fail alike."""
    noted: list[str] = []
    FAILURES.set(noted)

    async def nothing(_: dict[str, Any]) -> Any:
        return None

    with pytest.raises(ValueError, match="nothing"):
        await LocalActions(nothing).request(json={})
    assert noted == [FAILED]


def test_a_timeout_of_aiohttp_is_no_connection_error() -> None:
    """Why both are named: on Python 3.10 neither is the other's kind."""
    assert not issubclass(asyncio.TimeoutError, aiohttp.ClientError)
