"""Outgoing messages of all departments: ordered, fair between shoppers, judged and claimed before X is called."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from bot.clock import from_ms, to_ms
from bot.errors import Unavailable
from bot.governance.text_mark import words_mark
from bot.governance.verdict import May
from bot.metrics import SENDS
from bot.model import SendState, ShopperId
from bot.store.access.keys import RECORD_FOR, SEEN_FOR, seconds
from bot.store.access.wire import Wire, unavailable_if_redis_fails
from bot.store.outbound.box import adopt, box_of
from bot.store.outbound.claims import Claim, ClaimUnknown, Judge, Peeked, read_claim, verdict_on
from bot.store.outbound.holds import Hold, Holds
from bot.store.outbound.proposals import Proposals
from bot.store.outbound.sends import fields_of, read_send

__all__ = ["Claim", "Judge", "Outbox"]

_PEEKS = 20
_OLD = "due"
"""Where the release before keeps its times: who stands there is taken over first."""
_KINDS = {"due_looks": "look", "due_answers": "answer", _OLD: "answer", "due_others": "other"}
_EXPIRED = frozenset(("expired", "too_old"))


class Outbox(Proposals):
    """Sends of all shoppers. Of a shopper at most one answer at a time is at X, and one other message.

    Answers go in order. Of other messages the most urgent that may go moves; one that waits holds up no other, and
    none of them an answer.
    """

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self.holds = Holds(wire)

    async def earliest(self, *, others: bool = False, looks: bool = False) -> tuple[int, datetime] | None:
        """The partition whose next Send is due first, and when; None where none waits, or people paused sending.

        Of those whose Redis answers: a node that is away must not keep all others' shoppers waiting.

        ``others``: of other messages than answers. Looks after Sends in doubt count with the answers;
        ``looks``: of those alone.
        """
        sets = _sets(others, looks, await self.holds.now())
        if not sets:
            return None
        keys = self._wire.keys
        found = await self._wire.of_all(
            lambda pipe, n: [pipe.zrange(keys.of(n, name), 0, 0, withscores=True) for name in sets]
        )
        due = [(from_ms(first[0][1]), partition) for partition, firsts in found.items() for first in firsts if first]
        return (min(due)[1], min(due)[0]) if due else None

    async def claim(
        self,
        partition: int,
        *,
        token: str,
        now: datetime,
        revisit_at: datetime,
        judge: Judge,
        others: bool = False,
        looks: bool = False,
    ) -> Claim | None:
        """Claim the partition's earliest due Send that may go; it is `sending` (or looked after) from this instant.

        What the judge says happens if nothing it looked at has changed since; else it is asked again. One that must
        wait is due again then, one that never may go ends with the reason and is counted; the next due one is tried.
        That the shopper wrote and did not stop is read once more in the instant of the claim. A Send in doubt is not
        judged: to look is no message.

        Args:
            partition: where to look.
            token: unique to this claim; settling must name it.
            now: what is due is due by then.
            revisit_at: when the Send is taken for lost if not settled by then; it will be looked after.
            judge: asked about each Send that would go.
            others: claim another message than an answer.
            looks: claim only what is to be looked after; that needs none of X's allowance for Sends.

        Returns:
            None where nothing is due any more, or people paused sending.

        Raises:
            ClaimUnknown: it may have been made; whoever asked must give it back, or it will be looked after.
        """
        sets = _sets(others, looks, await self.holds.now())
        for _ in range(_PEEKS):
            due = await self._due(partition, sets, now)
            if due is None:
                return None
            peeked = await self._peek(partition, *due, now)
            if peeked is None:
                continue
            said = await self._judged(partition, peeked, token, now, revisit_at, judge)
            if said[0] == b"CLAIMED":
                return read_claim(token, bool(said[1]), fields_of(said[2]))
            if said[0] == b"ENDED":
                SENDS.labels(said[1].decode(), said[2].decode()).inc()
        return None

    async def settle_sent(self, claim: Claim, *, dm_event_id: str, now: datetime) -> bool:
        """X took the message. A fact, so it also holds where the claim has been taken over meanwhile.

        Of a look it is a conclusion: it holds for the latest claim, and if X's id is no other Send's.

        Returns:
            False where the Send had already ended otherwise (X's id is remembered even so), or the look was overtaken.
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

    async def known_dm_event_ids(self, shopper_id: ShopperId) -> frozenset[str]:
        """X's ids of messages to this shopper that are accounted for, of the last 35 days."""
        with unavailable_if_redis_fails():
            kept = await self._wire.commands.zrange(self._wire.keys.shopper("sent", shopper_id), 0, -1)
        return frozenset(one.decode() for one in cast("list[bytes]", kept))

    async def waiting(self) -> int:
        """Shoppers with an unfinished Send, in all partitions; one counts twice with an answer besides another."""
        return await self._wire.lengths("ZCARD", *_KINDS)

    async def at_x(self) -> int:
        """Shoppers with a Send that is sending or in doubt, in all partitions."""
        return await self._wire.lengths("ZCARD", "due_looks")

    async def wait(self, at_most_ms: int) -> bool:
        """Rest until a Send may be due (True), or at most so long. The hint may be wrong or missing."""
        return await self._wire.wait_for_bell(at_most_ms)

    async def _due(self, partition: int, sets: tuple[str, ...], now: datetime) -> tuple[str, ShopperId] | None:
        """The set and the shopper that have been due for longest."""
        if not sets:
            return None
        await self._wire.check_layout()
        with unavailable_if_redis_fails():
            async with self._wire.commands.pipeline(transaction=False) as pipe:
                for name in sets:
                    key = self._wire.keys.of(partition, name)
                    # all that the release before left is taken over, due or not, so that nothing overtakes it
                    end = "+inf" if name == _OLD else to_ms(now)
                    pipe.zrangebyscore(key, "-inf", end, start=0, num=1, withscores=True)
                found = await pipe.execute()
        first = {name: one[0] for name, one in zip(sets, found, strict=True) if one}
        if not first:
            return None
        name = _OLD if _OLD in first else min(first, key=lambda name: first[name][1])
        return name, ShopperId(first[name][0].decode())

    async def _peek(self, partition: int, name: str, shopper_id: ShopperId, now: datetime) -> Peeked | None:
        keys, kind = self._wire.keys, _KINDS[name]
        said = await self._wire.run(
            "peek_send",
            [keys.shopper("sends", shopper_id), *box_of(keys, shopper_id)],
            [shopper_id, self._wire.moment(now), kind],
        )
        if said[0] == b"OLD" or name == _OLD:
            await adopt(self._wire, shopper_id, [one.decode() for one in (said[1] if said[0] == b"OLD" else ())], now)
            return None
        if said[0] == b"NONE":
            return None
        handed = [(text, float(at)) for text, at in zip(said[3][::2], said[3][1::2], strict=True)]
        return Peeked(shopper_id, kind, said[1].decode(), fields_of(said[2]), handed, bool(said[4]))

    async def _judged(
        self, partition: int, peeked: Peeked, token: str, now: datetime, revisit_at: datetime, judge: Judge
    ) -> list[Any]:
        keys = self._wire.keys
        send_key = keys.send(partition, peeked.send_id)
        kept = await self._wire.hash_at(send_key)
        verdict = verdict_on(peeked, kept, judge, now)
        ends = SendState.EXPIRED if verdict.reason in _EXPIRED else SendState.REFUSED
        try:
            said: list[Any] = await self._wire.run(
                "claim_send",
                [send_key, *box_of(keys, peeked.shopper_id), keys.shopper("talk", peeked.shopper_id)],
                [
                    peeked.shopper_id, peeked.send_id, peeked.kind, token,
                    self._wire.moment(now), to_ms(revisit_at) - to_ms(now),
                    peeked.consent.get(b"version", b""), verdict.may.value,
                    max(to_ms(verdict.until or revisit_at), to_ms(now) + 1), ends.value,
                    verdict.reason, verdict.sentence, seconds(RECORD_FOR), seconds(SEEN_FOR),
                    words_mark(kept.get(b"text", b"").decode()),
                ],
            )  # fmt: skip
        except Unavailable as error:
            if kept and peeked.kind != "look" and verdict.may is May.GO:
                raise ClaimUnknown(Claim(read_send(kept), token, False, now)) from error
            raise
        return said

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
        said = await self._wire.run(
            "settle_send",
            [self._key(shopper_id, claim.send.id), keys.shopper("sent", shopper_id), *box_of(keys, shopper_id)],
            [
                shopper_id, claim.send.id, claim.token, self._wire.moment(now), state.value, reason, to_ms(at or now),
                dm_event_id, seconds(RECORD_FOR), seconds(SEEN_FOR), int(counted), int(claim.look),
            ],
        )  # fmt: skip
        if said == b"SETTLED":
            SENDS.labels(state.value, reason).inc()
        return bool(said != b"STALE")


def _sets(others: bool, looks: bool, hold: Hold) -> tuple[str, ...]:
    """Where to look for what is due, as far as people let senders go on."""
    if hold is Hold.PAUSE:
        return ()
    if others:
        return ("due_others",) if hold is Hold.OPEN else ()
    return (_OLD, "due_looks") if looks or hold is Hold.DRAIN else (_OLD, "due_looks", "due_answers")
