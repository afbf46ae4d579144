"""Workers and senders of the release before, as its own scripts let them act on the same Redis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.clock import to_ms
from bot.governance.text_mark import text_mark
from bot.model import InboundMessage, Send
from bot.store.connection import Store
from tests.integration.store_talk import ANN, after, answer

SCRIPTS = Path(__file__).parent / "previous_release"


class Before:
    """The release before, beside the store of this one; all of it for one shopper."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def _run(self, name: str, keys: list[str], args: list[Any]) -> Any:
        text = (SCRIPTS / f"{name}.lua").read_text("utf-8")
        if text.startswith("-- needs: finish_send"):
            text = (SCRIPTS / "finish_send.lua").read_text("utf-8") + text
        return await self._store._wire.commands.eval(text, len(keys), *keys, *args)  # type: ignore[misc]

    def _of(self, *names: str) -> list[str]:
        keys = self._store._wire.keys
        partition = keys.partition_of(ANN)
        return [keys.shopper(name, ANN) if name in _OF_SHOPPER else keys.of(partition, name) for name in names]

    async def commits(self, inbound: InboundMessage, text: str = "", *, at: float = 0) -> Send:
        """A worker answers a message; the message itself is not in the queue of the test."""
        send = answer(inbound, text, at=at)
        stream, fence = self._of("turns", "fence")
        redis = self._store._wire.commands
        fields: dict[Any, Any] = {"message": inbound.id, "shopper": ANN, "text": "", "sent": 0, "stops": 0}
        entry: Any = await redis.xadd(stream, fields)
        await redis.set(fence, 1)
        said = await self._run(
            "commit_turn",
            [
                fence, stream,
                *self._of(f"done:{inbound.id}", "talk", f"record:{inbound.id}", f"send:{send.id}", "sends", "due",
                          "dead", f"tries:{inbound.id}", "interactions"),
            ],
            [
                1, "dialogue", entry, inbound.id, ANN, to_ms(after(at)), 9, 9, 9, 0, "", 0, "{}",
                send.id, send.text, to_ms(send.created_at), text_mark(send.text), "", 9, "", 9,
            ],
        )  # fmt: skip
        assert said == b"COMMITTED"
        return send

    async def claims(self, send: Send, token: str, *, at: float) -> list[Any]:
        """A sender claims a Send it saw at the head."""
        said: list[Any] = await self._run(
            "claim_send",
            self._of("due", "sends", f"send:{send.id}", "consent", "handed"),
            [ANN, send.id, token, to_ms(after(at)), to_ms(after(at + 120)), 0, 259_200],
        )
        return said

    async def settles(self, send: Send, token: str, outcome: str, *, at: float, dm_event: str = "") -> bytes:
        """A sender tells what came of its claim."""
        said: bytes = await self._run(
            "settle_send",
            self._of(f"send:{send.id}", "sends", "due", "sent"),
            [ANN, send.id, token, to_ms(after(at)), outcome, "r", to_ms(after(at)), dm_event, 259_200, 3_024_000, 1],
        )
        return said


_OF_SHOPPER = ("talk", "sends", "consent", "handed", "sent")
