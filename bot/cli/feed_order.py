"""What an import is asked to read: the feed's file with all that settings and options say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import CatalogSettings
    from catalog.feeds.how import HowToRead
    from catalog.publishing.importing import Feed
    from catalog.storage import Storage


@dataclass(frozen=True)
class Options:
    """What the command line says of a feed, beside where it is."""

    update: bool = False
    currency: str | None = None
    link_template: str | None = None
    form: str | None = None


def how_to_read(said: CatalogSettings, options: Options, today: date) -> HowToRead:
    """Return how a feed is read; options go before settings. Raises ValueError where one of them is nonsense."""
    from catalog.feeds.how import HowToRead
    from catalog.feeds.limits import Limits

    return HowToRead(
        as_of=today,
        currency=options.currency or said.currency or None,
        link_template=options.link_template or said.link_template or None,
        kind="update" if options.update else "full",
        format=options.form,
        country=said.country.upper() or None,
        time_zone=said.time_zone,
        limits=Limits(rows=said.feed_rows),
    )


def feed_of(
    path: Path, storage: Storage, said: CatalogSettings, options: Options, now: datetime, told: date | None = None
) -> Feed:
    """Return what is to be imported; ``told``: the day the feed was made, where that is known."""
    from catalog.publishing.importing import Feed

    pinned = pinned_products(storage, said, now)
    return Feed(path, how_to_read(said, options, now.date()), pinned=pinned, told=told)


def pinned_products(storage: Storage, said: CatalogSettings, now: datetime) -> tuple[str, ...]:
    """Return the products merchandisers pinned; none where the steering file cannot be read (``steer check`` tells)."""
    from zoneinfo import ZoneInfo

    from catalog.steering.entries import SteeringError
    from catalog.steering.steering_file import SteeringFile

    try:
        entries = SteeringFile.at(storage, said.steering or None, ZoneInfo(said.time_zone)).check().entries
    except (SteeringError, OSError):
        return ()
    return tuple(product for one in entries if one.does == "pin" and one.ends > now for product in one.products)
