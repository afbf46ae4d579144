"""What shoppers did since the fit, laid over a shelf: felt in the next turn, forgotten in the next turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from catalog.interactions.following import Mark
from catalog.interactions.ledger import Ledger
from catalog.model.felt import felt
from catalog.model.fitted import Fitted
from catalog.product import ProductId
from catalog.storage import Storage

LEDGER = "interactions"
"""The ledger's folder within the catalogue's."""


@dataclass(frozen=True)
class News:
    """How far a shelf has followed the interactions ledger."""

    ledger: Ledger
    mark: Mark

    @classmethod
    def since_fit(cls, storage: Storage, fitted: Fitted) -> News:
        """Follow from what the model was fitted on."""
        return cls(Ledger.open(storage.below(LEDGER)), Mark(fitted.number))

    def taken_up(self, fitted: Fitted, positions: Mapping[ProductId, int]) -> tuple[Fitted, News]:
        """Return what is known with the news, and how far that is; the same two objects where nothing came."""
        live = self.ledger.live_since(self.mark)
        if not live:
            return fitted, self if live.mark == self.mark else replace(self, mark=live.mark)
        return felt(fitted, live, cast(Mapping[str, int], positions), self.ledger.known_by), replace(
            self, mark=live.mark
        )
