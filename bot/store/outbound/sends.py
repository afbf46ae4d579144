"""A Send, and what a judge looks at, as Redis holds them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from bot.clock import from_ms, to_ms
from bot.errors import GiftbotError
from bot.governance.facts import ConsentFacts, Handed, Spent
from bot.governance.text_mark import text_mark
from bot.model import GIFTBOT, MessageId, Pictured, Purpose, Send, SendId, SendState, ShopperId

_ASKED_FOR = (Purpose.REMINDER, Purpose.MARKETING)


class UnreadableSend(GiftbotError):
    """A later release wrote it, before a roll back. It waits for that release."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a Send's life. ``reason`` is a code, such as "new", "quiet_hours" or "echo"."""

    at: datetime
    state: SendState
    reason: str


@dataclass(frozen=True, slots=True)
class Life:
    """A Send with all that is kept of how it went. ``sentence`` is the latest judge's, for people."""

    send: Send
    sentence: str
    steps: tuple[Step, ...]
    """Oldest first; of a very long life the beginning and the latest."""
    due: datetime | None
    """When it is looked at next; None where it has ended."""


def fields_of(flat: Sequence[bytes]) -> dict[bytes, bytes]:
    """What HGETALL answers inside a script (name, value, name, value …) as a mapping."""
    return dict(zip(flat[::2], flat[1::2], strict=True))


def read_send(kept: Mapping[bytes, bytes]) -> Send:
    """The Send of a hash's fields; those the release before did not know have their defaults.

    Raises:
        UnreadableSend: a later release wrote it.
    """
    try:
        return _send(kept)
    except (KeyError, ValueError) as error:
        raise UnreadableSend(f"a Send of another release cannot be read ({type(error).__name__})") from error


def readable_send(kept: Mapping[bytes, bytes]) -> Send | None:
    """The same; None where nothing is kept, or a later release wrote it: it waits for that one."""
    try:
        return read_send(kept) if kept else None
    except UnreadableSend:
        return None


def _send(kept: Mapping[bytes, bytes]) -> Send:
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
        purpose=Purpose(kept.get(b"purpose", b"answer").decode()),
        department=kept.get(b"department", GIFTBOT.encode()).decode(),
        campaign=kept.get(b"campaign", b"").decode(),
        approved_by=kept.get(b"approved_by", b"").decode(),
        not_before=_moment(kept.get(b"wanted", kept.get(b"not_before", b""))),
        expires_at=_moment(kept.get(b"expires", b"")),
        pictures=_pictures(kept.get(b"pictures", b"")),
        put_off_until=_put_off(kept),
    )


def _put_off(kept: Mapping[bytes, bytes]) -> datetime | None:
    """A claim that was told to wait writes until when over ``not_before``; the wish itself stays in ``wanted``."""
    until = kept.get(b"not_before", b"")
    return _moment(until) if until != kept.get(b"wanted", until) else None


def write_pictures(pictures: Sequence[Pictured]) -> str:
    """What a Send's picture would show, as its hash holds it; nothing where it has none."""
    rows = [[one.number, one.title, one.price, one.url] for one in pictures]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""


def _pictures(kept: bytes) -> tuple[Pictured, ...]:
    return tuple(Pictured(*row) for row in json.loads(kept)) if kept else ()


def read_life(kept: Mapping[bytes, bytes], entry: bytes | None) -> Life:
    """A Send's life of its hash's fields and its entry in the shopper's queue."""
    lines = [line.split(" ", 2) for line in kept.get(b"life", b"").decode().splitlines()]
    steps = tuple(Step(from_ms(at), SendState(state), reason) for at, state, reason in lines)
    due = from_ms(entry.split(b" ")[2]) if entry else None
    return Life(read_send(kept), kept.get(b"sentence", b"").decode(), steps, due)


def write_send(send: Send) -> str:
    """A new Send as the script takes it; when it is made the script tells."""
    fields = {
        "id": send.id,
        "shopper": send.shopper_id,
        "text": send.text,
        "in_reply_to": send.in_reply_to,
        "mark": text_mark(send.text),
        "purpose": send.purpose.value,
        "department": send.department,
        "campaign": send.campaign,
        "approved_by": send.approved_by,
        "not_before": _ms(send.not_before),
        "expires": _ms(send.expires_at),
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))


def asked_for(send: Send) -> str:
    """A fingerprint of everything a department asked for; when it asked is not part of it."""
    asked = [
        send.text, send.purpose.value, send.department, send.campaign, send.in_reply_to,
        _ms(send.not_before), _ms(send.expires_at),
    ]  # fmt: skip
    return blake2b(json.dumps(asked).encode(), digest_size=16).hexdigest()


def read_consent(kept: Mapping[bytes, bytes], stops: bytes | None) -> ConsentFacts:
    """What a shopper allows, for a Send that was asked for under this number of stops (None: asked for now)."""
    wrote = kept.get(b"wrote", b"")
    granted = {one: kept[b"p:" + one.encode()] == b"1" for one in _ASKED_FOR if b"p:" + one.encode() in kept}
    return ConsentFacts(
        opened=b"state" in kept,
        closed=kept.get(b"state") == b"closed",
        overruled=stops is not None and b"state" in kept and kept.get(b"stops", b"0") != stops,
        last_wrote_at=from_ms(wrote) if wrote else None,
        unreachable_since=_moment(kept.get(b"unreachable", b"")),
        granted=granted,
        time_zone=kept.get(b"zone", b"").decode(),
    )


def read_spent(handed: Sequence[tuple[bytes, float]], newer_answer_waits: bool, but: str) -> Spent:
    """What was handed to X (newest first) for a shopper, by others than the Send ``but``."""
    read = [(json.loads(text), from_ms(at)) for text, at in handed]
    return Spent(
        handed=tuple(
            Handed(SendId(send_id), at, Purpose(purpose), department, campaign, mark, *words[:1])
            for (send_id, purpose, department, campaign, mark, *words), at in read
            if send_id != but
        ),
        newer_answer_waits=newer_answer_waits,
    )


def newer_answer_waits(queue: Mapping[bytes, bytes], send_id: SendId) -> bool:
    """Whether an answer waits behind this Send in a shopper's queue, as outbox.lua tells it too."""
    entries = {one.decode(): entry.split(b" ") for one, entry in queue.items() if one != b"@"}
    ours = entries.get(send_id)
    if ours is None:
        return False
    return any(
        entry[0] == b"0" and entry[3] != b"a" and one != send_id and (ours[0] != b"0" or int(entry[1]) > int(ours[1]))
        for one, entry in entries.items()
    )


def _moment(ms: bytes) -> datetime | None:
    return from_ms(ms) if ms else None


def _ms(moment: datetime | None) -> str:
    return "" if moment is None else str(to_ms(moment))
