"""What X delivers to the webhook, read strictly into the few things giftbot acts on.

Two shapes come in: the X Activity API's (``{"data": {"event_type", "filter", "payload"}}``) and, for replays
and old set-ups, the Account Activity API's (``{"for_user_id", "direct_message_events"}``). X's word
``recipient_id`` ends here: the Recipient of giftbot is the person who gets the gift.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from bot.clock import from_ms
from bot.errors import GiftbotError
from bot.model import Echo, InboundMessage, MessageId, ShopperId
from bot.x.text import plain_text

_ID = re.compile(r"[0-9]{1,19}")
_MAX_MS = 4_102_444_800_000  # the year 2100: later is no time of a message
_OURS = ("dm.received", "dm.sent")


class WrongShape(GiftbotError):
    """A delivery that is not what X documents; ``field`` names where, and nothing of the content is told."""

    def __init__(self, field: str) -> None:
        super().__init__(f"not the documented shape at {field}")
        self.field = field


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An encrypted message (X Chat): somebody wrote and giftbot cannot read it. To be counted and seen."""

    event_type: str


@dataclass(frozen=True, slots=True)
class Malformed:
    """One message of a delivery whose shape is wrong at ``field``; its neighbours are read all the same."""

    field: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something giftbot has no use for.

    ``reason`` is one of unknown_type, other_account, not_ours, not_a_message, to_self.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class ReplayEnded:
    """X's last word on a replay job: every event was delivered again, or not all of them."""

    job_id: str
    complete: bool


@dataclass(frozen=True, slots=True)
class AccessRevoked:
    """The account took back what it had allowed the app: nothing more comes in or goes out until it is given anew."""


Happening = ReplayEnded | AccessRevoked | InboundMessage | Echo | Unreadable | Malformed | Ignored


def read_delivery(body: bytes, account_id: str) -> list[Happening]:
    """What happened, in the order of the delivery.

    Args:
        body: the raw body, its signature already verified.
        account_id: X user id of the brand's account; what it sent is an Echo, whatever the event is called.

    Raises:
        WrongShape: the body is not JSON, or not an envelope X documents.
    """
    try:
        delivery = json.loads(body)
    except (ValueError, RecursionError):
        raise WrongShape("body") from None
    if not isinstance(delivery, dict):
        raise WrongShape("body")
    if "replay_job_status" in delivery:
        return [_replay_ended(delivery["replay_job_status"])]
    if "data" in delivery:
        return _activity(delivery["data"], account_id)
    if "for_user_id" in delivery:
        return _account_activity(delivery, account_id)
    return [Ignored("unknown_type")]


def _activity(data: Any, account_id: str) -> list[Happening]:
    """The X Activity API: one event type, its payload, and the account it was subscribed for."""
    if not isinstance(data, dict):
        raise WrongShape("data")
    event_type = data.get("event_type")
    if not isinstance(event_type, str):
        raise WrongShape("data.event_type")
    if event_type.startswith("chat."):
        return [Unreadable(event_type[:64])]
    if event_type == "oauth.revoke":
        return [_revoked(data.get("payload"), account_id)]
    if event_type not in _OURS:
        return [Ignored("unknown_type")]
    account = data["filter"].get("user_id") if isinstance(data.get("filter"), dict) else None
    if account is not None and account != account_id:
        return [Ignored("other_account")]
    payload = data.get("payload")
    if not isinstance(payload, dict):
        raise WrongShape("data.payload")
    return _messages(payload, "data.payload", account_id)


def _replay_ended(status: Any) -> Happening:
    """``replay_job_status``: a job that ended, with the state X documents (Complete, Incomplete)."""
    job, state = (status.get("job_id"), status.get("job_state")) if isinstance(status, dict) else (None, None)
    if not isinstance(job, str) or not re.fullmatch(r"[\w.-]{1,64}", job) or not isinstance(state, str):
        return Ignored("unknown_type")
    return ReplayEnded(job, state.lower() == "complete")


def _revoked(payload: Any, account_id: str) -> Happening:
    user = payload.get("user_id") if isinstance(payload, dict) else None
    return AccessRevoked() if user == account_id else Ignored("other_account")


def _account_activity(delivery: dict[str, Any], account_id: str) -> list[Happening]:
    """The Account Activity API: every kind of event under its own key, both directions together."""
    if delivery["for_user_id"] != account_id:
        return [Ignored("other_account")]
    if "direct_message_events" not in delivery:
        return [Ignored("unknown_type")]
    return _messages(delivery, "", account_id)


def _messages(holder: dict[str, Any], where: str, account_id: str) -> list[Happening]:
    events = holder.get("direct_message_events")
    path = f"{where}.direct_message_events".lstrip(".")
    if not isinstance(events, list):
        raise WrongShape(path)
    happenings: list[Happening] = []
    for number, event in enumerate(events):
        try:
            happenings.append(_message(event, account_id))
        except WrongShape as wrong:
            happenings.append(Malformed(f"{path}[{number}].{wrong.field}"))
    return happenings


def _message(event: Any, account_id: str) -> Happening:
    if not isinstance(event, dict):
        raise WrongShape("event")
    if event.get("type") != "message_create":
        return Ignored("not_a_message")
    message = _object(event, "message_create")
    sender = _id(message.get("sender_id"), "message_create.sender_id")
    addressee = _id(_object(message, "target").get("recipient_id"), "message_create.target.recipient_id")
    if account_id not in (sender, addressee):
        return Ignored("not_ours")
    if sender == addressee:
        return Ignored("to_self")
    message_id = MessageId(_id(event.get("id"), "id"))
    sent_at = _moment(event.get("created_timestamp"))
    data = _object(message, "message_data")
    text = data.get("text", "")  # a picture alone has none
    if not isinstance(text, str):
        raise WrongShape("message_create.message_data.text")
    text = plain_text(text, data.get("entities"))
    if sender == account_id:
        return Echo(id=message_id, shopper_id=ShopperId(addressee), text=text, sent_at=sent_at)
    return InboundMessage(id=message_id, shopper_id=ShopperId(sender), text=text, sent_at=sent_at)


def _object(holder: dict[str, Any], name: str) -> dict[str, Any]:
    value = holder.get(name)
    return value if isinstance(value, dict) else _wrong(name)


def _id(value: Any, field: str) -> str:
    """An X id: text of 1 to 19 digits. A JSON number is refused: it may have lost its last digits."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else _wrong(field)


def _moment(value: Any) -> datetime:
    """``created_timestamp``: milliseconds since 1970, as text."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,13}", value) or int(value) > _MAX_MS:
        raise WrongShape("created_timestamp")
    return from_ms(value)


def _wrong(field: str) -> NoReturn:
    raise WrongShape(field)
