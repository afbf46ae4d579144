"""Notes what is asked these days, so that a merchandiser's dry run tells what an import would do to live talks."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

log = structlog.get_logger()

Note = Callable[[Sequence[Mapping[str, Any]]], None]
"""Keeps of each Brief (as JSON) what the lookup knows of it, nobody's words and no id. Blocks; may raise OSError."""

EVERY_S = 30.0
MOST_AT_ONCE = 50


@dataclass(slots=True)
class RecentBriefs:
    """Gathers the Briefs that were answered with ideas and notes them off the turn. A crash loses at most the last."""

    note: Note
    rest: Callable[[asyncio.Event, float], Awaitable[None]]
    _waiting: deque[Mapping[str, Any]] = field(default_factory=lambda: deque(maxlen=MOST_AT_ONCE), init=False)

    def add(self, brief: Mapping[str, Any]) -> None:
        """Remember one until it is noted; never waits."""
        if brief:
            self._waiting.append(brief)

    async def run(self, stop: asyncio.Event) -> None:
        """Note until ``stop``, and once more after it."""
        while not stop.is_set():
            await self.rest(stop, EVERY_S)
            await self.note_all()

    async def note_all(self) -> None:
        """Note what waits now; what cannot be noted is dropped, it was only for advice."""
        briefs = list(self._waiting)
        self._waiting.clear()
        if briefs:
            try:
                await asyncio.to_thread(self.note, briefs)
            except (OSError, ValueError) as error:
                log.warning("briefs_not_noted", exc_info=error)
