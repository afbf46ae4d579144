"""The word lists of data/lookups, ready for look-up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists, read once."""

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Read the lists in a folder."""
        return cls()
