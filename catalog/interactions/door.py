"""Who is let in: sound, consented to, not forgotten. Everything else is counted by why it was not kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from catalog.interactions.consent import ConsentGate
from catalog.interactions.identity import Identity
from catalog.interactions.rows import BadRow, Row, checked


@dataclass(frozen=True)
class Appended:
    """What became of rows brought to the ledger."""

    accepted: int = 0
    doubled: int = 0
    """Already kept, by this append or an earlier one."""
    refused_no_consent: int = 0
    no_consent_by_source: dict[str, int] = field(default_factory=dict)
    refused_forgotten: int = 0
    """Of somebody who was forgotten, from before they were."""
    refused_bad: int = 0
    """Broke a rule of :func:`catalog.interactions.rows.checked`."""

    def and_then(self, other: Appended) -> Appended:
        """Return the sum of two."""
        sources = Counter(self.no_consent_by_source) + Counter(other.no_consent_by_source)
        return Appended(
            self.accepted + other.accepted,
            self.doubled + other.doubled,
            self.refused_no_consent + other.refused_no_consent,
            dict(sorted(sources.items())),
            self.refused_forgotten + other.refused_forgotten,
            self.refused_bad + other.refused_bad,
        )


class Door:
    """Judges rows one by one and counts; made anew for every append, so that it knows who is forgotten by now."""

    def __init__(
        self, gate: ConsentGate, identity: Identity, gone: Mapping[tuple[str, str], datetime], now: datetime
    ) -> None:
        """``gone``: until when rows are refused as forgotten, by the shopper's mark and source (all: the empty one)."""
        self._gate, self._identity, self._now = gate, identity, now
        self.rows_are_sound = False
        """Their reader checked them already, to say line and hint."""
        self._gone = gone
        self._allowed: dict[tuple[str, str], bool] = {}
        self._until: dict[tuple[str, str], datetime | None] = {}
        self.accepted = self.doubled = self.bad = self.of_forgotten = 0
        self._refused: Counter[str] = Counter()

    def lets_in(self, row: Row) -> bool:
        """Judge one row."""
        if not self.rows_are_sound:
            try:
                checked(row, self._now)
            except BadRow:
                self.bad += 1
                return False
        allowed, until = self.word_on(row.shopper_id, row.source)
        if not allowed:
            self._refused[row.source] += 1
            return False
        if until is not None and row.at <= until:
            self.of_forgotten += 1
            return False
        return True

    def word_on(self, shopper_id: str, source: str) -> tuple[bool, datetime | None]:
        """Tell whether this shopper's consent for a source is in force, and until when their rows are refused."""
        asked = (shopper_id, source)
        allowed = self._allowed.get(asked)
        if allowed is None:
            allowed = self._allowed[asked] = self._gate.allows(shopper_id, source, self._now)
        if not self._gone:
            return allowed, None
        return allowed, self._until[asked] if asked in self._until else self._forgotten_until(asked)

    def refuse(self, source: str, count: int) -> None:
        """Count rows that are not consented to."""
        if count:
            self._refused[source] += count

    def begin(self) -> None:
        """Let go of what was remembered of single shoppers: memory stays flat over a long import."""
        self._allowed.clear()
        self._until.clear()

    def appended(self) -> Appended:
        """Return the counts so far."""
        return Appended(
            self.accepted,
            self.doubled,
            sum(self._refused.values()),
            dict(sorted(self._refused.items())),
            self.of_forgotten,
            self.bad,
        )

    def _forgotten_until(self, asked: tuple[str, str]) -> datetime | None:
        mark = self._identity.of_shopper(asked[0])
        times = [at for at in (self._gone.get((mark, "")), self._gone.get((mark, asked[1]))) if at is not None]
        self._until[asked] = max(times, default=None)
        return self._until[asked]
