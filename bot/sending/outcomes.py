"""What an answer or a failure of X means for a Send. Pure: time and chance are handed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import InDoubt, Refused, Retryable
from bot.governance.text_mark import text_mark
from bot.model import Purpose, Send
from bot.sending.breaker import NOT_REACHED
from bot.sending.ports import Allowance, SeenDm
from bot.sending.queue_word import is_word
from bot.settings import SendingSettings

RETRY_WITHIN_S = (2, 10, 60, 300, 1800)
"""Longest wait after the first, second … try X certainly did not take; chance takes any part of it (full jitter)."""

RECONNECT_WITHIN_S = (2, 5, 15, 30, 60)
"""Longest wait of the whole account after the first, second … time in a row that X was not reached."""

OF_THIS_MESSAGE = frozenset(("unexpected_error",))
"""Doubts that come from one message and not from X or the way there: our own client breaks over its text.

Only these use up ``max_attempts``, and a Retryable that is neither the account's nor the connection's (the
client raises none today). Every other Send is tried until it expires, however long X or the network is away.
"""

SILENT_IN_DOUBT = frozenset((Purpose.REMINDER, Purpose.MARKETING))
"""Purposes where silence is better than a repeat: in doubt and not found by the look, they are not sent again."""

PAUSE_S = 60
"""Pause of the account where X does not say, or says senselessly, when it takes messages again."""

PAUSES_S = {"account_restricted": 1800, "forbidden_everywhere": 1800}
"""The same where asking every minute would do harm, or a person must act first."""

FORBIDDEN_IN_A_ROW = 5
"""Unclear 403s for one shopper after the other after which the account, and not the shopper, is taken for the cause."""

LONGEST_PAUSE = timedelta(hours=24)
SKEW = timedelta(minutes=10)
"""How far X's clock and ours may be apart."""


@dataclass(frozen=True, slots=True)
class Took:
    """X has the message."""

    dm_event_id: str


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It will not be sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Again:
    """X certainly has it not: send at ``at``.

    ``counted``: whether X may have seen this try. ``left``: whether it went out at all; else its share of
    X's allowance is given back.
    """

    reason: str
    at: datetime
    counted: bool = True
    left: bool = True


@dataclass(frozen=True, slots=True)
class LookLater:
    """X may have it: look at ``at``."""

    reason: str
    at: datetime


Decision = Took | GiveUp | Again | LookLater


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing else of this account will pass before ``until`` either."""

    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, and a number from 0 to 1 that spreads what would else happen all at once."""

    now: datetime
    chance: float


@dataclass(frozen=True, slots=True)
class Outage:
    """X is not reached from here: how many times in a row the account has waited, and until when."""

    waits: int
    until: datetime


def outage_after(error: Exception | None, before: Outage | None, moment: Moment) -> Outage | None:
    """What a call's end tells of the way to X. Calls that fail during one wait do not make the next longer."""
    if not (isinstance(error, Retryable) and error.reason == NOT_REACHED):
        return None
    if before is not None and moment.now < before.until:
        return before
    waits = 1 if before is None else before.waits + 1
    return Outage(waits, moment.now + timedelta(seconds=_nth(RECONNECT_WITHIN_S, waits) * (0.5 + moment.chance / 2)))


def after_send_failed(
    error: Exception, send: Send, settings: SendingSettings, moment: Moment, outage: Outage | None = None
) -> tuple[Decision, Pause | None]:
    """What to do with a Send whose call to X failed. An error nobody foresaw leaves it in doubt.

    ``outage`` is what `outage_after` made of the same error.
    """
    match error:
        case Refused():
            return GiveUp(error.reason), None
        case Retryable() if outage is not None:
            return Again(error.reason, outage.until, counted=False, left=False), Pause(outage.until, error.reason)
        case Retryable(whole_account=True):
            pause = Pause(_passes_again(error.at, moment, error.reason), error.reason)
            return Again(error.reason, pause.until, counted=False), pause
        case Retryable():
            return _again(error.reason, error.at, send, settings, moment), None
        case InDoubt():
            reason = error.reason
        case _:
            reason = "unexpected_error"
    return LookLater(reason, moment.now + timedelta(seconds=settings.settle_delay_s)), None


