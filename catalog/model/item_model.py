"""Which products go with which: a time-decayed EASE whose Gram matrix also holds the words of the titles.

Steck's EASE with a closed form: B = -P / diag(P), P the inverse of the regularised product-by-product matrix. That is
a sum over shoppers, so a purchase can be added and a shopper be taken out exactly (:mod:`catalog.model.increments`).
A shopper's score for a product is a plain sum over their past, so every score can say where it comes from.
docs/item_model.md has the arithmetic and what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Interactions, Ints
from catalog.model.engines.engine import Engine
from catalog.model.engines.local import LocalEngine
from catalog.model.gram import counted, invert
from catalog.model.increments import At, Inverse, Vector
from catalog.model.title_words import TitleWords

Floats = NDArray[np.float32]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Numbers of the model, tuned on earlier windows only (docs/ranking.md)."""

    half_life_days: float = 120.0
    profile_half_life_days: float = 150.0
    text_weight: float = 15.0
    ridge: float = 150.0
    most_products: int = 12_000
    """Only the most bought are modelled by who bought them: the inverse costs the cube. Words serve the others."""
    most_past: int = 128
    """Products of a past that speak, the strongest ones: each costs a row of the inverse."""
    most_postings: int = 60_000
    """Products that words of a past may be looked up in, strongest words first: bounds the time, not the shop."""


@dataclass(frozen=True)
class Places:
    """Which products are in the inverse, and where."""

    head: At
    """Product of each row of the inverse; -1 where it is not (any more) among the ``size`` products."""
    size: int

    @cached_property
    def where(self) -> At:
        """Row of each product, -1 for those outside the inverse."""
        found = np.full(self.size, -1, dtype=np.int64)
        found[self.products] = self.rows
        return found

    @cached_property
    def rows(self) -> At:
        """Rows whose product is there."""
        return np.flatnonzero(self.head >= 0)

    @cached_property
    def products(self) -> At:
        """Products of these rows."""
        return self.head[self.rows]


