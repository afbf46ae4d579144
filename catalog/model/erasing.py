"""Takes a shopper out of a model that lies on the disk: no new fit is needed, and no file holds them afterwards."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import numpy as np

from catalog.interactions.records import Histories, Ints
from catalog.model.fitted import Fitted
from catalog.model.purchases import Purchases
from catalog.model.refit import MODELS, POINTER, publish
from catalog.storage import Storage


def erase(storage: Storage, shopper_id: str) -> bool:
    """Publish the model without this shopper and remove all others; False where it never knew them.

    Equal, to rounding, to a fit that never saw them; a second or two, most of it for writing the inverse.
    """
    with storage.only_one("model"):
        name = storage.read_pointer(POINTER)
        if name is None:
            return False
        folder = storage.local_copy(f"{MODELS}/{name}")
        fitted = Fitted.open(folder)
        if np.bytes_(shopper_id.encode()) not in fitted.histories.names:
            return False
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        without = erased(fitted, shopper_id)
        for counted in {"purchases", "interactions"} & report.keys():
            report[counted] = len(without.purchases.product)
        fresh = hashlib.sha256(f"{name} {without.model.inverse.diagonal.tobytes().hex()}".encode()).hexdigest()[:20]
        publish(storage, fresh, without, report={**report, "name": fresh}, forgotten=True)
    return True


def erased(fitted: Fitted, shopper_id: str) -> Fitted:
    """Return what would be known had this shopper never been, with arrays that do not hold them."""
    at = int(np.searchsorted(fitted.histories.names, np.bytes_(shopper_id.encode())))
    without = fitted.without_shopper(shopper_id).counted()
    histories, purchases = fitted.histories, fitted.purchases
    gone = slice(int(histories.starts[at]), int(histories.starts[at + 1]))
    bought = slice(int(purchases.starts[at]), int(purchases.starts[at + 1]))
    return replace(
        without,
        model=replace(without.model, inverse=without.model.inverse.folded()),
        histories=Histories(
            np.delete(histories.names, at),
            _closed_up(histories.starts, at),
            np.delete(histories.product, gone),
            np.delete(histories.day, gone),
            np.delete(histories.quantity, gone),
            np.delete(histories.times, gone),
        ),
        purchases=Purchases(
            _closed_up(purchases.starts, at), np.delete(purchases.product, bought), np.delete(purchases.day, bought)
        ),
    )


def _closed_up(starts: Ints, at: int) -> Ints:
    """Where everybody's entries begin once those of one are gone."""
    moved = np.array(starts)
    moved[at + 1 :] -= starts[at + 1] - starts[at]
    return np.delete(moved, at + 1)
