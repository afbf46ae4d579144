"""From addresses of a feed to a picture at X; without one, never a late or a missing message."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast
from urllib.parse import unquote

import aiohttp
import pytest
from aiohttp import web
from PIL import Image

from bot.clock import utc_now
from bot.model import MessageId, Pictured, Send, SendId, ShopperId
from bot.pictures import maker as making
from bot.pictures.kept import KEPT_SECONDS, KeptPhotos
from bot.pictures.maker import Picture, PictureMaker
from bot.wiring import pictures as wired
from bot.x.client import XClient
from bot.x.media import NotUploaded
from catalog.pulling.network import Network
from tests.fakes.x_side import SHOPPER, SandboxHand, sandbox, settings, x_settings
from tests.integration.feed_server import Answer, FeedServer, certify, serving


def _photo(color: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (900, 700), color).save(out, "JPEG")
    return out.getvalue()


async def _sells(request: web.Request) -> web.Response:
    if request.path == "/login":
        return web.Response(text="<html>please log in</html>")
    return web.Response(body=_photo(request.path.strip("/")))


@asynccontextmanager
async def _shop(folder: Path, answer: Answer) -> AsyncIterator[FeedServer]:
    async with serving(certify(folder)) as server:
        server.answer = answer
        yield server


def _ideas(server: FeedServer, *paths: str) -> list[Pictured]:
    return [
        Pictured(number, f"idea {number}", "£5.00", server.url(path) if path else "")
        for number, path in enumerate(paths, 1)
    ]


def _maker(server: FeedServer, timeout_s: float = 5.0) -> PictureMaker:
    return PictureMaker(server.network, timeout_s=timeout_s, ports=(server.port,))


async def test_photos_become_one_picture(tmp_path: Path) -> None:
    """Numbers and prices in words too."""
    async with _shop(tmp_path, _sells) as server:
        picture = await _maker(server).make(_ideas(server, "/red", "/blue"))
    assert picture is not None
    assert Image.open(io.BytesIO(picture.jpeg)).format == "JPEG"
    assert picture.alt_text.splitlines() == ["1. idea 1, £5.00", "2. idea 2, £5.00"]


async def test_a_photo_is_fetched_once(tmp_path: Path) -> None:
    """The products of a day are asked for again and again."""
    async with _shop(tmp_path, _sells) as server:
        maker = _maker(server)
        first, second = await maker.make(_ideas(server, "/red")), await maker.make(_ideas(server, "/red"))
        assert len(server.requests) == 1
    assert first == second


async def test_one_photo_that_fails_does_not_spoil_the_others(tmp_path: Path) -> None:
    """A page in place of a photo, and a product without one."""
    async with _shop(tmp_path, _sells) as server:
        assert await _maker(server).make(_ideas(server, "/red", "/login", "")) is not None


async def test_without_any_photo_there_is_no_picture(tmp_path: Path) -> None:
    """Cards of words would only repeat the message."""
    async with _shop(tmp_path, _sells) as server:
        maker = _maker(server)
        assert await maker.make(_ideas(server, "/login")) is None
        assert await maker.make(_ideas(server, "")) is None


async def test_a_slow_shop_costs_no_more_than_the_time_given(tmp_path: Path) -> None:
    """The text goes alone."""
    asked = asyncio.Event()

    async def never(_: web.Request) -> web.Response:
        asked.set()
        await asyncio.Event().wait()
        raise AssertionError

    async with _shop(tmp_path, never) as server:
        assert await _maker(server, timeout_s=0.3).make(_ideas(server, "/red")) is None
        assert asked.is_set()


async def test_an_address_inside_is_never_connected_to(tmp_path: Path) -> None:
    """A feed must not make giftbot knock at its own network."""
    async with _shop(tmp_path, _sells) as server:
        inside = Network(look_up=server.look_up, tls=server.network.tls)
        maker = PictureMaker(inside, timeout_s=5, ports=(server.port,))
        assert await maker.make(_ideas(server, "/red")) is None
        assert server.requests == []


async def test_a_message_carries_its_picture_to_x() -> None:
    """Uploaded as dm_image with words for who cannot see it, then attached."""
    async with sandbox() as url, aiohttp.ClientSession() as session, XClient(x_settings(url)) as x:
        media_id = await x.upload_picture(_photo("red"), "1. idea 1, £5.00")
        await x.send_dm(ShopperId(SHOPPER), "Here's what I found", media_id)
        assert await SandboxHand(session, url).accepted_texts() == ["Here's what I found"]
        assert (await _talk(session, url))[-1]["media"] == [media_id]
        async with session.get(f"{url}/sandbox/media/{media_id}") as answer:
            assert unquote(answer.headers["X-Alt-Text"]) == "1. idea 1, £5.00"
            assert await answer.read() == _photo("red")


async def _talk(session: aiohttp.ClientSession, url: str) -> list[dict[str, object]]:
    async with session.get(f"{url}/sandbox/talks/{SHOPPER}") as answer:
        messages: list[dict[str, object]] = (await answer.json())["messages"]
    return messages


@pytest.mark.parametrize("jpeg", [b"", b"no picture", b"\xff\xd8\xff" + bytes(5_000_001)])
async def test_what_x_does_not_take_is_told_as_such(jpeg: bytes) -> None:
    """One error, whatever the reason: the caller sends the text alone."""
    async with sandbox() as url, XClient(x_settings(url)) as x:
        with pytest.raises(NotUploaded):
            await x.upload_picture(jpeg, "words")


async def test_an_x_that_does_not_answer_is_told_as_such() -> None:
    """No picture is worth a wait."""
    async with XClient(x_settings("http://127.0.0.1:9")) as x:
        with pytest.raises(NotUploaded):
            await x.upload_picture(_photo("red"), "words")


async def test_one_picture_is_drawn_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even beside one that nobody waits for any more: a thread cannot be stopped, and each may cost 100 MiB."""
    go_on, drawn = threading.Event(), list[str]()

    def slow(ideas: list[Pictured], _: list[bytes]) -> None:
        drawn.append(ideas[0].url)
        go_on.wait(10)

    monkeypatch.setattr(making, "_draw", slow)
    async with _shop(tmp_path, _sells) as server:
        one = _maker(server, 1.0)
        both = await asyncio.gather(one.make(_ideas(server, "/red")), one.make(_ideas(server, "/blue")))
        assert (both, len(drawn)) == ([None, None], 1)
        go_on.set()


