"""The governor as the store asks it: bound to the rules in force and a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.governance.budgets import Window, budgets, over_budget
from bot.governance.facts import ConsentFacts, Spent
from bot.governance.judging import may_send
from bot.governance.rules import Rules
from bot.governance.verdict import May, Verdict
from bot.model import Send
from bot.store.outbound.outbox import Judge
from bot.store.outbound.quotas import Full

_MOST_KNOWN = 1000


class Governing:
    """Judges Sends by the rules in force, and remembers which budgets are used up.

    A budget that many shoppers share is spent after the claim and before the call, as only then is it known whose
    message goes. Where it has no room the Send is given back, and the next time it is judged the answer is here.
    """

    def __init__(self, rules: Callable[[], Rules]) -> None:
        self._rules = rules
        self._full: dict[str, datetime] = {}

    def judge_at(self, now: datetime) -> Judge:
        """The judge of a moment. The rules are looked up now, so that one claim is judged by one set of them."""
        rules = self._rules()

        def judge(send: Send, consent: ConsentFacts, spent: Spent) -> Verdict:
            verdict = may_send(send, consent, spent, rules, now)
            if verdict.may is not May.GO:
                return verdict
            for window in budgets(send, rules):
                again = self._full.get(window.name)
                if again is not None and again > now:
                    return over_budget(send, window, again, consent, rules, now)
            return verdict

        return judge

    def budgets(self, send: Send) -> tuple[Window, ...]:
        """The windows a Send must find room in before it goes."""
        return budgets(send, self._rules())

    def used_up(self, full: Full) -> None:
        """A budget had no room."""
        while len(self._full) >= _MOST_KNOWN:
            self._full.pop(next(iter(self._full)))
        self._full[full.window] = full.again
