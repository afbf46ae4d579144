"""X misbehaves in seventeen ways: the right family each time, and nothing repeated that may have arrived.

The whole way out is real: store, governor, sender, tweepy, sockets. Only time is moved.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass

import pytest

from bot.clock import to_ms
from bot.model import SendState, ShopperId
from bot.store.connection import Store
from bot.x.client import XClient
from tests.fakes.x_side import x_settings
from tests.integration.odd_x import Asked, Script, odd_x
from tests.integration.sending_talk import Driven, MovedClock, state_of
from tests.integration.store_talk import answer, answered, message

OTHER = ShopperId("3003")
TIMEOUT_S = 0.3


def says(status: int, body: str = "{}", headers: str = "", *, takes: bool = False) -> Script:
    """Answers with these words, with or without taking the message."""

    async def script(asked: Asked) -> None:
        if takes:
            asked.take()
        asked.answer(status, body, headers)

    return script


def limited(seconds: float | None) -> Script:
    """429, whose window starts anew in so many seconds, or X does not say."""

    async def script(asked: Asked) -> None:
        reset = "" if seconds is None else f"x-rate-limit-reset: {to_ms(asked.x.clock()) // 1000 + int(seconds)}\r\n"
        asked.answer(429, json.dumps({"title": "Too Many Requests"}), reset)

    return script


async def slow_headers(asked: Asked) -> None:
    """Taken, but not a byte comes."""
    asked.take()
    await asyncio.sleep(2 * TIMEOUT_S)


async def slow_body(asked: Asked) -> None:
    """Taken; the answer stops in its middle."""
    asked.take()
    asked.writer.write(b'HTTP/1.1 201 Created\r\nContent-Length: 80\r\n\r\n{"data": ')
    await asyncio.sleep(2 * TIMEOUT_S)


async def reset(asked: Asked) -> None:
    """Taken; then the connection breaks."""
    asked.take()
    asked.writer.transport.abort()


async def late(asked: Asked) -> None:
    """Taken after we have given up waiting."""
    asked.x.after(1.5 * TIMEOUT_S, asked)
    await asyncio.sleep(2 * TIMEOUT_S)


@dataclass(frozen=True)
class Case:
    """One misbehaviour: what it is at first, and what it comes to."""

    script: Script
    state: SendState
    reason: str
    waits_s: float
    """Until it is dealt with again."""
    posts: int
    ends: SendState = SendState.SENT


HTML = "<html><h1>502 Bad Gateway</h1></html>"
BLOCKED = json.dumps(
    {"title": "Forbidden", "detail": "You do not have permission to DM one or more of the participants."}
)
SPAM = json.dumps({"errors": [{"code": 226, "message": "This request looks like it might be automated."}]})
PENDING, DOUBT, REFUSED = SendState.PENDING, SendState.IN_DOUBT, SendState.REFUSED

CASES = {
    "429 with reset": Case(limited(300), PENDING, "rate_limited", 310, 2),
    "429 without reset": Case(limited(None), PENDING, "rate_limited", 70, 2),
    "429 with a reset in the past": Case(limited(-30), PENDING, "rate_limited", 70, 2),
    "500": Case(says(500), DOUBT, "server_error", 120, 2),
    "502": Case(says(502), DOUBT, "server_error", 120, 2),
    "503 with retry-after": Case(says(503, headers="retry-after: 30\r\n"), DOUBT, "server_error", 120, 2),
    "a page": Case(says(502, HTML, "content-type: text/html\r\n", takes=True), DOUBT, "not_json", 120, 1),
    "an empty 200": Case(says(200, "", takes=True), DOUBT, "unclear_answer", 120, 1),
    "slow headers": Case(slow_headers, DOUBT, "timeout", 120, 1),
    "slow body": Case(slow_body, DOUBT, "timeout", 120, 1),
    "reset": Case(reset, DOUBT, "connection_lost", 120, 1),
    "401": Case(says(401, '{"title": "Unauthorized"}'), PENDING, "unauthorized", 70, 2),
    "403, blocked": Case(says(403, BLOCKED), REFUSED, "recipient_closed", 0, 1, REFUSED),
    "403, spam": Case(says(403, SPAM), PENDING, "account_restricted", 1810, 2),
    "404": Case(says(404, '{"title": "Not Found Error"}'), REFUSED, "not_found", 0, 1, REFUSED),
    "late accept": Case(late, DOUBT, "timeout", 120, 1),
}
OF_THE_ACCOUNT = {"429 with reset", "429 without reset", "429 with a reset in the past", "401", "403, spam"}


@pytest.mark.parametrize("name", CASES)
async def test_x_misbehaves_and_the_answer_arrives_once_or_is_refused(store: Store, name: str) -> None:
    """Its family decides: again later, look first, never; and whether anybody else may be sent to meanwhile."""
    case, clock = CASES[name], MovedClock()
    send = await answered(store, message(1))
    async with odd_x(clock) as x, XClient(x_settings(x.url, timeout_s=TIMEOUT_S)) as client:
        x.scripts = [case.script]
        driven = Driven(store, client, clock)
        await driven.settle()
        assert await state_of(store, send) == (case.state, case.reason)
        other = await answered(store, message(1, OTHER), "something else")
        await driven.settle()
        held = name in OF_THE_ACCOUNT
        assert (await state_of(store, other))[0] is (SendState.PENDING if held else SendState.SENT)
        await asyncio.sleep(TIMEOUT_S if name == "late accept" else 0)
        clock.move(case.waits_s)
        await driven.settle()
        await driven.run_for(40)
        assert (await state_of(store, send))[0] is case.ends
        ours = [one for one in x.taken if one.text == send.text]
        assert len(ours) == (case.ends is SendState.SENT)
        assert x.posts.count(send.text) == case.posts
        assert x.posts.count(other.text) == 1


@pytest.mark.parametrize("url", ["https://127.0.0.1:{port}", "http://no-such-host.invalid:{port}"], ids=["TLS", "DNS"])
async def test_where_x_is_not_reached_nothing_is_in_doubt(store: Store, url: str) -> None:
    """A broken handshake or name: the message never left, and goes out when the way is free."""
    clock = MovedClock()
    send = await answered(store, message(1))
    async with odd_x(clock) as x:
        wrong = url.format(port=x.url.rsplit(":", 1)[1])
        async with XClient(x_settings(wrong, timeout_s=3)) as client:
            await Driven(store, client, clock).settle()
        assert await state_of(store, send) == (SendState.PENDING, "could_not_connect")
        assert x.posts == []
        clock.move(60)
        async with XClient(x_settings(x.url)) as client:
            await Driven(store, client, clock, name="e").settle()
        assert (await state_of(store, send))[0] is SendState.SENT
        assert len(x.taken) == 1


async def test_a_storm_of_429s_meets_one_call_a_window_however_much_waits(store: Store) -> None:
    """A thousand Sends, four windows: four calls, all senders together. Each further one would prolong the limit."""
    clock, windows = MovedClock(), 4
    shoppers = [ShopperId(str(10_000 + n)) for n in range(100)]
    for shopper in shoppers:
        await answered(store, message(1, shopper))
    queued = [message(number, shopper) for number in range(2, 11) for shopper in shoppers]
    await asyncio.gather(*(store.outbox.propose(answer(one), clock()) for one in queued))
    async with odd_x(clock) as x, XClient(x_settings(x.url)) as client:
        x.scripts = [limited(900) for _ in range(windows)]
        driven = [Driven(store, client, clock, name=f"s{n}") for n in range(2)]
        for window in range(windows):
            for _ in range(3):
                for one in driven:
                    await one.settle()
                clock.move(302)
            assert len(x.posts) == window + 1
        assert x.taken == []
        clock.move(10)
        while not x.taken:  # by now old answers make way for newer ones, some at each step
            await driven[0].sender._step()
            await asyncio.gather(*driven[0].sender._calls)
        assert len(x.posts) == windows + 1
