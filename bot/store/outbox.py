"""Outgoing messages: in order per shopper, fair between shoppers, each claimed before X is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from bot.clock import from_ms, to_ms
from bot.metrics import SENDS
from bot.model import Send, SendId, SendState, ShopperId
from bot.store.keys import RECORD_FOR, SEEN_FOR, seconds
from bot.store.sends import fields_of, read_send
from bot.store.wire import Wire, unavailable_if_redis_fails

_PEEKS = 20


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to deal with one Send until its revisit.

    ``look`` says that X may have an earlier try: look there before sending. ``claimed_at`` is the moment of
    this claim, or where ``look`` is set that of the first try.
    """

    send: Send
    token: str
    look: bool
    claimed_at: datetime


class Outbox:
    """Sends of all shoppers. A shopper's oldest unfinished Send is the only one that moves."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def next_due(self, partition: int) -> datetime | None:
        """When the partition's next Send is due (perhaps long past), or None where it has none."""
        return (await self._due_times([partition]))[0]

    async def earliest(self) -> tuple[int, datetime] | None:
        """The partition whose next Send is due first, and when; None where no Send waits anywhere."""
        times = await self._due_times(range(self._wire.keys.partitions))
        due = [(moment, partition) for partition, moment in enumerate(times) if moment is not None]
        return (min(due)[1], min(due)[0]) if due else None

    async def claim(
        self, partition: int, *, token: str, now: datetime, revisit_at: datetime, expires_before: datetime
    ) -> Claim | None:
        """Claim the partition's earliest due Send; it is `sending` (or looked after) from this instant.

        Consent is checked in the same instant: a Send to a shopper who opted out, or never wrote, is refused;
        one created before ``expires_before`` expires. Those are counted, and the next due one is tried.

        Args:
            partition: where to look.
            token: unique to this claim; settling must name it.
            now: what is due is due by then.
            revisit_at: when the Send is taken for lost if not settled by then; it will be looked after.
            expires_before: older answers are dropped.

        Returns:
            None where nothing is due any more.
        """
        for _ in range(_PEEKS):
            peeked = await self._peek(partition, now)
            if peeked is None:
                return None
            shopper_id, send_id = peeked
            keys = self._wire.keys
            said = await self._wire.run(
                "claim_send",
                [
                    keys.of(partition, "due"),
                    keys.shopper("sends", shopper_id),
                    keys.send(partition, send_id),
                    keys.shopper("consent", shopper_id),
                    keys.shopper("handed", shopper_id),
                ],
                [
                    shopper_id, send_id, token, to_ms(now), to_ms(revisit_at), to_ms(expires_before),
                    seconds(RECORD_FOR),
                ],
            )  # fmt: skip
            if said[0] == b"CLAIMED":
                return _claim(token, bool(said[1]), fields_of(said[2]))
            if said[0] == b"ENDED":
                SENDS.labels(said[1].decode(), said[2].decode()).inc()
        return None

    async def settle_sent(self, claim: Claim, *, dm_event_id: str, now: datetime) -> bool:
        """X took the message. A fact, so it also holds where the claim has been taken over meanwhile.

        Returns:
            False where the Send had already ended otherwise; X's id is remembered even so.
        """
        return await self._settle(claim, SendState.SENT, claim.send.reason, now, dm_event_id=dm_event_id)

    async def settle_refused(self, claim: Claim, *, reason: str, now: datetime) -> bool:
        """X will never take it. False where the claim is not the latest, or an echo came first."""
        return await self._settle(claim, SendState.REFUSED, reason, now)

    async def settle_retry(
        self, claim: Claim, *, reason: str, at: datetime, now: datetime, counted: bool = True
    ) -> bool:
        """X certainly has it not: pending again, due at ``at``. False as for `settle_refused`.

        ``counted``: whether the try goes into the Send's attempts; not so where the account was at fault.
        """
        return await self._settle(claim, SendState.PENDING, reason, now, at=at, counted=counted)

    async def settle_in_doubt(self, claim: Claim, *, reason: str, look_at: datetime, now: datetime) -> bool:
        """X may have it: looked after at ``look_at``, unless an echo settles it first. False as above."""
        return await self._settle(claim, SendState.IN_DOUBT, reason, now, at=look_at)

    async def get(self, shopper_id: ShopperId, send_id: SendId) -> Send | None:
        """One Send, until three days after it ended."""
        keys = self._wire.keys
        kept = await self._wire.hash_at(keys.send(keys.partition_of(shopper_id), send_id))
        return read_send(kept) if kept else None

    async def known_dm_event_ids(self, shopper_id: ShopperId) -> frozenset[str]:
        """X's ids of messages to this shopper that are accounted for, of the last 35 days."""
        with unavailable_if_redis_fails():
            kept = await self._wire.commands.zrange(self._wire.keys.shopper("sent", shopper_id), 0, -1)
        return frozenset(one.decode() for one in cast("list[bytes]", kept))

    async def waiting(self) -> int:
        """Shoppers with an unfinished Send, in all partitions."""
        keys = self._wire.keys
        return await self._wire.lengths("ZCARD", [keys.of(n, "due") for n in range(keys.partitions)])

    async def wait(self, at_most_ms: int) -> bool:
        """Rest until a Send may be due (True), or at most so long. The hint may be wrong or missing."""
        return await self._wire.wait_for_bell(at_most_ms)

    async def _due_times(self, partitions: Sequence[int]) -> list[datetime | None]:
        await self._wire.check_layout()
        with unavailable_if_redis_fails():
            async with self._wire.commands.pipeline(transaction=False) as pipe:
                for partition in partitions:
                    pipe.zrange(self._wire.keys.of(partition, "due"), 0, 0, withscores=True)
                return [from_ms(first[0][1]) if first else None for first in await pipe.execute()]

    async def _peek(self, partition: int, now: datetime) -> tuple[ShopperId, str] | None:
        """A due shopper and their head Send; the script checks that both still are so when it runs."""
        due = self._wire.keys.of(partition, "due")
        with unavailable_if_redis_fails():
            first = await self._wire.commands.zrangebyscore(due, "-inf", to_ms(now), start=0, num=1)
        if not first:
            return None
        shopper_id = ShopperId(cast("list[bytes]", first)[0].decode())
        return shopper_id, await self._wire.head_of(self._wire.keys.shopper("sends", shopper_id))

    async def _settle(
        self,
        claim: Claim,
        state: SendState,
        reason: str,
        now: datetime,
        *,
        at: datetime | None = None,
        dm_event_id: str = "",
        counted: bool = True,
    ) -> bool:
        keys, shopper_id = self._wire.keys, claim.send.shopper_id
        partition = keys.partition_of(shopper_id)
        said = await self._wire.run(
            "settle_send",
            [
                keys.send(partition, claim.send.id),
                keys.shopper("sends", shopper_id),
                keys.of(partition, "due"),
                keys.shopper("sent", shopper_id),
            ],
            [
                shopper_id, claim.send.id, claim.token, to_ms(now), state.value, reason, to_ms(at or now),
                dm_event_id, seconds(RECORD_FOR), seconds(SEEN_FOR), int(counted),
            ],
        )  # fmt: skip
        if said == b"SETTLED":
            SENDS.labels(state.value, reason).inc()
        return bool(said != b"STALE")


def _claim(token: str, look: bool, kept: dict[bytes, bytes]) -> Claim:
    moment = kept[b"first_tried"] if look else kept[b"claimed"]
    return Claim(read_send(kept), token, look, from_ms(moment))
