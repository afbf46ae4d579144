"""What was learnt from interactions over one list of products: stored, opened, laid over a shelf, changed exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from catalog.interactions.records import Histories, Interactions, Ints, Past
from catalog.model.alignment import Alignment
from catalog.model.array_files import opened, read_parts, write_parts
from catalog.model.engines.engine import Engine
from catalog.model.increments import Inverse
from catalog.model.item_model import ItemModel, Places, Recipe, fit
from catalog.model.popularity import Popularity
from catalog.model.title_words import TitleWords

if TYPE_CHECKING:
    from catalog.interactions.rows import Row

MOST_CHANGES = 256
"""Changes kept beside the inverse (two per purchase, one per shopper taken out) before purchases wait for a new fit."""


@dataclass(frozen=True)
class Fitted:
    """Model, popularity and pasts, over the products of ``ids``; never changes."""

    ids: bytes
    """Product ids in the order of every array, a line each."""
    model: ItemModel
    popularity: Popularity
    histories: Histories
    number: int = 0
    """The ledger's number of the newest row it was fitted on."""
    origin: Fitted | None = None
    """What this is laid over a shelf from: it knows products the shelf has no more."""
    ways: Alignment | None = field(default=None, repr=False)

    @classmethod
    def fit(
        cls,
        interactions: Interactions,
        ids: Sequence[str],
        titles: Sequence[str],
        *,
        today: int,
        recipe: Recipe,
        engine: Engine | None = None,
    ) -> Fitted:
        """Learn from interactions with these products; ``today`` is the day ages count from."""
        bought = interactions.of_kind("bought").until(today)
        model = fit(bought, titles, today=today, recipe=recipe, engine=engine)
        popularity = Popularity.count(bought, len(ids), until=today)
        return cls("\n".join(ids).encode(), model, popularity, Histories.of(bought), interactions.number)

    @classmethod
    def nothing(cls, ids: bytes, size: int) -> Fitted:
        """Stand for a shop without a model: every product is as likely, and no words speak."""
        none = Interactions.none()
        head, words = np.empty(0, dtype=np.int64), TitleWords.of([""] * size)
        model = ItemModel(Places(head, size), Inverse.of(np.empty((0, 0))), words, np.zeros(size), 0, Recipe())
        return cls(ids, model, Popularity.count(none, size, until=0), Histories.of(none))

    # ------------------------------------------------------------------ files
    def write(self, folder: Path) -> None:
        """Store all of it in a folder, changes folded in."""
        inverse = self.model.inverse.folded()
        (folder / "ids.txt").write_bytes(self.ids)
        np.save(folder / "inverse.npy", inverse.base, allow_pickle=False)
        write_parts(folder, "model", self.model)
        write_parts(folder, "places", self.model.places)
        write_parts(folder, "recipe", self.model.recipe)
        write_parts(folder, "words", self.model.words)
        write_parts(folder, "popularity", self.popularity)
        write_parts(folder, "histories", self.histories)
        write_parts(folder, "fitted", self)

    @classmethod
    def open(cls, folder: Path) -> Fitted:
        """Open what :meth:`write` stored; arrays are mapped from their files, and shared with other processes."""
        recipe = read_parts(folder, "recipe", Recipe)
        inverse = Inverse.of(opened(folder / "inverse.npy"))
        words = read_parts(folder, "words", TitleWords)
        places = read_parts(folder, "places", Places)
        model = read_parts(folder, "model", ItemModel, places=places, inverse=inverse, words=words, recipe=recipe)
        popularity = read_parts(folder, "popularity", Popularity)
        histories = read_parts(folder, "histories", Histories)
        ids = (folder / "ids.txt").read_bytes()
        return read_parts(folder, "fitted", cls, ids=ids, model=model, popularity=popularity, histories=histories)

    def aligned(self, ids: bytes, title_at: Callable[[int], str]) -> Fitted:
        """Lay this over the products of a shelf: what is new is known by its title, what went still counts in the sums.

        ``title_at`` gives the title at a position of the shelf; it is asked for products that are new.
        """
        if ids == self.ids:
            return self
        ways = Alignment.of(self.ids.split(b"\n"), ids.split(b"\n"))
        model = ways.model(self.model, title_at)
        popularity = ways.popularity(self.popularity)
        return Fitted(ids, model, popularity, ways.histories(self.histories), self.number, self, ways)

    # ------------------------------------------------------------------ changes
    @property
    def full(self) -> bool:
        """Whether so much has changed that a new fit is due; until then purchases change the shopper's past only."""
        return self.model.inverse.used >= MOST_CHANGES

    def with_rows(self, shopper_id: str, rows: Sequence[Row], positions: Mapping[str, int]) -> Fitted:
        """Return what would be known had this shopper's rows been there at the fit; ``positions`` are the shelf's."""
        own = self.histories.past_of(shopper_id).with_rows(rows, positions)
        source = self.origin or self
        known = positions if self.origin is None else source.positions
        past = source.histories.past_of(shopper_id).with_rows(rows, known)
        return self._with_past(shopper_id, past, own, keep_sums=self.full)

    def without_shopper(self, shopper_id: str) -> Fitted:
        """Return what would be known had this shopper never been: equal to rounding."""
        return self._with_past(shopper_id, Past.none(), Past.none(), keep_sums=False)

    def _with_past(self, shopper_id: str, past: Past, own: Past, *, keep_sums: bool) -> Fitted:
        """Replace a past: ``past`` over the products of the fit, ``own`` over those of the shelf."""
        histories = self.histories.with_past(shopper_id, own)
        if self.origin is None or self.ways is None:
            model = self.model if keep_sums else self.model.with_past(_pair(self, shopper_id), (past.product, past.day))
            return replace(self, model=model, histories=histories)
        origin = self.origin._with_past(shopper_id, past, past, keep_sums=keep_sums)
        squares = self.ways.moved(origin.model.squares)
        model = replace(self.model, inverse=origin.model.inverse, squares=squares)
        return replace(self, model=model, histories=histories, origin=origin)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Position of each product id."""
        return {one.decode(): at for at, one in enumerate(self.ids.split(b"\n"))} if self.ids else {}


def _pair(fitted: Fitted, shopper_id: str) -> tuple[Ints, Ints]:
    past = fitted.histories.past_of(shopper_id)
    return past.product, past.day
