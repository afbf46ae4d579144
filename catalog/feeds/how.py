"""What a merchandiser says beside the feed itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from catalog.feeds.currencies import CURRENCIES
from catalog.feeds.limits import Limits
from catalog.feeds.web_address import LinkTemplate

Kind = Literal["full", "update"]


@dataclass(frozen=True, slots=True)
class HowToRead:
    """How a feed is to be read; raises ValueError where currency, link template or time zone is none."""

    as_of: date
    """The day prices and stock are true on; what expired before it is refused."""
    currency: str | None = None
    """Three letters, for prices that name none; never put over a currency the feed names."""
    link_template: str | None = None
    """For feeds without addresses: ``https://shop.example/products/{handle}``, also ``{id}`` and ``{sku}``."""
    limits: Limits = field(default_factory=Limits)
    kind: Kind = "full"
    """``update``: the feed says prices or stock of products there are, nothing else."""
    format: str | None = None
    """One of :data:`catalog.feeds.formats.FORMATS`; None: told by content."""
    country: str | None = None
    """Two letters: whose shipping entries give the delivery times; None: the first country a product names."""
    time_zone: str = "UTC"
    """The shop's, as ``Europe/London``: in which days, and moments that name no zone, are meant."""

    def __post_init__(self) -> None:
        if self.currency is not None and self.currency not in CURRENCIES:
            raise ValueError(f"{self.currency!r} is no currency of ISO 4217: give its three capital letters, as GBP")
        if self.link_template is not None:
            LinkTemplate(self.link_template)
        try:
            ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{self.time_zone!r} is no time zone: write it like Europe/London") from error
