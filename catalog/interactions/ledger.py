"""The interactions ledger: what shoppers did, kept by month, felt at once, forgotten for good.

Whoever writes holds the append lock for as long as a few lines take; what rewrites whole files (an import, compacting,
forgetting) holds the maintenance lock besides and takes the append lock only for its last step, which is one
manifest replaced. Readers take no lock.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from itertools import islice
from typing import TypeVar

from catalog.interactions import parts as parquet
from catalog.interactions.appending import Writer
from catalog.interactions.arrays import COLUMNS, Gathering, groups_of
from catalog.interactions.bulk import Bulk
from catalog.interactions.columns import SoundRows
from catalog.interactions.consent import ConsentGate, ShopsConsent
from catalog.interactions.counting import Counted, counted
from catalog.interactions.door import Appended, Door
from catalog.interactions.files import LedgerFiles, Moved
from catalog.interactions.following import MOST_FOLLOWED, Follower, Live, Mark
from catalog.interactions.forgetting import held, remembered, rewritten, without
from catalog.interactions.identity import Identity
from catalog.interactions.live import LiveRow
from catalog.interactions.manifest import Forgotten, Manifest
from catalog.interactions.merging import compacted, worth_compacting
from catalog.interactions.parts import Who
from catalog.interactions.records import Interactions
from catalog.interactions.rows import Row
from catalog.interactions.taken_back import netted
from catalog.storage import Storage
from catalog.storage.lease import LeaseLost

LEDGER = "interactions"
"""By custom the ledger's folder within the catalogue's."""
MOST_AT_ONCE = 1000
"""More rows are appended in slices: others come in between, and nobody waits for an import to end."""
MOST_LIVE = 100_000
"""With so many rows of single appends an append compacts the ledger before it returns."""
MOST_SMALL_PARTS = 50
"""With more of them in one month an append compacts too: at an address each append is a part."""
_TRIES = 5
T = TypeVar("T")


def utc_now() -> datetime:
    """Return the time."""
    return datetime.now(timezone.utc)


class Ledger:
    """One shop's interactions below one storage (by custom ``interactions/`` of the catalogue's folder)."""

    def __init__(self, files: LedgerFiles, gate: ConsentGate, clock: Callable[[], datetime]) -> None:
        self._files, self._gate, self._clock = files, gate, clock
        self._writer, self._follower = Writer(files), Follower(files)

    @classmethod
    def open(
        cls,
        storage: Storage,
        gate: ConsentGate | None = None,
        *,
        clock: Callable[[], datetime] = utc_now,
        fresh_key: Callable[[], bytes] = lambda: secrets.token_bytes(32),
        fresh_name: Callable[[], str] = lambda: secrets.token_hex(8),
    ) -> Ledger:
        """Open a ledger; nothing is made or read yet. Without a gate nothing is let in: enough for a reader."""
        return cls(LedgerFiles(storage, fresh_key, fresh_name), gate or ShopsConsent(), clock)

    # ------------------------------------------------------------------ in
    def append(self, rows: Iterable[Row]) -> Appended:
        """Keep what is sound, consented to, new, and not of somebody forgotten; on the disk when this returns."""
        coming, done = iter(rows), Appended()
        while part := list(islice(coming, MOST_AT_ONCE)):
            with self._appending() as manifest:
                identity = Identity(manifest.key)
                door = Door(self._gate, identity, manifest.gone, self._clock())
                self._writer.append(part, manifest, door, identity)
            done = done.and_then(door.appended())
            self._tidied()
        return done

    @contextlib.contextmanager
    def importing(self, *, sound: bool = False) -> Iterator[Importing]:
        """Give what takes rows of an import of any size; they all become visible at the end, or none on an error.

        ``sound`` says that the rows went through :func:`catalog.interactions.rows.checked` already.
        """
        with self._maintaining() as manifest:
            identity = Identity(manifest.key)
            door = Door(self._gate, identity, manifest.gone, self._clock())
            door.rows_are_sound = sound
            bulk = Bulk(self._files, door, identity, manifest)
            yield Importing(bulk, door)
            bulk.finish()
            with self._appending() as now:
                fresh = bulk.published(now, self._writer.newest(now), self._writer.marks)
                if fresh != now:
                    self._files.commit(now, fresh)

    # ------------------------------------------------------------------ out
    def interactions(
        self, products: Sequence[str], *, kinds: Sequence[str] = ("bought",), shard: tuple[int, int] = (0, 1)
    ) -> Interactions:
        """Read everything of some kinds against a list of products, what was taken back left out.

        ``shard`` (k, n) reads the k-th of n shares of the shoppers: workers of a cluster each take one. ``number`` of
        the answer is where :meth:`live_since` goes on. 10 million rows: docs/interactions.md.
        """
        return self._steadily(lambda: self._gathered(products, kinds, shard))

    def rows(self, *, shopper_id: str | None = None, kinds: Sequence[str] | None = None) -> Iterator[Row]:
        """Yield rows as they are kept (of one shopper: all that giftbot knows of what they did), months in order.

        Raises Moved where the ledger is rewritten meanwhile: begin again.
        """
        return (row for _, row in self._numbered(shopper_id) if kinds is None or row.kind in kinds)

    def purchases_of(self, shopper_id: str, *, until: int) -> list[Row]:
        """Return a shopper's purchases up to a number, what was taken back left out, as a fit would read them."""
        return self._steadily(
            lambda: netted(
                row for number, row in self._numbered(shopper_id) if number <= until and row.kind == "bought"
            )
        )

    def live_since(self, mark: Mark, kinds: Collection[str] | None = None) -> Live:
        """Return what happened since a mark (``Mark(interactions.number)`` after a fit): microseconds where nothing.

        Only rows of ``kinds`` are returned, and counted against ``mark.most``; None stands for all.
        """
        return self._steadily(lambda: self._follower.since(mark, kinds))

    def counted(self) -> Counted:
        """Count what the ledger holds."""
        return self._steadily(lambda: counted(self._files))

    def now(self) -> Mark:
        """Return the mark of this moment."""
        return replace(self.live_since(Mark(0, most=0)).mark, most=MOST_FOLLOWED)

    def known_by(self, forgotten: Iterable[Forgotten], names: Iterable[bytes]) -> list[str]:
        """Return which of these shopper ids (UTF-8, as ``Histories.names``) were forgotten; a microsecond a name."""
        return Identity(self._files.manifest().key).among((one.mark for one in forgotten), names)

    # ------------------------------------------------------------------ gone
    def forget(self, shopper_id: str, source: str = "") -> int:
        """Remove every row of a shopper (or what one source told of them) from every file; return how many there were.

        Rows from before this moment are refused from now on; giftbot knows them by a keyed digest, not by the id.
        """
        return self.forget_all({shopper_id: frozenset({source})})

    def forget_all(self, who: Who) -> int:
        """Forget several at once: every file that holds any of them is written anew once; return the rows removed."""
        with self._maintaining() as manifest:
            aside = rewritten(self._files, manifest.parts, who)
            with self._appending() as now:
                fresh, removed, theirs = without(self._files, now, who, aside)
                identity = Identity(now.key)
                notes = [
                    (identity.of_shopper(shopper_id), source, not source or (shopper_id, source) in theirs)
                    for shopper_id, sources in sorted(who.items())
                    for source in sorted(sources)
                ]
                fresh = remembered(fresh, notes, self._clock(), self._writer.newest(now))
                self._files.commit(now, fresh)
        return removed

    def held_of(self, who: Who) -> set[tuple[str, str]]:
        """Return of which of these shoppers and sources there are rows, as pairs; all parts are looked through."""
        return self._steadily(lambda: held(self._files, self._files.read_manifest(), who)) if who else set()

    def is_forgotten(self, shopper_id: str, source: str, at: datetime) -> bool:
        """Tell whether rows of a shopper and source that happened at a time would be refused as forgotten."""
        manifest = self._files.manifest()
        if not manifest.gone:
            return False
        mark = Identity(manifest.key).of_shopper(shopper_id)
        return any((mark, of) in manifest.gone and at <= manifest.gone[mark, of] for of in ("", source))

    def compact(self, *, unless_busy: bool = False) -> None:
        """Turn single appends and small parts into few large ones; nobody sees a difference but in speed.

        ``unless_busy``: raises Busy where an import or the like is at work, instead of waiting for its end.
        """
        with self._maintaining(_busy if unless_busy else None) as before:
            manifest, closed = before, before.segments if self._files.live_rows(before) else ()
            if closed:
                with self._appending() as now:
                    closed = now.segments
                    fresh = replace(now, segments=(*closed, self._files.fresh_segment()))
                    manifest = self._files.commit(now, replace(fresh, number=self._writer.newest(now)))
            gone, coming = compacted(self._files, manifest, closed)
            with self._appending() as now:
                fresh = now.without_parts(gone, coming)
                self._files.commit(now, replace(fresh, segments=now.segments[len(closed) :]))

    # ------------------------------------------------------------------ inside
    def _numbered(self, shopper_id: str | None) -> Iterator[tuple[int, Row]]:
        manifest = self._files.read_manifest()
        for part in sorted(manifest.parts, key=lambda one: (one.month, one.base, one.name)):
            table = parquet.read(self._files.content(part), parquet.schema().names, shopper_id=shopper_id)
            yield from ((part.base + number, row) for number, row in parquet.rows_of(table))
        for one in self._files.live_rows(manifest):
            if shopper_id in (None, one.row.shopper_id):
                yield one.number, one.row

    def _tidied(self) -> None:
        if len(self._writer.marks) > MOST_LIVE or worth_compacting(self._files.manifest(), MOST_SMALL_PARTS):
            with contextlib.suppress(Busy, Moved, LeaseLost):  # what was appended is kept; the next append tries again
                self.compact(unless_busy=True)

    def _gathered(self, products: Sequence[str], kinds: Sequence[str], shard: tuple[int, int]) -> Interactions:
        manifest = self._files.read_manifest()
        live = self._files.live_rows(manifest)
        gathering = Gathering(products, kinds, shard)
        kept = [gathering.add(table) for table in self._tables(manifest, live, (*COLUMNS, "group_id"))]
        asked, groups = gathering.groups_asked(), None
        if asked:
            tables = self._tables(manifest, live, ("shopper_id", "group_id"))
            groups = [group for at, table in enumerate(tables) for group in groups_of(table, kept[at], asked)]
        return gathering.finished(groups, max([manifest.number, *(one.number for one in live)]))

    def _tables(self, manifest: Manifest, live: Sequence[LiveRow], columns: Sequence[str]) -> Iterator[object]:
        for part in manifest.parts:
            yield parquet.read(self._files.content(part), columns, dictionaries=True)
        if live:
            table = parquet.table_of([one.row for one in live], [one.mark for one in live], [0] * len(live))
            yield parquet.with_dictionaries(table.select(list(columns)))

    def _steadily(self, work: Callable[[], T]) -> T:
        """Begin again where a file was replaced between reading the manifest and reading the file."""
        for _ in range(_TRIES - 1):
            with contextlib.suppress(Moved):
                return work()
            self._files.look_again()
        return work()

    @contextlib.contextmanager
    def _appending(self) -> Iterator[Manifest]:
        with self._files.storage.only_one("append"):
            yield self._writer.caught_up()

    @contextlib.contextmanager
    def _maintaining(self, waits: Callable[[], None] | None = None) -> Iterator[Manifest]:
        with self._files.storage.only_one("maintenance", waits):
            with self._appending() as manifest:
                self._files.sweep(manifest)
            try:
                yield manifest
            except BaseException:
                with contextlib.suppress(Exception), self._files.storage.only_one("append"):
                    self._files.clear_aside()
                raise


class Busy(RuntimeError):
    """Another process changes the ledger's files."""


def _busy() -> None:
    raise Busy("another process changes the ledger's files")


class Importing:
    """Takes the rows of one import."""

    def __init__(self, bulk: Bulk, door: Door) -> None:
        self._bulk, self._door = bulk, door

    def __call__(self, rows: Sequence[Row] | SoundRows) -> None:
        """Take some thousand rows."""
        if isinstance(rows, SoundRows):
            self._bulk.add_sound(rows)
        else:
            self._bulk.add(rows)

    def appended(self) -> Appended:
        """Return what became of them; whole once the import is closed."""
        return self._door.appended()
