"""``giftbot catalog pull``: from the merchant's server to the published catalogue, and what is told where it fails."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import ssl
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timezone
from pathlib import Path

import click
import pytest
from aiohttp import web
from feed_server import OTHER, FeedServer, certify, serving

from bot import metrics, settings
from bot.cli.feed_order import Options
from bot.cli.pull_order import credentials_of, order_of
from bot.cli.pulling import NOT_IMPORTED, How, run_pulls
from bot.settings import CatalogSettings
from catalog.feeds.how import HowToRead
from catalog.product import Offer, ProductId
from catalog.publishing.history import roll_back
from catalog.publishing.importing import Feed, import_feed
from catalog.shelf.shelf import Shelf
from catalog.storage import Storage

FEED = "id,title,price,currency,availability,link\n" + "".join(
    f"p{n},Garden trowel {n},{n + 1}.00,GBP,in_stock,https://shop.example/{n}\n" for n in range(10)
)


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate for the merchant's server."""
    return certify(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> Iterator[FeedServer]:
    """A merchant's server in a thread of its own, as the command runs its own loop."""
    started, loop, found = threading.Event(), asyncio.new_event_loop(), []

    async def run() -> None:
        async with serving(contexts) as running:
            ended = asyncio.Event()
            found.append((running, ended))
            started.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    started.wait()
    running, ended = found[0]
    yield running
    loop.call_soon_threadsafe(ended.set)
    thread.join()
    loop.close()


@pytest.fixture
def said(server: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CatalogSettings:
    """The settings of a shop that pulls from the server."""
    monkeypatch.setenv("GIFTBOT_CATALOG_DIR", str(tmp_path / "catalog"))
    monkeypatch.setenv("GIFTBOT_CATALOG_PULL_URL", server.url())
    monkeypatch.setenv("GIFTBOT_CATALOG_PULL_PORTS", f"443,{server.port}")
    monkeypatch.setenv("GIFTBOT_CATALOG_PULL_USER", "anna")
    monkeypatch.setenv("GIFTBOT_CATALOG_PULL_PASSWORD", "s3cret")
    return settings.catalog()


def _serve(server: FeedServer, text: str, status: int = 200) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        etag = f'"{hash(text)}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        return web.Response(text=text, status=status, headers={"ETag": etag})

    server.answer = answer


def _pull(said: CatalogSettings, server: FeedServer, *, every: float = 0, **how: object) -> None:
    run_pulls(said, said.pull_url, How(**how), every, server.network)  # type: ignore[arg-type]


def test_what_the_server_has_is_published_once(
    said: CatalogSettings, server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second pull finds nothing new; credentials came along."""
    _serve(server, FEED)
    _pull(said, server, as_json=True)
    _pull(said, server, as_json=True)

    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["changed"], first["report"]["accepted"]) == (True, 10)
    assert second == {"changed": False, "bytes": 0, "report": None}
    assert Shelf.open(said.dir).size == 10
    assert server.requests[0].headers["Authorization"] == "Basic YW5uYTpzM2NyZXQ="


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (FEED[: len(FEED) // 2].rpartition("\n")[0] + "\n", "fewer"),
        (FEED.replace("GBP,in_stock", "GBP,perhaps"), ""),
        ("<!doctype html><title>Please log in</title>", "not imported"),
    ],
    ids=["half", "faults", "login"],
)
def test_a_feed_that_cannot_be_right_leaves_the_catalogue_and_is_looked_at_again(
    said: CatalogSettings, server: FeedServer, second: str, told: str
) -> None:
    """Half a feed, a feed of faults, a page to log in: the brake and the reader hold, the exit code says so."""
    _serve(server, FEED)
    _pull(said, server)
    _serve(server, second)
    for _ in range(2):
        with pytest.raises(click.ClickException, match=told or None) as caught:
            _pull(said, server)
        assert caught.value.exit_code == NOT_IMPORTED

    assert Shelf.open(said.dir).size == 10
    assert server.requests[2].headers.get("If-None-Match") == server.requests[1].headers.get("If-None-Match")


def test_an_unchanged_feed_is_news_of_what_it_published_and_of_nothing_else(
    said: CatalogSettings, server: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Offers stay fresh while the shop still says them; what somebody imported since is not what the shop says."""
    days = iter(datetime(2026, 11, day, tzinfo=timezone.utc) for day in range(10, 20))
    _serve(server, FEED)
    for _ in range(2):
        today = next(days)
        monkeypatch.setattr("bot.cli.pulling.utc_now", lambda: today)  # noqa: B023  # called before the next turn
        _pull(said, server)
    assert Shelf.open(said.dir).confirmed == date(2026, 11, 11)

    (tmp_path / "own.csv").write_text(FEED.replace("trowel", "spade"), encoding="utf-8")
    how = HowToRead(as_of=date(2026, 11, 12))
    import_feed(said.dir, Feed(tmp_path / "own.csv", how), now=next(days))
    monkeypatch.setattr("bot.cli.pulling.utc_now", lambda: datetime(2026, 11, 13, tzinfo=timezone.utc))
    _pull(said, server)
    assert Shelf.open(said.dir).confirmed != date(2026, 11, 13)


def _serve_each(server: FeedServer, marked: str = "", **feeds: tuple[str, str]) -> None:
    """Serve each path its text and day of change; with the mark named, conditional requests are honoured."""

    async def answer(request: web.Request) -> web.StreamResponse:
        text, changed = feeds[request.path.strip("/")]
        headers = {"Last-Modified": changed} if changed else {}
        if marked == "ETag":
            headers["ETag"] = f'"{hash(text)}"'
            if request.headers.get("If-None-Match") == headers["ETag"]:
                return web.Response(status=304)
        return web.Response(text=text, headers=headers)

    server.answer = answer


def _pull_on(day: int, said: CatalogSettings, server: FeedServer, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, day, 12, tzinfo=timezone.utc)
    monkeypatch.setattr("bot.cli.pulling.utc_now", lambda: now)
    how = How(Options(update=path == "update"))
    run_pulls(said, server.url(f"/{path}"), how, 0, server.network)


def _offer(said: CatalogSettings, name: str) -> Offer:
    found = Shelf.open(said.dir).product(ProductId(name))
    assert found is not None
    return found.offer


UPDATE = "id,availability\np1,out_of_stock\n"


@pytest.mark.parametrize("marked", ["ETag", ""])
def test_a_full_feed_between_updates_does_not_bring_back_what_is_sold_out(
    said: CatalogSettings, server: FeedServer, monkeypatch: pytest.MonkeyPatch, marked: str
) -> None:
    """Each feed is remembered for itself, by the server's mark or by what it holds."""
    _serve_each(server, marked, full=(FEED, ""), update=(UPDATE, ""))
    for day, path in ((20, "full"), (21, "update"), (22, "full")):
        _pull_on(day, said, server, path, monkeypatch)

    assert not _offer(said, "p1").in_stock
    assert _offer(said, "p1").stock_day == date(2026, 11, 21)
    assert _offer(said, "p2").stock_day == date(2026, 11, 20)


def test_a_full_feed_made_before_an_update_changes_what_the_update_did_not_tell(
    said: CatalogSettings, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its day is the server's, whenever it is pulled."""
    later = FEED.replace("2.00,GBP", "2.50,GBP").replace("3.00,GBP", "3.50,GBP")
    _serve_each(server, full=(FEED, ""), update=(UPDATE, ""))
    _pull_on(18, said, server, "full", monkeypatch)
    _pull_on(21, said, server, "update", monkeypatch)
    _serve_each(server, full=(later, "Thu, 19 Nov 2026 23:00:00 GMT"))
    for day in (22, 23):
        _pull_on(day, said, server, "full", monkeypatch)

    sold_out, other = _offer(said, "p1"), _offer(said, "p2")
    assert (sold_out.in_stock, sold_out.stock_day, str(sold_out.price)) == (False, date(2026, 11, 21), "2.50")
    assert (str(other.price), other.as_of, other.stock_day) == ("3.50", date(2026, 11, 19), date(2026, 11, 19))


def test_who_went_back_to_an_older_catalogue_stays_there_until_the_feed_changes(
    said: CatalogSettings, server: FeedServer
) -> None:
    """A server without any mark sends the same at every pull; that is no reason to publish it again."""
    _serve_each(server, full=(FEED, ""))
    _pull_at(said, server)
    _serve_each(server, full=(FEED.replace("trowel", "bomb"), ""))
    _pull_at(said, server)
    back = roll_back(Storage.at(said.dir))
    _pull_at(said, server)
    assert Shelf.open(said.dir).snapshot_id == back

    _serve_each(server, full=(FEED.replace("trowel", "spade"), ""))
    _pull_at(said, server)
    assert Shelf.open(said.dir).at(0).title == "Garden spade 0"


def test_an_emptied_folder_is_filled_though_the_feed_did_not_change(
    said: CatalogSettings, server: FeedServer, tmp_path: Path
) -> None:
    """What is remembered is worth nothing where nothing is published."""
    _serve(server, FEED)
    _pull(said, server)
    (tmp_path / "catalog" / "current").unlink()
    _pull(said, server)

    assert Shelf.open(said.dir).size == 10


def _pull_at(said: CatalogSettings, server: FeedServer) -> None:
    run_pulls(said, server.url("/full"), How(), 0, server.network)


def test_force_publishes_past_the_brake(said: CatalogSettings, server: FeedServer) -> None:
    """A shop may shrink."""
    _serve(server, FEED)
    _pull(said, server)
    _serve(server, "".join(FEED.splitlines(keepends=True)[:4]))
    _pull(said, server, force=True)

    assert Shelf.open(said.dir).size == 3


@pytest.mark.parametrize(
    ("url", "code"), [("https://127.0.0.1/feed", 3), ("http://shop.example/", 3), ("https://gone.example/", 4)]
)
def test_the_exit_code_tells_a_refused_address_from_an_outage(
    said: CatalogSettings, server: FeedServer, url: str, code: int
) -> None:
    """A scheduler pages for one and waits for the other."""
    with pytest.raises(click.ClickException) as caught:
        run_pulls(replace(said, pull_url=""), url, How(), 0, server.network)

    assert caught.value.exit_code == code
    assert server.requests == []


def test_a_schedule_survives_outages_and_ends_when_asked(
    said: CatalogSettings, server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Down, back, and SIGTERM ends it between two pulls without an error."""
    _serve(server, FEED)
    healthy, tries = server.answer, 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal tries
        tries += 1
        if tries == 1:
            return web.Response(status=500)
        if tries == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        return await healthy(request)

    server.answer = answer
    counted = _counted()
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    try:
        _pull(said, server, every=0.05)
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])

    printed = capsys.readouterr()
    assert "answers 500" in printed.err
    assert "unchanged" in printed.out
    assert tries == 3
    assert Shelf.open(said.dir).size == 10
    assert {name: number - counted[name] for name, number in _counted().items()} == dict.fromkeys(counted, 1)
    assert metrics.LAST_GOOD_PULL._value.get() > 0


def _counted() -> dict[str, float]:
    outcomes = ("published", "unchanged", "failed")
    return {name: metrics.PULLS.labels(name)._value.get() for name in outcomes}


def test_credentials_are_for_the_server_of_the_settings_only(said: CatalogSettings, server: FeedServer) -> None:
    """--url with another host gets none; nor does a message or a repr ever hold them."""
    own, other = order_of(said, server.url("/other.csv")), order_of(said, server.url(host=OTHER))

    assert set(own.headers) == {"Authorization"}
    assert other.headers == {}
    assert "YW5uYTpzM2NyZXQ" not in repr(own)
    assert "s3cret" not in repr(said)
    assert "k3y" not in repr(order_of(said, server.url("/feed?key=k3y")))
    assert "k3y" not in repr(replace(said, pull_url=server.url("/feed?key=k3y")))


@pytest.mark.parametrize("header", ["X-Key", ": value", "X-Key:", "X Key: 1", "X: a\r\nHost: b", "X: ü"])
def test_a_header_that_cannot_be_sent_is_refused_without_being_told(said: CatalogSettings, header: str) -> None:
    """It is a secret, so the message names the setting only."""
    with pytest.raises(click.UsageError, match="GIFTBOT_CATALOG_PULL_HEADER") as caught:
        credentials_of(replace(said, pull_header=header))
    assert header not in str(caught.value)


def test_a_header_is_sent_as_it_is_said(said: CatalogSettings) -> None:
    """Beside or instead of a password."""
    found = credentials_of(replace(said, pull_user="", pull_password="", pull_header="X-Api-Key: k 1"))

    assert found == {"X-Api-Key": "k 1"}
