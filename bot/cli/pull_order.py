"""What `giftbot catalog pull` fetches, and with which credentials, out of the settings."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.settings import CatalogSettings
    from catalog.pulling.fetching import Order


def order_of(said: CatalogSettings, url: str) -> Order:
    """Return what to fetch; credentials go with the address of the settings, or with one of the same server.

    Raises AddressRefused where the address cannot be fetched from.
    """
    from catalog.pulling.feed_url import FeedUrl
    from catalog.pulling.fetching import Order

    if not url:
        raise click.UsageError("no address: give --url https://… or set GIFTBOT_CATALOG_PULL_URL")
    ports = frozenset(int(port) for port in said.pull_ports.split(","))
    asked = FeedUrl.parse(url, ports)
    headers: dict[str, str] = {}
    if not said.pull_url or asked.same_origin(FeedUrl.parse(said.pull_url, ports)):
        headers = credentials_of(said)
    return Order(url, ports, int(said.pull_max_mb * (1 << 20)), said.pull_timeout_s, headers)


def credentials_of(said: CatalogSettings) -> dict[str, str]:
    """Return the headers that open the merchant's door; raises click.UsageError where they cannot be sent."""
    headers: dict[str, str] = {}
    if said.pull_user or said.pull_password:
        pair = f"{said.pull_user}:{said.pull_password}".encode()
        headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
    if said.pull_header:
        name, colon, value = said.pull_header.partition(":")
        plain = name.replace("-", "").isalnum() and name.isascii() and value.isascii() and value.isprintable()
        if not colon or not plain or not value.strip():
            raise click.UsageError("GIFTBOT_CATALOG_PULL_HEADER must be one header, such as “X-Api-Key: …”")
        headers[name] = value.strip()
    return headers
