"""Why a row of a feed was not taken."""

from __future__ import annotations

from dataclasses import dataclass

MOST_OF_A_VALUE = 80


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a row was not taken, so that the merchandiser can mend it."""

    row: int
    """The line of the file the row begins in; the header of a CSV file is line 1."""
    field: str
    """The column, by the name docs/feeds.md gives it; empty where it is the row as a whole."""
    value: str
    r"""As found, cut to 80 characters; what nobody would see is written out, as in ``\u202e``."""
    rule: str
    """A word of docs/feeds.md, for filters and counts."""
    hint: str
    """What to do, for a person."""
