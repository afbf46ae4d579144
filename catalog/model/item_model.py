"""Which products go with which: a time-decayed EASE whose Gram matrix also holds the words of the titles.

Steck's EASE with a closed form: B = -P / diag(P), P the inverse of the regularised product-by-product matrix. That is
a sum over shoppers, so a purchase can be added and a shopper be taken out exactly (:mod:`catalog.model.increments`).
A shopper's score for a product is a plain sum over their past, so every score can say where it comes from.
docs/item_model.md has the arithmetic and what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Histories, Interactions, Ints
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
    most_words: int = 48
    """Words of a past that speak for products outside the inverse, the strongest ones."""


@dataclass(frozen=True)
class ItemModel:
    """What a past speaks for, over n products; never changes, changes give a new one that shares the arrays."""

    head: At
    """Products in the inverse; -1 where one of them is not (any more) among the n."""
    inverse: Inverse
    words: TitleWords
    squares: Vector
    """n: sum over shoppers of the squared weight of their purchase."""
    today: int
    """Day number a purchase counts 1 on in the inverse; earlier ones less, later ones more."""
    recipe: Recipe

    def __post_init__(self) -> None:
        where = np.full(len(self.squares), -1, dtype=np.int64)
        known = np.flatnonzero(self.head >= 0)
        where[self.head[known]] = known
        object.__setattr__(self, "_where", where)

    @property
    def size(self) -> int:
        """Number of products."""
        return len(self.squares)

    @property
    def where(self) -> At:
        """n: row of each product in the inverse, -1 for those outside it."""
        found: At = self._where  # type: ignore[attr-defined]
        return found

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
        at, values = self.where[products[spoken]], profile[spoken].astype(np.float64)
        inside = at >= 0
        rows = self.inverse.times(at[inside], values[inside])
        direct = -rows / self.inverse.diagonal
        direct[at[inside]] += values[inside]
        known = self.head >= 0
        found[self.head[known]] = direct[known]
        if self.size > int(known.sum()):
            self._by_words(found, products[spoken], at, values, rows)
        return found

    def contributions(self, products: Ints, profile: Floats, product: int) -> Floats:
        """Split the score of one product into what each purchase of the past adds to it."""
        shares = np.zeros(len(products), dtype=np.float32)
        if not len(products):
            return shares
        spoken = self._spoken(products, profile)
        at, values = self.where[products[spoken]], profile[spoken].astype(np.float64)
        inside, aim = at >= 0, int(self.where[product])
        part = np.zeros(len(spoken))
        if aim >= 0:
            part[inside] = -values[inside] * self.inverse.entries(at[inside], aim) / self.inverse.diagonal[aim]
            part[at == aim] = 0.0
        if aim < 0 or not inside.all():
            speaking = self._speaking(products[spoken], at, values, self.inverse.times(at[inside], values[inside]))
            features, weights = self.words.row(product)
            weight = dict(zip(features.tolist(), weights.tolist(), strict=True))
            for place in np.flatnonzero((~inside | (aim < 0)) & (products[spoken] != product)).tolist():
                shared = zip(*self.words.row(int(products[spoken[place]])), strict=True)
                cosine = sum(float(value) * weight.get(int(feature), 0.0) for feature, value in shared)
                part[place] = self.recipe.text_weight * speaking[place] * cosine
        shares[spoken] = part
        return shares

    def like(self, product: int) -> Scores:
        """Likeness of every product to one, the likest 1: its words, and what the same shoppers buy."""
        found = self.words.like(*self.words.row(product))
        row = int(self.where[product])
        if row >= 0:
            one = np.array([row])
            weights = np.maximum(-self.inverse.times(one, np.ones(1)), 0) * self.inverse.diagonal[row]
            weights /= self.inverse.diagonal
            weights[row] = 0
            if weights.max(initial=0) > 0:
                known = self.head >= 0
                found[self.head[known]] += 0.5 * weights[known] / weights.max()
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
        speaking = self._speaking(products, at, values, rows)
        outside = self.where < 0
        for told, heard in ((np.ones(len(at), dtype=np.bool_), outside), (at < 0, ~outside)):
            features, weights = self.words.together(products[told].tolist(), speaking[told].tolist())
            if len(features) > self.recipe.most_words:
                strongest = np.lexsort((features, -np.abs(weights)))[: self.recipe.most_words]
                features, weights = features[strongest], weights[strongest]
            if len(features):
                found[heard] += (self.recipe.text_weight * self.words.like(features, weights))[heard]
        for place in np.flatnonzero(at < 0).tolist():  # a purchase does not speak for itself
            own = self.words.row(int(products[place]))[1]
            found[products[place]] -= self.recipe.text_weight * speaking[place] * float(own @ own)

    # ------------------------------------------------------------------ changes
    def with_past(self, before: tuple[Ints, Ints], after: tuple[Ints, Ints]) -> ItemModel:
        """Return the model as if one shopper's past (products, newest days) had been ``after``; equal to rounding."""
        old, new = self._row(*before), self._row(*after)
        squares = self.squares.copy()
        for (products, days), sign in ((before, -1.0), (after, 1.0)):
            squares[products] += sign * counted(days, self.today, self.recipe.half_life_days) ** 2
        return replace(self, inverse=self.inverse.exchanged(old, new), squares=squares)

    def with_interaction(self, past: tuple[Ints, Ints], product: int, day: int) -> ItemModel:
        """Return the model with one more purchase by the shopper of this past (products, newest days)."""
        products, days = past
        again = products == product
        if (days[again] >= day).any():
            return self
        kept = ~again
        grown = np.append(products[kept], product).astype(np.int32), np.append(days[kept], day).astype(np.int32)
        return self.with_past(past, grown)

    def without_shopper(self, past: tuple[Ints, Ints]) -> ItemModel:
        """Return the model as if the shopper of this past had never been."""
        nothing = np.empty(0, dtype=np.int32)
        return self.with_past(past, (nothing, nothing))

    def _row(self, products: Ints, days: Ints) -> tuple[At, Vector]:
        """One shopper's row of the matrix, over the inverse's products, sorted."""
        at = self.where[products]
        order = np.argsort(at, kind="stable")[int((at < 0).sum()) :]
        return at[order], counted(days[order], self.today, self.recipe.half_life_days)


def fit(
    interactions: Interactions, titles: Sequence[str], *, today: int, recipe: Recipe, engine: Engine | None = None
) -> ItemModel:
    """Fit on all of ``interactions``; a few seconds for some thousand products on two cores.

    An ``engine`` sums over shoppers it knows itself (on a cluster, say); ``interactions`` are then not looked at.
    """
    return fit_sums(engine or LocalEngine(Histories.of(interactions)), titles, today=today, recipe=recipe)


def fit_sums(sums: Engine, titles: Sequence[str], *, today: int, recipe: Recipe) -> ItemModel:
    """Fit on what an engine sums up over shoppers."""
    words = TitleWords.of(titles)
    buyers, squares = sums.totals(len(titles), today=today, half_life=recipe.half_life_days)
    head = np.sort(np.argsort(-buyers, kind="stable")[: recipe.most_products]).astype(np.int64)
    gram = sums.gram(head, len(titles), today=today, half_life=recipe.half_life_days)
    words.add_gram(gram, head, recipe.text_weight)
    gram[np.diag_indices_from(gram)] += recipe.ridge
    return ItemModel(head, Inverse.of(invert(gram)), words, squares, today, recipe)
