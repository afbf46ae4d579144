"""Who a person at the chat page can write as: shoppers with a purchase history, and newcomers."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.model import ShopperId

_FIRST_ID = 10**17
"""Newcomers get 18 digits, as X's ids of today have and the sample's shoppers have not."""


@dataclass(frozen=True, slots=True)
class DemoShopper:
    """One entry of the shopper list."""

    id: ShopperId
    name: str
    about: str


NEWCOMER = DemoShopper(ShopperId("999999999999999999"), "Newcomer", "")
"""Where the sample names no shoppers: one person to write as, the same at every start."""


def another_newcomer(number: int, below: Callable[[int], int] = secrets.randbelow) -> DemoShopper:
    """Somebody else the shop has never met; ``below`` gives a random number below its argument."""
    shopper_id = ShopperId(str(_FIRST_ID + below(8 * _FIRST_ID)))
    return DemoShopper(shopper_id, f"Newcomer {number}" if number > 1 else "Newcomer", "")


def demo_shoppers(root: Path) -> list[DemoShopper]:
    """List the people the sample's maker chose: two with a purchase history, and a newcomer."""
    path = root / "data" / "samples" / "online-retail" / "demo_shoppers.json"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [NEWCOMER]
    return [DemoShopper(ShopperId(str(row["shopper_id"])), row["name"], row["about"]) for row in rows]
