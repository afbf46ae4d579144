"""Brings a file of interactions into the ledger: told apart by content, read as a stream, all of it or nothing."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from catalog.feeds.limits import Limits
from catalog.feeds.rejection import Rejection
from catalog.feeds.text_lines import as_utf8, lines
from catalog.feeds.unpacking import Unpacked
from catalog.interactions.columns import SoundRows
from catalog.interactions.consent import Withdrawals
from catalog.interactions.door import Appended
from catalog.interactions.events import ANONYMOUS, Passed, read_event
from catalog.interactions.ledger import Ledger
from catalog.interactions.rows import Row
from catalog.interactions.tables import read_csv, read_parquet

FORMATS = ("events", "csv", "parquet")
LIMITS = Limits(file_bytes=1 << 40, unpacked_bytes=1 << 40)
"""As for feeds, but for their size: years of events are larger than any catalogue."""
REJECTIONS_TOLD = 1000
_ROWS_AT_ONCE = 20_000
_NAMES_COUNTED = 50


@dataclass(frozen=True)
class Imported:
    """What an import came to."""

    format: str
    read: int
    """Rows: products of events, lines of a table."""
    appended: Appended
    rejected: int
    rejections: tuple[Rejection, ...]
    """The first thousand."""
    anonymous: int
    """Events of nobody the shop knows."""
    passed: dict[str, int] = field(default_factory=dict)
    """Events that tell of no product, by name."""
    seconds: float = 0.0


def import_file(
    ledger: Ledger,
    path: Path,
    *,
    now: datetime,
    source: str = "",
    format: str = "",  # noqa: A002  # the word of the command line
    on_rejection: Callable[[Rejection], None] = lambda _: None,
    on_rows: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Import a file; raises FeedError (nothing was kept) where it cannot be read as a whole.

    ``source`` counts where a row names none. ``on_rejection`` is told every Rejection, ``on_rows`` now and then how
    many more rows were read.
    """
    began, read, rejected = time.perf_counter(), 0, 0
    rejections: list[Rejection] = []
    passed = Counter[str]()
    told: Iterator[Row | Rejection | Passed | SoundRows]
    with path.open("rb") as file:
        found = format or ("parquet" if file.read(4) == b"PAR1" else "")
        if found != "parquet":
            text = lines(as_utf8(Unpacked(file, LIMITS))[0], LIMITS.line_bytes)
            found, told = _text_rows(found, text, source, now)
        else:
            told = read_parquet(path, source, now)
        with ledger.importing(sound=True) as add:
            batch: list[Row] = []
            for one in told:
                if isinstance(one, Passed):
                    name = one.why if one.why in passed or len(passed) < _NAMES_COUNTED else "others"
                    passed[name] += 1
                    continue
                if isinstance(one, SoundRows):
                    add(batch)
                    add(one)
                    read, batch = read + len(one), []
                    on_rows(len(one))
                    continue
                read += 1
                if isinstance(one, Row):
                    batch.append(one)
                    if len(batch) == _ROWS_AT_ONCE:
                        add(batch)
                        on_rows(len(batch))
                        batch = []
                    continue
                rejected += 1
                on_rejection(one)
                if len(rejections) < REJECTIONS_TOLD:
                    rejections.append(one)
            add(batch)
            on_rows(len(batch))
    return Imported(
        found,
        read,
        add.appended(),
        rejected,
        tuple(rejections),
        passed.pop(ANONYMOUS, 0),
        dict(passed.most_common()),
        round(time.perf_counter() - began, 3),
    )


def obey_withdrawals(ledger: Ledger, consent: Withdrawals, now: datetime) -> frozenset[str]:
    """Forget what a source told of everybody who took back their consent for it; return who is forgotten newly.

    Rows that are there count, not only the note of an earlier forgetting: a row may have come in after it.
    """
    withdrawn: dict[str, frozenset[str]] = {}
    fresh: set[tuple[str, str]] = set()
    for shopper_id, source, at in consent.withdrawn(now):
        withdrawn[shopper_id] = withdrawn.get(shopper_id, frozenset()) | {source}
        if not ledger.is_forgotten(shopper_id, source, at):
            fresh.add((shopper_id, source))
    fresh |= ledger.held_of(withdrawn)
    who: dict[str, frozenset[str]] = {}
    for shopper_id, source in fresh:
        who[shopper_id] = who.get(shopper_id, frozenset()) | {source}
    if who:
        ledger.forget_all(who)
    return frozenset(who)


def _text_rows(
    wanted: str, text: Iterator[str], source: str, now: datetime
) -> tuple[str, Iterator[Row | Rejection | Passed]]:
    first = next(text, "")
    whole = _begun(first, text)
    if wanted == "events" or (not wanted and first.lstrip().startswith("{")):
        return "events", _events(whole, source, now)
    return "csv", iter(read_csv(whole, source, LIMITS.value_characters, now))


def _events(text: Iterator[str], source: str, now: datetime) -> Iterator[Row | Rejection | Passed]:
    for number, line in enumerate(text, start=1):
        if line.strip():
            yield from read_event(number, line, source, now)


def _begun(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest
