"""The talk as the catalogue understands it. Pure."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from actions.talk import TalkSoFar
from catalog.wanted import Wanted
from nlu.brief import Brief


def wanted(talk: TalkSoFar) -> Wanted:
    """What to look for. "Cheaper" lets go of the least the shopper meant to spend; "dearer" never of the most."""
    brief, refined = talk.brief, talk.refined
    price_min, price_max = brief.budget_min, brief.budget_max
    if (share := share_of(brief)) is not None:
        price_min, price_max = None if price_min is None else _split(price_min, share[1]), share[0]
    if refined.below is not None:
        price_min = None
    if refined.below is not None and price_max is not None and price_max >= refined.below:
        price_max = None
    return Wanted(
        price_min=price_min,
        price_max=price_max,
        price_below=refined.below,
        price_above=refined.above,
        shown_currency=refined.currency,
        currency=brief.currency,
        likes=brief.interests,
        recipient=brief.recipient,
        gender=brief.recipient_gender,
        age=brief.recipient_age,
        occasion=brief.occasion,
        not_wanted=brief.exclusions,
        not_again=talk.seen,
        needed_by=brief.deadline,
        deliver_to=brief.deliver_to,
        like_product=refined.like,
        price_lean=None if brief.budget_vague == "mid" else brief.budget_vague,
    )


def share_of(brief: Brief) -> tuple[Decimal, int] | None:
    """The most for each gift, and for how many, where a sum was named for several together; else None."""
    among = sum(one.count or 1 for one in brief.people) or brief.recipient_count or 1
    if brief.budget_scope != "total" or brief.budget_max is None or among < 2:
        return None
    return _split(brief.budget_max, among), among


def _split(total: Decimal, among: int) -> Decimal:
    return (total / among).quantize(Decimal("0.01"), rounding=ROUND_FLOOR)
