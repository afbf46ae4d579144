"""The small shop, published once for all tests of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from small_shop import write_feed, write_interactions

from catalog.publishing.prepare import prepare
from catalog.shelf.shelf import Shelf


@pytest.fixture(scope="session")
def publish() -> Callable[[Path], Path]:
    """Publish the small shop below a folder and return where."""

    def published(folder: Path) -> Path:
        feed, seen = write_feed(folder / "feed.csv"), write_interactions(folder / "seen.parquet")
        prepare(feed, seen, folder / "published", as_of=date(2026, 11, 1))
        return folder / "published"

    return published


@pytest.fixture(scope="session")
def shelf(publish: Callable[[Path], Path], tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """The small shop, open."""
    return Shelf.open(publish(tmp_path_factory.mktemp("shop")))
