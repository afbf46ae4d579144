"""Purchases laid out as a matrix of shoppers and products: what most peers start from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from catalog.evaluation.split import Records, Split

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


def baskets(records: Records, shape: tuple[int, int]) -> csr_matrix:
    """In how many different baskets (moments) each shopper bought each product; shoppers x products."""
    from scipy.sparse import csr_matrix

    new = np.ones(len(records), dtype=np.bool_)
    shopper, product, at = records.shopper, records.product, records.at
    new[1:] = (shopper[1:] != shopper[:-1]) | (product[1:] != product[:-1]) | (at[1:] != at[:-1])
    ones = np.ones(int(new.sum()), dtype=np.float32)
    return csr_matrix((ones, (shopper[new], product[new])), shape=shape, dtype=np.float32)


def bought(split: Split) -> csr_matrix:
    """One where the shopper has bought the product; shoppers x products."""
    matrix = baskets(split.train, (len(split.shoppers), split.products))
    matrix.data[:] = 1.0
    return matrix
