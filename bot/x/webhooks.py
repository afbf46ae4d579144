"""What X knows of our webhook and what it delivers there: shapes read, addresses checked, reasons told. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlsplit

MAX_URL = 200
EVENTS = ("dm.received", "dm.sent", "chat.received")
"""What giftbot needs delivered: messages, echoes of our own, and encrypted ones, to be counted though not read."""
WISHED = ("oauth.revoke",)
"""Tried too: X documents the event, but its description lists no such type to subscribe to and may refuse it."""

ADVICE = {
    "CrcValidationFailed": "X asked the webhook for a CRC and did not get the right answer. See that intake runs and "
    "is reached from outside (curl the address with ?crc_token=abcdefghijklmnop), and that GIFTBOT_X_CONSUMER_SECRET "
    "(or GIFTBOT_X_OAUTH2_CLIENT_SECRET, see GIFTBOT_X_CRC_KEY) is the secret of this very app.",
    "UrlValidationFailed": "X does not take this address: it must be https, public, without a port, at most 200 "
    "characters. Set GIFTBOT_X_WEBHOOK_URL.",
    "DuplicateUrlFailed": "The app has this webhook already: `giftbot x status` shows it, `giftbot x setup` validates "
    "it.",
    "WebhookLimitExceeded": "The app has as many webhooks as its tier allows: `giftbot x status` lists them; delete "
    "one with `giftbot x remove ID`.",
    "WebhookIdInvalid": "X knows no such webhook of this app: `giftbot x status` lists those there are.",
    "ReplayConflictError": "A replay job is running already, and X runs one at a time: try again when it has ended.",
    "SubscriptionLimitExceeded": "The app has as many subscriptions as its tier allows: remove some in X's console.",
    "DuplicateSubscriptionFailed": "The subscription is there already.",
}
"""What to do about each reason X documents."""

_REPLAY_BACK = timedelta(hours=24)
_REPLAY_FROM = timedelta(minutes=31)
_REPLAY_TO = timedelta(minutes=10)
REPLAY_PIECE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Webhook:
    """One webhook of the app, as X has it."""

    id: str
    url: str
    valid: bool
    created_at: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One kind of event of one account, delivered to a webhook."""

    id: str
    event_type: str
    user_id: str
    webhook_id: str


def wrong_url(url: str) -> str:
    """What is wrong with an address for a webhook, and what to do; empty where X can take it."""
    if not url:
        return "No address: set GIFTBOT_X_WEBHOOK_URL or give --url, such as https://shop.example/webhooks/x."
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return f"{url[:80]} is no address: give one such as https://shop.example/webhooks/x."
    if parts.scheme != "https":
        return "X delivers to https only: put TLS in front of intake and give the https address."
    if not parts.hostname or "." not in parts.hostname or re.fullmatch(r"[0-9.]+|.*:.*", parts.hostname):
        return "The address needs a public host name."
    if port is not None or parts.netloc.endswith(":"):
        return "X takes no port in the address: let the server in front listen on 443 and leave the port out."
    if parts.username is not None or parts.query or parts.fragment or re.search(r"[^!-~]", url):
        return "The address may hold no user name, query, fragment, space or letters beyond ASCII."
    if len(url) > MAX_URL:
        return f"The address has {len(url)} characters; X takes {MAX_URL} at most."
    return ""


def missing_events(subscriptions: Iterable[Subscription], account_id: str, webhook_id: str) -> tuple[str, ...]:
    """What giftbot needs delivered of the account and X does not deliver to this webhook."""
    have = {one.event_type for one in subscriptions if one.webhook_id == webhook_id and one.user_id == account_id}
    return tuple(name for name in EVENTS if name not in have)


def reason_of(body: Any) -> str:
    """The reason X names in an error body, wherever it puts it; empty where it names none that is documented."""
    texts: list[str] = []
    pending = [body]
    while pending and len(texts) < 100:
        one = pending.pop()
        if isinstance(one, dict):
            pending += one.values()
        elif isinstance(one, list):
            pending += one
        elif isinstance(one, str):
            texts.append(one)
    return next((name for name in ADVICE if any(name in text for text in texts)), "")


def read_webhooks(body: Any) -> tuple[Webhook, ...]:
    """The webhooks of ``GET /2/webhooks`` (a list, left out where there is none) or of a POST (an object).

    Raises:
        ValueError: this is no such answer.
    """
    return tuple(_webhook(entry) for entry in _entries(body))


def read_subscriptions(body: Any) -> tuple[Subscription, ...]:
    """Subscriptions in each of the shapes X's pages show: data as a list, as an object, or ``data.subscription``.

    Raises:
        ValueError: this is no such answer.
    """
    return tuple(_subscription(entry) for entry in _entries(body))


def _entries(body: Any) -> list[dict[str, Any]]:
    if not isinstance(body, dict) or ("data" not in body and "meta" not in body):
        raise ValueError("no data")
    data = body.get("data", [])
    if isinstance(data, dict):
        data = [data.get("subscription", data)]
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise ValueError("data is no list of objects")
    return data


def _webhook(entry: dict[str, Any]) -> Webhook:
    id_, url, valid = entry.get("id"), entry.get("url"), entry.get("valid")
    if not isinstance(id_, str) or not isinstance(url, str) or not isinstance(valid, bool):
        raise ValueError("a webhook without id, url or valid")
    return Webhook(id_, url, valid, str(entry.get("created_at", "")))


def _subscription(entry: dict[str, Any]) -> Subscription:
    id_, kind = entry.get("subscription_id", entry.get("id")), entry.get("event_type")
    if not isinstance(id_, str) or not isinstance(kind, str):
        raise ValueError("a subscription without subscription_id or event_type")
    filtered = entry.get("filter")
    user = filtered.get("user_id", "") if isinstance(filtered, dict) else ""
    return Subscription(id_, kind, str(user), str(entry.get("webhook_id") or ""))


def replay_time(moment: datetime) -> str:
    """A moment as replay jobs name it: UTC, to the minute."""
    return moment.astimezone(timezone.utc).strftime("%Y%m%d%H%M")


def replayable_from(now: datetime) -> datetime:
    """The oldest moment a job may begin with; a minute is kept for the way to X."""
    return now - _REPLAY_BACK + timedelta(minutes=1)


def replay_ready_at(since: datetime, till: datetime) -> datetime:
    """From when X takes a job over this stretch: it begins at least 31 and ends at least 10 minutes ago."""
    return max(since + _REPLAY_FROM, till + _REPLAY_TO)
