"""The governor's answer with the budgets that many shoppers share: for whoever asks, dry run or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.governance.budgets import Window, budgets, over_budget
from bot.governance.facts import ConsentFacts, Spent
from bot.governance.judging import may_send
from bot.governance.rules import Rules
from bot.governance.verdict import May, Verdict
from bot.model import Send
from bot.store.outbound.quotas import Quotas


class Room:
    """Judges the messages of one request at one moment.

    What it lets go uses up the budgets for those after it, as it would if all were sent: of sixty messages alike the
    last ten are refused here already. Nothing is spent; that is done in each claim.
    """

    def __init__(self, quotas: Quotas, rules: Rules, now: datetime) -> None:
        self._quotas = quotas
        self._rules = rules
        self._now = now
        self._counted: dict[str, dict[str, datetime]] = {}

    async def judge(self, send: Send, consent: ConsentFacts, spent: Spent) -> Verdict:
        """May it go now, beside what this request asked for before? By the rules and moment given at first."""
        verdict = may_send(send, consent, spent, self._rules, self._now)
        windows = budgets(send, self._rules) if verdict.may is May.GO else ()
        for window in windows:
            if window.name not in self._counted:
                counted = await self._quotas.counted(window, self._now)
                self._counted.setdefault(window.name, counted)
        token = self._quotas.named(send.id)
        # from here on nothing is waited for: two of one request cannot take one place
        full = [
            over_budget(send, window, again, consent, self._rules, self._now)
            for window in windows
            if (again := _again(window, token, self._counted[window.name])) is not None
        ]
        if full:
            return max(full, key=lambda one: (one.may is May.NEVER, one.until or self._now))
        for window in windows:
            self._counted[window.name][token] = self._now
        return verdict


def _again(window: Window, own: str, counted: Mapping[str, datetime]) -> datetime | None:
    """When there is room for it beside all others; None: now."""
    others = sorted(at for token, at in counted.items() if token != own)
    if len(others) < window.limit:
        return None
    return others[len(others) - window.limit] + timedelta(seconds=window.seconds)
