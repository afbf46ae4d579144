"""Which products go with which: a time-decayed EASE whose Gram matrix also holds the words of the titles.

Steck's EASE with a closed form: B = -P / diag(P), P the inverse of the regularised product-by-product matrix.
A shopper's score for a product is a plain sum over their past, so every score can say where it comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from catalog.interactions import Interactions, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Numbers of the model, tuned on earlier windows only (docs/ranking.md)."""

    half_life_days: float = 180.0
    profile_half_life_days: float = 90.0
    text_weight: float = 15.0
    ridge: float = 150.0
    kept: int = 300
    """Weights kept per product, the strongest ones; 300 lose nothing measurable and fit in 8 MB."""
    most_products: int = 8000
    """Only the most bought are modelled beyond this: the inverse costs the cube."""
    alike: int = 60
    """Neighbours by text kept per product."""


@dataclass(frozen=True)
class ItemModel:
    """For each of n products the ``kept`` products it speaks for, and how strongly."""

    goes_with: NDArray[np.uint16] | Ints
    """n x kept positions."""
    weight: Floats
    """n x kept; zero where a product speaks for fewer."""
    alike: NDArray[np.uint16] | Ints
    """n x alike: nearest by title."""
    likeness: Floats
    """n x alike: cosine."""
    profile_half_life_days: float = 90.0

    @property
    def size(self) -> int:
        """Number of products."""
        return len(self.weight)

    def profile(self, days: Ints, today: int) -> Floats:
        """How much each purchase of a past still counts."""
        age = np.maximum(today - days, 0).astype(np.float32)
        return np.asarray(
            np.float32(0.5) ** (age / np.float32(self.profile_half_life_days)), dtype=np.float32
        )

    def score(self, products: Ints, profile: Floats) -> NDArray[np.float64]:
        """What this past says of every product, in the model's own unit; zeros for an empty past."""
        if not len(products):
            return np.zeros(self.size)
        weights = self.weight[products] * profile[:, None]
        return np.bincount(self.goes_with[products].ravel(), weights=weights.ravel(), minlength=self.size)

    def contributions(self, products: Ints, profile: Floats, product: int) -> Floats:
        """What each purchase of the past adds to the score of one product; they sum to it."""
        hit = self.goes_with[products] == product
        return np.asarray((self.weight[products] * hit).sum(axis=1) * profile, dtype=np.float32)

    def like(self, product: int) -> NDArray[np.float64]:
        """Likeness of every product to one, 0 to 1: its words, and what is bought by the same shoppers."""
        found = np.zeros(self.size)
        found[self.alike[product]] = self.likeness[product]
        weights = np.maximum(self.weight[product], 0)
        if weights.max(initial=0) > 0:
            found[self.goes_with[product]] += 0.5 * weights / weights.max()
        found[product] = 0
        return np.minimum(found, 1.0)


def fit(interactions: Interactions, titles: Sequence[str], *, today: int, recipe: Recipe) -> ItemModel:
    """Fit on everything up to ``today``; a few seconds for some thousand products on two cores."""
    from scipy.linalg import lapack
    from scipy.sparse import csr_matrix

    count = len(titles)
    text = _text_rows(titles)
    bought = interactions.matrix(count, today=today, half_life=recipe.half_life_days)
    modelled = np.sort(np.argsort(-bought.getnnz(axis=0), kind="stable")[: recipe.most_products])
    bought, words = bought[:, modelled], text[modelled]
    gram = np.asfortranarray(
        (bought.T @ bought + recipe.text_weight * (words @ words.T)).toarray(), dtype=np.float32
    )
    gram[np.diag_indices_from(gram)] += np.float32(recipe.ridge)
    factor, failed = lapack.spotrf(gram, lower=1, overwrite_a=1)
    inverse, failed_too = lapack.spotri(factor, lower=1, overwrite_c=1)
    assert not failed and not failed_too, "a Gram matrix with a ridge is positive definite"
    lower = np.tril(inverse, -1)
    diagonal = np.diagonal(inverse).copy()
    b = -(lower + lower.T) / diagonal[None, :]
    goes_with, weight = _strongest(b, recipe.kept, by=np.abs(b))
    wide = np.zeros((count, goes_with.shape[1]), dtype=np.float32)
    wide[modelled] = weight
    partners = np.zeros((count, goes_with.shape[1]), dtype=_index_type(count))
    partners[modelled] = modelled[goes_with]
    alike, likeness = _nearest(csr_matrix(text), recipe.alike)
    return ItemModel(partners, wide, alike, likeness, recipe.profile_half_life_days)


def _text_rows(titles: Sequence[str]) -> csr_matrix:
    """Row-normalised TF-IDF of words and pairs of words, letters only."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        token_pattern=r"(?u)\b[^\W\d_]{2,}\b",
        ngram_range=(1, 2),
        min_df=2,
        sublinear_tf=True,
        dtype=np.float32,
    )
    try:
        return vectorizer.fit_transform(titles)
    except ValueError:  # no word occurs twice: nothing to compare by
        from scipy.sparse import csr_matrix

        return csr_matrix((len(titles), 1), dtype=np.float32)


def _nearest(text: csr_matrix, kept: int) -> tuple[NDArray[np.uint16] | Ints, Floats]:
    """For each row its nearest rows by cosine, in slices so that memory stays small."""
    count = text.shape[0]
    kept = min(kept, count)
    alike, likeness = (
        np.zeros((count, kept), dtype=_index_type(count)),
        np.zeros((count, kept), dtype=np.float32),
    )
    for start in range(0, count, 1000):
        block = (text[start : start + 1000] @ text.T).toarray()
        alike[start : start + 1000], likeness[start : start + 1000] = _strongest(block, kept, by=block)
    return alike, likeness


def _strongest(values: Floats, kept: int, *, by: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The positions and values of the ``kept`` entries of each row that are greatest by ``by``."""
    kept = min(kept, values.shape[1])
    at = (
        np.argpartition(-by, kept - 1, axis=1)[:, :kept]
        if kept
        else np.zeros((len(values), 0), dtype=np.int64)
    )
    return at, np.take_along_axis(values, at, axis=1).astype(np.float32)


def _index_type(count: int) -> type[np.uint16] | type[np.int32]:
    return np.uint16 if count <= np.iinfo(np.uint16).max else np.int32
