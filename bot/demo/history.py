"""Talks of earlier starts: the chat page goes on where it stopped (the sandbox forgets, Redis does not)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from bot.demo.xside import TalkMessage
from bot.model import ShopperId


class History:
    """Messages by shopper in one append-only file; numbers go on from the earlier starts' last."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._earlier: dict[str, list[TalkMessage]] = defaultdict(list)
        self._written: dict[str, int] = defaultdict(int)
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            try:
                shopper_id, message = json.loads(line)
                media = tuple(message.pop("media", ()))  # a line of an earlier release has none
                self._earlier[shopper_id].append(TalkMessage(**message, media=media))
            except (ValueError, TypeError, AttributeError):
                continue  # a line cut off by a crash

    def earlier(self, shopper_id: ShopperId, *, after: int) -> list[TalkMessage]:
        """Messages of earlier starts with a number beyond ``after``."""
        return self._earlier[shopper_id][after:]

    def offset(self, shopper_id: ShopperId) -> int:
        """How many messages of this talk are from earlier starts."""
        return len(self._earlier[shopper_id])

    def keep(self, shopper_id: ShopperId, live: Iterable[TalkMessage]) -> list[TalkMessage]:
        """Write down what is new of this start's messages; gives them numbered within the whole talk."""
        offset = self.offset(shopper_id)
        numbered = [replace(message, n=message.n + offset) for message in live]
        new = [message for message in numbered if message.n > offset + self._written[shopper_id]]
        if new:
            with self._path.open("a", encoding="utf-8") as file:
                file.writelines(json.dumps([shopper_id, asdict(message)]) + "\n" for message in new)
            self._written[shopper_id] = new[-1].n - offset
        return numbered
