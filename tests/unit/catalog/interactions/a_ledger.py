"""A ledger to test with: a clock that is set by hand, and rows with few words."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta, timezone
from itertools import count
from pathlib import Path

from catalog.interactions.consent import ConsentGate, ShopsConsent
from catalog.interactions.ledger import Ledger
from catalog.interactions.rows import Row
from catalog.storage import Storage
from catalog.storage.remote import RemoteStorage

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
GRANTED = ShopsConsent(frozenset({"purchase", "giftbot"}))


class Clock:
    """Tells the time it was set to."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def goes_on(self, **by: float) -> None:
        self.at += timedelta(**by)


def a_ledger(where: Path | str, gate: ConsentGate = GRANTED, clock: Clock | None = None) -> Ledger:
    """Open a ledger at a path or an address."""
    storage = Storage.at(where)
    if isinstance(storage, RemoteStorage):  # asks the store anew each time: its answers may be seconds old otherwise
        storage = RemoteStorage(str(where), Path("unused"), clock=count(step=60).__next__)
    return Ledger.open(storage, gate, clock=clock or Clock())


def killed_while_importing(ledger: Ledger, rows: list[Row]) -> None:
    """Leave what an import leaves on the disk whose process dies just before it is published."""

    class Killed(Exception):
        pass

    files = ledger._files
    files.clear_aside = lambda: None  # type: ignore[method-assign]  # the dead clear nothing away
    with contextlib.suppress(Killed), ledger.importing() as add:
        add(rows)
        add._bulk.finish()
        raise Killed
    del files.clear_aside


def row(shopper: str, product: str, days_ago: float = 0, **told: object) -> Row:
    """Return a purchase, unless told otherwise."""
    given: dict[str, object] = {"kind": "bought", "quantity": 1.0, "source": "purchase", **told}
    return Row(shopper, product, at=NOW - timedelta(days=days_ago), **given)  # type: ignore[arg-type]
