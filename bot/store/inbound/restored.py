"""A store restored from a backup: what an earlier life of it did since is known to X alone, and is not done again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import cast

from bot.clock import from_ms, to_ms
from bot.errors import GiftbotError, Unavailable
from bot.model import MessageId, ShopperId
from bot.store.access.keys import DEAD_FOR, SEEN_FOR, seconds
from bot.store.access.wire import Wire, unavailable_if_redis_fails
from bot.store.inbound.dead import PAGE
from bot.store.inbound.gaps import TAIL, Doubt, Gaps
from bot.store.outbound.holds import Hold, Holds

RESTORED = "restored"
"""Why that stretch is a gap: it is read back before any other, and never replayed."""
PERHAPS = "perhaps_answered"
"""Why a message is among the dead: X does not say which message an answer of the earlier life was for."""


class Restored:
    """Every method raises ``Unavailable``; all of them may be repeated."""

    def __init__(self, wire: Wire, gaps: Gaps, holds: Holds) -> None:
        self._wire, self._gaps, self._holds = wire, gaps, holds

    async def begin(self, now: datetime, since: datetime | None = None) -> datetime:
        """Note that this store was restored from a backup, before any role is started: nothing goes out from here on.

        What happened since the backup becomes one gap; those the backup had open are part of it, as the earlier life
        may have filled them.

        Args:
            now: the earlier life has ended by then.
            since: when the backup was made; None: when intake last said in it that it is up.

        Returns:
            Since when the earlier life is to be read back.

        Raises:
            GiftbotError: the backup does not tell when it was made.
        """
        signs, gaps = await self._gaps.signs(), await self._gaps.all()
        open_ = [gap for gap in gaps if gap.reason != RESTORED]
        known = [moment for moment in (since or signs.up, *(gap.since for gap in open_)) if moment is not None]
        if not known:
            raise GiftbotError("the backup does not tell when it was made: name it with --since")
        # what waits in the backup's queue the earlier life may have answered since, however long it had waited
        known += await self._waiting_since()
        # said once more, it is still the same stretch
        begun = min([one - 2 * TAIL for one in known] + [gap.since for gap in gaps if gap.reason == RESTORED])
        await self._holds.hold(Hold.PAUSE, why="restore", now=now)
        await self._mark(begun, now)
        await self._gaps.doubt(Doubt(begun, now, RESTORED, "only"))
        for gap in open_:
            await self._gaps.close(gap)
        # the new Redis process is no news any more
        await self._gaps.beat(now=now, event=None, crc=None, down_after=timedelta(days=3650))
        for gap in await self._gaps.all():
            if gap.reason != RESTORED:
                await self._gaps.close(gap)
        return begun

    async def was(self, shopper_id: ShopperId) -> bool:
        """Whether the shopper's partition was restored of late."""
        key = self._wire.keys.of(self._wire.keys.partition_of(shopper_id), RESTORED)
        with unavailable_if_redis_fails():
            return bool(await self._wire.commands.exists(key))

    async def answered_before(
        self, shopper_id: ShopperId, messages: Collection[MessageId], perhaps: Collection[MessageId] = ()
    ) -> None:
        """An earlier life dealt with these messages: no turn of theirs commits, and they leave the queue.

        Those of ``perhaps`` as well; they are kept among the dead, where people find them and may bring them back.
        """
        keys = self._wire.keys
        partition = keys.partition_of(shopper_id)
        them = [*(one for one in messages if one not in perhaps), *perhaps]
        await self._wire.run(
            "answered_before",
            [keys.of(partition, "turns"), keys.of(partition, "dead"), *(keys.done(partition, one) for one in them)],
            [seconds(SEEN_FOR), seconds(DEAD_FOR), PERHAPS, len(perhaps), *them],
        )

    async def _waiting_since(self) -> list[datetime]:
        """When the oldest message in each queue was written."""
        keys, told = self._wire.keys, list[datetime]()
        for partition in range(keys.partitions):
            written, start = list[int](), "-"
            while True:
                with unavailable_if_redis_fails():
                    read = await self._wire.commands.xrange(keys.of(partition, "turns"), start, count=PAGE)
                page = cast("list[tuple[bytes, dict[bytes, bytes]]]", read)
                written += [int(fields[b"sent"]) for _, fields in page if fields.get(b"sent", b"").isdigit()]
                if len(page) < PAGE:
                    break
                start = f"({page[-1][0].decode()}"
            told += [from_ms(min(written))] if written else []
        return told

    async def _mark(self, since: datetime, till: datetime) -> None:
        keys = self._wire.keys
        stretch = f"{to_ms(since)} {to_ms(till)}"
        told = await self._wire.of_all(lambda pipe, n: pipe.set(keys.of(n, RESTORED), stretch, ex=seconds(SEEN_FOR)))
        if len(told) < keys.partitions:
            raise Unavailable("some partitions do not answer")
