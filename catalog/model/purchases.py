"""Every purchase of every shopper, found by shopper: what is taken out of the sums when one is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from catalog.interactions.records import Histories, Interactions, Ints


@dataclass(frozen=True)
class Purchases:
    """Parallel arrays sorted by shopper; shoppers are in the order of ``Histories.names``."""

    starts: Ints
    """Where each shopper's entries begin, and the end."""
    product: Ints
    day: Ints
    changed: Mapping[str, tuple[Ints, Ints]] = field(default_factory=dict)
    """Products and days of those who bought, or were forgotten, since."""

    @classmethod
    def of(cls, interactions: Interactions) -> Purchases:
        """Keep the arrays of interactions, which are sorted by shopper."""
        starts = np.searchsorted(interactions.shopper, np.arange(len(interactions.shoppers) + 1))
        return cls(starts.astype(np.int32), interactions.product, interactions.day)

    def of_shopper(self, histories: Histories, shopper_id: str) -> tuple[Ints, Ints]:
        """Return products and days, one entry per purchase; empty for a newcomer."""
        known = self.changed.get(shopper_id)
        if known is not None:
            return known
        name = np.bytes_(shopper_id.encode())
        at = int(np.searchsorted(histories.names, name))
        if at == len(histories.names) or histories.names[at] != name:
            nothing = np.empty(0, dtype=np.int32)
            return nothing, nothing
        here = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return np.asarray(self.product[here]), np.asarray(self.day[here])

    def with_shopper(self, shopper_id: str, bought: tuple[Ints, Ints], *, fitted: bool) -> Purchases:
        """Return these with one shopper's replaced; the arrays are shared.

        ``fitted`` says whether the arrays hold the shopper; of one who is in none nothing is left once they have none.
        """
        changed = {**self.changed, shopper_id: bought}
        if not fitted and not len(bought[0]):
            del changed[shopper_id]
        return replace(self, changed=changed)
