"""Who answers in a talk: looked at and changed by people."""

from __future__ import annotations

from bot.model import ShopperId
from bot.store.access.wire import Wire
from bot.store.inbound.queued import Talk, read_talk


class Talks:
    """The talks of all shoppers, by shopper."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def get(self, shopper_id: ShopperId) -> Talk | None:
        """What is kept of a talk; None where they never wrote, or not for 90 days.

        Raises:
            Unreadable: a later release wrote it.
        """
        kept = await self._wire.hash_at(self._wire.keys.shopper("talk", shopper_id))
        return read_talk(kept) if kept else None

    async def release(self, shopper_id: ShopperId) -> tuple[str, ...] | None:
        """Let the bot answer again. What kept it silent (person, colleague, paused); None where there is no talk.

        A turn that is being thought through meanwhile is thought again, from the talk released.
        """
        said = await self._wire.run("release_talk", [self._wire.keys.shopper("talk", shopper_id)])
        return tuple(said.decode().split()[:-1]) if said else None
