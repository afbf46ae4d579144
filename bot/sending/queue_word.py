"""The honest word: when a shopper must wait long for X's allowance, they are told once about how long. Pure.

Once a queue (a stretch in which answers wait because the allowance is used up) and shopper; never after their answer.
A word costs a call. It is taken from the share of messages that are no answers (3 of 15), so answers keep what they
have beside any other department; the minutes told count with that share alone and so err on the late side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.model import MessageId, Send, SendId
from bot.x.limits import DAY_S, QUARTER_S, Limits

RESPONSE = "utter_queue_word"
_ID = "word-"
STEP_MIN = 5
_MOST_PLACES = 5000


def word_id(message_id: MessageId) -> SendId:
    """The id of the word about the answer to a message: there is at most one."""
    return SendId(f"{_ID}{message_id}")


def is_word(send_id: SendId) -> bool:
    """Whether a Send is such a word."""
    return send_id.startswith(_ID)


def expected_at(
    place: int, quarter: Sequence[datetime], day: Sequence[datetime], limits: Limits, now: datetime
) -> datetime:
    """When an answer goes out that has ``place`` answers before it.

    ``quarter`` and ``day`` are the calls that count in X's two windows now, oldest first. Beyond some thousand places
    the last step's pace is taken for the rest.
    """
    in_quarter, in_day = list(quarter), list(day)
    a_quarter, a_day = limits.answers_beside_others, max(1, limits.per_24_h - limits.others_per_24_h)
    at = now
    for _ in range(min(place, _MOST_PLACES) + 1):
        at = max(at, _room(in_quarter, a_quarter, QUARTER_S, now), _room(in_day, a_day, DAY_S, now))
        in_quarter.append(at)
        in_day.append(at)
    return at + max(0, place - _MOST_PLACES) * timedelta(seconds=QUARTER_S / a_quarter)


def minutes_told(wait: timedelta) -> int:
    """A wait as it is told: up to the next five minutes, as nobody can know it better."""
    return max(1, math.ceil(wait.total_seconds() / 60 / STEP_MIN)) * STEP_MIN


def word_for(answer: Send, text: str, *, expected: datetime, now: datetime) -> Send:
    """The word to the shopper of a waiting answer. It ends unsent when the answer itself is to be there."""
    return Send(
        id=word_id(answer.in_reply_to),
        shopper_id=answer.shopper_id,
        text=text,
        in_reply_to=answer.in_reply_to,
        created_at=now,
        expires_at=expected,
    )


def _room(calls: Sequence[datetime], limit: int, seconds: int, now: datetime) -> datetime:
    """When a further call fits in a sliding window."""
    return now if len(calls) < limit else calls[-limit] + timedelta(seconds=seconds)
