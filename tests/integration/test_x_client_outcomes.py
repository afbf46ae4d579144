"""What a call to X came to is named by what to do next; proven on the sandbox's failures, one by one."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import aiohttp
import pytest

from bot.errors import InDoubt, Refused, Retryable
from bot.model import ShopperId
from bot.x.client import XClient
from bot.x.limits import Window
from tests.fakes.x_side import SHOPPER, SandboxHand, sandbox, x_settings

TO = ShopperId(SHOPPER)
FAMILIES = [
    ("bad_request", Refused, "bad_request", 0),
    ("forbidden", Refused, "forbidden", 0),
    ("not_found", Refused, "not_found", 0),
    ("unauthorized", Retryable, "unauthorized", 0),
    ("no_credits", Retryable, "no_credits", 0),
    ("rate_limited", Retryable, "rate_limited", 0),
    ("server_error_before", InDoubt, "server_error", 0),
    ("unavailable_before", InDoubt, "server_error", 0),
    ("html_before", InDoubt, "not_json", 0),
    ("hang_before", InDoubt, "timeout", 0),
    ("reset_before", InDoubt, "connection_lost", 0),
    ("server_error_after", InDoubt, "server_error", 1),
    ("unavailable_after", InDoubt, "server_error", 1),
    ("html_after", InDoubt, "not_json", 1),
    ("hang_after", InDoubt, "timeout", 1),
    ("reset_after", InDoubt, "connection_lost", 1),
    ("empty_after", InDoubt, "unclear_answer", 1),
    ("malformed_after", InDoubt, "unclear_answer", 1),
]


@pytest.mark.parametrize(("kind", "family", "reason", "taken"), FAMILIES)
async def test_every_failure_of_a_send_is_sorted_by_what_to_do_next(kind, family, reason, taken):
    """A doubled answer comes from taking a doubt for a failure, a lost one from the reverse."""
    async with sandbox() as url, aiohttp.ClientSession() as session:
        hand = SandboxHand(session, url)
        await hand.faults(send=[{"kind": kind, "count": 1, "seconds": 20}])
        async with XClient(x_settings(url, timeout_s=0.3)) as x:
            with pytest.raises(family) as raised:
                await x.send_dm(TO, "hello")
            assert raised.value.reason == reason
            assert len(await hand.accepted_texts()) == taken
            assert (await x.send_dm(TO, "again")).dm_event_id


@pytest.mark.parametrize("kind", ["unauthorized", "no_credits", "rate_limited"])
async def test_a_failure_of_the_whole_account_says_so(kind):
    """Sending the next shopper's message into the same wall only makes it higher."""
    async with sandbox() as url, aiohttp.ClientSession() as session:
        await SandboxHand(session, url).faults(send=[{"kind": kind}])
        async with XClient(x_settings(url)) as x:
            with pytest.raises(Retryable) as raised:
                await x.send_dm(TO, "hello")
    assert raised.value.whole_account


async def test_a_rate_limit_tells_when_it_ends():
    """The pause must last exactly as long as X says, not a guess."""
    async with sandbox(send_windows=(Window(1, 900),)) as url, XClient(x_settings(url)) as x:
        before = datetime.now(timezone.utc)
        sent = await x.send_dm(TO, "one")
        with pytest.raises(Retryable) as raised:
            await x.send_dm(TO, "two")
    assert sent.rate is not None
    assert (sent.rate.limit, sent.rate.remaining) == (1, 0)
    assert raised.value.at is not None
    assert timedelta(seconds=899) <= raised.value.at - before <= timedelta(seconds=903)


async def test_a_message_x_takes_after_our_time_out_is_in_doubt_and_arrives():
    """The late accept: what doubles answers in every bot that repeats after a time-out."""
    async with sandbox() as url, aiohttp.ClientSession() as session:
        hand = SandboxHand(session, url)
        await hand.faults(send=[{"kind": "late_accept", "seconds": 0.6}])
        async with XClient(x_settings(url, timeout_s=0.2)) as x:
            with pytest.raises(InDoubt):
                await x.send_dm(TO, "late")
            assert await hand.accepted_texts() == []
            talk = await hand.get(f"/sandbox/talks/{SHOPPER}?after=0&wait=5")
    assert [message["text"] for message in talk["messages"]] == ["late"]


async def test_where_nobody_listens_nothing_was_sent():
    """No connection, no message: it may be sent again at once."""
    async with sandbox() as url:
        pass
    async with XClient(x_settings(url)) as x:
        with pytest.raises(Retryable) as raised:
            await x.send_dm(TO, "hello")
    assert raised.value.reason == "could_not_connect"
    assert not raised.value.whole_account


async def test_a_slow_answer_within_the_time_is_a_success():
    """A slow X is no broken X."""
    async with sandbox() as url, aiohttp.ClientSession() as session:
        await SandboxHand(session, url).faults(send=[{"kind": "slow", "seconds": 0.2}])
        async with XClient(x_settings(url)) as x:
            assert (await x.send_dm(TO, "hello")).dm_event_id


@pytest.mark.parametrize(("to", "text"), [("", "hi"), ("abc", "hi"), ("1" * 20, "hi"), ("2/3", "hi"), (SHOPPER, "")])
async def test_what_x_could_only_refuse_is_not_sent(to, text):
    """An id with a slash would be another address; an empty text costs a call."""
    async with sandbox() as url, XClient(x_settings(url)) as x:
        with pytest.raises(Refused):
            await x.send_dm(ShopperId(to), text)
