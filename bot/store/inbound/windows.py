"""What the owner of a partition knows of its queue: only what is new comes over the line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.store.inbound.queued import Unreadable, Waiting, read_entry

SEEN_AT_ONCE = 100
"""Messages of a partition looked at together: so many shoppers can be waited for without holding the others."""


class Window:
    """The oldest messages of one ownership's queue."""

    def __init__(self, fence: int) -> None:
        self.fence = fence
        self.waiting: list[Waiting] = []
        self.last = ""
        """The latest entry taken up."""
        self.told_ms: int | None = None
        """The time by Redis' clock of what was just told; None where it must be asked what waits."""
        self.wait_ms: int | None = None
        """How long those who wait want to wait; None: until more come."""

    @property
    def room(self) -> int:
        """How many more it takes up."""
        return SEEN_AT_ONCE - len(self.waiting)

    @property
    def start(self) -> str:
        """From where a reading goes on, as XRANGE takes it."""
        return f"({self.last}" if self.last else "-"

    def add(self, entry_id: str, fields: Mapping[bytes, bytes]) -> None:
        """Take up an entry.

        Raises:
            Unreadable: this release cannot understand it; the next one follows all the same.
        """
        self.last = entry_id
        self.waiting.append(read_entry(entry_id, fields))

    def heard(self, entries: Iterable[tuple[str, Mapping[bytes, bytes]]], now_ms: int | None) -> None:
        """Take up what was told by the way, up to one that cannot be understood: who asks for it sets it aside."""
        for entry_id, fields in entries:
            before = self.last
            try:
                self.add(entry_id, fields)
            except Unreadable:
                self.last, now_ms = before, None
                break
        self.told_ms = now_ms

    def drop(self, gone: Sequence[Waiting]) -> None:
        """Forget entries that left the queue."""
        ids = {one.entry_id for one in gone}
        self.waiting = [one for one in self.waiting if one.entry_id not in ids]