def after_look(found: SeenDm | None, send: Send, settings: SendingSettings, moment: Moment) -> Decision:
    """What to do with a Send in doubt once X has told what it has.

    Not found is counted: an echo that comes late must find a Send that was tried.
    """
    if found is not None:
        return Took(found.id)
    if send.purpose in SILENT_IN_DOUBT or is_word(send.id):
        return GiveUp("not_found_in_doubt")
    if send.reason in OF_THIS_MESSAGE and send.attempts >= settings.max_attempts:
        return GiveUp("tried_too_often")
    return Again("not_found", moment.now + _jitter(send.attempts, moment))


def after_look_failed(
    error: Exception, send: Send, settings: SendingSettings, moment: Moment
) -> tuple[Decision, Pause | None]:
    """What to do with a Send in doubt when X does not tell: ask later, and in the end prefer silence."""
    reason = error.reason if isinstance(error, Refused | Retryable | InDoubt) else "unexpected_error"
    if moment.now > ends_at(send, settings):
        return GiveUp("never_known"), None
    at = moment.now + timedelta(seconds=settings.settle_delay_s)
    pause = None
    if isinstance(error, Retryable):
        if error.at is not None:
            at = max(at, min(error.at, moment.now + LONGEST_PAUSE))
        if error.whole_account:
            pause = Pause(_passes_again(error.at, moment, reason), reason)
    return LookLater(reason, at), pause


def ends_at(send: Send, settings: SendingSettings) -> datetime:
    """Until when a Send may go out at all."""
    return send.expires_at or send.created_at + timedelta(minutes=settings.expires_after_min)


def pause_after_sent(rate: Allowance | None, moment: Moment) -> Pause | None:
    """A pause where X's answer says that this was the last message it takes for now."""
    if rate is None or rate.remaining > 0 or rate.resets_at <= moment.now:
        return None
    return Pause(_passes_again(rate.resets_at, moment, "allowance_used"), "allowance_used")


def find_own(seen: Iterable[SeenDm], send: Send, *, known: Set[str], first_try: datetime) -> SeenDm | None:
    """The message X has of this Send, if it has one: same text, accounted for by no other Send, not older.

    The oldest of several, as Sends of one talk go out in order.
    """
    mark = _mark(send.text)
    own = [
        one for one in seen if one.id not in known and one.created_at >= first_try - SKEW and _mark(one.text) == mark
    ]
    return min(own, key=lambda one: one.created_at, default=None)


def _mark(text: str) -> str:
    return text_mark(text)


def _nth(waits_s: Sequence[int], number: int) -> int:
    """The wait with this number, from 1; the last one stands for all later."""
    return waits_s[min(max(number, 1), len(waits_s)) - 1]


def _jitter(tries: int, moment: Moment) -> timedelta:
    return timedelta(seconds=_nth(RETRY_WITHIN_S, tries) * moment.chance)


def _again(reason: str, at: datetime | None, send: Send, settings: SendingSettings, moment: Moment) -> Decision:
    if send.attempts >= settings.max_attempts:
        return GiveUp("tried_too_often")
    own = moment.now + _jitter(send.attempts, moment)
    return Again(reason, own if at is None else max(own, min(at, moment.now + LONGEST_PAUSE)))


def _passes_again(at: datetime | None, moment: Moment, reason: str) -> datetime:
    if at is None or at <= moment.now:
        at = moment.now + timedelta(seconds=PAUSES_S.get(reason.removeprefix("read_"), PAUSE_S))
    # a little later than X says, and not all senders at once
    return min(at, moment.now + LONGEST_PAUSE) + timedelta(seconds=1 + 4 * moment.chance)
