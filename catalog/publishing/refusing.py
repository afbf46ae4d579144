"""Collects what an import refused: all counted, all handed on, the first thousand kept."""

from __future__ import annotations

from collections.abc import Callable

from catalog.feeds.rejection import MOST_OF_A_VALUE, Rejection
from catalog.publishing.report import REJECTIONS_KEPT

EXPECTED = frozenset({"expired", "unknown_product"})
"""Rules that sound feeds break day by day: what is no longer sold, and updates of what was not published (drafts)."""


class Refused:
    """The rows an import did not take."""

    def __init__(self, hand_on: Callable[[Rejection], None] | None = None) -> None:
        self._hand_on = hand_on
        self.count = 0
        self.expected = 0
        """Those among them that say nothing against the feed."""
        self.first: list[Rejection] = []

    def add(self, rejection: Rejection) -> None:
        """Count one row."""
        self.count += 1
        self.expected += rejection.rule in EXPECTED
        if len(self.first) < REJECTIONS_KEPT:
            self.first.append(rejection)
        if self._hand_on:
            self._hand_on(rejection)

    def row(self, row: int, field: str, value: str, rule: str, hint: str) -> None:
        """Count one row, given by its parts."""
        self.add(Rejection(row, field, value[:MOST_OF_A_VALUE], rule, hint))
