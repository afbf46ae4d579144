"""Small contests written down by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from catalog.evaluation.split import DAY, Records, Split

Bought = tuple[int, int, float]
"""Shopper, product, day (with its fraction)."""


def _records(rows: Sequence[Bought]) -> Records:
    at = [round(day * DAY) for _, _, day in rows]
    order = sorted(range(len(rows)), key=lambda row: (rows[row][0], at[row], rows[row][1]))
    return Records(
        np.array([rows[row][0] for row in order], dtype=np.int32),
        np.array([rows[row][1] for row in order], dtype=np.int32),
        np.array([at[row] for row in order], dtype=np.int64),
        np.ones(len(rows), dtype=np.float32),
    )


@pytest.fixture
def split_of() -> Callable[..., Split]:
    """Make a split of so many products from (shopper, product, day) before and after."""

    def made(products: int, train: Sequence[Bought], test: Sequence[Bought] = ()) -> Split:
        names = tuple(f"s{at:04}" for at in range(1 + max(shopper for shopper, _, _ in train)))
        ids = tuple(f"p{at}" for at in range(products))
        return Split(ids, ids, np.full(products, np.nan), names, _records(train), _records(test))

    return made
