"""Purchases handed over with a feed: through the ledger's door like all others, once, then learnt from with them."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from catalog.interactions.consent import ConsentGate, ShopsConsent
from catalog.interactions.importing import Imported, import_file
from catalog.interactions.ledger import LEDGER, Ledger
from catalog.interactions.records import day_number
from catalog.model.item_model import Recipe
from catalog.model.refit import Refitted, refit
from catalog.shelf.published import current
from catalog.shelf.records import Records, product_of
from catalog.storage import Storage

KNOWN = "imported"
"""File beside the ledger: digests of what was brought in, a line each."""


def bring_in(storage: Storage, file: Path, gate: ConsentGate, *, now: datetime) -> Imported | None:
    """Bring a file into the ledger; None where it was brought in before and nobody's consent changed since.

    Raises FeedError where it cannot be read (nothing was kept then), BrokenLedger where the ledger cannot.
    """
    ledger = storage.below(LEDGER)
    told = _told(gate, now)
    mark = f"{_digest(file)}-{hashlib.sha256(told.encode()).hexdigest()[:16]}" if told is not None else ""
    known = (ledger.read(KNOWN) or b"").decode("ascii", "replace").split()
    if mark and mark in known:
        return None
    done = import_file(Ledger.open(ledger, gate, clock=lambda: now), file, now=now)
    if mark:
        with ledger.only_one("append"):
            known = (ledger.read(KNOWN) or b"").decode("ascii", "replace").split()
            ledger.write(KNOWN, "\n".join([*known, mark, ""]).encode("ascii"))
    return done


def learn(
    storage: Storage, *, as_of: datetime, recipe: Recipe | None = None, force: bool = False, brought: bool = True
) -> Refitted:
    """Fit on the whole ledger with the products now published, and publish; see :func:`catalog.model.refit.refit`.

    ``brought``: something was brought in; else a model is kept that knows these products, whatever came since its fit.
    """
    products = [product_of(record) for record in Records.open(current(storage))]
    return refit(
        storage,
        Ledger.open(storage.below(LEDGER)),
        [product.id for product in products],
        [product.title for product in products],
        as_of=day_number(as_of.date()),
        recipe=recipe,
        force=force,
        only_if_changed=not brought,
    )


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as source:
        while content := source.read(1 << 20):
            digest.update(content)
    return digest.hexdigest()


def _told(gate: ConsentGate, now: datetime) -> str | None:
    """Return what a file's rows are judged by; None where only the gate itself knows."""
    if not isinstance(gate, ShopsConsent):
        return None
    words = [(*who, gate.allows(*who, now)) for who in sorted(gate.words)]
    return repr((sorted(gate.sources), words))
