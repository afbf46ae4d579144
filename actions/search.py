"""The talk as the catalogue understands it. Pure."""

from __future__ import annotations

from actions.talk import TalkSoFar
from catalog.wanted import Wanted


def wanted(talk: TalkSoFar) -> Wanted:
    """What to look for. "Cheaper" lets go of the least the shopper meant to spend; "dearer" never of the most."""
    brief, refined = talk.brief, talk.refined
    price_min, price_max = brief.budget_min, brief.budget_max
    if refined.below is not None:
        price_min = None
    if refined.below is not None and price_max is not None and price_max >= refined.below:
        price_max = None
    return Wanted(
        price_min=price_min,
        price_max=price_max,
        price_below=refined.below,
        price_above=refined.above,
        currency=brief.currency,
        likes=brief.interests,
        recipient=brief.recipient,
        gender=brief.recipient_gender,
        age=brief.recipient_age,
        occasion=brief.occasion,
        not_wanted=brief.exclusions,
        not_again=talk.seen,
        like_product=refined.like,
    )
