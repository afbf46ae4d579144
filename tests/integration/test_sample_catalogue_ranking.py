"""The promise about ranking: on a time split it beats what the shop sold best in the last seven days."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.evaluation.contestant import lists, make
from catalog.evaluation.metrics import coverage, gains, intervals
from catalog.evaluation.reading import read_split
from catalog.evaluation.split import DAY, Split, window
from catalog.evaluation.tasks import new_products

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "online-retail"


@pytest.fixture(scope="module")
def sample() -> Split:
    seen = SAMPLE / "interactions.parquet"
    return read_split(seen, seen, SAMPLE / "products.csv")


@pytest.mark.parametrize("back", [60, 180])
def test_the_ranking_beats_seven_day_popularity_on_a_time_split(sample: Split, back: int) -> None:
    """Products new to the shopper, trained before the window, whole interval above nought (docs/ranking.md)."""
    begins = (sample.today - back - 29) * DAY
    split = window(sample, begins, begins + 30 * DAY)
    task = new_products(split)
    rows = {}
    for name in ("giftbot", "popularity_7"):
        contestant = make(name, seed=0)
        contestant.fit(split)
        rows[name] = lists(contestant, split, task)
    ours, week = (gains(task, rows[name])[0] for name in ("giftbot", "popularity_7"))
    assert len(ours) > 500
    assert intervals([ours - week], seed=0)[0]["ci95"][0] > 0
    assert coverage(rows["giftbot"], split.products) > 5 * coverage(rows["popularity_7"], split.products)
