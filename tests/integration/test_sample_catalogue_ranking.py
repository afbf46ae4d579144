"""The promise about ranking: on a time split it beats what the shop sold best in the last seven days."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.evaluation.evaluate import judge, read

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "online-retail"


@pytest.mark.parametrize("back", [60, 180])
def test_the_ranking_beats_seven_day_popularity_on_a_time_split(back: int) -> None:
    """Products new to the shopper, trained before the window, whole interval above nought (docs/ranking.md)."""
    interactions, titles = read(SAMPLE / "products.csv", SAMPLE / "interactions.parquet")
    window = judge(interactions, titles, begins=int(interactions.day.max()) - back - 29, days=30)
    assert window.shoppers > 500
    assert window.low > 0
    assert window.ours.coverage > 5 * window.popular.coverage
