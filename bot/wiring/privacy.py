"""What the privacy commands and the dialogue role need: every place that can hold something of a shopper."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from bot.clock import utc_now
from bot.privacy.places import InCatalogue, InRedis, Places
from bot.settings import CatalogSettings, Settings


def places(settings: Settings, store: Any) -> list[Places]:
    """All of them, in the order in which they must forget."""
    return [InRedis(store), in_catalogue(settings.catalog)]


def in_catalogue(shop: CatalogSettings) -> InCatalogue:
    """Interactions and what was learnt from them. Opens nothing yet."""
    from catalog.interactions.ledger import LEDGER, Ledger
    from catalog.storage import Storage

    storage = Storage.at(shop.dir, cache=shop.cache)
    return InCatalogue(storage, Ledger.open(storage.below(LEDGER), clock=utc_now))


async def carry_out_requests(settings: Settings, store: Any, partitions: range, stop: asyncio.Event) -> None:
    """Forget who asks for it in the chat, until ``stop``."""
    from bot.dialogue.worker import rest
    from bot.privacy.requests import Requests

    owner = secrets.token_hex(8)
    await Requests(store, [in_catalogue(settings.catalog)], partitions, utc_now, rest, owner).run(stop)
