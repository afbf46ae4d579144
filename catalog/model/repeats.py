"""Whether a shopper buys again what they bought before: how often, how lately, and how much else they have."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Ints

Floats = NDArray[np.float32]

BOUGHT, OFTEN, LONG_AGO, OF_MANY = 3.5, 3.6, -0.58, -2.0
"""What having bought it is worth; per unit of the logarithm of 1 + days bought on; per unit of that of 1 + days since,
from LONG on; and per unit of that of 1 + products bought, from MANY on: who has much buys less of it again."""
PAST_SHARE = 0.38
"""Of the logarithm of the item model's score: what the rest of the past says for a product already bought."""
MONTH = 0.5
"""Of the buyers of a month: what others buy is bought again, too."""
RISING = 0.94
"""Of the rise of a product's buyers, bought before or not: the next basket is nearer than the next purchases are."""
AROUND, LEAST_AROUND = 0.31, 0.002
"""Of the logarithm of what the nearest shoppers' baskets hold, and what is added before it is taken."""
LONG, MANY, LONGEST = 4.0, 3.5, 6.0


def again(days: Ints, times: Ints, today: int) -> Floats:
    """Score each product of a past for being bought again, in the unit of the other parts.

    ``days`` are those of the newest purchases, ``times`` on how many days each was bought (once, where empty).
    """
    many = min(float(np.log1p(len(days))), LONGEST) - MANY
    often = np.log1p((times if len(times) else np.ones(len(days))).astype(np.float32))
    since = np.log1p(np.maximum(today - days, 0).astype(np.float32)) - LONG
    return np.asarray(BOUGHT + OFTEN * often + LONG_AGO * since + OF_MANY * many, dtype=np.float32)
