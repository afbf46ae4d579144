"""Fits on the ledger and publishes what was learnt beside the catalogue: a model changes at other times than a feed."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from catalog.interactions.following import Mark
from catalog.interactions.ledger import Ledger
from catalog.model.engines.engine import Engine
from catalog.model.engines.local import LocalEngine
from catalog.model.fitted import MODELS, POINTER, Fitted
from catalog.model.item_model import Recipe
from catalog.storage import Storage

LEAST_SHARE = 0.8
"""Of the purchases the published model was fitted on: with fewer in the ledger a fit needs ``force``."""

MakeEngine = Callable[[Sequence[str]], Engine]
"""Makes an engine over these products."""


class FewerPurchases(ValueError):
    """The ledger has far fewer purchases than the published model was fitted on; nothing was published."""


@dataclass(frozen=True)
class Refitted:
    """What a fit did."""

    name: str
    purchases: int
    shoppers: int
    unknown: int
    """Purchases of products the catalogue does not have."""
    products: int
    seconds: float
    basis: str = ""
    """Names products, titles, recipe and code it was made with: what beside the ledger a fit depends on."""
    skipped: bool = False
    """True where the same was published already."""


def refit(
    storage: Storage,
    ledger: Ledger,
    ids: Sequence[str],
    titles: Sequence[str],
    *,
    as_of: int,
    recipe: Recipe | None = None,
    engine: MakeEngine | None = None,
    force: bool = False,
    only_if_changed: bool = False,
) -> Refitted:
    """Learn from the ledger with these products, publish below ``storage``; killed at any moment, the old model stays.

    ``as_of`` is the day number ages count from where nobody ever bought anything; else it is the last purchase's.
    With ``only_if_changed`` the published model is kept where products, titles, recipe and code are those of its fit,
    whatever came into the ledger since. Raises FewerPurchases where much that the published model knows is not in the
    ledger, unless ``force``.
    """
    began, recipe = time.perf_counter(), recipe or Recipe()
    with storage.only_one("model"):
        basis = _basis(ids, titles, recipe)
        before = _report(storage)
        same = before.get("basis") == basis and (
            only_if_changed or before.get("name") == _name(basis, ledger.now().number)
        )
        if same and storage.is_whole(f"{MODELS}/{before.get('name')}"):
            return Refitted(**{**before, "seconds": 0.0, "skipped": True})
        sums = engine(ids) if engine else LocalEngine(ledger.interactions(ids))
        about = sums.about()
        if not force:
            _not_far_fewer(storage, about.purchases, about.unknown)
        today = as_of if about.last_day is None else about.last_day
        fitted = Fitted.of_sums(sums, ids, titles, today=today, recipe=recipe)
        name = _name(basis, about.number)  # what came while we read is in it
        seconds = round(time.perf_counter() - began, 2)
        done = Refitted(name, about.purchases, about.shoppers, about.unknown, len(ids), seconds, basis)
        publish(storage, name, fitted, report=asdict(done), forgotten=_forgotten(storage, ledger))
    return done


def publish(storage: Storage, name: str, fitted: Fitted, *, report: object, forgotten: bool) -> None:
    """Make a fit the published one; the one before is kept, unless it may hold somebody who was ``forgotten``.

    Call it under ``storage.only_one("model")``.
    """
    before = storage.read_pointer(POINTER)
    with storage.building(f"{MODELS}/{name}") as folder:
        fitted.write(folder)
        (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")
    storage.write_pointer(POINTER, name)
    kept = {name} if forgotten or before is None else {name, before}
    for old in storage.names(MODELS):
        if old not in kept:
            storage.remove(f"{MODELS}/{old}")


def _report(storage: Storage) -> dict[str, Any]:
    """Return what the published model's fit said of itself; nothing where there is none."""
    name = storage.read_pointer(POINTER)
    try:
        found = json.loads(storage.read(f"{MODELS}/{name}/report.json") or b"{}") if name else {}
    except ValueError:  # damaged: as if nothing were known
        return {}
    return found if isinstance(found, dict) else {}


def _name(basis: str, number: int) -> str:
    """Name a fit by all it depends on: the same name is the same model."""
    return hashlib.sha256(f"{basis} {number}".encode()).hexdigest()[:20]


def _basis(ids: Sequence[str], titles: Sequence[str], recipe: Recipe) -> str:
    digest = hashlib.sha256(str(recipe).encode())
    for lines in (ids, titles):
        digest.update("\n".join(lines).encode())
        digest.update(b"\0")
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def _forgotten(storage: Storage, ledger: Ledger) -> bool:
    """Whether somebody was forgotten since the published model was fitted, so that its files must go."""
    name = storage.read_pointer(POINTER)
    told = storage.read(f"{MODELS}/{name}/fitted.json") if name else None
    number = int(json.loads(told)["number"]) if told else 0
    return bool(ledger.live_since(Mark(number, most=0)).forgotten)


def _not_far_fewer(storage: Storage, purchases: int, unknown: int) -> None:
    told = _report(storage)
    before = int(told.get("purchases", told.get("interactions", 0)))
    if purchases >= LEAST_SHARE * before:
        return
    if purchases + unknown >= LEAST_SHARE * before:
        raise FewerPurchases(
            f"the published model was fitted on {before} purchases; of those the ledger has, {unknown} are of products "
            f"the catalogue no longer has, {purchases} are left: bring these products back (giftbot catalog import, or "
            "rollback), or fit with --force if they are meant to be gone"
        )
    raise FewerPurchases(
        f"the ledger has {purchases} purchases of products of the catalogue and {unknown} of others, the published "
        f"model was fitted on {before}; bring the rest in with giftbot interactions import FILE, or fit with --force "
        "if they are meant to be gone"
    )
