"""Lays what was learnt over one list of products over another: a feed changes oftener than a model is fitted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Histories
from catalog.model.item_model import ItemModel, Places
from catalog.model.popularity import Popularity


@dataclass(frozen=True)
class Alignment:
    """Where the products of an old list stand in a new one, and the other way round."""

    to_new: NDArray[np.int64]
    """Per old product its new position, or -1."""
    to_old: NDArray[np.int64]
    """Per new product its old position, or -1."""

    @classmethod
    def of(cls, old: Sequence[bytes], new: Sequence[bytes]) -> Alignment:
        """Match two lists by id."""
        at = {one: position for position, one in enumerate(new)}
        to_new = np.array([at.get(one, -1) for one in old], dtype=np.int64)
        to_old = np.full(len(new), -1, dtype=np.int64)
        kept = np.flatnonzero(to_new >= 0)
        to_old[to_new[kept]] = kept
        return cls(to_new, to_old)

    def retitled(self, old: NDArray[np.uint64], new: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which products of the new list have a title of another digest than in the old one."""
        there = self.to_old >= 0
        found = np.zeros(len(self.to_old), dtype=np.bool_)
        found[there] = new[there] != old[self.to_old[there]]
        return found

    def moved(self, values: NDArray[Any]) -> NDArray[Any]:
        """Lay values out anew along their last axis; what is new gets zeros."""
        laid = np.zeros((*values.shape[:-1], len(self.to_old)), dtype=values.dtype)
        known = self.to_old >= 0
        laid[..., known] = values[..., self.to_old[known]]
        return laid

    def model(self, model: ItemModel, title_at: Callable[[int], str], retitled: NDArray[np.bool_]) -> ItemModel:
        """The inverse stays as it is, also its products that are gone; new titles are weighed by the known words.

        ``retitled`` are products of the new list whose title is another than at the fit.
        """
        known = np.where(retitled, -1, self.to_old)
        words = model.words.aligned(known, {at: title_at(at) for at in np.flatnonzero(known < 0).tolist()})
        head = model.places.head
        places = Places(np.where(head >= 0, self.to_new[head], -1), len(self.to_old))
        return replace(model, places=places, words=words, squares=self.moved(model.squares))

    def popularity(self, popularity: Popularity) -> Popularity:
        """Every array over products, its last axis, laid out anew."""
        arrays = {field.name: getattr(popularity, field.name) for field in fields(popularity)}
        moved = {name: self.moved(one) for name, one in arrays.items() if self._over_products(one)}
        return replace(popularity, **moved)  # type: ignore[arg-type]

    def histories(self, histories: Histories) -> Histories:
        """Purchases of products that are gone are left out."""
        product = self.to_new[histories.product]
        there = product >= 0
        counts = np.append(0, np.cumsum(there))
        return replace(
            histories,
            starts=counts[histories.starts].astype(np.int32),
            product=product[there].astype(np.int32),
            day=histories.day[there],
            quantity=histories.quantity[there],
            times=histories.times[there],
            changed={},
        )

    def _over_products(self, values: object) -> bool:
        return isinstance(values, np.ndarray) and values.ndim > 0 and values.shape[-1] == len(self.to_new)
