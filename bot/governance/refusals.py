"""What refuses a message for good, in the order it is looked at."""

from __future__ import annotations

from collections.abc import Callable

from bot.governance.case import Case
from bot.governance.rules import Consent, OpenedByShopper, SameText
from bot.governance.text_mark import text_mark, words_mark
from bot.governance.wording import length
from bot.model import GIFTBOT, Purpose

Refusal = tuple[str, str]
"""Reason and sentence."""


def refusal(case: Case) -> Refusal | None:
    """The first thing that refuses it; None where nothing does."""
    return next((found for check in _CHECKS if (found := check(case)) is not None), None)


def _never_wrote(case: Case) -> Refusal | None:
    if case.consent.opened or case.consent.closed:
        return None
    return "never_wrote", "They never wrote to us, and X forbids writing first."


def _opted_out(case: Case) -> Refusal | None:
    if case.consent.closed:
        return "opted_out", "They told us to stop; nobody may write until they write START."
    if case.consent.overruled:
        return "opted_out", "It answers something from before they told us to stop."
    return None


def _recipient_closed(case: Case) -> Refusal | None:
    since, wrote = case.consent.unreachable_since, case.consent.last_wrote_at
    if since is None or (wrote is not None and wrote > since):
        return None
    return "recipient_closed", f"X said {case.told(since)} that they take no messages from us; until they write again."


def _not_an_answer(case: Case) -> Refusal | None:
    if case.send.purpose is not Purpose.ANSWER or case.send.department == GIFTBOT:
        return None
    return "not_an_answer", f"Only giftbot itself answers; {case.send.department} may send service messages."


def _ended(case: Case) -> Refusal | None:
    if case.end is None or case.due < case.end.at:
        return None
    if case.now < case.end.at:
        wanted = f"It is not wanted before {case.told(case.due)}."
        return case.end.reason, f"{wanted} That is too late: {case.end.why} is {case.told(case.end.at)}."
    return case.end.reason, f"Its time is over: {case.end.why} was {case.told(case.end.at)}."


def _newer_answer(case: Case) -> Refusal | None:
    rule = case.rules.newest_answer
    if rule is None or case.send.purpose is not Purpose.ANSWER or not case.spent.newer_answer_waits:
        return None
    if case.due - case.send.created_at <= rule.after:
        return None
    return "newer_answer", f"It is older than {length(rule.after)}, and a newer answer to them waits too."


def _department(case: Case) -> Refusal | None:
    name, purpose = case.send.department, case.send.purpose
    if purpose is Purpose.ANSWER:
        return None
    rule = case.rules.department(name)
    if rule is None:
        return "department_unknown", f"No rule lets {name} send."
    if purpose not in rule.purposes:
        return "department_purpose", f"{name} may not send {purpose.value} messages (rule {rule.id})."
    return None


def _campaign(case: Case) -> Refusal | None:
    send = case.send
    if not send.campaign:
        missing = send.purpose is Purpose.MARKETING
        return ("campaign_missing", "Marketing must name a campaign of the rules.") if missing else None
    campaign = case.rules.campaign(send.campaign)
    if campaign is None:
        return "campaign_unknown", f"The rules know no campaign {send.campaign}."
    if send.department not in campaign.departments:
        return "campaign_department", f"The campaign {send.campaign} is not {send.department}'s."
    return None


def _consent(case: Case) -> Refusal | None:
    purpose = case.send.purpose
    said = case.consent.granted.get(purpose)
    if purpose is Purpose.ANSWER or said is True:
        return None
    if said is False:
        return "no_consent", f"They took back their yes to {purpose.value} messages."
    if case.rules.binding(Consent, purpose):
        return "no_consent", f"They were never asked for {purpose.value} messages, or did not say yes."
    return None


def _wrote_unknown(case: Case) -> Refusal | None:
    if case.consent.last_wrote_at is not None or not case.rules.binding(OpenedByShopper, case.send.purpose):
        return None
    return "not_recently_wrote", "It is not known when they last wrote."


def _same_text(case: Case) -> Refusal | None:
    bound = case.rules.binding(SameText, case.send.purpose)
    if not bound or not case.others:
        return None
    text, words = text_mark(case.send.text), words_mark(case.send.text)
    for rule in bound:
        reach = rule.within + case.rules.leeway.between
        for each in case.others:
            if (each.words == words if each.words else each.mark == text) and case.due - each.at < reach:
                return (
                    "same_text",
                    f"They got these words {case.told(each.at)} from {each.department} (rule {rule.id}).",
                )
    return None


_CHECKS: tuple[Callable[[Case], Refusal | None], ...] = (
    _never_wrote,
    _opted_out,
    _recipient_closed,
    _not_an_answer,
    _ended,
    _newer_answer,
    _department,
    _campaign,
    _consent,
    _wrote_unknown,
    _same_text,
)
