"""What every product costs at a moment: sales begin and end by themselves, without a new import."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from catalog.shelf.columns import Columns

Prices = NDArray[np.int64]


class SalePrices:
    """The prices asked now, worked out anew only when a sale began or ended since; safe between threads."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        on_sale = np.flatnonzero(columns.sale_price > 0)
        self._edges = np.unique(np.concatenate([columns.sale_from[on_sale], columns.sale_until[on_sale]]))
        self._known: tuple[int, Prices] | None = None
        self._any = bool(len(on_sale))

    def at(self, now: datetime) -> Prices:
        """Return the price of every product at ``now``, in PRICE_UNIT; not to be written to."""
        if not self._any:
            return self._columns.prices
        seconds = int(now.timestamp())
        stretch = int(np.searchsorted(self._edges, seconds, side="right"))
        if self._known is None or self._known[0] != stretch:
            columns = self._columns
            on = (columns.sale_price > 0) & (columns.sale_from <= seconds) & (seconds < columns.sale_until)
            prices = np.where(on, columns.sale_price, columns.prices)
            prices.flags.writeable = False
            self._known = (stretch, prices)
        return self._known[1]
