"""Takes shoppers out of a model that lies on the disk: no new fit is needed, and no file holds them afterwards."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.following import Mark
from catalog.interactions.ledger import Ledger
from catalog.interactions.records import Histories, Ints
from catalog.model.fitted import MODELS, POINTER, Fitted
from catalog.model.purchases import Purchases
from catalog.model.refit import publish
from catalog.storage import Storage

_UNREADABLE = (FileNotFoundError, ValueError, LookupError, TypeError, AttributeError)
"""What opening a model of another version, or a damaged one, ends with."""


def erase(storage: Storage, shopper_ids: Collection[str]) -> int:
    """Publish the model without these shoppers and remove all others; return how many of them it knew.

    Equal, to rounding, to a fit that never saw them; a second or two, most of it for writing the inverse. Where it
    knew none of them nothing is written; models that are not published, and what a killed fit left, go all the same.
    A model nobody can read might hold them, so it is removed: what is asked meanwhile is ranked without one.
    """
    with storage.only_one("model"):
        name = storage.read_pointer(POINTER)
        _sweep(storage, name)
        if name is None:
            return 0
        try:
            folder = storage.local_copy(f"{MODELS}/{name}")
            fitted = Fitted.open(folder)
        except _UNREADABLE:
            storage.remove(POINTER)
            storage.remove(f"{MODELS}/{name}")
            return 0
        known = np.isin(fitted.histories.names, [shopper_id.encode() for shopper_id in shopper_ids])
        if not known.any():
            return 0
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        without = erased(fitted, known)
        for counted in {"purchases", "interactions"} & report.keys():
            report[counted] = len(without.purchases.product)
        fresh = hashlib.sha256(f"{name} {without.model.inverse.diagonal.tobytes().hex()}".encode()).hexdigest()[:20]
        publish(storage, fresh, without, report={**report, "name": fresh}, forgotten=True)
    return int(known.sum())


def known(storage: Storage, shopper_ids: Collection[str]) -> int:
    """Return how many of these shoppers the published model knows; 0 where there is none, or none that can be read."""
    name = storage.read_pointer(POINTER)
    if name is None:
        return 0
    try:
        names = Fitted.open(storage.local_copy(f"{MODELS}/{name}")).histories.names
    except _UNREADABLE:
        return 0
    return int(np.isin(names, [shopper_id.encode() for shopper_id in shopper_ids]).sum())


def erase_forgotten(storage: Storage, ledger: Ledger) -> int:
    """Erase whoever the ledger forgot after the published model was fitted; return how many of them it knew.

    Also finishes what a process began that was killed between the ledger and the model.
    """
    name, number, names = storage.read_pointer(POINTER), 0, list[bytes]()
    if name is not None:
        with contextlib.suppress(*_UNREADABLE):
            fitted = Fitted.open(storage.local_copy(f"{MODELS}/{name}"))
            number, names = fitted.number, fitted.histories.names.tolist()
    forgotten = ledger.live_since(Mark(number, most=0)).forgotten
    return erase(storage, ledger.known_by(forgotten, names)) if forgotten else 0


class _Swept(Exception):  # no error: it ends a build that is not meant
    """Nothing was built."""


def _sweep(storage: Storage, published: str | None) -> None:
    """Remove every model but the published one, and what was half built or half removed."""
    for old in storage.names(MODELS):
        if old != published:
            storage.remove(f"{MODELS}/{old}")
    with contextlib.suppress(_Swept), storage.building(f"{MODELS}/nothing"):  # which clears what killed ones left
        raise _Swept


def erased(fitted: Fitted, gone: NDArray[np.bool_]) -> Fitted:
    """Return what would be known had these of its shoppers never been, with arrays that do not hold them."""
    histories, purchases, without = fitted.histories, fitted.purchases, fitted
    for name in histories.names[gone]:
        without = without.without_shopper(name.decode())
    past, bought = _entries(histories.starts, ~gone), _entries(purchases.starts, ~gone)
    return replace(
        without.counted(),
        model=replace(without.model, inverse=without.model.inverse.folded()),
        histories=Histories(
            histories.names[~gone],
            _closed_up(histories.starts, ~gone),
            histories.product[past],
            histories.day[past],
            histories.quantity[past],
            histories.times[past],
        ),
        purchases=Purchases(_closed_up(purchases.starts, ~gone), purchases.product[bought], purchases.day[bought]),
    )


def _entries(starts: Ints, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which entries are those of shoppers that are kept."""
    return np.repeat(kept, np.diff(starts))


def _closed_up(starts: Ints, kept: NDArray[np.bool_]) -> Ints:
    """Where the entries of each shopper that is kept begin, and the end."""
    return np.append(0, np.cumsum(np.diff(starts)[kept])).astype(np.int32)
