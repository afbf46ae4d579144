"""What a merchandiser says beside the feed itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from catalog.feeds.limits import Limits
from catalog.feeds.web_address import LinkTemplate

Kind = Literal["full", "update"]


@dataclass(frozen=True, slots=True)
class HowToRead:
    """How a feed is to be read; raises ValueError where the currency or the link template is not one."""

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

    def __post_init__(self) -> None:
        if self.currency is not None and not (
            len(self.currency) == 3 and self.currency.isascii() and self.currency.isupper()
        ):
            raise ValueError(f"{self.currency!r} is no currency: give three capital letters such as GBP")
        if self.link_template is not None:
            LinkTemplate(self.link_template)
