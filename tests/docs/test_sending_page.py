"""docs/sending.md says the figures the code goes by."""

from __future__ import annotations

import re
from pathlib import Path

from bot.sending.breaker import OPENS_AFTER
from bot.sending.outcomes import FORBIDDEN_IN_A_ROW, PAUSES_S, RETRY_WITHIN_S
from bot.x.limits import TIERS, limits_of

PAGE = (Path(__file__).resolve().parents[2] / "docs/sending.md").read_text("utf-8")


class _Nothing:
    per_15_min = per_24_h = reads_per_15_min = 0


def test_the_tiers_of_the_page_are_those_in_force() -> None:
    """An operator chooses a tier by this table."""
    rows = re.findall(r"^\| `([\w-]+)` \| (\S+) \| (\S+) \| (\S+) \|", PAGE, flags=re.M)
    told = {name: tuple(int(one.replace(",", "").replace("–", "0")) for one in figures) for name, *figures in rows}
    assert told == {name: (one.per_15_min, one.per_24_h, one.reads_per_15_min) for name, one in TIERS.items()}


def test_the_shares_of_the_page_are_those_in_force() -> None:
    """Departments are told what is theirs by this table."""
    told = [int(one) for one in re.findall(r"^\| [^|]+ \| (\d+) \| [^|]+ \|$", PAGE, flags=re.M)]
    limits = limits_of("self-serve", _Nothing())
    assert told == [
        limits.others_per_15_min,
        limits.answers_beside_others,
        limits.others_per_24_h,
        limits.per_24_h - limits.others_end_at,
        limits.retries_per_15_min,
    ]


def test_the_waits_of_the_page_are_those_in_force() -> None:
    """Numbers in words, held to the data."""
    assert RETRY_WITHIN_S == (2, 10, 60, 300, 1800)
    assert "again within 2 s, 10 s, 1, 5, 30 minutes" in PAGE
    assert set(PAUSES_S.values()) == {1800}
    assert OPENS_AFTER == FORBIDDEN_IN_A_ROW == 5
