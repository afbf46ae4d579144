"""A Send as its hash holds it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.clock import from_ms
from bot.model import MessageId, Send, SendId, SendState, ShopperId


def fields_of(flat: list[bytes]) -> dict[bytes, bytes]:
    """What HGETALL answers inside a script (name, value, name, value …) as a mapping."""
    return dict(zip(flat[::2], flat[1::2], strict=True))


def read_send(kept: Mapping[bytes, bytes]) -> Send:
    """The Send of a hash's fields."""
    return Send(
        id=SendId(kept[b"id"].decode()),
        shopper_id=ShopperId(kept[b"shopper"].decode()),
        text=kept[b"text"].decode(),
        in_reply_to=MessageId(kept[b"in_reply_to"].decode()),
        created_at=from_ms(kept[b"created"]),
        state=SendState(kept[b"state"].decode()),
        attempts=int(kept[b"attempts"]),
        reason=kept[b"reason"].decode(),
        dm_event_id=kept[b"dm_event"].decode(),
    )