async def test_a_message_tried_again_goes_without_a_picture() -> None:
    """Should the photo be what ended the process, the next try does not open it."""
    asked: list[str] = []

    class Hand:
        async def upload_picture(self, *_: object) -> str:
            asked.append("uploaded")
            return "1"

    picture = wired.pictures_at(cast(XClient, Hand()), settings().sending)
    shown = (Pictured(1, "idea", "£5.00", "https://nowhere.invalid/1.jpg"),)
    first = Send(SendId("1"), ShopperId("7"), "text", MessageId("1"), utc_now(), pictures=shown, attempts=1)

    class Maker:
        async def make(self, ideas: object) -> Picture:
            asked.append("made")
            return Picture(b"", "")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wired.PictureMaker, "make", Maker.make)
        assert await picture(replace(first, attempts=2)) == ""
        assert asked == []
        assert await picture(first) == "1"


def test_photos_kept_are_bounded_by_bytes_and_age() -> None:
    """A shop's 200 photos may be 2 GB; one changed at its address is seen within hours."""
    now = 0.0
    kept = KeptPhotos(lambda: now, most_bytes=20)
    for name in ("red", "blue", "green"):
        kept.keep(name, b"8 bytes.")
    assert [kept.get(name) for name in ("red", "blue", "green")] == [None, b"8 bytes.", b"8 bytes."]
    kept.keep("green", b"now it is 17 long")
    assert [kept.get(name) for name in ("blue", "green")] == [None, b"now it is 17 long"]
    kept.keep("larger than all", bytes(21))
    assert (kept.get("larger than all"), kept.get("green")) == (None, b"now it is 17 long")
    now = KEPT_SECONDS + 1.0
    assert kept.get("green") is None
