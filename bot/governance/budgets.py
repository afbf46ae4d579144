"""What a message uses up beyond its shopper: limits that many shoppers' messages share.

They are counted in sliding windows by the store, atomically before a claim, and given back where nothing was claimed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from bot.governance.case import Case
from bot.governance.facts import ConsentFacts, Spent
from bot.governance.rules import Bulk, Rules
from bot.governance.text_mark import words_mark
from bot.governance.verdict import May, Verdict
from bot.governance.wording import length
from bot.model import Purpose, Send

_DAY_S = 86_400


class Window(NamedTuple):
    """At most ``limit`` in any stretch of ``seconds``; ``name`` tells one count from another."""

    name: str
    limit: int
    seconds: int


def budgets(send: Send, rules: Rules) -> tuple[Window, ...]:
    """The windows this message must find room in; none of an answer. Names are of letters, digits, ``. _ - :``."""
    if send.purpose is Purpose.ANSWER:
        return ()
    slack = int(rules.leeway.between.total_seconds())
    found = []
    department = rules.department(send.department)
    if department is not None:
        seconds = int(department.within.total_seconds()) + slack
        found.append(Window(f"department:{send.department}", department.most, seconds))
    campaign = rules.campaign(send.campaign) if send.campaign else None
    if campaign is not None:
        whole = int((campaign.ends - campaign.starts).total_seconds()) + slack
        found.append(Window(f"campaign:{campaign.campaign}", campaign.most, whole))
        found.append(Window(f"campaign-day:{campaign.campaign}", campaign.most_a_day, _DAY_S + slack))
    for rule in rules.binding(Bulk, send.purpose):
        found.append(
            Window(f"text:{words_mark(send.text)}:{rule.id}", rule.most, int(rule.within.total_seconds()) + slack)
        )
    return tuple(found)


def over_budget(
    send: Send, window: Window, again: datetime, consent: ConsentFacts, rules: Rules, now: datetime
) -> Verdict:
    """What becomes of a message that found no room in one of its `budgets`; ``again``: when there is room again.

    The same words to too many people are refused for good: sent later they would be no less of a bulk message.
    """
    case = Case(send, consent, Spent(), rules, now)
    kind = window.name.split(":", 1)[0]
    limit = f"{window.limit} messages in {length(timedelta(seconds=window.seconds))}"
    if kind == "text":
        return Verdict(May.NEVER, "bulk", f"These words went to as many people as allowed: {limit}.")
    if kind == "department":
        reason, sentence = "department_budget", f"{send.department} has sent its {limit}."
    else:
        reason, sentence = "campaign_budget", f"The campaign {send.campaign} has sent its {limit}."
    if case.end is not None and again >= case.end.at:
        late = f"{sentence} Its next one comes too late: {case.end.why} is {case.told(case.end.at)}."
        return Verdict(May.NEVER, reason, late)
    return Verdict(May.WAIT, reason, f"{sentence} There is room again {case.told(again)}.", again)


def followed_by(first: Verdict, full: Verdict) -> Verdict:
    """What to tell of a message the governor lets go, now or later, that finds no room in a budget then."""
    if first.may is May.GO:
        return full
    if first.reason == "not_approved" and full.may is May.WAIT:
        return first  # nobody knows when an approver comes: there may be room by then
    reason = full.reason if full.may is May.NEVER or first.reason == "not_yet" else first.reason
    return Verdict(full.may, reason, f"{first.sentence} But: {full.sentence}", full.until)
