"""X's limits by tier, and how they are shared."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.sending.pace import Lane, windows_of
from bot.x.limits import Limits, limits_of


@dataclass(frozen=True)
class Chosen:
    per_15_min: int = 0
    per_24_h: int = 0
    reads_per_15_min: int = 0


def test_the_self_serve_tier_is_shared_as_the_page_says() -> None:
    """15 in 15 minutes and 1,440 a day: 3 and 200 for what is no answer, 40 a day for answers alone."""
    limits = limits_of("self-serve", Chosen())
    assert limits == Limits(15, 1440, 15)
    assert (limits.others_per_15_min, limits.answers_beside_others) == (3, 12)
    assert (limits.others_per_24_h, limits.others_end_at) == (200, 1400)
    assert limits.retries_per_15_min == 3


def test_single_settings_overrule_the_tier() -> None:
    """An account may be allowed less, or a contract more."""
    assert limits_of("self-serve", Chosen(per_15_min=5)) == Limits(5, 1440, 15)
    assert limits_of("enterprise", Chosen(900, 50_000, 300)) == Limits(900, 50_000, 300)


def test_a_tier_without_published_figures_asks_for_them() -> None:
    """A guess would be 429s, or an allowance left unused."""
    with pytest.raises(SettingsError, match="GIFTBOT_SENDING_PER_24_H, GIFTBOT_SENDING_READS_PER_15_MIN"):
        limits_of("enterprise", Chosen(per_15_min=900))


@given(st.integers(1, 100_000), st.integers(1, 1_000_000), st.booleans())
def test_no_window_ever_allows_more_than_x_does_nor_nothing_at_all(quarter: int, day: int, others_wait: bool) -> None:
    """A share of 0 would silence a lane for ever."""
    limits = Limits(quarter, day, 15)
    for lane in Lane:
        windows = {name: limit for name, limit, _ in windows_of(lane, limits, others_wait=others_wait)}
        assert min(windows.values()) >= 1
        assert windows["dm_15_min"] == quarter
        assert windows["dm_24_h"] <= day
    if quarter > 1:
        assert limits.answers_beside_others + limits.others_per_15_min == quarter
