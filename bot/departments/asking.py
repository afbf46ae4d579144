"""What a department asks for, as a Send: pure, so that the same request always makes the same one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from bot.departments.tokens import Token
from bot.governance.rules import Expiry, Rules
from bot.model import MessageId, Purpose, Send, SendId, ShopperId

_LATEST = timedelta(days=366)
_LONGEST = timedelta(days=35)
"""How long a message may be open: as far back as the store knows what a shopper got."""


class Unusable(ValueError):
    """The item cannot be made a Send; its text says what to do."""


def send_of(item: Mapping[str, Any], token: Token, rules: Rules, now: datetime) -> Send:
    """The Send of one item that fits the document.

    Raises:
        Unusable: its times contradict each other, or its text cannot be read.
    """
    not_before, expires_at = _moment(item, "not_before"), _moment(item, "expires_at")
    if not_before is not None and not_before - now > _LATEST:
        raise Unusable("not_before must lie within the next 366 days.")
    opens = max(now, not_before or now)
    if expires_at is not None and expires_at <= (not_before or now):
        raise Unusable("expires_at must be in the future, and after not_before.")
    if expires_at is not None and expires_at - opens > _LONGEST:
        raise Unusable("expires_at must be within 35 days of not_before, or of now.")
    purpose = Purpose(item["purpose"])
    if not_before is not None and expires_at is None:
        # counted from when it was wanted: of one wanted next week the age says nothing
        expires_at = not_before + min(rule.after for rule in rules.binding(Expiry, purpose))
    return Send(
        id=id_of(token.department, item["shopper_id"], item["idempotency_key"]),
        shopper_id=ShopperId(item["shopper_id"]),
        text=_text(item["text"]),
        in_reply_to=MessageId(""),
        created_at=now,
        purpose=purpose,
        department=token.department,
        campaign=item.get("campaign", ""),
        not_before=not_before,
        expires_at=expires_at,
    )


def id_of(department: str, shopper_id: str, key: str) -> SendId:
    """The same for the same key of the same department to the same shopper, and for nothing else."""
    return SendId(f"d{blake2b(chr(0).join((department, shopper_id, key)).encode(), digest_size=14).hexdigest()}")


def _text(text: str) -> str:
    if not text.strip():
        raise Unusable("text must not be blank.")
    if any(ord(sign) < 32 and sign not in "\n\t\r" for sign in text) or any(
        0xD800 <= ord(sign) < 0xE000 for sign in text
    ):
        raise Unusable("text must be readable: no control characters, no halves of characters.")
    return text


def moment_of(written: str) -> datetime:
    """A moment as the document writes it.

    Raises:
        Unusable: there is no such moment.
    """
    try:
        return datetime.fromisoformat(written.replace("Z", "+00:00"))
    except ValueError as error:
        raise Unusable(f"{written} does not exist in the calendar.") from error


def _moment(item: Mapping[str, Any], name: str) -> datetime | None:
    return moment_of(item[name]) if name in item else None
