"""Money: what a message says about the price, and never a phone number, an age, a date or a quantity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from nlu.money.amounts import Amount, find_amounts
from nlu.money.bounds import end_of_budget, is_spent
from nlu.money.cues import clearness, not_money, stands_alone
from nlu.money.currencies import dollar_of_place
from nlu.money.scope import scope_of
from nlu.wish import Scope

SPOKEN_OF = 5
"""Clearness of an amount spoken of as a budget; beyond it the message adds one up itself ("so £60 altogether")."""
MOST_AMOUNTS = 24
"""Figures of one message that are looked at; keeps hostile texts cheap."""


_BELOW_NOTHING = re.compile(r"\s*-[£$€]?\d[\d.,]*[£$€]?\s*")
"""All of a message is a figure below nothing: a slip, and a budget only where a word says so."""


@dataclass(frozen=True, slots=True)
class BudgetFound:
    """A budget and where it stands. ``currency`` is an ISO 4217 code, None where none was named.

    ``also`` is the place of the other end where the message names the two ends apart. ``scope`` says whether it is
    meant for each recipient or for all together, None where that is not said.
    """

    low: Decimal | None
    high: Decimal | None
    currency: str | None
    start: int
    end: int
    also: tuple[int, int] | None = None
    scope: Scope | None = None


def find_budget(text: str, taken: tuple[tuple[int, int], ...] = (), country: str = "GB") -> BudgetFound | None:
    """Find the budget a message names: "£20 to £30", "about 25", "50ish", "a tenner", "no more than 40 quid".

    Args:
        text: a cleaned message.
        taken: spans that already are something else (ages), so no money.
        country: ISO 3166 code of the shop's country, whose dollar a plain dollar is.

    Returns:
        The budget most clearly meant as one (spoken of as a budget before merely named), or None. One figure is
        the upper end unless the words make it the lower.
    """
    amounts = list(islice(find_amounts(text), MOST_AMOUNTS))
    if not amounts or _BELOW_NOTHING.fullmatch(text):
        return None
    hidden = [*taken, *not_money(text)]
    free = [(one, number) for one, number in amounts if stands_alone(text, one.start, one.end, hidden)]
    scored = [(clearness(text, one, number), one) for one, number in free]
    found = [(score, _budget(text, one)) for score, one in scored if score]
    found += [(2, least) for score, one in scored if not score and (least := _least_beside(text, one, found))]
    kept = [(score, one) for score, one in found if (one.low or one.high) and not is_spent(text, one.start, one.end)]
    if not kept:
        return None
    kept = [(1 if _is_corrected(text, one, kept) else score, one) for score, one in kept]
    kept.sort(key=lambda entry: (-entry[0], entry[1].start))
    best, *others = (one for _, one in _each_first(kept))
    best = _with_other_end(best, others)
    scope = best.scope or next((one.scope for one in others if (one.low, one.high) == (best.low, best.high)), None)
    if best.currency is None:  # "a tenner each, so 60 all in": one message speaks of one money
        named = {one.currency for one, _ in free} - {None}
        best = replace(best, currency=named.pop() if len(named) == 1 else None)
    return replace(best, currency=dollar_of_place(best.currency, text, country), scope=scope)


def _each_first(kept: list[tuple[int, BudgetFound]]) -> list[tuple[int, BudgetFound]]:
    """What one gift may cost before what all of them may, where a message says both ("£100 for four, £25 each")."""
    score, best = kept[0]
    for entry in kept[1:]:
        other = entry[1]
        less = other.high is not None and best.high is not None and other.high < best.high
        if other.scope == "each" and best.scope != "each" and less and score <= SPOKEN_OF:
            return [entry, *(one for one in kept if one is not entry)]
    return kept


def _budget(text: str, amount: Amount) -> BudgetFound:
    """Which end an amount is, and for whom."""
    start, end = amount.start, amount.end
    scope = scope_of(text, start, end)
    if amount.low is not None or amount.fixed:
        return BudgetFound(amount.low, amount.high, amount.currency, start, end, scope=scope)
    if amount.more or end_of_budget(text, start, end) == "low":
        return BudgetFound(amount.high, None, amount.currency, start, end, scope=scope)
    return BudgetFound(None, amount.high, amount.currency, start, end, scope=scope)


_BESIDE = re.compile(
    r"[\s,;]*(?:(?:but|and|more|less|than|at|least|most|over|above|under|below|min|minimum|max|maximum|no|not|or|"
    r"tops|of|up|to|about|around)\b[\s,;]*){0,8}",
    re.IGNORECASE,
)


def _least_beside(text: str, amount: Amount, found: Sequence[tuple[int, BudgetFound]]) -> BudgetFound | None:
    """Read a bare figure as the least where the most stands beside it ("at least 10, at most 20")."""
    start, end = amount.start, amount.end
    if amount.low is not None or end_of_budget(text, start, end) != "low":
        return None
    for _, most in found:
        between = text[end : most.start] if end <= most.start else text[most.end : start]
        if most.low is None and most.high is not None and amount.high < most.high and _BESIDE.fullmatch(between):
            return BudgetFound(amount.high, None, amount.currency, start, end)
    return None


_CORRECTION = re.compile(
    r"[\s,.;:!?-]*(?:(?:max|tops|each|or so|hmm+|um+|oh|oops)[\s,.;:!?-]*)*"
    r"(?:(?:oh )?go on(?: then)?|"
    r"no(?!\s+(?:more|less|higher|lower|over|under|dearer))|nope|wait|actually|sorry|i mean|i meant|"
    r"make (?:it|that)|scratch that|or rather|correction|instead|on second thoughts?|let'?s say|well|"
    r"but (?:really|actually|now))\b[\s,.;:!?-]*"
    r"(?:(?:no|wait|actually|make (?:it|that)|it'?s|is|let'?s|say|more|like|about|around|go|with|to|up|it|now|i|we|"
    r"have|mean|meant|sorry|do|can|got)[\s,.;:!?-]*)*",
    re.IGNORECASE,
)


def _is_corrected(text: str, found: BudgetFound, others: Sequence[tuple[int, BudgetFound]]) -> bool:
    """Whether the shopper takes this amount back for the next one ("£30, no wait, £40")."""
    after = [other for _, other in others if other.start >= found.end]
    return any(_CORRECTION.fullmatch(text, found.end, other.start) for other in after)


def _with_other_end(best: BudgetFound, others: Sequence[BudgetFound]) -> BudgetFound:
    """Fold in the other end of the budget where the message names it apart ("at least £10, at most £20")."""
    for other in others:
        if best.currency != other.currency and None not in (best.currency, other.currency):
            continue
        currency = best.currency or other.currency
        for low_end, high_end in ((best, other), (other, best)):
            low, high = low_end.low, high_end.high
            whole = low_end.high is None and high_end.low is None
            if whole and low is not None and high is not None and low < high:
                scope = best.scope or other.scope
                return BudgetFound(low, high, currency, best.start, best.end, (other.start, other.end), scope)
    return best
