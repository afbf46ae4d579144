"""May this message go, now, later or never? The one decision about every outgoing message of every department.

Pure: the same facts give the same answer. What no brand may change is in ``refusals``; the rest comes from the rules.
"""

from __future__ import annotations

from datetime import datetime

from bot.governance.case import Case
from bot.governance.facts import ConsentFacts, Spent
from bot.governance.holds import hold
from bot.governance.refusals import refusal
from bot.governance.rules import Rules
from bot.governance.verdict import May, Verdict
from bot.model import Purpose, Send


def may_send(send: Send, consent: ConsentFacts, spent: Spent, rules: Rules, now: datetime) -> Verdict:
    """Judge one message at the moment ``now``.

    GO holds for now and these facts alone: whoever sends makes sure that they still hold when it is claimed.
    WAIT names the first moment at which the same facts allow it (of one not approved: its end, as an approver may
    come before). NEVER is also said where that moment comes after the message's own end; the reason is then what it
    would have waited for. One that is wanted later is judged for that moment: what will stand against it is told now,
    and ``not_yet`` is the reason only where nothing else does.
    """
    case = Case(send, consent, spent, rules, now)
    refused = refusal(case)
    if refused is not None:
        return Verdict(May.NEVER, *refused)
    return _held(case)


def _held(case: Case) -> Verdict:
    """How long what is allowed in itself has to wait; one hold may follow on another."""
    end, at, first, told = case.end, case.due, "", list[str]()
    if case.due > case.now:
        told.append(f"It is not wanted before {case.told(case.due)}.")
    while end is None or at < end.at:
        held = hold(case, at)
        if held is None:
            break
        first = first or held.reason
        told.append(held.sentence)
        if held.until is None:
            sentence = " Then: ".join(told)
            if end is None:  # no rule lets it end, so nobody would ever look at it again
                return Verdict(May.NEVER, held.reason, sentence)
            return Verdict(May.WAIT, held.reason, f"{sentence} It waits until {case.told(end.at)}.", end.at)
        at = held.until
    if not told:
        answers = case.send.purpose is Purpose.ANSWER
        return Verdict(May.GO, "allowed", "It answers what they wrote." if answers else "Nothing speaks against it.")
    sentence, first = " Then: ".join(told), first or "not_yet"
    if end is not None and at >= end.at:
        late = f"{sentence} That is too late: {end.why} is {case.told(end.at)}."
        return Verdict(May.NEVER, first, late)
    return Verdict(May.WAIT, first, f"{sentence} It may go {case.told(at)}.", at)
