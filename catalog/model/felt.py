"""What happened since the fit, felt in the next turn: forgotten shoppers leave first, then new rows come in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from catalog.interactions.following import Live
from catalog.interactions.manifest import Forgotten
from catalog.interactions.records import day_number
from catalog.interactions.rows import Row
from catalog.model.fitted import Fitted

KnownBy = Callable[[Iterable[Forgotten], Iterable[bytes]], list[str]]
"""Finds the shopper ids behind what was forgotten: :meth:`catalog.interactions.ledger.Ledger.known_by`."""


def felt(fitted: Fitted, live: Live, positions: Mapping[str, int], known_by: KnownBy) -> Fitted:
    """Return what is known with the news of ``live``; ``positions`` are the shelf's, by product id.

    Whoever withdrew consent for one source is left out whole until the next fit, which brings back what other sources
    told: a model does not know who told it what.
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
        if bought:
            fitted = fitted.with_rows(shopper_id, bought, positions)
    return fitted


def _shopper(row: Row) -> str:
    return row.shopper_id
