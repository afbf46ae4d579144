"""What a turn tells of a shopper and products, proposed for the interactions ledger. Pure.

Only what was done with what was shown: no words, nothing of the Recipient. The worker keeps it where the shop may.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.talk import Shown
from catalog.suggest import Suggestion


def of_list(suggestions: Sequence[Suggestion]) -> list[dict[str, Any]]:
    """What was shown, in what place, and with what chance: learning from clicks is honest only with that."""
    return [
        {"kind": "shown", "product_id": one.product.id, "rank": one.rank, "propensity": one.propensity}
        for one in suggestions
    ]


def liked(chosen: Shown) -> dict[str, Any]:
    """Taken, or asked for more of its like."""
    return {"kind": "liked", "product_id": chosen.id, "group_id": chosen.answer}


def dismissed(refused: Shown) -> dict[str, Any]:
    """Turned down by its place in the list."""
    return {"kind": "dismissed", "product_id": refused.id, "group_id": refused.answer}
