"""Every place that can hold something of a shopper, and those that cannot, each with the reason."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.model import ShopperId
from bot.store.connection import Store
from bot.store.shoppers.shopper_data import places
from catalog.interactions.ledger import Ledger
from catalog.model.erasing import erase_forgotten, known
from catalog.storage import Storage


class Places(Protocol):
    """Some places that forget together."""

    def told(self) -> Mapping[str, str]:
        """Each place's name, and what can lie there of a shopper."""

    async def held(self, shopper_id: ShopperId) -> Mapping[str, Sequence[Any]]:
        """What lies there, as plain values; a place that holds nothing may be missing."""

    async def forget(self, shopper_id: ShopperId, *, asked_at: datetime | None = None) -> None:
        """Delete all of it that is from before this call. Where it was done since ``asked_at``: nothing."""

    async def left(self, shopper_id: ShopperId) -> Mapping[str, int]:
        """How much of before the call of `forget` is still there."""


@dataclass(slots=True)
class InRedis:
    """Messages, talks, Sends, consents: everything that is being worked on."""

    store: Store
    _at: dict[ShopperId, int] = field(default_factory=dict, init=False)

    def told(self) -> Mapping[str, str]:
        return {f"redis {name}": what for name, what in places().items()}

    async def held(self, shopper_id: ShopperId) -> Mapping[str, Sequence[Any]]:
        found = await self.store.finding.held(shopper_id)
        return {f"redis {name}": values for name, values in found.by_place.items()}

    async def forget(self, shopper_id: ShopperId, *, asked_at: datetime | None = None) -> None:
        self._at[shopper_id] = await self.store.forgetting.forget(shopper_id)

    async def left(self, shopper_id: ShopperId) -> Mapping[str, int]:
        found = await self.store.forgetting.left(shopper_id, self._at[shopper_id])
        return {f"redis {name}": count for name, count in found.items()}


@dataclass(frozen=True, slots=True)
class InCatalogue:
    """What they did with products, and the model that learnt from it. Blocks in a thread of its own."""

    storage: Storage
    ledger: Ledger

    def told(self) -> Mapping[str, str]:
        return {
            _LEDGER: "what they bought, liked, were shown",
            _MODEL: "the same, as far as the fitted model knows it by their id",
        }

    async def held(self, shopper_id: ShopperId) -> Mapping[str, Sequence[Any]]:
        return await asyncio.to_thread(self._held, shopper_id)

    async def forget(self, shopper_id: ShopperId, *, asked_at: datetime | None = None) -> None:
        await asyncio.to_thread(self._forget, shopper_id, asked_at)

    async def left(self, shopper_id: ShopperId) -> Mapping[str, int]:
        return {name: len(values) for name, values in (await self.held(shopper_id)).items()}

    def _held(self, shopper_id: ShopperId) -> Mapping[str, Sequence[Any]]:
        rows = [
            {name: value for name, value in asdict(row).items() if value not in (None, "")}
            for row in self.ledger.rows(shopper_id=shopper_id)
        ]
        in_model = known(self.storage, [shopper_id])
        return {_LEDGER: rows, _MODEL: ["their purchases, as the ledger lists them"] * in_model}

    def _forget(self, shopper_id: ShopperId, asked_at: datetime | None) -> None:
        if asked_at is None or not self.ledger.is_forgotten(shopper_id, "", asked_at):
            self.ledger.forget(shopper_id)
        erase_forgotten(self.storage, self.ledger)


_LEDGER, _MODEL = "catalogue interactions", "catalogue item model"

HOLDS_NOBODY = {
    "logs": "lines name a shopper by a keyed hash and never hold a word of theirs",
    "metrics": "numbers, no person",
    "catalogue snapshots": "products",
    "catalogue recent-briefs.jsonl": "what the lookup knows of a request (dad, under £20); no id, no words",
    "catalogue interactions, list of the forgotten": "a keyed digest, so that what is older stays out",
    "model of the understanding": "trained on our own examples, never on what shoppers write",
    "redis hush, gone": "a keyed hash: that they said STOP, and (35 days) that they were forgotten",
    "redis seen, done, foreign, tries": "X's ids of messages, no person; they keep X's repeats from being answered",
}
"""Places one might look in, and why there is nothing of a shopper."""

OUT_OF_REACH = {
    "X": "the conversation itself, which the shopper and X hold",
    "backups": "made by whoever runs Redis and the catalogue's storage: let them age out within 30 days",
}
"""Places giftbot cannot delete from."""
