"""What comes in: each message once, wishes to stop or start obeyed, echoes of our own messages recognised."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from bot.clock import from_ms, to_ms
from bot.errors import Unavailable
from bot.governance.text_mark import text_mark
from bot.metrics import SENDS
from bot.model import Echo, InboundMessage, MessageId, SendState, ShopperId
from bot.pseudonyms import Pseudonym
from bot.store.access.keys import RECORD_FOR, SEEN_FOR, TALK_FOR, seconds
from bot.store.access.wire import Wire
from bot.store.outbound.box import adopt, box_of
from nlu.optout.wishes import OptWish

_PEEKS = 20


class Accepted(enum.Enum):
    """What became of a message at the door. Each of them means: stored, say 200."""

    QUEUED = "queued"
    DUPLICATE = "duplicate"
    STOPPED = "stopped"
    """The shopper wants no more of us: nothing is sent, not even a confirmation."""
    STARTED = "started"
    """Consent is open (again) and the message is queued."""
    SILENCED = "silenced"
    """Recorded, not queued: consent is closed, or this is a stop a later start had overruled already, or they were
    forgotten since they wrote it."""
    TOO_OLD = "too_old"


class EchoOutcome(enum.Enum):
    """Whose message X reports as sent from our account."""

    SETTLED = "settled"
    """Ours, and its Send is now known to be sent."""
    KNOWN = "known"
    FOREIGN = "foreign"
    """Typed by a person in X's app: the talk is theirs for a while. Comes again when X repeats the report."""
    EARLIER = "earlier"
    """Ours or a person's, from after the backup this store was restored from. Comes again too."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether we may write to a shopper, and the message that says so."""

    open: bool
    wish: OptWish
    message_id: MessageId
    sent_at: datetime
    at: datetime


class Door:
    """Accepts messages and echoes; every call is one script, so nothing is half accepted."""

    def __init__(self, wire: Wire, hush_name: Pseudonym) -> None:
        self._wire, self._hush_name = wire, hush_name

    async def accept(self, message: InboundMessage, *, wish: OptWish, too_old: bool, now: datetime) -> Accepted:
        """Store a message before X is told 200.

        A message id is accepted once in 35 days. A stop closes consent at once: what is pending, and what
        answers a message from before the stop, is refused when a sender claims it, even after a later start.

        Args:
            message: as it passed signature and shape.
            wish: what the text asks of us, read without any model.
            too_old: recorded, and its wish obeyed, but not answered.
            now: evidence for consent.

        Raises:
            Unavailable: not known whether it is stored; X must deliver it again.
        """
        keys = self._wire.keys
        partition, name = keys.partition_of(message.shopper_id), self._hush_name(message.shopper_id)
        said = await self._wire.run(
            "accept_message",
            [
                keys.seen(partition, message.id),
                keys.shopper("consent", message.shopper_id),
                keys.of(partition, "turns"),
                keys.shopper("consents", message.shopper_id),
                *(keys.of(partition, f"{kind}:{name}") for kind in ("hush", "gone")),
            ],
            [
                message.id, message.shopper_id, message.text, to_ms(message.sent_at), wish.name, int(too_old),
                to_ms(now), seconds(SEEN_FOR), seconds(TALK_FOR),
            ],
        )  # fmt: skip
        return Accepted[said.decode()]

    async def accept_echo(self, echo: Echo, *, now: datetime) -> EchoOutcome:
        """Match X's report of a message from our account with the Send it came from, if one did.

        Raises:
            Unavailable: nothing is known; X must deliver it again.
        """
        keys = self._wire.keys
        partition = keys.partition_of(echo.shopper_id)
        found = ""
        for _ in range(_PEEKS):
            said = await self._wire.run(
                "settle_echo",
                [
                    keys.of(partition, f"foreign:{echo.id}"),
                    keys.shopper("sent", echo.shopper_id),
                    keys.shopper("handed", echo.shopper_id),
                    keys.shopper("sends", echo.shopper_id),
                    keys.send(partition, found),
                    *box_of(keys, echo.shopper_id),
                    keys.of(partition, f"gone:{self._hush_name(echo.shopper_id)}"),
                    keys.shopper("talk", echo.shopper_id),
                    keys.of(partition, "restored"),
                ],
                [
                    echo.id, echo.shopper_id, found, text_mark(echo.text), self._wire.moment(now), seconds(RECORD_FOR),
                    seconds(SEEN_FOR), to_ms(echo.sent_at), seconds(TALK_FOR),
                ],
            )  # fmt: skip
            if said[0] == b"OLD":
                await adopt(self._wire, echo.shopper_id, [one.decode() for one in said[1]], now)
            elif said[0] == b"PEEK":
                found = said[1].decode()
            else:
                return await self._matched(EchoOutcome[said[0].decode()])
        raise Unavailable("the shopper's outbox changed faster than it could be read")

    async def consent(self, shopper_id: ShopperId) -> Consent | None:
        """What we hold of a shopper's consent; None when they never wrote."""
        kept = await self._wire.hash_at(self._wire.keys.shopper("consent", shopper_id))
        if b"state" not in kept:
            return None
        return Consent(
            open=kept[b"state"] == b"open",
            wish=OptWish[kept[b"wish"].decode()],
            message_id=MessageId(kept[b"message"].decode()),
            sent_at=from_ms(kept[b"sent"]),
            at=from_ms(kept[b"at"]),
        )

    async def _matched(self, outcome: EchoOutcome) -> EchoOutcome:
        if outcome is EchoOutcome.SETTLED:
            SENDS.labels(SendState.SENT.value, "echo").inc()
            await self._wire.ring()
        return outcome
