"""One pull: fetch what changed, import it, remember it. And pulls again and again."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from catalog.pulling.errors import NotDelivered, PullError
from catalog.pulling.fetching import Fetched, Known, Order, fetch
from catalog.pulling.network import Network
from catalog.storage import Storage
from catalog.storage.lease import LeaseLost

STATE = "pull.json"
FIRST_RETRY_S = 60.0
JITTER = 0.1

Report = TypeVar("Report")


@dataclass(frozen=True)
class Pulled(Generic[Report]):
    """What one pull came to."""

    fetched: Fetched | None
    """None where the server said that nothing changed."""
    report: Report | None
    """Of the import; None where there was nothing to import."""
    published: str
    """What the feed as it is on the server was published as, now or by an earlier pull; empty where not known."""


async def pull(
    order: Order,
    catalog: Storage | Path | str,
    take: Callable[[Path], Report],
    network: Network,
    *,
    anew: bool = False,
    name_of: Callable[[Report], str] = lambda _: "",
) -> Pulled[Report]:
    """Fetch the feed and hand its file to ``take``, which imports it; one pull of a catalogue at a time.

    What is remembered (``pull.json`` in the catalogue's folder) changes only once the import succeeded, so that a
    feed that was refused is fetched again. ``anew`` fetches it even where it did not change. ``name_of`` tells what
    an import published it as.
    Raises PullError; and whatever ``take`` raises.
    """
    storage = Storage.at(catalog)
    with storage.only_one("pull"), tempfile.TemporaryDirectory(prefix="giftbot-pull-") as aside:
        body = Path(aside) / "feed"
        known, published = (Known(), "") if anew else _remembered(storage, order.url)
        fetched = await fetch(order, body, known, network)
        if fetched is None:
            return Pulled(None, None, published)
        report = take(body)
        _remember(storage, order.url, fetched.known, name_of(report))
        return Pulled(fetched, report, name_of(report))


def next_wait(every_s: float, failures: int, error: Exception | None, chance: float) -> float:
    """Seconds until the next pull, drawn by ``chance`` from 0 to 1 so that many shops do not ask at one moment.

    After a failure worth trying again the waits grow from a minute up to the usual one; a server's own wish
    (Retry-After) is kept.
    """
    wait, asked = every_s, 0.0
    if isinstance(error, NotDelivered):
        wait = min(every_s, FIRST_RETRY_S * 2.0 ** min(failures - 1, 20))
        asked = error.retry_after_s or 0.0
    return max(asked, wait * (1 + JITTER * (2 * chance - 1)))


async def pull_every(
    every_s: float,
    once: Callable[[], Awaitable[None]],
    wait: Callable[[float], Awaitable[bool]],
    chance: Callable[[], float],
    failed: Callable[[Exception], None],
) -> None:
    """Pull until ``wait`` answers that it is time to stop; no failure of a pull ends it, none runs beside another."""
    failures = 0
    while True:
        error: Exception | None = None
        try:
            await once()
            failures = 0
        except (PullError, LeaseLost, ValueError, LookupError, OSError) as caught:  # a refused feed is a ValueError
            failures, error = failures + 1, caught
            failed(caught)
        if await wait(next_wait(every_s, failures, error, chance())):
            return


def _remembered(storage: Storage, url: str) -> tuple[Known, str]:
    try:
        kept = json.loads(storage.read(STATE) or b"{}")
        if kept.get("url") == _named(url):
            return Known(kept.get("etag"), kept.get("last_modified")), str(kept.get("published", ""))
    except (ValueError, AttributeError):  # a broken memory costs one whole fetch
        pass
    return Known(), ""


def _remember(storage: Storage, url: str, known: Known, published: str) -> None:
    kept = {"url": _named(url), "etag": known.etag, "last_modified": known.last_modified, "published": published}
    storage.write(STATE, json.dumps(kept).encode())


def _named(url: str) -> str:
    """Name an address without keeping it: its query may hold a key."""
    return hashlib.sha256(url.encode()).hexdigest()
