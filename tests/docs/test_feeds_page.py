"""docs/feeds.md says what the readers do: its tables are the code's own."""

from __future__ import annotations

import re
from pathlib import Path

from catalog.feeds.cleaning.rules import HINTS
from catalog.feeds.columns import KNOWN
from catalog.feeds.formats import FORMATS
from catalog.feeds.limits import MIB, Limits

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/feeds.md").read_text(encoding="utf-8")


def _section(title: str) -> str:
    return PAGE.split(f"## {title}", 1)[1].split("\n## ", 1)[0]


def test_every_rule_stands_in_the_page_with_the_hint_that_is_told() -> None:
    """A merchandiser finds the word of a Rejection, and no word that is never told."""
    told = re.findall(r"^\| `(\w+)` \| (.*?) \|$", _section("Rules a row can break"), flags=re.M)
    assert told == list(HINTS.items())


def test_every_column_stands_in_the_page_with_all_its_names() -> None:
    """Whoever names a column by the page is understood."""
    rows = re.findall(r"^\| `(\w+)` \| (.*?)\| ", _section("Columns"), flags=re.M)
    assert {name: [name, *re.findall(r"`(\w+)`", others)] for name, others in rows} == {
        name: [name, *(other for other in theirs if other != name)] for name, theirs in KNOWN.items()
    }


def test_every_format_has_its_example_in_the_page() -> None:
    """And every example there is stands in the page."""
    assert re.findall(r"^\| `([\w-]+)` \|", _section("Formats"), flags=re.M) == list(FORMATS)
    linked = set(re.findall(r"\(\.\./data/samples/feeds/([\w.-]+)\)", PAGE))
    assert linked == {path.name for path in (ROOT / "data/samples/feeds").iterdir()}


def test_the_limits_of_the_page_are_those_kept() -> None:
    """A feed refused for its size can be understood by the page."""
    limits = Limits()
    told = [value for _, value in re.findall(r"^\| (.*?) \| ([\d.,]+(?: MiB)?) \|$", _section("Limits"), flags=re.M)]
    sizes = [f"{size // MIB} MiB" for size in (limits.file_bytes, limits.unpacked_bytes)]
    counts = [f"{n:,}" for n in (limits.ratio, limits.rows, limits.columns, limits.line_bytes, limits.value_characters)]
    times = [f"{limits.seconds:g}", f"{limits.seconds_a_row:g}"]
    assert told == [*sizes, *counts, f"{limits.memory_bytes // MIB} MiB", *times]
