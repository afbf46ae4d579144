"""What holds a message back for a while, in the order it is told.

Each check answers for a moment: None, or the first later moment at which it lets the message go. The facts stay as
they are, so each but the quiet hours holds only once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from bot.governance.case import Case
from bot.governance.quiet_hours import quiet_until
from bot.governance.rules import Approval, Cap, Gap, NotIntoTalk, QuietHours
from bot.governance.wording import length
from bot.model import Purpose


class Hold(NamedTuple):
    """Held back until then; ``until`` is None where only the message's own end or an approver ends it."""

    until: datetime | None
    reason: str
    sentence: str


def hold(case: Case, at: datetime) -> Hold | None:
    """What holds it back at this moment; None where nothing does."""
    if case.send.purpose is Purpose.ANSWER:
        return None
    return next((found for check in _OTHERS if (found := check(case, at)) is not None), None)


def _not_approved(case: Case, _: datetime) -> Hold | None:
    bound = case.rules.binding(Approval, case.send.purpose)
    if not bound or case.send.approved_by:
        return None
    sentence = f"{case.send.purpose.value.capitalize()} messages need an approver (rule {bound[0].id})."
    return Hold(None, "not_approved", sentence)


def _campaign_not_begun(case: Case, at: datetime) -> Hold | None:
    campaign = case.rules.campaign(case.send.campaign) if case.send.campaign else None
    if campaign is None or at >= campaign.starts:
        return None
    sentence = f"The campaign {campaign.campaign} begins {case.told(campaign.starts)} (rule {campaign.id})."
    return Hold(campaign.starts, "campaign_not_begun", sentence)


def _in_a_talk(case: Case, at: datetime) -> Hold | None:
    wrote = case.consent.last_wrote_at
    for rule in case.rules.binding(NotIntoTalk, case.send.purpose):
        until = wrote + rule.silent_for + case.rules.leeway.between if wrote else None
        if until is not None and wrote is not None and at < until:
            sentence = f"They wrote {case.told(wrote)}; it waits until they are silent for {length(rule.silent_for)}"
            return Hold(until, "in_a_talk", f"{sentence} (rule {rule.id}).")
    return None


def _gap(case: Case, at: datetime) -> Hold | None:
    for rule in case.rules.binding(Gap, case.send.purpose):
        last = max((each.at for each in case.others if each.purpose in rule.counts), default=None)
        until = last + rule.at_least + case.rules.leeway.between if last else None
        if until is not None and last is not None and at < until:
            sentence = f"They got a message {case.told(last)}; the next comes {length(rule.at_least)} later"
            return Hold(until, "gap", f"{sentence} (rule {rule.id}).")
    return None


def _cap(case: Case, at: datetime) -> Hold | None:
    for rule in case.rules.binding(Cap, case.send.purpose):
        reach = rule.within + case.rules.leeway.between
        counted = sorted(each.at for each in case.others if each.purpose in rule.counts and at - each.at < reach)
        if len(counted) >= rule.most:
            sentence = (
                f"They got {len(counted)} messages in {length(rule.within)}; {rule.most} may be (rule {rule.id})."
            )
            return Hold(counted[len(counted) - rule.most] + reach, "cap", sentence)
    return None


def _quiet_hours(case: Case, at: datetime) -> Hold | None:
    leeway = case.rules.leeway
    for rule in case.rules.binding(QuietHours, case.send.purpose):
        until = quiet_until(
            at, rule.starts, rule.ends, case.zone, sooner=leeway.clocks + leeway.calls, longer=leeway.clocks
        )
        if until is not None:
            quiet = f"It is quiet from {rule.starts:%H:%M} to {rule.ends:%H:%M} in {case.zone.key} (rule {rule.id})."
            return Hold(until, "quiet_hours", quiet)
    return None


_OTHERS: tuple[Callable[[Case, datetime], Hold | None], ...] = (
    _not_approved,
    _campaign_not_begun,
    _in_a_talk,
    _gap,
    _cap,
    _quiet_hours,
)
