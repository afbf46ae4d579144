"""One pull: fetch what changed, import it, remember it. And pulls again and again."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Generic, TypeVar

from catalog.pulling.errors import NotDelivered, PullError
from catalog.pulling.fetching import Fetched, Known, Order, fetch
from catalog.pulling.network import Network
from catalog.storage import Storage
from catalog.storage.lease import LeaseLost

STATE = "pull.json"
MOST_REMEMBERED = 20
"""Feeds of one catalogue; the one not pulled longest is forgotten."""
FIRST_RETRY_S = 60.0
JITTER = 0.1

Report = TypeVar("Report")


@dataclass(frozen=True)
class Pulled(Generic[Report]):
    """What one pull came to."""

    fetched: Fetched | None
    """None where nothing changed: the server said so, or sent what it had sent before."""
    report: Report | None
    """Of the import; None where there was nothing to import."""
    published: str
    """What the feed as it is on the server was published as, now or by an earlier pull; empty where not known."""
    known: Known
    """What the server says of the feed as it is now."""


async def pull(
    order: Order,
    catalog: Storage | Path | str,
    take: Callable[[Path, Known], Report],
    network: Network,
    *,
    anew: bool = False,
    read_as: str = "",
    name_of: Callable[[Report], str] = lambda _: "",
) -> Pulled[Report]:
    """Fetch the feed and hand its file to ``take``, which imports it; one pull of a catalogue at a time.

    What is remembered (``pull.json`` in the catalogue's folder) changes only once the import succeeded, so that a
    feed that was refused is fetched again. It is remembered for each address and each way to read it (``read_as``).
    What was imported last is not imported again, so that who went back to an older snapshot stays there. ``anew``
    fetches and imports it even so. ``name_of`` tells what an import published it as.
    Raises PullError; and whatever ``take`` raises.
    """
    storage = Storage.at(catalog)
    with storage.only_one("pull"), tempfile.TemporaryDirectory(prefix="giftbot-pull-") as aside:
        body = Path(aside) / "feed"
        name = _named(order.url, read_as)
        known, published = (Known(), "") if anew else _remembered(storage).get(name, (Known(), ""))
        fetched = await fetch(order, body, known, network)
        if fetched is None:
            return Pulled(None, None, published, known)
        if fetched.known.digest == known.digest:  # the server has no marks, or new ones for the same
            if fetched.known != known:
                _remember(storage, name, fetched.known, published)
            return Pulled(None, None, published, fetched.known)
        report = take(body, fetched.known)
        _remember(storage, name, fetched.known, name_of(report))
        return Pulled(fetched, report, name_of(report), fetched.known)


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


def _remembered(storage: Storage) -> dict[str, tuple[Known, str]]:
    """Return by name what is known of each feed and what it was published as, the one pulled last at the end."""
    try:
        kept = json.loads(storage.read(STATE) or b"{}")
        return {
            str(name): (Known(one["etag"], one["last_modified"], one["digest"]), str(one["published"]))
            for name, one in kept["feeds"].items()
        }
    except (ValueError, AttributeError, LookupError, TypeError):  # a broken memory costs one whole fetch
        return {}


def _remember(storage: Storage, name: str, known: Known, published: str) -> None:
    feeds = _remembered(storage)
    feeds.pop(name, None)
    kept = [*feeds.items(), (name, (known, published))][-MOST_REMEMBERED:]
    written = {each: {**asdict(what), "published": where} for each, (what, where) in kept}
    storage.write(STATE, json.dumps({"feeds": written}).encode())


def _named(url: str, read_as: str) -> str:
    """Name an address without keeping it: its query may hold a key."""
    return hashlib.sha256(f"{url}\n{read_as}".encode()).hexdigest()
