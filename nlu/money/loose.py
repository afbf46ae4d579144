"""A bare figure right behind a like: money, where nothing else in the message is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from nlu.money.budget import BudgetFound

OLDEST_CHILD = 18
"""Figures up to this one may as well be a child's age."""

_LOOSE = re.compile(
    r"[\s,:;-]{1,4}(?P<a>\d{1,4})(?:\s?(?:-+|to)\s?(?P<b>\d{1,4}))?"
    r"(?=\s*(?:$|[.!?\n]|please\b|pls\b|thanks\b|max\b|or so\b))",
    re.IGNORECASE,
)


def find_loose_budget(
    text: str, things: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> BudgetFound | None:
    """Find a bare figure right behind a thing that is liked ("mum, gardening, 20-30"), where nothing else is money.

    Figures an age is likely for (up to `OLDEST_CHILD`) and single digits are left alone.
    """
    for _, end in things:
        match = _LOOSE.match(text, end)
        if match is None or any(start < match.end() and match.start("a") < stop for start, stop in taken):
            continue
        low, high = match.group("a"), match.group("b")
        top = Decimal(high or low)
        if len(low) > 1 and top > OLDEST_CHILD and (high is None or Decimal(low) < top):
            return BudgetFound(Decimal(low) if high else None, top, None, match.start("a"), match.end())
    return None
