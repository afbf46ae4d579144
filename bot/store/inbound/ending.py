"""What a turn leaves behind, and how the script that ends it is told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.governance.text_mark import text_mark
from bot.model import Send, TurnRecord
from bot.store.access.keys import DEAD_FOR, MOST_INTERACTIONS, RECORD_FOR, SEEN_FOR, TALK_FOR, Keys, seconds
from bot.store.inbound.queued import TALK_VERSION, Lease, QueuedTurn, Talk, ms
from bot.store.outbound.box import box_of
from bot.store.outbound.records import write_record
from bot.store.outbound.sends import write_pictures

BUNDLED = "bundled"
"""Outcome of a message whose turn answered a later one of the same shopper; the record is the same."""


@dataclass(frozen=True, slots=True)
class Ending:
    """All of it; ``talk`` None leaves the talk as it is, ``buried_for`` gives the message up."""

    talk: Talk | None
    send: Send | None
    record: TurnRecord
    buried_for: str
    interactions: Sequence[Mapping[str, Any]] = ()
    opted_out: str = ""
    forget: bool = False


def keys_of(keys: Keys, turn: QueuedTurn, ending: Ending) -> list[str]:
    """Every key commit_turn.lua touches, in its order."""
    shopper_id = turn.message.shopper_id
    partition = keys.partition_of(shopper_id)
    named = [
        keys.of(partition, "fence"),
        keys.of(partition, "turns"),
        keys.shopper("talk", shopper_id),
        keys.of(partition, "dead"),
        keys.of(partition, "interactions"),
        keys.shopper("consents", shopper_id),
        keys.send(partition, ending.send.id if ending.send else ""),
        *box_of(keys, shopper_id),
        keys.of(partition, "forget"),
    ]
    for one in turn.messages:
        named += [keys.done(partition, one.id), keys.record(partition, one.id), keys.tries(partition, one.id)]
    return named


def arguments_of(
    lease: Lease, turn: QueuedTurn, ending: Ending, now: int | str, *, group: str, more: tuple[str, int]
) -> list[str | bytes | int]:
    """Every argument commit_turn.lua takes, in its order; ``more``: from where, and how many of what waits it tells."""
    talk, send = ending.talk or Talk(), ending.send
    send_id, text = (send.id, send.text) if send else ("", "")
    said: list[str | bytes | int] = [
        lease.fence, group, now, turn.message.shopper_id, turn.talk.held_by,
        seconds(SEEN_FOR), seconds(TALK_FOR), seconds(RECORD_FOR), seconds(DEAD_FOR),
        int(ending.talk is not None), talk.tracker or b"", int(talk.with_person), ms(talk.colleague_at),
        ms(talk.paused_until), " ".join(map(str, talk.answered_at)), talk.model, TALK_VERSION,
        send_id, text, text_mark(text), ending.buried_for,
        _json(ending.interactions), MOST_INTERACTIONS, ending.opted_out, int(ending.forget),
        write_pictures(send.pictures) if send else "", *more,
    ]  # fmt: skip
    for one in turn.waiting:
        record = replace(ending.record, message_id=one.message.id)
        if one is not turn.waiting[-1]:
            record = replace(record, outcome=BUNDLED)
        said += [one.entry_id, one.message.id, write_record(record, send_id)]
    return said


def _json(interactions: Sequence[Mapping[str, Any]]) -> str:
    """What the commit keeps of a turn's interactions; nothing where there were none."""
    return json.dumps([dict(one) for one in interactions], separators=(",", ":")) if interactions else ""
