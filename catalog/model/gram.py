"""The sums a linear item model is made of, and their inverse: G = sum of y yᵀ over shoppers + text + ridge, P = G⁻¹.

Everything in double precision, so that a shopper taken out later leaves nothing behind that could be seen.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Square = NDArray[np.float64]

_BLOCK = 256
"""Rows worked on at a time: their sparse products stay small beside the matrix itself."""
_MOST_THREADS = 8
"""Each holds one block's products: tens of megabytes."""


def counted(days: NDArray[np.integer[Any]], today: int, half_life: float | None) -> NDArray[np.float64]:
    """How much a purchase of each day counts: 0.5 ** (age / half_life), 1 without one; more than 1 after ``today``."""
    if half_life is None:
        return np.ones(len(days))
    return np.asarray(np.float64(0.5) ** ((today - days.astype(np.float64)) / half_life))


def purchase_rows(
    starts: NDArray[np.integer[Any]], product: NDArray[np.integer[Any]], weight: NDArray[np.float64], products: int
) -> csr_matrix:
    """Lay out shoppers x products, each pair once."""
    from scipy.sparse import csr_matrix

    return csr_matrix((weight, product, starts), shape=(len(starts) - 1, products))


def add_gram(into: Square, rows: csr_matrix, weight: float = 1.0) -> None:
    """Add ``weight`` x rowsᵀ rows to a dense matrix, block by block."""
    columns = rows.tocsc()
    across = columns.T  # products x shoppers, shares its arrays

    def add(start: int) -> None:
        part = (across[start : start + _BLOCK] @ rows).tocoo()
        into[start + part.row, part.col] += weight * part.data

    with ThreadPoolExecutor(min(len(os.sched_getaffinity(0)), _MOST_THREADS)) as pool:
        for _ in pool.map(add, range(0, len(into), _BLOCK)):
            pass


def invert(gram: Square) -> Square:
    """Invert a symmetric positive definite matrix in its own memory; the cube of its side in time."""
    from scipy.linalg import lapack

    if not len(gram):
        return gram
    factor, failed = lapack.dpotrf(gram.T, lower=1, overwrite_a=1)
    inverse, failed_too = lapack.dpotri(factor, lower=1, overwrite_c=1)
    assert failed == failed_too == 0, "a Gram matrix with a ridge is positive definite"
    whole = inverse.T  # rows first again; LAPACK filled the half above the diagonal
    for start in range(0, len(whole), _BLOCK):
        rows = slice(start, min(start + _BLOCK, len(whole)))
        corner = np.triu(whole[rows, rows])
        whole[rows, rows] = corner + np.triu(corner, 1).T
        whole[rows.stop :, rows] = whole[rows, rows.stop :].T
    return np.ascontiguousarray(whole)
