"""Fetches the photos of an answer's ideas and draws them; whatever goes wrong, the text goes out without a picture."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.metrics import PICTURES
from bot.model import Pictured
from bot.pictures.collage import SIDE, Tile, alt_text, draw
from bot.pictures.kept import KeptPhotos
from bot.pictures.photo import MOST_BYTES, NoPhoto, open_photo
from catalog.pulling.errors import PullError
from catalog.pulling.fetching import Known, Order, fetch
from catalog.pulling.network import Network

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture to go with a message, and the words that stand for it."""

    jpeg: bytes = field(repr=False)
    alt_text: str = field(repr=False)


class PictureMaker:
    """Makes at most one picture an answer, within ``timeout_s``.

    Photos come from addresses of the feed, so they are fetched as a feed is: https only, no address inside, three
    redirects at most (catalog.pulling). Pictures are drawn one at a time, as each may cost 100 MiB while it is.
    """

    def __init__(
        self,
        network: Network,
        *,
        timeout_s: float,
        ports: Sequence[int] = (443,),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._network = network
        self._timeout_s = timeout_s
        self._ports = tuple(ports)
        self._photos = KeptPhotos(monotonic)
        # a thread of its own: one that nobody waits for any more cannot be stopped, and the next must wait for it
        self._drawing = ThreadPoolExecutor(1, "giftbot-picture")

    async def make(self, ideas: Sequence[Pictured]) -> Picture | None:
        """The picture, or None where no photo could be had in time. Never raises for what a shop's server does."""
        if not any(one.url for one in ideas):
            return None
        try:
            picture = await asyncio.wait_for(self._make(ideas), self._timeout_s)
        except asyncio.TimeoutError:
            PICTURES.labels("too_slow").inc()
            return None
        PICTURES.labels("made" if picture else "no_photo").inc()
        return picture

    async def _make(self, ideas: Sequence[Pictured]) -> Picture | None:
        files = await asyncio.gather(*(self._photo(one.url) for one in ideas))
        if not any(files):
            return None
        return await asyncio.get_running_loop().run_in_executor(self._drawing, _draw, ideas, files)

    async def _photo(self, url: str) -> bytes:
        """The file at an address; empty where there is none to be had."""
        if not url:
            return b""
        kept = self._photos.get(url)
        if kept is not None:
            return kept
        try:
            with tempfile.TemporaryDirectory(prefix="giftbot-photo") as folder:
                into = Path(folder) / "photo"
                order = Order(url, ports=self._ports, most_bytes=MOST_BYTES, seconds=self._timeout_s)
                await fetch(order, into, Known(), self._network)
                data = into.read_bytes()
        except (PullError, OSError, ValueError) as error:
            log.info("photo_not_fetched", reason=type(error).__name__)
            return b""
        self._photos.keep(url, data)
        return data


def _draw(ideas: Sequence[Pictured], files: Sequence[bytes]) -> Picture | None:
    tiles = []
    for one, data in zip(ideas, files, strict=True):
        photo = None
        if data:
            try:
                photo = open_photo(data, SIDE)
            except NoPhoto as error:
                log.info("photo_refused", reason=error.code)
        tiles.append(Tile(one.number, one.title, one.price, photo))
    if all(tile.photo is None for tile in tiles):
        return None
    return Picture(draw(tiles), alt_text(tiles))
