"""How a price sits in what the shopper means to spend: a gift "under £30" is rarely one of 85p."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from catalog.ranking.prices import Prices
from catalog.shelf.shelf import PRICE_UNIT, Shelf
from catalog.wanted import Wanted

PRICE_FIT, LEAN_FIT = 0.8, 2.0
"""Weight of a fitting price; more where the shopper spoke of it without a figure."""
AIM: Mapping[str | None, float] = {None: 0.6, "low": 0.35, "high": 0.9}
"""Share of the upper bound at which a price fits best."""
USUAL, LEAST_AIM = {"low": 0.4, "high": 0.95}, 6.0
"""Without a bound: the share of the catalogue that is cheaper than the price that fits best, or that price."""


def price_fit(shelf: Shelf, prices: Prices, at: NDArray[np.int64], wanted: Wanted) -> NDArray[np.float32]:
    """Score the prices of some products by their nearness, in ratio, to the one that fits best."""
    bounds = [bound for bound in (wanted.price_max, wanted.price_below) if bound is not None]
    if bounds:
        aim = AIM[wanted.price_lean] * float(min(bounds))
    else:
        usual = _usual(shelf, prices, wanted.price_lean) if wanted.price_lean and shelf.size else LEAST_AIM
        aim = max(usual, float(wanted.price_min or wanted.price_above or 0))
    ratio = np.maximum(prices[at], PRICE_UNIT // 100).astype(np.float32) / np.float32(max(aim, 0.01) * PRICE_UNIT)
    nearness = np.log(ratio)
    if bounds and wanted.price_lean != "low":
        nearness = np.minimum(nearness, 0)  # dearer than the aim is as good, the bound itself is kept elsewhere
    weight = np.float32(LEAN_FIT if wanted.price_lean else PRICE_FIT)
    return np.asarray(weight * np.exp(np.float32(-0.5) * np.square(nearness)), dtype=np.float32)


def _usual(shelf: Shelf, prices: Prices, lean: str) -> float:
    """Return the price a share of the catalogue is cheaper than; kept while these prices hold."""
    known = shelf.worked_out.get(("usual", lean))
    if known is None or known[0] is not prices:
        known = (prices, float(np.quantile(prices, USUAL[lean])) / PRICE_UNIT)
        shelf.worked_out["usual", lean] = known
    usual: float = known[1]
    return usual
