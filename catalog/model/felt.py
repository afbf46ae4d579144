"""What happened since the fit, felt in the next turn: forgotten shoppers leave first, then new rows come in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from catalog.interactions.following import Live
from catalog.interactions.manifest import Forgotten
from catalog.interactions.records import day_number
from catalog.interactions.rows import Row
from catalog.model.fitted import Fitted

KnownBy = Callable[[Iterable[Forgotten], Iterable[bytes]], list[str]]
"""Finds the shopper ids behind what was forgotten: :meth:`catalog.interactions.ledger.Ledger.known_by`."""


PurchasesOf = Callable[[str], Sequence[Row]]
"""Tells all purchases of a shopper up to the news, net: :meth:`catalog.interactions.ledger.Ledger.purchases_of`."""


def felt(
    fitted: Fitted, live: Live, positions: Mapping[str, int], known_by: KnownBy, purchases_of: PurchasesOf
) -> Fitted:
    """Return what is known with the news of ``live``; ``positions`` are the shelf's, by product id.

    Whoever withdrew consent for one source is left out whole until the next fit, which brings back what other sources
    told: a model does not know who told it what. Where news change what was known before (a refund, a cancelled order,
    a purchase of an earlier day that is told late) the shopper's purchases are read anew.
    """
    if live.forgotten:
        source = fitted.origin or fitted
        names = [*source.histories.names.tolist(), *(name.encode() for name in source.histories.changed)]
        for shopper_id in known_by(live.forgotten, names):
            fitted = fitted.without_shopper(shopper_id)
    if not fitted.popularity.until and live.rows:
        fitted = fitted.beginning(max(day_number(row.at.date()) for row in live.rows))
    for shopper_id, rows in groupby(sorted(live.rows, key=_shopper), key=_shopper):
        bought = [row for row in rows if row.kind == "bought"]
        if bought and _reach_back(fitted, shopper_id, bought, positions):
            fitted = fitted.with_purchases(shopper_id, purchases_of(shopper_id), positions)
        elif bought:
            fitted = fitted.with_rows(shopper_id, bought, positions)
    return fitted


def _reach_back(fitted: Fitted, shopper_id: str, rows: Sequence[Row], positions: Mapping[str, int]) -> bool:
    """Tell whether rows do more than add to the end of a past, and the ledger can tell all of it."""
    source = fitted.origin or fitted
    if not source.number and source.histories.holds(shopper_id):
        return False  # fitted on a file: the ledger does not have what is in it
    known = positions if fitted.origin is None else source.positions
    past = source.histories.past_of(shopper_id)
    newest = dict(zip(past.product.tolist(), past.day.tolist(), strict=True))
    for row in rows:
        at, day = known.get(row.product_id, -1), day_number(row.at.date())
        if row.quantity < 0 or day < newest.get(at, day):
            return True
        newest[at] = day
    return False


def _shopper(row: Row) -> str:
    return row.shopper_id
