"""One page of talks as X lists it; a look reads it so that telling nothing is never taken for "not there"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from bot.errors import Retryable
from bot.model import Echo, InboundMessage, MessageId, ShopperId
from bot.x.events import Happening, Ignored, Malformed
from bot.x.text import plain_text

_ID = re.compile(r"[0-9]{1,19}")
_TOKEN = re.compile(r"[!-~]{1,512}")
_NO_MESSAGES = ("ParticipantsJoin", "ParticipantsLeave")


@dataclass(frozen=True, slots=True)
class SentSeen:
    """A message of our account, found in a talk by reading it."""

    id: str
    text: str = field(repr=False)
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Our messages of one page, and the token of the next one where there may be more of them."""

    ours: tuple[SentSeen, ...]
    next_token: str | None


def read_page(body: Any, account_id: str, since: datetime) -> Page:
    """Our own messages of ``since`` or later among those of one page, in X's order (newest first).

    Args:
        body: the JSON of a 200.
        account_id: X user id of the brand's account.
        since: older messages are passed over, whatever they lack.

    Raises:
        Retryable: ``read_unclear_answer``: the page does not tell for certain what of ours is on it.
    """
    if not isinstance(body, dict) or "errors" in body:
        raise _unclear()
    meta = body.get("meta", {})
    if not isinstance(meta, dict):
        raise _unclear()
    events = _events(body, meta)
    ours = [seen for event in events if (seen := _ours(event, account_id, since)) is not None]
    if events and _is_before(events[-1], since):
        return Page(tuple(ours), None)
    return Page(tuple(ours), _next_token(meta))


def read_all(body: Any, account_id: str, since: datetime) -> tuple[list[Happening], int, str | None]:
    """All messages of ``since`` or later on one page of the account's talks, newest first.

    Unlike a look after a Send, this takes what it can read: one odd message must not hide the others.

    Returns:
        What happened, how many messages X counted (and bills), and the next page's token where older ones may matter.

    Raises:
        Retryable: ``read_unclear_answer``: this is no page of messages.
    """
    if not isinstance(body, dict) or not isinstance(body.get("meta", {}), dict):
        raise _unclear()
    meta = body.get("meta", {})
    events = _events(body, meta)
    happenings = [_happened(event, account_id) for event in events if not _is_before(event, since)]
    older = not events or _is_before(events[-1], since)
    return happenings, len(events), None if older else _next_token(meta)


def _happened(event: Any, account_id: str) -> Happening:
    if not isinstance(event, dict):
        return Malformed("event")
    if event.get("event_type") in _NO_MESSAGES:
        return Ignored("not_a_message")
    id_, sender, text, moment = event.get("id"), event.get("sender_id"), event.get("text", ""), _moment(event)
    if not _is_id(id_) or not _is_id(sender) or not isinstance(text, str) or moment is None:
        wrong = "id" if not _is_id(id_) else "sender_id" if not _is_id(sender) else "text" if moment else "created_at"
        return Malformed(wrong)
    plain = plain_text(text, event.get("entities"))
    # a talk of two is named by both ids; groups and talks of others are listed too, and are not giftbot's
    other = _other_of_two(event.get("dm_conversation_id"), account_id)
    if other is None or sender not in (other, account_id):
        return Ignored("not_ours")
    if sender == account_id:
        return Echo(MessageId(str(id_)), ShopperId(other), plain, moment)
    return InboundMessage(MessageId(str(id_)), ShopperId(other), plain, moment)


def _other_of_two(talk: Any, account_id: str) -> str | None:
    """With whom the account talks, where it is a talk of just the two; None where it is not, or X did not tell."""
    ids = talk.split("-") if isinstance(talk, str) else []
    if len(ids) != 2 or account_id not in ids:
        return None
    other = ids[1] if ids[0] == account_id else ids[0]
    return other if _is_id(other) and other != account_id else None


def _events(body: dict[str, Any], meta: dict[str, Any]) -> list[Any]:
    """The list X gave. It leaves the list out where there is nothing, and then says so by a count of 0."""
    events, count = body.get("data", []), meta.get("result_count")
    said_none = type(count) is int and count == 0
    if not isinstance(events, list) or ("data" not in body and not said_none):
        raise _unclear()
    if not events and count is not None and not said_none:
        raise _unclear()
    return events


def _ours(event: Any, account_id: str, since: datetime) -> SentSeen | None:
    """The message if it is ours and young enough; what only may be is unclear."""
    if not isinstance(event, dict):
        raise _unclear()
    if event.get("event_type") in _NO_MESSAGES or _is_before(event, since):
        return None
    sender, id_, text, moment = event.get("sender_id"), event.get("id"), event.get("text"), _moment(event)
    if not _is_id(sender):
        raise _unclear()
    if sender != account_id:
        return None
    if not _is_id(id_) or not isinstance(text, str) or moment is None:
        raise _unclear()
    return SentSeen(str(id_), plain_text(text, event.get("entities")), moment)


def _next_token(meta: dict[str, Any]) -> str | None:
    token = meta.get("next_token")
    if token is None:
        return None
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise _unclear()
    return token


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _is_before(event: Any, since: datetime) -> bool:
    """Whether the event is certainly older."""
    moment = _moment(event)
    return moment is not None and moment < since


def _moment(event: Any) -> datetime | None:
    """``created_at`` in ISO form, with or without fractions (tweepy's own parser insists on them)."""
    value = event.get("created_at") if isinstance(event, dict) else None
    try:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00")) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=timezone.utc) if moment is not None and moment.tzinfo is None else moment


def _unclear() -> Retryable:
    return Retryable("read_unclear_answer")
