"""When the bot keeps silent in a talk, and what a turn leaves of that. Pure.

A person has the talk (the shopper asked for one), a colleague wrote in X's app, or the bot has answered so often in a
short time that another bot may be writing.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.settings import DialogueSettings
from bot.store.inbound.queued import Talk

LOOP_WINDOW = timedelta(minutes=10)
LOOP_PAUSE = timedelta(hours=1)
"""Long enough for the other bot to give up, or for one of us to look (`giftbot talks release`)."""


class Silence(str, enum.Enum):
    """Why the bot says nothing."""

    NONE = ""
    PERSON = "person"
    COLLEAGUE = "colleague"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Manners:
    """The rules."""

    takeover: timedelta
    """How long a colleague's message in X's app keeps the bot silent."""
    most_answers: int
    """Answers within `LOOP_WINDOW` beyond which a talk is paused; 0: no limit."""

    @classmethod
    def of(cls, settings: DialogueSettings) -> Manners:
        """The rules as they are set."""
        return cls(timedelta(hours=settings.takeover_h), settings.loop_turns)

    def silence(self, talk: Talk, now: datetime) -> Silence:
        """Why nothing is said in this talk now."""
        if talk.paused_until is not None and now < talk.paused_until:
            return Silence.PAUSED
        if talk.with_person:
            return Silence.PERSON
        if talk.colleague_at is not None and now < talk.colleague_at + self.takeover:
            return Silence.COLLEAGUE
        return Silence.NONE

    def too_many(self, talk: Talk, now: datetime) -> bool:
        """Whether one more answer would be one too many for people."""
        return 0 < self.most_answers <= len(_lately(talk, now))

    def kept(
        self, talk: Talk, now: datetime, *, tracker: bytes | None, with_person: bool, answered: bool, model: str
    ) -> Talk:
        """The talk after a turn that was not silenced, or that the shopper ended a silence with."""
        return Talk(
            tracker=tracker,
            with_person=with_person,
            colleague_at=None,
            answered_at=self._counted(
                (*_lately(talk, now), round(now.timestamp())) if answered else _lately(talk, now)
            ),
            paused_until=None,
            model=model,
        )

    def _counted(self, times: tuple[int, ...]) -> tuple[int, ...]:
        """As many of the last as the limit needs: a talk must not grow where none is set."""
        return times[-self.most_answers :] if self.most_answers else ()

    def paused(self, talk: Talk, now: datetime) -> Talk:
        """The talk with the bot silent for a while, and the count begun anew."""
        return replace(talk, paused_until=now + LOOP_PAUSE, answered_at=())


def _lately(talk: Talk, now: datetime) -> tuple[int, ...]:
    since = round((now - LOOP_WINDOW).timestamp())
    return tuple(at for at in talk.answered_at if at > since)
