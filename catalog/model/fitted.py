"""What was learnt from interactions over one list of products: stored, opened, laid over a shelf, changed exactly."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Histories, Interactions, Ints, Past, day_number
from catalog.model.alignment import Alignment
from catalog.model.array_files import opened, read_parts, write_parts
from catalog.model.engines.engine import Engine
from catalog.model.engines.local import LocalEngine
from catalog.model.increments import Inverse
from catalog.model.item_model import ItemModel, Places, Recipe, fit_sums
from catalog.model.popularity import AGES, PERIODS, WINDOWS, Popularity
from catalog.model.purchases import Purchases
from catalog.model.title_words import TitleWords

if TYPE_CHECKING:
    from catalog.interactions.rows import Row

MOST_CHANGES = 256
"""Changes kept beside the inverse (two per purchase, one per shopper taken out) before purchases wait for a new fit."""
MOST_UNCOUNTED = 20
"""Shoppers whose newest purchases popularity may lack: to change, it copies its counts and is worked out anew."""


Digests = NDArray[np.uint64]
MODELS, POINTER = "models", "current-model"
"""Where models are published, within the catalogue's folder, and what names the one in force."""


class OtherForm(ValueError):
    """A model's files are not laid out as this version reads them; says what to do."""


@dataclass(frozen=True)
class Fitted:
    """Model, popularity and pasts, over the products of ``ids``; never changes."""

    ids: bytes
    """Product ids in the order of every array, a line each."""
    model: ItemModel
    popularity: Popularity
    histories: Histories
    purchases: Purchases
    """Every purchase, not only each product's newest: what a shopper adds to popularity."""
    number: int = 0
    """The ledger's number of the newest row it was fitted on."""
    waiting: Mapping[str, tuple[Ints, Ints]] = field(default_factory=dict)
    """Pasts (products, newest days) as the model has them, of those whose newest purchases wait for the next fit."""
    uncounted: Mapping[str, tuple[Ints, Ints]] = field(default_factory=dict)
    """Purchases (products, days) as popularity has them, of those whose newest are counted with the next few others."""
    origin: Fitted | None = None
    """What this is laid over a shelf from: it knows products the shelf has no more."""
    ways: Alignment | None = field(default=None, repr=False)
    titles: Digests = field(default_factory=lambda: np.empty(0, dtype=np.uint64), repr=False)
    """Of the titles it was fitted with, as :func:`title_digests`."""

    @classmethod
    def fit(
        cls, interactions: Interactions, ids: Sequence[str], titles: Sequence[str], *, today: int, recipe: Recipe
    ) -> Fitted:
        """Learn from interactions with these products up to ``today``, the day ages count from."""
        return cls.of_sums(LocalEngine(interactions.until(today)), ids, titles, today=today, recipe=recipe)

    @classmethod
    def of_sums(cls, sums: Engine, ids: Sequence[str], titles: Sequence[str], *, today: int, recipe: Recipe) -> Fitted:
        """Learn from what an engine sums up, in this process or on a cluster; no purchase may be after ``today``."""
        model = fit_sums(sums, titles, today=today, recipe=recipe)
        popularity = sums.popularity(len(ids), until=today)
        histories, purchases = sums.pasts()
        digests = title_digests(titles)
        number = sums.about().number
        return cls("\n".join(ids).encode(), model, popularity, histories, purchases, number, titles=digests)

    @classmethod
    def nothing(cls, ids: bytes, size: int) -> Fitted:
        """Stand for a shop without a model: every product is as likely, and no words speak."""
        none = Interactions.none()
        head, words = np.empty(0, dtype=np.int64), TitleWords.of([""] * size)
        model = ItemModel(Places(head, size), Inverse.of(np.empty((0, 0))), words, np.zeros(size), 0, Recipe())
        popularity = Popularity.count(none, size, until=0)
        return cls(ids, model, popularity, Histories.of(none), Purchases.of(none))

    def beginning(self, day: int) -> Fitted:
        """Let ages count from ``day`` where nothing was learnt yet: else all that comes would seem to be of one day."""
        assert not self.popularity.until, "a fit has its own day"
        return replace(self, model=replace(self.model, today=day), popularity=replace(self.popularity, until=day))

    # ------------------------------------------------------------------ files
    def write(self, folder: Path) -> None:
        """Store all of it in a folder, as it was fitted."""
        assert not self.histories.changed, "changes are felt in memory; what is published is fitted on the ledger"
        (folder / "ids.txt").write_bytes(self.ids)
        np.save(folder / "inverse.npy", self.model.inverse.base, allow_pickle=False)
        np.save(folder / "diagonal.npy", self.model.inverse.diagonal, allow_pickle=False)
        write_parts(folder, "model", self.model)
        write_parts(folder, "places", self.model.places)
        write_parts(folder, "recipe", self.model.recipe)
        write_parts(folder, "words", self.model.words)
        write_parts(folder, "popularity", self.popularity)
        write_parts(folder, "histories", self.histories)
        write_parts(folder, "purchases", self.purchases)
        write_parts(folder, "fitted", self)
        (folder / FORM_FILE).write_text(form(), encoding="ascii")

    @classmethod
    def open(cls, folder: Path) -> Fitted:
        """Open what :meth:`write` stored; arrays are mapped from their files, and shared with other processes.

        Raises OtherForm where another version wrote it, OSError or ValueError where it is damaged.
        """
        told = folder / FORM_FILE
        if not told.is_file() or told.read_text(encoding="ascii") != form():
            raise OtherForm(f"the model {folder.name} was written by another version: giftbot interactions fit")
        recipe = read_parts(folder, "recipe", Recipe)
        inverse = Inverse.of(opened(folder / "inverse.npy"), opened(folder / "diagonal.npy"))
        words = read_parts(folder, "words", TitleWords)
        places = read_parts(folder, "places", Places)
        model = read_parts(folder, "model", ItemModel, places=places, inverse=inverse, words=words, recipe=recipe)
        popularity = read_parts(folder, "popularity", Popularity)
        histories = read_parts(folder, "histories", Histories)
        purchases = read_parts(folder, "purchases", Purchases)
        known = {"ids": (folder / "ids.txt").read_bytes(), "model": model, "popularity": popularity}
        return read_parts(folder, "fitted", cls, **known, histories=histories, purchases=purchases)

    def aligned(self, ids: bytes, title_at: Callable[[int], str], titles: Digests | None = None) -> Fitted:
        """Lay this over the products of a shelf: what is new is known by its title, what went still counts in the sums.

        ``title_at`` gives the title at a position of the shelf; it is asked for products that are new, and for those
        whose title changed, where ``titles`` has the digests of the shelf's.
        """
        told = titles is not None and len(self.titles) == len(self.model.squares)
        if ids == self.ids and (not told or np.array_equal(np.asarray(titles), self.titles)):
            return self
        ways = Alignment.of(self.ids.split(b"\n"), ids.split(b"\n"))
        none = np.zeros(len(ways.to_old), dtype=np.bool_)
        retitled = ways.retitled(self.titles, titles) if told and titles is not None else none
        model = ways.model(self.model, title_at, retitled)
        popularity = ways.popularity(self.popularity)
        histories = ways.histories(self.histories)
        return Fitted(ids, model, popularity, histories, self.purchases, self.number, origin=self, ways=ways)

    # ------------------------------------------------------------------ changes
    @property
    def full(self) -> bool:
        """Whether so much has changed that a new fit is due; until then purchases change the shopper's past only."""
        return self.model.inverse.used >= MOST_CHANGES

    def with_rows(self, shopper_id: str, rows: Sequence[Row], positions: Mapping[str, int]) -> Fitted:
        """Return what would be known had this shopper's rows been there at the fit; ``positions`` are the shelf's.

        Rows come in the order of their days; what is taken back leaves popularity with the next fit only (else see
        :meth:`with_purchases`).
        """
        own = self.histories.past_of(shopper_id).with_rows(rows, positions)
        source = self.origin or self
        known = positions if self.origin is None else source.positions
        past = source.histories.past_of(shopper_id).with_rows(rows, known)
        bought = source.purchases.of_shopper(source.histories, shopper_id)
        fresh = [
            (known[r.product_id], r.at) for r in rows if r.kind == "bought" and r.quantity > 0 and r.product_id in known
        ]
        days = [day_number(at.date()) for _, at in fresh]
        grown = np.append(bought[0], [at for at, _ in fresh]), np.append(bought[1], days)
        return self._with_past(shopper_id, past, own, (grown[0].astype(np.int32), grown[1].astype(np.int32)))

    def with_purchases(self, shopper_id: str, rows: Sequence[Row], positions: Mapping[str, int]) -> Fitted:
        """Return what would be known had these been all purchases of this shopper at the fit, nothing taken back."""
        source = self.origin or self
        known = positions if self.origin is None else source.positions
        own, past = (Past.none().with_rows(rows, each) for each in (positions, known))
        here = [row for row in rows if row.product_id in known]
        bought = np.array([[known[row.product_id], day_number(row.at.date())] for row in here], dtype=np.int32)
        products, days = bought.reshape(len(here), 2).T
        return self._with_past(shopper_id, past, own, (products, days))

    def without_shopper(self, shopper_id: str) -> Fitted:
        """Return what would be known had this shopper never been: equal to rounding."""
        nothing = np.empty(0, dtype=np.int32)
        return self._with_past(shopper_id, Past.none(), Past.none(), (nothing, nothing))

    def _with_past(self, shopper_id: str, past: Past, own: Past, bought: tuple[Ints, Ints]) -> Fitted:
        """Replace a past: ``past`` and ``bought`` over the products of the fit, ``own`` over those of the shelf."""
        histories = self.histories.with_past(shopper_id, own)
        if self.origin is not None and self.ways is not None:
            origin = self.origin._with_past(shopper_id, past, past, bought)
            squares = self.ways.moved(origin.model.squares)
            model = replace(self.model, inverse=origin.model.inverse, squares=squares)
            laid = replace(self, model=model, histories=histories, origin=origin)
            same = origin.popularity is self.origin.popularity
            return laid if same else replace(laid, popularity=self.ways.popularity(origin.popularity))
        before, model, waiting = self.histories.past_of(shopper_id), self.model, dict(self.waiting)
        known = waiting.pop(shopper_id, (before.product, before.day))
        if self.full and len(past.product):  # there is always room to forget
            waiting[shopper_id] = known
        else:
            model = model.with_past(known, (past.product, past.day))
        uncounted = {**self.uncounted}
        uncounted.setdefault(shopper_id, self.purchases.of_shopper(self.histories, shopper_id))
        purchases = self.purchases.with_shopper(shopper_id, bought, fitted=self.histories.holds(shopper_id))
        changed = replace(self, model=model, histories=histories, purchases=purchases, waiting=waiting)
        changed = replace(changed, uncounted=uncounted)
        return changed.counted() if len(uncounted) >= MOST_UNCOUNTED or not len(bought[0]) else changed

    def counted(self) -> Fitted:
        """Return this with popularity up to the newest purchase; else it follows a few shoppers later."""
        if self.origin is not None and self.ways is not None:
            origin = self.origin.counted()
            return replace(self, origin=origin, popularity=self.ways.popularity(origin.popularity))
        now = {who: self.purchases.of_shopper(self.histories, who) for who in self.uncounted}
        changes = [(*had, -1) for had in self.uncounted.values()] + [(*has, 1) for has in now.values()]
        return replace(self, popularity=self.popularity.with_changes(changes), uncounted={}) if changes else self

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Position of each product id."""
        return {one.decode(): at for at, one in enumerate(self.ids.split(b"\n"))} if self.ids else {}


def title_digests(titles: Sequence[str]) -> Digests:
    """Return eight bytes of BLAKE2b for each title, as snapshots have them."""
    joined = b"".join(hashlib.blake2b(one.encode(), digest_size=8).digest() for one in titles)
    return np.frombuffer(joined, dtype="<u8")


FORM = 2
"""Of a model's files; raised where they change in a way that :func:`form` cannot see."""
FORM_FILE = "form.txt"


def form() -> str:
    """Tell how a model's files are laid out: a number, and a digest of every field and span that is stored."""
    kinds = (Fitted, ItemModel, Places, Recipe, TitleWords, Popularity, Histories, Purchases)
    names = [[kind.__name__, *(each.name for each in fields(kind))] for kind in kinds]
    return f"{FORM} {hashlib.sha256(json.dumps([names, WINDOWS, AGES, PERIODS]).encode()).hexdigest()[:16]}"
