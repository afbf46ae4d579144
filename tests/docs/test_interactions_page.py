"""docs/interactions.md says what the settings and the ledger do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from catalog.interactions.ledger import MOST_AT_ONCE, MOST_LIVE, MOST_SMALL_PARTS
from catalog.interactions.rows import NOBODY

PAGE = (Path(__file__).resolve().parents[2] / "docs/interactions.md").read_text(encoding="utf-8")


def test_the_page_names_the_sources_that_count_as_consented_to_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs giftbot as it comes must know what is kept of shoppers without asking them."""
    monkeypatch.delenv("GIFTBOT_CATALOG_CONSENTED_SOURCES", raising=False)
    (line,) = (line for line in PAGE.splitlines() if line.startswith("| `GIFTBOT_CATALOG_CONSENTED_SOURCES`"))
    assert f"Default `{settings.catalog().consented_sources}`" in line


def test_the_page_names_the_sizes_at_which_appends_are_sliced_and_compacted() -> None:
    assert f"more than {MOST_AT_ONCE:,} rows" in PAGE
    assert f"beyond {MOST_LIVE:,} rows of single appends, and beyond {MOST_SMALL_PARTS} small parts" in PAGE


def test_the_page_names_whom_nobody_is_called() -> None:
    (line,) = (line for line in PAGE.splitlines() if line.startswith("| `nobody`"))
    assert {name.casefold() for name in NOBODY} == {"null", "undefined", "none", "nan"}
    assert all(f"`{name}`" in line for name in ("null", "undefined", "None", "nan"))
