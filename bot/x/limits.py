"""What X publishes about its limits, as data with source and date; older pages contradict, the stricter is taken.

A running giftbot goes by the tier's figures, by single settings that overrule them, and by the headers of X's
answers. The sandbox counts the same windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Window:
    """So many calls in so many seconds, for one account."""

    calls: int
    seconds: int


QUARTER_S = 15 * 60
DAY_S = 24 * 3600

SEND_MESSAGE = (Window(15, QUARTER_S), Window(1440, DAY_S))
"""Each POST dm_conversations call, self-serve tier. The brand is one account: this is for all shoppers."""

READ_MESSAGES = (Window(15, QUARTER_S),)
"""GET dm_events and both per-conversation reads."""


@dataclass(frozen=True, slots=True)
class Tier:
    """What one of X's tiers allows an account; 0 where X publishes no figure."""

    per_15_min: int
    per_24_h: int
    reads_per_15_min: int
    source: str
    read_on: str


TIERS = {
    "self-serve": Tier(
        15, 1440, 15, "docs.x.com, rate limits: per-user column of the DM endpoints, self-serve table", "2026-08-22"
    ),
    "legacy": Tier(
        200,
        1000,
        15,
        "X's page on moving from v1.1 to v2: 200 and 1,000 a user, shared by the POST calls",
        "2026-08-22",
    ),
    "enterprise": Tier(0, 0, 0, "X publishes none: the figures are those of the contract", "2026-08-22"),
}
"""By GIFTBOT_X_TIER. An app moved between tiers keeps working: X's own headers and 429 overrule a figure too high."""

OTHERS_ONE_IN = 5
"""Of each 15 minutes' Sends one in five at most is no answer: 3 of 15."""
OTHERS_OF_DAY = 200 / 1440
"""Of a day's Sends that may be no answer: 200 of 1,440."""
RESERVE_OF_DAY = 40 / 1440
"""Of a day's Sends that only answers may have: the last 40 of 1,440."""
RETRIES_ONE_IN = 10
"""Tries after the first, of all Sends X allows: a tenth, so that an X that recovers is not buried in repeats."""
FEWEST_RETRIES = 3
"""…but never fewer than this in 15 minutes: a tenth of 15 would leave a shopper waiting for hours."""


class Chosen(Protocol):
    """Single settings that overrule the tier's figures where they are not 0; bot.settings.SendingSettings."""

    @property
    def per_15_min(self) -> int: ...
    @property
    def per_24_h(self) -> int: ...
    @property
    def reads_per_15_min(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """The account's limits in force, and how the way out shares them between answers and the rest."""

    per_15_min: int
    per_24_h: int
    reads_per_15_min: int

    @property
    def others_per_15_min(self) -> int:
        """Sends in 15 minutes that are no answers."""
        return max(1, self.per_15_min // OTHERS_ONE_IN)

    @property
    def answers_beside_others(self) -> int:
        """Answers in 15 minutes while others wait; all of them else."""
        return max(1, self.per_15_min - self.others_per_15_min)

    @property
    def others_per_24_h(self) -> int:
        """Sends in a day that are no answers."""
        return max(1, int(self.per_24_h * OTHERS_OF_DAY))

    @property
    def others_end_at(self) -> int:
        """Sends of a day after which only answers go: the rest is kept for them."""
        return max(1, self.per_24_h - max(1, int(self.per_24_h * RESERVE_OF_DAY)))

    @property
    def retries_per_15_min(self) -> int:
        """Tries in 15 minutes that are not a Send's first."""
        return max(FEWEST_RETRIES, self.per_15_min // RETRIES_ONE_IN)


def limits_of(tier: str, chosen: Chosen) -> Limits:
    """The figures in force.

    Raises:
        SettingsError: the tier has no published figure and the setting gives none; names the settings.
    """
    published = TIERS[tier]
    names = ("per_15_min", "per_24_h", "reads_per_15_min")
    figures = {name: getattr(chosen, name) or getattr(published, name) for name in names}
    missing = [f"GIFTBOT_SENDING_{name.upper()}" for name, figure in figures.items() if not figure]
    if missing:
        raise SettingsError(
            f"GIFTBOT_X_TIER={tier}: X publishes no figures for it. Set {', '.join(missing)} to those of the contract."
        )
    return Limits(**figures)
