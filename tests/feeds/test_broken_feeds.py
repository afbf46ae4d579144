"""The broken-feed collection: each file is named by its fault, and is told its line and reason (expected.json)."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.feeds.how import HowToRead
from catalog.feeds.reading import read_feed
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError

HERE = Path(__file__).parent
BROKEN = HERE / "broken"
EXPECTED: dict[str, dict[str, Any]] = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))


@dataclass
class Told:
    rejections: list[Rejection]
    error: FeedError | None
    seconds: float


def _read(name: str) -> Told:
    how = HowToRead(date(2026, 11, 22), **EXPECTED[name].get("how", {}))
    began = time.perf_counter()
    rejections, error = [], None
    with read_feed(BROKEN / name, how) as feed:
        try:
            rejections = [result for result in feed if isinstance(result, Rejection)]
        except FeedError as why:
            error = why
    return Told(rejections, error, time.perf_counter() - began)


@pytest.fixture(scope="module")
def told() -> dict[str, Told]:
    """Each file read as an import reads it: in a confined process."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(EXPECTED, pool.map(_read, EXPECTED), strict=True))


def test_each_file_of_the_collection_has_its_fault_written_down() -> None:
    """A broken feed nobody expects anything of would prove nothing."""
    assert {path.name for path in BROKEN.iterdir()} == set(EXPECTED)
    assert len(EXPECTED) >= 60


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_feed_is_refused_with_line_and_reason_in_time(name: str, told: dict[str, Told]) -> None:
    """Bar: the line (where the fault has one), the rule or the words, under 5 s; memory is the reader's own ceiling."""
    expected, result = EXPECTED[name], told[name]
    if "rule" in expected:
        assert result.error is None
        assert [(one.row, one.field, one.rule) for one in result.rejections] == [
            (expected["line"], expected["field"], expected["rule"])
        ]
        assert all(one.hint for one in result.rejections)
    else:
        assert result.error is not None
        assert expected["told"] in result.error.message
        if expected["line"]:
            assert result.error.line == expected["line"]
    assert result.seconds < 5
