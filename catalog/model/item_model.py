"""Which products go with which: a time-decayed EASE whose Gram matrix also holds the words of the titles.

Steck's EASE with a closed form: B = -P / diag(P), P the inverse of the regularised product-by-product matrix.
A shopper's score for a product is a plain sum over their past, so every score can say where it comes from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Interactions, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """Numbers of the model, tuned on earlier windows only (docs/ranking.md)."""

    half_life_days: float = 120.0
    profile_half_life_days: float = 150.0
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
    profile_half_life_days: float = 150.0

    @property
    def size(self) -> int:
        """Number of products."""
        return len(self.weight)

    def profile(self, days: Ints, today: int) -> Floats:
        """How much each purchase of a past still counts."""
        age = np.maximum(today - days, 0).astype(np.float32)
        return np.asarray(np.float32(0.5) ** (age / np.float32(self.profile_half_life_days)), dtype=np.float32)

    def score(self, products: Ints, profile: Floats) -> NDArray[np.float64]:
        """Say what this past speaks for, product by product, in the model's own unit; zeros for an empty past."""
        if not len(products):
            return np.zeros(self.size)
        weights = self.weight[products] * profile[:, None]
        found = np.bincount(self.goes_with[products].ravel(), weights=weights.ravel(), minlength=self.size)
        return np.asarray(found, dtype=np.float64)

    def contributions(self, products: Ints, profile: Floats, product: int) -> Floats:
        """Split the score of one product into what each purchase of the past adds to it."""
        hit = self.goes_with[products] == product
        return np.asarray((self.weight[products] * hit).sum(axis=1) * profile, dtype=np.float32)

    def like(self, product: int) -> NDArray[np.float64]:
        """Likeness of every product to one, the likest 1: its words, and what the same shoppers buy."""
        found = np.zeros(self.size)
        found[self.alike[product]] = self.likeness[product]
        weights = np.maximum(self.weight[product], 0)
        if weights.max(initial=0) > 0:
            found[self.goes_with[product]] += 0.5 * weights / weights.max()
        found[product] = 0
        return np.asarray(found / max(found.max(initial=0.0), 1e-9))


def fit(interactions: Interactions, titles: Sequence[str], *, today: int, recipe: Recipe) -> ItemModel:
    """Fit on everything up to ``today``; a few seconds for some thousand products on two cores."""
    count = len(titles)
    text = _text_rows(titles)
    bought = interactions.matrix(count, today=today, half_life=recipe.half_life_days)
    modelled = np.sort(np.argsort(-bought.getnnz(axis=0), kind="stable")[: recipe.most_products])
    inverse = _inverse(bought[:, modelled], text[modelled], recipe)
    diagonal = np.diagonal(inverse).copy()
    kept = min(recipe.kept, len(modelled))
    goes_with, weight = _positions(count, kept), np.zeros((count, kept), dtype=np.float32)
    for rows in _blocks(len(modelled)):
        b = -inverse[rows] / diagonal
        b[np.arange(len(b)), np.arange(rows.start, rows.start + len(b))] = 0
        at = _greatest(np.abs(b), kept)
        goes_with[modelled[rows]] = modelled[at]
        weight[modelled[rows]] = np.take_along_axis(b, at, axis=1)
    alike, likeness = _nearest(text, recipe.alike)
    return ItemModel(goes_with, weight, alike, likeness, recipe.profile_half_life_days)


def _inverse(bought: csr_matrix, words: csr_matrix, recipe: Recipe) -> Floats:
    """Invert the regularised Gram matrix of purchases and title words, in place and in single precision."""
    from scipy.linalg import lapack

    together = bought.T @ bought + recipe.text_weight * (words @ words.T)
    gram = np.asfortranarray(together.toarray(), dtype=np.float32)
    del together
    gram[np.diag_indices_from(gram)] += np.float32(recipe.ridge)
    factor, failed = lapack.spotrf(gram, lower=1, overwrite_a=1)
    inverse, failed_too = lapack.spotri(factor, lower=1, overwrite_c=1)
    assert failed == failed_too == 0, "a Gram matrix with a ridge is positive definite"
    for rows in _blocks(len(inverse)):  # LAPACK fills the lower half only
        inverse[rows.start :, rows] = np.tril(inverse[rows.start :, rows])
        inverse[rows, rows] += np.tril(inverse[rows, rows], -1).T
        inverse[rows, rows.stop :] = inverse[rows.stop :, rows].T
    return np.asarray(inverse, dtype=np.float32)


def _text_rows(titles: Sequence[str]) -> csr_matrix:
    """Row-normalised TF-IDF of words and pairs of words, letters only."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        token_pattern=r"(?u)\b[^\W\d_]{2,}\b",  # noqa: S106
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
    """For each row its nearest rows by cosine, itself left out of account by its caller."""
    count = text.shape[0]
    kept = min(kept, count)
    alike, likeness = _positions(count, kept), np.zeros((count, kept), dtype=np.float32)
    for rows in _blocks(count):
        near = (text[rows] @ text.T).toarray()
        at = _greatest(near, kept)
        alike[rows], likeness[rows] = at, np.take_along_axis(near, at, axis=1)
    return alike, likeness


def _greatest(values: Floats, kept: int) -> NDArray[np.int64]:
    """Positions of the ``kept`` greatest entries of each row, in no order."""
    return np.argpartition(values, values.shape[1] - kept, axis=1)[:, values.shape[1] - kept :]


def _blocks(count: int) -> Iterator[slice]:
    """Cut rows into slices, so that working memory stays small."""
    return (slice(start, min(start + 500, count)) for start in range(0, count, 500))


def _positions(rows: int, columns: int) -> NDArray[np.uint16] | Ints:
    """Room for positions of ``rows`` products, two bytes each where that is enough."""
    if rows <= np.iinfo(np.uint16).max:
        return np.zeros((rows, columns), dtype=np.uint16)
    return np.zeros((rows, columns), dtype=np.int32)
