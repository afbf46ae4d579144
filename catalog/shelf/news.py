"""What shoppers did since the fit, laid over a shelf: felt in the next turn, forgotten in the next turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from catalog.interactions.following import Mark
from catalog.interactions.ledger import LEDGER, Ledger
from catalog.model.felt import felt
from catalog.model.fitted import Fitted
from catalog.product import ProductId
from catalog.storage import Storage

FELT = ("bought",)
"""Kinds of rows a shelf follows: what is shown and looked at by thousands must not crowd out what is bought."""
MOST_FELT = 10_000
"""Rows since the fit that are laid over it: each is kept in memory; more wait for the next fit, which is long due."""


@dataclass(frozen=True)
class News:
    """How far a shelf has followed the interactions ledger."""

    ledger: Ledger
    mark: Mark
    felt: int = 0
    """Rows since the fit that were taken up."""
    left_out: int = 0
    """Rows since the fit that wait for the next one: more than a few came, or came at once (an import)."""
    trouble: str = ""
    """Why the ledger cannot be followed now; what was known before stays in force, and the mark stays."""

    @classmethod
    def since_fit(cls, storage: Storage, fitted: Fitted) -> News:
        """Follow from what the model was fitted on."""
        return cls(Ledger.open(storage.below(LEDGER)), Mark(fitted.number))

    def taken_up(self, fitted: Fitted, positions: Mapping[ProductId, int]) -> tuple[Fitted, News]:
        """Return what is known with the news, and how far that is; the same two objects where nothing came.

        A ledger that cannot be read keeps nobody from being served: :attr:`trouble` says what is wrong with it.
        """
        try:
            live = self.ledger.live_since(self.mark, FELT)
            if not live:
                same = live.mark == self.mark and not self.trouble
                return fitted, self if same else replace(self, mark=live.mark, trouble="")
            taken = len(live.rows)
            if self.felt + taken > MOST_FELT:
                live, taken = replace(live, rows=(), left_out=taken), 0
            told = partial(self.ledger.purchases_of, until=live.mark.number)
            fitted = felt(fitted, live, cast(Mapping[str, int], positions), self.ledger.known_by, told)
        except (OSError, ValueError, LookupError, TypeError, RuntimeError) as error:  # also Moved, also a bad line
            trouble = f"what shoppers do is not felt now: {type(error).__name__}: {error}"
            return fitted, self if trouble == self.trouble else replace(self, trouble=trouble)
        counted = {"felt": self.felt + taken, "left_out": self.left_out + live.left_out}
        return fitted, replace(self, mark=live.mark, trouble="", **counted)  # type: ignore[arg-type]
