"""All steers of a shop: read from data, in force at their times, kept ready for one shelf."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from catalog.steering.effects import Effects, InForce
from catalog.steering.reach import ShelfLike
from catalog.steering.reading import read_steers
from catalog.steering.steer import Steer
from catalog.wanted import Wanted

__all__ = ["Steer", "Steers"]


@dataclass(frozen=True)
class Steers:
    """All steers of a file, in its order. Safe to share between threads."""

    entries: tuple[Steer, ...] = ()
    _in_force: InForce = field(default_factory=InForce, compare=False, repr=False)

    @classmethod
    def parse(cls, text: str, zone: ZoneInfo, before: Steers | None = None) -> Steers:
        """Read a steering file; days begin and end in ``zone``. Raises SteeringError with every fault.

        ``before`` are the steers of the file as it was: what they found on their shelf is not looked for again.
        """
        return cls(read_steers(text, zone), InForce(before._in_force if before else None))

    def effects(self, shelf: ShelfLike, wanted: Wanted, now: datetime) -> Effects:
        """Return what is in force for this request: microseconds once a combination was met on this shelf."""
        return self._in_force.effects(self.entries, shelf, wanted, now)

    def prepare(self, shelf: ShelfLike) -> None:
        """Find now which products every steer reaches, so that no shopper waits for it."""
        self._in_force.prepare(self.entries, shelf)

    def is_ready(self, shelf: ShelfLike) -> bool:
        """Tell whether :meth:`effects` of this shelf need not look for products any more."""
        return self._in_force.is_ready(shelf)

    def at_once(self, shelf: ShelfLike) -> Steers:
        """Return these without the boosts and buries whose products are still to be found; never without a hide."""
        known = self._in_force.reaches(shelf)
        entries = tuple(steer for steer in self.entries if steer.does == "hide" or known.knows(steer))
        return self if len(entries) == len(self.entries) else Steers(entries, InForce(self._in_force))

    def reach(self, shelf: ShelfLike) -> dict[str, int]:
        """Return by id how many products of the shelf each steer reaches."""
        reaches = self._in_force.prepare(self.entries, shelf)
        return {steer.id: len(at) for steer, at in zip(self.entries, reaches, strict=True)}
