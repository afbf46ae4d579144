"""The app's webhooks, subscriptions and replay jobs, as X keeps them: pure state; ids and time handed in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from bot.x.webhooks import MAX_URL, wrong_url

MOST_WEBHOOKS = 1
MOST_SUBSCRIPTIONS = 1500
EVENT_TYPES = frozenset(
    {
        "chat.received", "chat.sent", "dm.sent", "dm.received", "dm.indicate_typing", "dm.read", "post.mention.create",
        "post.reply.create", "like.create", "follow.follow", "follow.unfollow", "block.block", "block.unblock",
    }
)  # fmt: skip
"""Of X's types those a brand's bot may want; ``oauth.revoke`` is an event, but no type to subscribe to."""
_ID = re.compile(r"[0-9]{1,19}")


@dataclass(frozen=True, slots=True)
class Hook:
    """One registered webhook."""

    id: str
    url: str
    valid: bool
    created_at: str

    def shown(self) -> dict[str, Any]:
        """As X lists it."""
        return {"id": self.id, "url": self.url, "valid": self.valid, "created_at": self.created_at}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One subscription."""

    id: str
    event_type: str
    user_id: str
    webhook_id: str
    created_at: str
    tag: str = ""

    def shown(self) -> dict[str, Any]:
        """As X lists it; a webhook or tag not given is left out."""
        whole = {
            "subscription_id": self.id, "event_type": self.event_type, "filter": {"user_id": self.user_id},
            "webhook_id": self.webhook_id, "tag": self.tag, "created_at": self.created_at,
            "updated_at": self.created_at,
        }  # fmt: skip
        return {name: value for name, value in whole.items() if value}


@dataclass(slots=True)
class Hooks:
    """All of it for one app."""

    webhooks: dict[str, Hook] = field(default_factory=dict)
    wanted: dict[str, Wanted] = field(default_factory=dict)
    replaying: str = ""
    """The job that runs, if one does."""

    def delivers(self, kind: str) -> bool:
        """Whether an event of this kind goes to a webhook now."""
        return any(
            one.event_type == kind and one.webhook_id in self.webhooks and self.webhooks[one.webhook_id].valid
            for one in self.wanted.values()
        )

    def refuses(self, url: str) -> str:
        """X's reason not to register this address; empty where it may be tried."""
        if len(url) > MAX_URL or wrong_url(url):
            return "UrlValidationFailed"
        if any(hook.url == url for hook in self.webhooks.values()):
            return "DuplicateUrlFailed"
        return "WebhookLimitExceeded" if len(self.webhooks) >= MOST_WEBHOOKS else ""

    def add(self, id_: str, url: str, now: datetime) -> Hook:
        """Register a webhook that answered its CRC."""
        self.webhooks[id_] = Hook(id_, url, True, _iso(now))
        return self.webhooks[id_]

    def judge(self, id_: str, valid: bool) -> None:
        """Note how a CRC ended."""
        self.webhooks[id_] = replace(self.webhooks[id_], valid=valid)

    def subscribe(self, id_: str, body: Mapping[str, Any], now: datetime) -> Wanted:
        """Add a subscription whose body `wrong_subscription` took."""
        one = Wanted(
            id_,
            body["event_type"],
            body["filter"]["user_id"],
            body.get("webhook_id", ""),
            _iso(now),
            body.get("tag", ""),
        )
        self.wanted[id_] = one
        return one

    def has(self, body: Mapping[str, Any]) -> bool:
        """Whether this very subscription is there."""
        asked = (body["event_type"], body["filter"]["user_id"], body.get("webhook_id", ""))
        return any((one.event_type, one.user_id, one.webhook_id) == asked for one in self.wanted.values())

    def wrong_subscription(self, body: Any) -> str:
        """What is wrong with the body of a POST to subscribe; empty where nothing is."""
        if not isinstance(body, dict) or body.keys() - {"event_type", "filter", "tag", "webhook_id"}:
            return "The body is not an object of event_type, filter, tag and webhook_id"
        if body.get("event_type") not in EVENT_TYPES:
            return "event_type is not one of those documented"
        filtered = body.get("filter")
        if not isinstance(filtered, dict) or filtered.keys() - {"user_id", "direction", "keyword"}:
            return "filter is not an object of user_id, direction and keyword"
        if not _is_id(filtered.get("user_id")):
            return "filter.user_id is not an id"
        tag = body.get("tag", "x")
        if not isinstance(tag, str) or not 1 <= len(tag) <= 200:
            return "tag is not a string of 1 to 200 characters"
        if "webhook_id" in body and (not _is_id(body["webhook_id"]) or body["webhook_id"] not in self.webhooks):
            return "WebhookIdInvalid: webhook_id is no webhook of this app"
        return ""

    def wrong_replay(self, body: Any, now: datetime) -> str:
        """What is wrong with the body of a POST for a replay job; empty where nothing is."""
        if not isinstance(body, dict) or body.keys() != {"webhook_id", "from_date", "to_date"}:
            return "The body is not an object of webhook_id, from_date and to_date"
        if not _is_id(body["webhook_id"]) or body["webhook_id"] not in self.webhooks:
            return "WebhookIdInvalid: webhook_id is no webhook of this app"
        since, till = read_time(body["from_date"]), read_time(body["to_date"])
        if since is None or till is None:
            return "QueryParamInvalid: from_date and to_date are UTC as yyyymmddhhmm"
        if since > till or since < now - timedelta(hours=24) or since > now - timedelta(minutes=31):
            return "QueryParamInvalid: from_date is within the last 24 hours, 31 minutes ago at least, before to_date"
        return "" if till <= now - timedelta(minutes=10) else "QueryParamInvalid: to_date is 10 minutes ago at least"


def read_time(value: Any) -> datetime | None:
    """A moment as replay jobs name it, or None."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{12}", value):
        return None
    try:
        return datetime.strptime(value, "%Y%m%d%H%M").replace(tzinfo=timezone.utc)
    except ValueError:
        return None


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
