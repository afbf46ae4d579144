"""What the readers of all formats hand on: rows of plain text, or a word on why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class FeedError(ValueError):
    """The feed as a whole cannot be read; says what is wrong, in which line, and what to do."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message if line is None else f"line {line}: {message}")
        self.message, self.line = message, line


@dataclass(frozen=True, slots=True)
class Row:
    """One product as the feed words it: the line it begins in, and its values by column name.

    Names are lower case with underscores, values are trimmed text: SKU ``007`` stays ``007``. What a line holds beyond
    the last column stands under the name ``""``, so that cleaning can refuse the row.
    """

    number: int
    values: Mapping[str, str]
    left_out: str = ""
    """Why the shop itself does not offer it, as ``draft``; empty where it does."""
