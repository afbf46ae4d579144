"""The release before, as its scripts were: what a rolling upgrade meets. The scripts are kept in previous_release/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.clock import to_ms
from bot.governance.text_mark import text_mark
from bot.model import InboundMessage, ShopperId
from bot.store.connection import Store

SCRIPTS = Path(__file__).parent / "previous_release"
GROUP, CONSUMER = "dialogue", "owner"
DAYS = 86_400


class OldRelease:
    """Its door and its worker, on the store of this release."""

    def __init__(self, store: Store) -> None:
        self._redis = store._wire.commands
        self._keys = store._wire.keys
        self.fence = 0

    async def run(self, script: str, keys: list[str], args: list[Any]) -> Any:
        return await self._redis.eval((SCRIPTS / f"{script}.lua").read_text(), len(keys), *keys, *args)

    async def accepts(self, message: InboundMessage) -> str:
        keys, partition = self._keys, self._keys.partition_of(message.shopper_id)
        said = await self.run(
            "accept_message",
            [
                keys.seen(partition, message.id),
                keys.shopper("consent", message.shopper_id),
                keys.of(partition, "turns"),
            ],
            [message.id, message.shopper_id, message.text, to_ms(message.sent_at), "NONE", 0, to_ms(message.sent_at),
             35 * DAYS, 90 * DAYS],
        )  # fmt: skip
        return str(said.decode())

    async def owns(self, shopper_id: ShopperId, lease_ms: int = 30_000) -> bool:
        partition = self._keys.partition_of(shopper_id)
        names = [self._keys.of(partition, name) for name in ("lease", "fence", "turns")]
        fence = await self.run("take_lease", names, ["old worker", lease_ms, GROUP])
        self.fence = int(fence or 0)
        return fence is not None

    async def lets_go(self, shopper_id: ShopperId) -> None:
        partition = self._keys.partition_of(shopper_id)
        names = [self._keys.of(partition, name) for name in ("lease", "fence")]
        await self.run("release_lease", names, ["old worker", self.fence])

    async def reads(self, shopper_id: ShopperId) -> tuple[str, dict[str, str]] | None:
        partition = self._keys.partition_of(shopper_id)
        names = [self._keys.of(partition, name) for name in ("fence", "turns")]
        said = await self.run("next_turn", names, [self.fence, GROUP, CONSUMER])
        if said[0] != b"TURN":
            return None
        flat = [one.decode() for one in said[2]]
        return said[1].decode(), dict(zip(flat[::2], flat[1::2], strict=True))

    async def commits(self, shopper_id: ShopperId, entry: str, fields: dict[str, str], text: str, tracker: str) -> str:
        keys, partition = self._keys, self._keys.partition_of(shopper_id)
        message = fields["message"]
        record = {
            "message_id": message, "shopper_id": shopper_id, "replies": [text], "brief": {}, "suggestions": [],
            "ms": 1.0, "outcome": "answered", "send_id": f"re-{message}",
        }  # fmt: skip
        said = await self.run(
            "commit_turn",
            [
                keys.of(partition, "fence"), keys.of(partition, "turns"), keys.of(partition, f"done:{message}"),
                keys.shopper("talk", shopper_id), keys.of(partition, f"record:{message}"),
                keys.send(partition, f"re-{message}"), keys.shopper("sends", shopper_id), keys.of(partition, "due"),
                keys.of(partition, "dead"), keys.of(partition, f"tries:{message}"), keys.of(partition, "interactions"),
            ],
            [
                self.fence, GROUP, entry, message, shopper_id, int(fields["sent"]), 35 * DAYS, 90 * DAYS, 3 * DAYS,
                1, tracker, 0, json.dumps(record), f"re-{message}", text, int(fields["sent"]), text_mark(text), "",
                30 * DAYS, "", 1000,
            ],
        )  # fmt: skip
        return str(said.decode())
