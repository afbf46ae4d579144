"""How sure a figure is: the bootstrap over rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

DRAWS = 1_000
Array = np.ndarray[Any, Any]


class Bootstrap:
    """Draws rows with replacement, the same draws for every figure; 95 % intervals of ratios of sums over rows."""

    def __init__(self, rows: int, seed: int, draws: int = DRAWS) -> None:
        even = np.full(rows, 1.0 / rows) if rows else np.zeros(0)
        drawn = np.random.default_rng(seed).multinomial(rows, even, size=draws) if rows else np.zeros((draws, 0))
        self._times = drawn.astype(float)

    def interval(self, counts: Sequence[Sequence[float]], figure: Callable[[Array], Array]) -> list[float] | None:
        """The 2.5th and 97.5th percentile of a figure.

        Args:
            counts: one tuple of counts for each row.
            figure: from sums of those counts (draws by counts) to a figure a draw, nan where it has none.

        Returns:
            Low and high end; None where no draw has the figure.
        """
        if not len(counts):
            return None
        with np.errstate(invalid="ignore", divide="ignore"):
            drawn = figure(self._times @ np.asarray(counts, dtype=float))
        drawn = drawn[np.isfinite(drawn)]
        return [round(float(end), 4) for end in np.percentile(drawn, (2.5, 97.5))] if drawn.size else None
