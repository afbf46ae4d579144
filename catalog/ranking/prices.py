"""The bounds on the price as masks, in the shelf's exact whole numbers. No currency is ever converted."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np
from numpy.typing import NDArray

from catalog.shelf.shelf import PRICE_UNIT, Shelf
from catalog.wanted import Wanted
from catalog.words.text_index import Mask

Prices = NDArray[np.int64]


def in_budget(shelf: Shelf, prices: Prices, wanted: Wanted) -> Mask:
    """Find products within every bound on the price, each in the currency of that bound and in no other."""
    fits = np.ones(shelf.size, dtype=np.bool_)
    if wanted.price_min is not None:
        fits &= ~below(prices, wanted.price_min)
    if wanted.price_max is not None:
        fits &= ~above(prices, wanted.price_max)
    if wanted.price_below is not None:
        fits &= prices < number(wanted.price_below, ROUND_CEILING)
    if wanted.price_above is not None:
        fits &= prices > number(wanted.price_above, ROUND_FLOOR)
    for currency in currencies_of(shelf, wanted):
        fits &= shelf.sold_in(currency)
    return fits


def currencies_of(shelf: Shelf, wanted: Wanted) -> set[str]:
    """Return the currencies of the bounds on the price: of the sum said, and of the offers "cheaper" was read off."""
    said = [wanted.currency] if wanted.said_budget else []
    shown = [wanted.shown_currency] if wanted.below_or_above else []
    return {currency.upper() if currency else shelf.main_currency for currency in (*said, *shown)}


def told_in(shelf: Shelf, wanted: Wanted) -> str:
    """Return the one currency in which prices beside no product are told: the bounds', where the shop sells in it."""
    return next((one for one in sorted(currencies_of(shelf, wanted)) if one in shelf.currencies), shelf.main_currency)


def below(prices: Prices, least: Decimal) -> Mask:
    """Find what is cheaper than the least a shopper means to spend."""
    return np.asarray(prices < number(least, ROUND_CEILING))


def above(prices: Prices, most: Decimal) -> Mask:
    """Find what is dearer than the most a shopper means to spend."""
    return np.asarray(prices > number(most, ROUND_FLOOR))


def number(bound: Decimal, rounding: str) -> int:
    """Turn a bound into the shelf's whole numbers, rounded to the strict side, kept within what they hold."""
    whole = (bound * PRICE_UNIT).to_integral_value(rounding=rounding)
    return int(min(max(whole, Decimal(-(10**15))), Decimal(10**15)))
