"""Looking before repeating: our own messages found in a talk, as they were sent."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from bot.clock import utc_now
from bot.errors import Refused, Retryable
from bot.model import ShopperId
from bot.x.client import XClient
from bot.x.limits import Window
from tests.fakes.x_side import BRAND, SHOPPER, SandboxHand, sandbox, x_settings

TO = ShopperId(SHOPPER)
LONG_AGO = utc_now() - timedelta(days=1)
TRICKY = [
    "plain words",
    "Tea & biscuits <3 for > £5: https://shop.example/p?id=1&ref=2 and https://shop.example/p?id=2",
    "already &amp; escaped &lt;once&gt;",
    "naïve café 🎁 \u202e mirrored",
]


async def freely() -> None:
    """Every read is allowed."""


class Counted:
    """Allows ``most`` reads and counts them."""

    def __init__(self, most: int = 1000) -> None:
        self.most = most
        self.count = 0

    async def __call__(self) -> None:
        if self.count == self.most:
            raise Retryable("read_quota")
        self.count += 1


@pytest.mark.parametrize("text", TRICKY)
@pytest.mark.parametrize("old_fields", [True, False])
async def test_a_sent_text_is_found_as_it_was_sent(text, old_fields):
    """X wraps links and escapes signs; a text that no longer compares would be sent twice."""
    async with sandbox() as url, aiohttp.ClientSession() as session:
        hand = SandboxHand(session, url)
        await hand.faults(old_fields=old_fields)
        await hand.says("the shopper's own words")
        async with XClient(x_settings(url)) as x:
            sent = await x.send_dm(TO, text)
            seen = await x.find_sent(TO, since=LONG_AGO, may_read=freely)
    assert [(one.id, one.text) for one in seen] == [(sent.dm_event_id, text)]


async def test_the_field_names_x_refused_are_not_asked_for_again():
    """Reads are 15 in 15 minutes; a wasted one each time would halve them."""
    async with sandbox(read_windows=(Window(4, 900),)) as url, aiohttp.ClientSession() as session:
        await SandboxHand(session, url).faults(old_fields=False)
        async with XClient(x_settings(url)) as x:
            for _ in range(3):
                await x.find_sent(TO, since=LONG_AGO, may_read=freely)
            with pytest.raises(Retryable, match="read_rate_limited"):
                await x.find_sent(TO, since=LONG_AGO, may_read=freely)


async def test_one_400_does_not_change_the_field_names_for_good():
    """The new set may not name the sender; a process left with it would find nothing any more."""
    asked: list[bool] = []
    answers = iter([400, 400, 200, 400, 200, 200])
    body = b'{"meta": {"result_count": 0}}'

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        asked.append(b"expansions=" in request)
        head = f"HTTP/1.1 {next(answers)} X\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with XClient(x_settings(url)) as x:
            with pytest.raises(Retryable, match="read_bad_request"):
                await x.find_sent(TO, since=LONG_AGO, may_read=freely)
            for _ in range(3):
                await x.find_sent(TO, since=LONG_AGO, may_read=freely)
    old, new = False, True
    assert asked == [old, new, old, old, new, new], "kept only where the new set succeeded"


async def test_every_single_call_to_x_asks_whether_it_may():
    """X counts calls: three pages are three, and names it refuses cost one more."""
    async with sandbox() as url, aiohttp.ClientSession() as session, XClient(x_settings(url)) as x:
        hand = SandboxHand(session, url)
        await hand.faults(old_fields=False)
        for number in range(45):
            await hand.says(f"shopper {number}")
        counted = Counted()
        await x.find_sent(TO, since=LONG_AGO, may_read=counted)
        assert counted.count == 1 + 3
        few = Counted(most=2)
        with pytest.raises(Retryable, match="read_quota"):
            await x.find_sent(TO, since=LONG_AGO, may_read=few)


async def test_only_messages_since_the_doubt_are_looked_through():
    """Every message read costs a cent, and an old equal text must not settle a new Send."""
    async with sandbox() as url, XClient(x_settings(url)) as x:
        await x.send_dm(TO, "thanks!")
        between = utc_now()
        second = await x.send_dm(TO, "thanks!")
        assert [one.id for one in await x.find_sent(TO, since=between, may_read=freely)] == [second.dm_event_id]


async def test_a_long_talk_is_read_page_by_page():
    """The message in doubt may stand behind many that came after it."""
    async with sandbox() as url, aiohttp.ClientSession() as session, XClient(x_settings(url)) as x:
        first = await x.send_dm(TO, "the one in doubt")
        hand = SandboxHand(session, url)
        for number in range(45):
            await hand.says(f"shopper {number}")
        assert [one.id for one in await x.find_sent(TO, since=LONG_AGO, may_read=freely)] == [first.dm_event_id]


async def test_another_shoppers_talk_is_never_mixed_in():
    """A look that finds somebody else's message would lose an answer."""
    async with sandbox() as url, XClient(x_settings(url)) as x:
        await x.send_dm(ShopperId("3003"), "same text")
        assert await x.find_sent(TO, since=LONG_AGO, may_read=freely) == []


@pytest.mark.parametrize(
    "kind", ["rate_limited", "server_error_before", "html_before", "hang_before", "reset_before", "forbidden"]
)
async def test_a_look_that_fails_can_be_repeated_and_stops_nobody_else(kind):
    """Not seeing is not knowing: a failed look is never the answer that X has nothing."""
    async with sandbox() as url, aiohttp.ClientSession() as session:
        hand = SandboxHand(session, url)
        await hand.faults(read=[{"kind": kind, "seconds": 20}])
        async with XClient(x_settings(url, timeout_s=0.3)) as x:
            with pytest.raises(Retryable) as raised:
                await x.find_sent(TO, since=LONG_AGO, may_read=freely)
            assert not raised.value.whole_account
            await hand.faults()
            assert await x.find_sent(TO, since=LONG_AGO, may_read=freely) == []


@pytest.mark.parametrize("token", ["", "user-token"])
async def test_both_kinds_of_keys_open_x(token):
    """OAuth 1.0a keys and an OAuth 2.0 user token are both in use among brands."""
    async with sandbox() as url, XClient(x_settings(url, oauth2_token=token)) as x:
        assert BRAND in await x.check()
        await x.send_dm(TO, "hello")
        assert len(await x.find_sent(TO, since=LONG_AGO, may_read=freely)) == 1


@pytest.mark.parametrize("token", ["", "wrong"])
async def test_wrong_keys_are_told_by_the_check(token):
    """Wrong keys must show before the first shopper does."""
    async with sandbox(access_token_secret="other-than-ours") as url:
        x = XClient(x_settings(url, oauth2_token=token))
        with pytest.raises(Retryable, match="read_unauthorized"):
            async with x:
                await x.check()


async def test_the_keys_of_another_account_are_told_by_the_check():
    """Answers from the wrong account are the worst of mix-ups."""
    async with sandbox(account_id="9999") as url, XClient(x_settings(url)) as x:
        with pytest.raises(Refused, match="wrong_account"):
            await x.check()
