"""X's shapes, as documented: what a request may hold, what answers, errors and events look like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.clock import to_ms
from bot.sandbox.talks import Message

_LINK = re.compile(r"https?://[^\s]+")
_PROBLEMS = "https://api.x.com/2/problems/"
MAX_TEXT = 10_000
NEW_FIELDS = frozenset(("id", "text", "event_type", "created_at", "dm_conversation_id", "attachments", "entities"))
EXPANSIONS = frozenset(("attachments.media_keys", "participant_ids", "referenced_posts", "sender_id"))
OLD_FIELDS = NEW_FIELDS | {"sender_id", "participant_ids", "referenced_tweets"}


def wrong_message(body: Any) -> str:
    """What is wrong with the body of a POST that creates a message; empty where nothing is."""
    if not isinstance(body, dict):
        return "The body is not a JSON object"
    unknown = body.keys() - {"text", "attachments"}
    if unknown:
        return f"[{sorted(unknown)[0][:40]}] is not a known field"
    if not body:
        return "One of text, attachments is required"
    text = body.get("text")
    if "text" in body and not (isinstance(text, str) and 1 <= len(text) <= MAX_TEXT):
        return f"text is not a string of 1 to {MAX_TEXT} characters"
    attachments = body.get("attachments", [{"media_id": "1"}])
    if not isinstance(attachments, list) or not attachments or not all(map(_is_attachment, attachments)):
        return "attachments is not a list of objects with a media_id of digits"
    return ""


def _is_attachment(entry: Any) -> bool:
    media = entry.get("media_id") if isinstance(entry, dict) and len(entry) == 1 else None
    return isinstance(media, str) and re.fullmatch(r"[0-9]{1,19}", media) is not None


def problem(status: int, title: str, detail: str) -> dict[str, Any]:
    """An error body of X's v2 API."""
    names = {400: "invalid-request", 402: "credits", 403: "not-authorized-for-resource", 404: "resource-not-found"}
    kind = _PROBLEMS + names[status] if status in names else "about:blank"
    return {"title": title, "type": kind, "status": status, "detail": detail}


def conversation_id(account_id: str, shopper_id: str) -> str:
    """X's id of a talk between two: the smaller id, a hyphen, the larger."""
    return "-".join(sorted((account_id, shopper_id), key=int))


def as_x_shows(text: str) -> tuple[str, list[dict[str, Any]]]:
    """A text as X hands it out: ``& < >`` escaped, every link wrapped, the originals in ``entities.urls``."""
    urls: list[dict[str, Any]] = []

    def wrap(found: re.Match[str]) -> str:
        short = f"https://t.co/sandbox{len(urls):03d}"
        shown = re.sub(r"^https?://", "", found[0])
        urls.append({"url": short, "expanded_url": found[0], "display_url": shown[:26]})
        return short

    # links first: their own ampersands are not escaped in the entities
    wrapped = _LINK.sub(wrap, text)
    escaped = wrapped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for url in urls:
        start = escaped.find(url["url"])
        url["indices"] = [start, start + len(url["url"])]
    return escaped, urls


def dm_event(message: Message, account_id: str, fields: frozenset[str], expansions: Sequence[str]) -> dict[str, Any]:
    """One message as the reads of a talk list it, with the fields that were asked for."""
    text, urls = as_x_shows(message.text)
    everything: dict[str, Any] = {
        "id": message.id,
        "event_type": "MessageCreate",
        "text": text,
        "created_at": _iso(message.at),
        "dm_conversation_id": message.group or conversation_id(account_id, message.shopper_id),
        "sender_id": account_id if message.from_brand else message.shopper_id,
        "participant_ids": [account_id, message.shopper_id],
        **({"entities": {"urls": urls}} if urls else {}),
        **({"attachments": {"media_keys": [f"3_{one}" for one in message.media]}} if message.media else {}),
    }
    wanted = {"id", "event_type", "text"} | fields | set(expansions)
    return {name: value for name, value in everything.items() if name in wanted}


def delivery(message: Message, account_id: str, event_uuid: int) -> dict[str, Any]:
    """The X Activity API's envelope for one message, as its documented samples have it."""
    sender, target = message.shopper_id, account_id
    if message.from_brand:
        sender, target = target, sender
    text, urls = as_x_shows(message.text)
    event = {
        "type": "message_create",
        "id": message.id,
        "created_timestamp": str(to_ms(message.at)),
        "message_create": {
            "target": {"recipient_id": target},
            "sender_id": sender,
            "message_data": {
                "text": text,
                "entities": {"hashtags": [], "symbols": [], "user_mentions": [], "urls": urls},
            },
        },
    }
    return {
        "data": {
            "event_uuid": str(event_uuid),
            "filter": {"user_id": account_id},
            "event_type": "dm.sent" if message.from_brand else "dm.received",
            "payload": {
                "direct_message_events": [event],
                "users": {person: {"data": _profile(person)} for person in (sender, target)},
            },
        }
    }


def _profile(user_id: str) -> Mapping[str, Any]:
    return {
        "id": user_id, "username": f"sandbox_{user_id}", "name": f"Sandbox {user_id}", "protected": False,
        "verified": False, "verified_type": "none", "description": "", "location": "",
        "created_at": "2020-01-01T00:00:00.000Z",
    }  # fmt: skip


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
