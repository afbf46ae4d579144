"""What a claim is made of: the Send whose turn it is, the facts a judge looks at, and the judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.clock import from_ms
from bot.errors import Unavailable
from bot.governance.facts import ConsentFacts, Spent
from bot.governance.verdict import May, Verdict
from bot.model import Send, ShopperId
from bot.store.outbound.sends import UnreadableSend, read_consent, read_send, read_spent

Judge = Callable[[Send, ConsentFacts, Spent], Verdict]
"""Says what may become of a Send now. Pure: it may be asked several times for one claim."""

_SET_ASIDE_FOR = timedelta(hours=1)

_log = structlog.get_logger()


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


class ClaimUnknown(Unavailable):
    """Whether ``claim`` was made is not known, as the answer was lost. X was not called for it: give it back."""

    def __init__(self, claim: Claim) -> None:
        super().__init__("the answer to a claim was lost")
        self.claim = claim


@dataclass(frozen=True, slots=True)
class Peeked:
    """A Send whose turn it is, and all a judge looks at, read in one instant."""

    shopper_id: ShopperId
    kind: str
    send_id: str
    consent: dict[bytes, bytes]
    handed: list[tuple[bytes, float]]
    newer_answer_waits: bool


def verdict_on(peeked: Peeked, kept: dict[bytes, bytes], judge: Judge, now: datetime) -> Verdict:
    """What may become of the Send of this hash; a look is not judged, and one nobody can read is set aside."""
    if not kept:
        return Verdict(May.GO, "gone", "")  # the claim takes it off the queue
    try:
        send = read_send(kept)
    except UnreadableSend:
        _log.warning("send_set_aside", send_id=peeked.send_id, shopper_id=peeked.shopper_id)
        return Verdict(May.WAIT, "unreadable", "It waits for the release that wrote it.", now + _SET_ASIDE_FOR)
    if peeked.kind == "look":
        return Verdict(May.GO, "look", "")
    consent = read_consent(peeked.consent, kept[b"stops"])
    return judge(send, consent, read_spent(peeked.handed, peeked.newer_answer_waits, peeked.send_id))


def read_claim(token: str, look: bool, kept: dict[bytes, bytes]) -> Claim:
    """The claim of a Send's hash, as the script left it."""
    moment = kept[b"first_tried"] if look else kept[b"claimed"]
    return Claim(read_send(kept), token, look, from_ms(moment))
