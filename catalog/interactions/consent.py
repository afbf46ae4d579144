"""Whether a row may be kept: asked for every row, answered per shopper and source."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from catalog.interactions.moments import BadMoment, moment

_COLUMNS = ("shopper_id", "source", "granted_at", "withdrawn_at")


class ConsentError(ValueError):
    """The consent file cannot be read; says line and column. Nothing is kept on a guess."""


class Withdrawals(Protocol):
    """Who took back their consent: :class:`ShopsConsent`, or the one that follows its file."""

    def withdrawn(self, at: datetime) -> Iterator[tuple[str, str, datetime]]:
        """Yield shopper, source and time of every withdrawal in force."""


class ConsentGate(Protocol):
    """What the ledger asks before it keeps a row."""

    def allows(self, shopper_id: str, source: str, at: datetime) -> bool:
        """Tell whether this shopper's consent for this source is in force at the moment of keeping."""


@dataclass(frozen=True, slots=True)
class Word:
    """What one shopper last said on one source; None where they never said that."""

    granted_at: datetime | None
    withdrawn_at: datetime | None

    def in_force(self, at: datetime) -> bool:
        """Tell whether consent was given by then and not withdrawn since; on the same moment the withdrawal wins."""
        if self.granted_at is None or self.granted_at > at:
            return False
        return self.withdrawn_at is None or self.withdrawn_at > at or self.withdrawn_at < self.granted_at

    def taken_back(self, at: datetime) -> bool:
        """Tell whether consent was withdrawn by then and not given again."""
        return self.withdrawn_at is not None and self.withdrawn_at <= at and not self.in_force(at)


@dataclass(frozen=True)
class ShopsConsent:
    """Sources consented to shop-wide, and the word of single shoppers, which counts before it."""

    sources: frozenset[str] = frozenset()
    """Sources every shopper consented to, by how the shop gets its data (its terms, its sign-up form)."""
    words: Mapping[tuple[str, str], Word] = field(default_factory=dict, repr=False)
    """By shopper and source."""

    @classmethod
    def read(cls, sources: Sequence[str], file: Path | None) -> ShopsConsent:
        """Take the shop-wide sources and, where there is one, the consent file; ConsentError where it is not sound."""
        return cls(frozenset(sources), _words(file) if file else {})

    def allows(self, shopper_id: str, source: str, at: datetime) -> bool:
        """See :class:`ConsentGate`."""
        word = self.words.get((shopper_id, source))
        if word is None:
            return source in self.sources
        if word.granted_at is None and not word.taken_back(at):
            return source in self.sources  # a withdrawal to come
        return word.in_force(at)

    def withdrawn(self, at: datetime) -> Iterator[tuple[str, str, datetime]]:
        """Yield shopper, source and time of every withdrawal in force: their rows of that source must be forgotten."""
        for (shopper_id, source), word in self.words.items():
            if word.taken_back(at) and word.withdrawn_at is not None:
                yield shopper_id, source, word.withdrawn_at


class FollowedConsent:
    """The shop's consent as its file has it now: read again when the file changed, so that a withdrawal holds.

    Raises ConsentError whenever it is asked while the file cannot be read: nothing is kept on an old word.
    """

    def __init__(self, sources: Sequence[str], file: Path | None) -> None:
        """Read the file; ConsentError where it is not sound."""
        self._sources, self._file = sources, file
        self._stamp = self._stamp_now()
        self._read = ShopsConsent.read(sources, file)

    def allows(self, shopper_id: str, source: str, at: datetime) -> bool:
        """See :class:`ConsentGate`."""
        return self._now().allows(shopper_id, source, at)

    def withdrawn(self, at: datetime) -> Iterator[tuple[str, str, datetime]]:
        """See :meth:`ShopsConsent.withdrawn`."""
        return self._now().withdrawn(at)

    def _now(self) -> ShopsConsent:
        stamp = self._stamp_now()
        if stamp != self._stamp:
            self._read = ShopsConsent.read(self._sources, self._file)
            self._stamp = stamp
        return self._read

    def _stamp_now(self) -> object:
        if self._file is None:
            return None
        try:
            found = os.stat(self._file)
        except OSError as error:
            raise ConsentError(f"the consent file cannot be read: {error}") from error
        return found.st_mtime_ns, found.st_ino, found.st_size


def _words(file: Path) -> dict[tuple[str, str], Word]:
    found: dict[tuple[str, str], Word] = {}
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            reader = csv.DictReader(source, strict=True)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise ConsentError(f"{file.name}: no column {', '.join(missing)}")
            for row in reader:
                shopper_id, of, *times = ((row[name] or "").strip() for name in _COLUMNS)
                if not shopper_id or not of:
                    raise ConsentError(f"{file.name}: line {reader.line_num} names no shopper or no source")
                if (shopper_id, of) in found:
                    raise ConsentError(f"{file.name}: line {reader.line_num} names the same shopper and source again")
                granted, withdrawn = (moment(text) if text else None for text in times)
                found[shopper_id, of] = Word(granted, withdrawn)
    except BadMoment as error:
        raise ConsentError(f"{file.name}: line {reader.line_num}: {error}") from error
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise ConsentError(f"the consent file cannot be read: {error}") from error
    return found