@dataclass(frozen=True)
class ItemModel:
    """What a past speaks for, over n products; never changes, changes give a new one that shares the arrays."""

    places: Places
    inverse: Inverse
    words: TitleWords
    squares: Vector
    """n: sum over shoppers of the squared weight of their purchase."""
    today: int
    """Day number a purchase counts 1 on in the inverse; earlier ones less, later ones more."""
    recipe: Recipe

    @property
    def size(self) -> int:
        """Number of products."""
        return self.places.size

    # ------------------------------------------------------------------ scores
    def profile(self, days: Ints, today: int) -> Floats:
        """How much each purchase of a past still counts."""
        age = np.maximum(today - days, 0).astype(np.float32)
        return np.asarray(np.float32(0.5) ** (age / np.float32(self.recipe.profile_half_life_days)), dtype=np.float32)

    def score(self, products: Ints, profile: Floats) -> Scores:
        """Say what this past speaks for, product by product, in the model's own unit; zeros for an empty past."""
        found = np.zeros(self.size)
        if not len(products):
            return found
        spoken = self._spoken(products, profile)
        at, values = self.places.where[products[spoken]], profile[spoken].astype(np.float64)
        inside = at >= 0
        rows = self.inverse.times(at[inside], values[inside])
        direct = -rows / self.inverse.diagonal
        direct[at[inside]] += values[inside]
        found[self.places.products] = direct[self.places.rows]
        if self.size > len(self.places.rows):
            self._by_words(found, products[spoken], at, values, rows)
        return found

    def contributions(self, products: Ints, profile: Floats, product: int) -> Floats:
        """Split the score of one product into what each purchase of the past adds to it."""
        shares = np.zeros(len(products), dtype=np.float32)
        if not len(products):
            return shares
        spoken = self._spoken(products, profile)
        at, values = self.places.where[products[spoken]], profile[spoken].astype(np.float64)
        inside, aim = at >= 0, int(self.places.where[product])
        part = np.zeros(len(spoken))
        if aim >= 0:
            part[inside] = -values[inside] * self.inverse.entries(at[inside], aim) / self.inverse.diagonal[aim]
            part[at == aim] = 0.0
        if aim < 0 or not inside.all():
            speaking = values / (self.squares[products[spoken]] + self.recipe.text_weight + self.recipe.ridge)
            speaking[inside] = self.inverse.times_at(at[inside], values[inside])
            said = np.flatnonzero((~inside | (aim < 0)) & (products[spoken] != product))
            cosines = self.words.cosines(products[spoken[said]], product)
            part[said] = self.recipe.text_weight * speaking[said] * cosines
        shares[spoken] = part
        return shares

    def likeness(self, products: Ints, profile: Floats) -> Scores:
        """Say how like the titles are to those of a past, on the average of it: up to 1, zeros for an empty past."""
        if not len(products):
            return np.zeros(self.size)
        spoken = self._spoken(products, profile)
        weights = profile[spoken].astype(np.float64)
        return self._told(products[spoken], weights / max(float(weights.sum()), 1e-12))

    def like(self, product: int) -> Scores:
        """Likeness of every product to one, the likest 1: its words, and what the same shoppers buy."""
        found = self.words.like(*self.words.row(product))
        row = int(self.places.where[product])
        if row >= 0:
            one = np.array([row])
            weights = np.maximum(-self.inverse.times(one, np.ones(1)), 0) * self.inverse.diagonal[row]
            weights /= self.inverse.diagonal
            weights[row] = 0
            if weights.max(initial=0) > 0:
                found[self.places.products] += 0.5 * weights[self.places.rows] / weights.max()
        found[product] = 0
        return np.asarray(found / max(found.max(initial=0.0), 1e-9))

    def _spoken(self, products: Ints, profile: Floats) -> At:
        """Places of the purchases that speak: all, or the strongest of a long past."""
        if len(products) <= self.recipe.most_past:
            return np.arange(len(products))
        return np.sort(np.lexsort((products, -profile))[: self.recipe.most_past])

    def _speaking(self, products: Ints, at: At, values: Vector, rows: Vector) -> Vector:
        """How loud each purchase is for products outside the inverse: less, where others of the past say the same."""
        outside = values / (self.squares[products] + self.recipe.text_weight + self.recipe.ridge)
        return np.where(at >= 0, rows[at], outside) if len(rows) else outside

    def _by_words(self, found: Scores, products: Ints, at: At, values: Vector, rows: Vector) -> None:
        """Add what words say, where the inverse says nothing: for products outside it, and for purchases outside it."""
        speaking = self.recipe.text_weight * self._speaking(products, at, values, rows)
        told = self._told(products, speaking)
        told[self.places.products] = 0  # the inverse knows better
        outside = at < 0
        if outside.any():
            told[self.places.products] = self._told(products[outside], speaking[outside])[self.places.products]
            for place in np.flatnonzero(outside).tolist():  # a purchase does not speak for itself
                own = self.words.row(int(products[place]))[1]
                told[products[place]] -= speaking[place] * float(own @ own)
        found += told

    def _told(self, products: Ints, speaking: Vector) -> Scores:
        """What the words of these products say of all products; the weightiest words, as far as time allows."""
        features, weights = self.words.together(products.tolist(), speaking.tolist())
        strongest = np.lexsort((features, -np.abs(weights)))
        features, weights = features[strongest], weights[strongest]
        heard = np.cumsum(self.words.rarity(features)) <= self.recipe.most_postings
        return self.words.like(features[heard], weights[heard])

    # ------------------------------------------------------------------ changes
    def with_past(self, before: tuple[Ints, Ints], after: tuple[Ints, Ints]) -> ItemModel:
        """Return the model as if one shopper's past (products, newest days) had been ``after``; equal to rounding."""
        old, new = self._row(*before), self._row(*after)
        squares = self.squares.copy()
        for (products, days), sign in ((before, -1.0), (after, 1.0)):
            squares[products] += sign * counted(days, self.today, self.recipe.half_life_days) ** 2
        return replace(self, inverse=self.inverse.exchanged(old, new), squares=squares)

    def _row(self, products: Ints, days: Ints) -> tuple[At, Vector]:
        """One shopper's row of the matrix, over the inverse's products, sorted."""
        at = self.places.where[products]
        order = np.argsort(at, kind="stable")[int((at < 0).sum()) :]
        return at[order], counted(days[order], self.today, self.recipe.half_life_days)


def fit(
    interactions: Interactions, titles: Sequence[str], *, today: int, recipe: Recipe, engine: Engine | None = None
) -> ItemModel:
    """Fit on all of ``interactions``; a few seconds for some thousand products on two cores.

    An ``engine`` knows its interactions itself (on a cluster, say) and sums over those instead.
    """
    return fit_sums(engine or LocalEngine(interactions), titles, today=today, recipe=recipe)


def fit_sums(sums: Engine, titles: Sequence[str], *, today: int, recipe: Recipe) -> ItemModel:
    """Fit on what an engine sums up over shoppers."""
    words = TitleWords.of(titles)
    buyers, squares = sums.totals(len(titles), today=today, half_life=recipe.half_life_days)
    head = np.sort(np.argsort(-buyers, kind="stable")[: recipe.most_products]).astype(np.int64)
    gram = sums.gram(head, len(titles), today=today, half_life=recipe.half_life_days)
    words.add_gram(gram, head, recipe.text_weight)
    gram[np.diag_indices_from(gram)] += recipe.ridge
    return ItemModel(Places(head, len(titles)), Inverse.of(invert(gram)), words, squares, today, recipe)
