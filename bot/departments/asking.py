"""What a department asks for, as a Send: pure, so that the same request always makes the same one."""

from __future__ import annotations

import re
import unicodedata
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


_UNSEEN = {"Cc", "Cf", "Cs"}
"""Control signs, signs that turn or hide what stands beside them, and halves of characters."""
_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_EMOJI = re.compile(
    f"(?<={_PICTURE})[\ufe0f\U0001f3fb-\U0001f3ff]*\u200d(?={_PICTURE})|(?<=\U0001f3f4)[\U000e0020-\U000e007f]+"
)
"""What holds an emoji of several signs together (a family, a flag of a part of a country)."""


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
    plain = _EMOJI.sub("", text)
    if any(unicodedata.category(sign) in _UNSEEN and sign not in "\n\t\r" for sign in plain):
        raise Unusable("text must be readable: no control or invisible characters, no halves of characters.")
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
