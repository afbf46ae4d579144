"""What the outbox's tests say: Sends of departments, judges, and an open door for the shopper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.governance.facts import ConsentFacts, Spent
from bot.governance.verdict import May, Verdict
from bot.model import MessageId, Purpose, Send, SendId, ShopperId
from bot.store.connection import Store
from bot.store.outbound.outbox import Judge
from bot.store.outbound.proposals import Proposed
from nlu.optout.wishes import OptWish
from tests.integration.store_talk import ANN, after, message

NO_MESSAGE = MessageId("")


def other(
    number: int,
    purpose: Purpose = Purpose.MARKETING,
    *,
    shopper_id: ShopperId = ANN,
    text: str = "",
    at: float = 0,
    not_before: datetime | None = None,
) -> Send:
    """A department's message."""
    return Send(
        SendId(f"d{number}"),
        shopper_id,
        text or f"news {number}",
        NO_MESSAGE,
        after(at),
        purpose=purpose,
        department="news",
        campaign="spring",
        not_before=not_before,
    )


async def knows_us(store: Store, shopper_id: ShopperId = ANN) -> None:
    """The shopper wrote once, and nothing is owed to them."""
    await store.door.accept(message(9000, shopper_id), wish=OptWish.START, too_old=True, now=after(-1))


async def proposed(store: Store, send: Send, *, at: float = 0) -> Send:
    """A Send that is in the outbox."""
    assert await store.outbox.propose(send, after(at)) is Proposed.ADDED
    return send


def judge_of(say: Callable[[Send, Spent], Verdict]) -> Judge:
    """A judge that looks at the Send and what the shopper got."""

    def judge(send: Send, consent: ConsentFacts, spent: Spent) -> Verdict:
        return say(send, spent)

    return judge


def waits_until(seconds: float, reason: str = "quiet_hours") -> Judge:
    """Answers may go; others wait until then, and from then on may go."""

    def say(send: Send, spent: Spent) -> Verdict:
        if send.purpose is Purpose.ANSWER:
            return Verdict(May.GO, "allowed", "")
        return Verdict(May.WAIT, reason, "It is night where they are.", after(seconds))

    return judge_of(say)


def capped(now: datetime, within: timedelta, most: int = 1) -> Judge:
    """At most so many messages in any stretch, of all departments together; answers count and are exempt."""

    def say(send: Send, spent: Spent) -> Verdict:
        got = sorted(one.at for one in spent.handed if one.at > now - within)
        if send.purpose is Purpose.ANSWER or len(got) < most:
            return Verdict(May.GO, "allowed", "")
        return Verdict(May.WAIT, "cap", "They got as many as the rule allows.", got[-most] + within)

    return judge_of(say)
