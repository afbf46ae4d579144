"""The governor's answer with the budgets that many shoppers share: for whoever asks, dry run or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.governance.budgets import Window, budgets, followed_by, over_budget
from bot.governance.facts import ConsentFacts, Spent
from bot.governance.judging import may_send
from bot.governance.rules import Rules
from bot.governance.verdict import May, Verdict
from bot.model import Send, SendState
from bot.store.outbound.proposals import Proposals
from bot.store.outbound.quotas import Quotas


class Room:
    """Judges messages at one moment: those of one request, or those that wait.

    What it lets go uses up the budgets for those after it, as it would if all were sent: of sixty messages alike the
    last ten are refused here already. Nothing is spent; that is done in each claim.
    """

    def __init__(self, quotas: Quotas, rules: Rules, now: datetime) -> None:
        self._quotas = quotas
        self._rules = rules
        self._now = now
        self._counted: dict[str, dict[str, datetime]] = {}

    async def judge(self, send: Send, consent: ConsentFacts, spent: Spent, *, alone: bool = False) -> Verdict:
        """May it go, by the rules and the moment given at first? The budgets are those of the moment it may go.

        Args:
            send: the message.
            consent: what the shopper allows.
            spent: what they got.
            alone: it takes no room from those judged after it, as if it alone were to go.
        """
        verdict = may_send(send, consent, spent, self._rules, self._now)
        windows = budgets(send, self._rules) if verdict.may is not May.NEVER else ()
        for window in windows:
            if window.name not in self._counted:
                counted = await self._quotas.counted(window, self._now)
                self._counted.setdefault(window.name, counted)
        token, at = self._quotas.named(send.id), _goes_at(send, verdict, self._now)
        # from here on nothing is waited for: two of one request cannot take one place
        full = [
            over_budget(send, window, again, consent, self._rules, self._now)
            for window in windows
            if (again := _again(window, token, self._counted[window.name], at)) is not None
        ]
        if full:
            return followed_by(verdict, max(full, key=lambda one: (one.may is May.NEVER, one.until or self._now)))
        if not alone:
            for window in windows:
                self._counted[window.name][token] = at
        return verdict


async def judged_as_kept(outbox: Proposals, room: Room, sends: Sequence[Send]) -> list[Verdict | None]:
    """What the governor says of Sends of the outbox at the room's moment, each as if it alone waited.

    None of one that does not wait. So a message whose shopper has said STOP meanwhile is told as one that never goes,
    though it is only ended once its turn comes.
    """
    waiting = [send for send in sends if send.state is SendState.PENDING]
    facts = await outbox.facts_of([(send.shopper_id, send.id) for send in waiting])
    said = [
        await room.judge(send, consent, spent, alone=True)
        for send, (consent, spent) in zip(waiting, facts, strict=True)
    ]
    told = iter(said)
    return [next(told) if send.state is SendState.PENDING else None for send in sends]


def _goes_at(send: Send, verdict: Verdict, now: datetime) -> datetime:
    """The earliest moment it may go. One not approved waits for its end on paper; an approver may come at any time."""
    if verdict.until is not None and verdict.reason != "not_approved":
        return verdict.until
    return max(now, send.not_before or now)


def _again(window: Window, own: str, counted: Mapping[str, datetime], at: datetime) -> datetime | None:
    """When there is room for it beside all others; None: at the moment it would go."""
    length = timedelta(seconds=window.seconds)
    others = sorted(when for token, when in counted.items() if token != own and at - length < when < at + length)
    if len(others) < window.limit:
        return None
    return others[len(others) - window.limit] + length
