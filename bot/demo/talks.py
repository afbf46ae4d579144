"""The chat page's own file of earlier talks, as a place that can forget. Only the demo has one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.demo.folder import RunFolder
from bot.model import ShopperId
from bot.private_files import write_private

_NAME = "demo's chat page"


@dataclass(frozen=True, slots=True)
class InChatPage:
    """``talks.jsonl`` of a demo's folder; a running demo shows until its end what it has read from it."""

    folder: Path

    def told(self) -> Mapping[str, str]:
        return {_NAME: "what the chat page of `giftbot demo` showed of a made-up shopper's talk"}

    async def held(self, shopper_id: ShopperId) -> Mapping[str, Sequence[Any]]:
        return {_NAME: [json.loads(line) for line in self._lines() if _is_theirs(line, shopper_id)]}

    async def forget(self, shopper_id: ShopperId, *, asked_at: datetime | None = None) -> None:
        lines = self._lines()
        kept = [line for line in lines if not _is_theirs(line, shopper_id)]
        if len(kept) != len(lines):
            write_private(RunFolder(self.folder).talks, "".join(kept))

    async def left(self, shopper_id: ShopperId) -> Mapping[str, int]:
        return {name: len(values) for name, values in (await self.held(shopper_id)).items()}

    def _lines(self) -> list[str]:
        path = RunFolder(self.folder).talks
        return path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []


def _is_theirs(line: str, shopper_id: ShopperId) -> bool:
    try:
        return bool(json.loads(line)[0] == shopper_id)
    except (ValueError, TypeError, LookupError, KeyError):
        return shopper_id in line  # cut off by a crash: nobody can read it anyway
