"""The chat page's server answers its own page only, and explains what is wrong."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.demo.chat import STATIC, ChatPage
from bot.demo.history import History
from bot.demo.shoppers import NEWCOMER
from bot.demo.xside import Picture

MakeX = Callable[[Any], Any]
TALK = f"/api/talks/{NEWCOMER.id}"


@pytest.fixture
def x(fake_x: MakeX) -> Any:
    return fake_x(lambda text: None if text in ("STOP", "wait") else ((f"re: {text}",), "answered"))


@pytest.fixture
async def page(x: Any, tmp_path: Path) -> AsyncIterator[TestClient[Any, Any]]:
    chat = ChatPage(x, x, x.standing, History(tmp_path / "talks.jsonl"), [NEWCOMER])
    async with TestClient(TestServer(chat.app())) as client:
        yield client


async def test_a_message_is_answered_and_explained(page: TestClient[Any, Any]) -> None:
    """The three calls the page makes for one turn."""
    said = await (await page.post(TALK, json={"text": "tea <b>&amp;</b>"})).json()
    messages = (await (await page.get(TALK)).json())["messages"]
    turn = await (await page.get(f"/api/turns/{NEWCOMER.id}/{said['message_id']}")).json()
    assert [(m["from"], m["text"]) for m in messages] == [
        ("shopper", "tea <b>&amp;</b>"),
        ("brand", "re: tea <b>&amp;</b>"),
    ]
    assert turn["brief"] == {"recipient": "mum"}
    assert turn["suggestions"][0]["parts"] == {"text": 1.0, "popularity": 0.5}


async def test_a_turn_that_is_not_committed_has_no_content(page: TestClient[Any, Any]) -> None:
    """The page asks again; a 404 would be an error in its console."""
    said = await (await page.post(TALK, json={"text": "wait"})).json()
    assert (await page.get(f"/api/turns/{NEWCOMER.id}/{said['message_id']}")).status == 204


async def test_the_page_is_told_when_silence_is_right(page: TestClient[Any, Any]) -> None:
    """A typing indicator after STOP would wait for ever."""
    silences = []
    for text in ("tea", "STOP", "hello?", "START"):
        silences.append((await (await page.post(TALK, json={"text": text})).json())["silence"])
    assert silences == [False, True, True, False]


async def test_a_picture_comes_from_the_page_itself_with_its_words(page: TestClient[Any, Any], x: Any) -> None:
    """The page's policy lets no picture in from elsewhere; who does not see it is told what it shows."""
    x.pictures["77"] = Picture(b"\xff\xd8\xff", "image/jpeg", "1. A cake stand, £12.75")
    x._add("brand", "ideas", media=("77", "78"))
    [message] = (await (await page.get(TALK)).json())["messages"]
    assert message["pictures"] == [{"id": "77", "alt": "1. A cake stand, £12.75"}]
    answer = await page.get("/api/media/77")
    assert (answer.status, answer.content_type, await answer.read()) == (200, "image/jpeg", b"\xff\xd8\xff")
    assert (await page.get("/api/media/78")).status == 404


@pytest.mark.parametrize("media_type", ["image/svg+xml", "text/html", "application/javascript"])
async def test_nothing_that_runs_is_served_as_a_picture(page: TestClient[Any, Any], x: Any, media_type: str) -> None:
    """What a brand uploads is shown under the page's own address."""
    x.pictures["77"] = Picture(b"<script>", media_type, "")
    assert (await page.get("/api/media/77")).status == 404


async def test_a_colleague_can_be_played(page: TestClient[Any, Any]) -> None:
    """Their message stands in the talk as the brand's, told apart from the bot's."""
    assert (await page.post(f"{TALK}/colleague", json={"text": "I take over"})).status == 200
    [message] = (await (await page.get(TALK)).json())["messages"]
    assert (message["from"], message["typed"], message["text"]) == ("brand", True, "I take over")


async def test_the_page_asks_where_a_shopper_stands(page: TestClient[Any, Any]) -> None:
    """What the outbox says of one shopper is about that shopper."""
    told = await (await page.get(f"/api/standings/{NEWCOMER.id}")).json()
    assert told["sends"] == [{"shopper": NEWCOMER.id}]


async def test_nothing_on_the_page_may_come_from_elsewhere(page: TestClient[Any, Any]) -> None:
    """A hostile product title must find no script to run."""
    policy = (await page.get("/")).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["index.html", "chat.js", "bubbles.js", "outbox.js", "panel.js", "chat.css"])
def test_the_page_itself_uses_no_markup_from_text(name: str) -> None:
    """textContent only, no inline script or style, nothing from another host."""
    text = (STATIC / name).read_text()
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\son\w+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=", text)
    assert not re.search(r"(?:src|href|url\(|import|from)\s*[=(]?\s*[\"']?(?:https?:)?//", text)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::1]"])
async def test_another_host_name_is_refused(page: TestClient[Any, Any], host: str) -> None:
    """A page elsewhere can point its own name at 127.0.0.1 and read what answers."""
    assert (await page.get("/api/shoppers", headers={"Host": host})).status in (400, 403)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Content-Type": "text/plain"}, {"Origin": "null"}]
)
async def test_another_site_cannot_write(page: TestClient[Any, Any], x: Any, headers: dict[str, str]) -> None:
    """A form elsewhere can post to loopback without asking."""
    answer = await page.post(TALK, data=b'{"text": "buy"}', headers={"Content-Type": "application/json"} | headers)
    assert answer.status == 403
    assert not x.messages


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"text": 3}', b'{"text": "  "}', b'{"text": "' + b"a" * 10_001 + b'"}', b"[" * 9000],
)
async def test_a_body_that_is_no_message_gets_a_reason(page: TestClient[Any, Any], x: Any, body: bytes) -> None:
    """What X would not take is not put into the talk."""
    answer = await page.post(TALK, data=body, headers={"Content-Type": "application/json"})
    assert answer.status == 400
    assert "1 to 10000 characters" in (await answer.json())["error"]
    assert not x.messages


async def test_a_body_beyond_all_bounds_is_refused(page: TestClient[Any, Any]) -> None:
    """Memory stays flat whatever is posted."""
    answer = await page.post(TALK, data=b"a" * (1 << 20), headers={"Content-Type": "application/json"})
    assert answer.status == 413


async def test_the_page_is_told_that_the_sandbox_is_gone(page: TestClient[Any, Any], x: Any) -> None:
    """Its notice names what does not answer."""
    x.gone = True
    answer = await page.get(TALK)
    assert answer.status == 502
    assert "sandbox" in (await answer.json())["error"]


async def test_everybody_new_gets_an_id_of_their_own(page: TestClient[Any, Any]) -> None:
    """Two newcomers must not share a talk."""
    ids = {(await (await page.post("/api/shoppers", json={})).json())["id"] for _ in range(5)}
    shown = (await (await page.get("/api/shoppers")).json())["shoppers"]
    assert len(ids) == 5
    assert shown[0]["id"] == NEWCOMER.id
    assert ids < {each["id"] for each in shown}
