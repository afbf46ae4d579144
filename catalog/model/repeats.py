"""Whether a shopper buys again what they bought before: how often, how lately, and how much else they have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Ints

Floats = NDArray[np.float32]

BOUGHT, OFTEN, LATELY, OF_MANY = 4.0, 2.1, 0.4, -1.2
"""What having bought it is worth; per unit of the logarithm of 1 + days bought on; on the newest day; and per unit of
the logarithm of 1 + products bought, from MANY on: who has much buys less of it again."""
LESS_EACH_DAY = 0.7
"""Lately is so much less with each shopping day since."""
MANY, LONGEST = 3.5, 6.0


@dataclass(frozen=True)
class Rhythm:
    """For each product of a past."""

    times: Ints
    """On how many days it was bought."""
    since: Ints
    """On how many days something else was bought (for its newest time) since."""

    @classmethod
    def of(cls, days: Ints, times: Ints) -> Rhythm:
        """Read it off the newest day of each product; once each where ``times`` is empty."""
        newest_first = -np.unique(-days)
        since = np.searchsorted(-newest_first, -days).astype(np.int32)
        return cls(times if len(times) else np.ones(len(days), dtype=np.int32), since)


def again(rhythm: Rhythm) -> Floats:
    """Score each product of a past for being bought again, in the unit of the other parts."""
    length = min(float(np.log1p(len(rhythm.times))), LONGEST) - MANY
    often, lately = np.log1p(rhythm.times.astype(np.float32)), np.power(LESS_EACH_DAY, rhythm.since)
    return np.asarray(BOUGHT + OFTEN * often + LATELY * lately + OF_MANY * length, dtype=np.float32)
