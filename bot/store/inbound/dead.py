"""Messages given up or set aside: looked at, brought back, dropped. For people; nothing does this by itself."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from bot.clock import from_ms, to_ms
from bot.errors import GiftbotError
from bot.model import MessageId, ShopperId
from bot.store.access.keys import DEAD_FOR
from bot.store.access.wire import Wire, unavailable_if_redis_fails

PAGE = 500


class Replayed(enum.Enum):
    """What became of a wish to answer a dead message after all."""

    REPLAYED = "replayed"
    GONE = "gone"
    """There is no such dead message (any more)."""
    OLD = "old"
    """They wrote it too long ago."""
    STOPPED = "stopped"
    """They want no more of us; nothing would be sent."""


@dataclass(frozen=True, slots=True)
class Dead:
    """One message given up, or set aside as this release cannot read it. ``id`` names it in commands."""

    id: str
    reason: str
    at: datetime
    """When it was given up."""
    shopper_id: ShopperId
    message_id: MessageId
    text: str = field(repr=False)
    sent_at: datetime | None
    replays: int
    earlier: tuple[str, ...]
    """Reasons it was given up for before it was replayed."""


class DeadLetters:
    """The ``dead`` streams of all partitions; a message stays 30 days in them."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def count(self) -> int:
        """How many there are."""
        return await self._wire.lengths("XLEN", "dead")

    async def listed(self, *, shopper_id: ShopperId | None = None, reason: str = "") -> list[Dead]:
        """All of them, or those of a shopper or reason, the oldest first."""
        keys = self._wire.keys
        partitions = range(keys.partitions) if shopper_id is None else [keys.partition_of(shopper_id)]
        found = [one for partition in partitions for one in await self._of(partition)]
        return sorted(
            (
                one
                for one in found
                if (shopper_id is None or one.shopper_id == shopper_id) and (not reason or one.reason == reason)
            ),
            key=lambda one: (one.at, one.id),
        )

    async def get(self, dead_id: str) -> Dead | None:
        """One of them; None where there is none of this id.

        Raises:
            GiftbotError: this is no id of a dead message.
        """
        partition, entry = self._parsed(dead_id)
        with unavailable_if_redis_fails():
            read = await self._wire.commands.xrange(self._key(partition), entry, entry)
        found = cast("list[tuple[bytes, dict[bytes, bytes]]]", read)
        return _dead(partition, *found[0]) if found else None

    async def replay(self, dead_id: str, *, oldest: datetime | None) -> Replayed:
        """Put a message back into its queue, to be answered; its done mark is lifted in the same instant.

        The answer is a Send of its own: the apology sent before does not stand in its way, and answering twice is
        as impossible as ever. Asking again finds it gone.

        Args:
            dead_id: as listed.
            oldest: messages written before this are refused; None takes any.

        Raises:
            GiftbotError: this is no id of a dead message.
        """
        dead = await self.get(dead_id)
        if dead is None:
            return Replayed.GONE
        keys = self._wire.keys
        partition, entry = self._parsed(dead_id)
        said = await self._wire.run(
            "replay_dead",
            [
                self._key(partition),
                keys.done(partition, dead.message_id),
                keys.of(partition, "turns"),
                keys.shopper("consent", dead.shopper_id),
            ],
            [entry, to_ms(oldest) if oldest else 0],
        )
        return Replayed[said.decode()]

    async def drop(self, dead_id: str) -> bool:
        """Delete one for good; False where there is none of this id.

        Raises:
            GiftbotError: this is no id of a dead message.
        """
        partition, entry = self._parsed(dead_id)
        with unavailable_if_redis_fails():
            return bool(await self._wire.commands.xdel(self._key(partition), entry))

    async def _of(self, partition: int) -> list[Dead]:
        found: list[Dead] = []
        start = "-"
        while True:
            with unavailable_if_redis_fails():
                read = await self._wire.commands.xrange(self._key(partition), start, count=PAGE)
            page = cast("list[tuple[bytes, dict[bytes, bytes]]]", read)
            found += [_dead(partition, entry, fields) for entry, fields in page]
            if len(page) < PAGE:
                return found
            start = f"({page[-1][0].decode()}"

    def _key(self, partition: int) -> str:
        return self._wire.keys.of(partition, "dead")

    def _parsed(self, dead_id: str) -> tuple[int, str]:
        partition, _, entry = dead_id.partition(":")
        first, _, second = entry.partition("-")
        if not (partition.isdecimal() and first.isdecimal() and second.isdecimal()) or (
            int(partition) >= self._wire.keys.partitions
        ):
            raise GiftbotError(f"{dead_id} is no id of a dead message: `giftbot dead list` shows them.")
        return int(partition), entry


def _dead(partition: int, entry: bytes, fields: Mapping[bytes, bytes]) -> Dead:
    """Also of a message that was set aside because nobody understands it: what is missing stays empty."""

    def text(name: bytes) -> str:
        return fields.get(name, b"").decode(errors="replace")

    at = int(entry.split(b"-")[0])
    return Dead(
        id=f"{partition}:{entry.decode()}",
        reason=text(b"reason"),
        at=from_ms(at),
        shopper_id=ShopperId(text(b"shopper")),
        message_id=MessageId(text(b"message")),
        text=text(b"text"),
        sent_at=from_ms(text(b"sent")) if text(b"sent").isdecimal() else None,
        replays=int(text(b"replay")) if text(b"replay").isdecimal() else 0,
        earlier=tuple(text(b"was").split()),
    )


KEPT_DAYS = DEAD_FOR.days
"""Days a dead message is kept."""
