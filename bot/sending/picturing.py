"""The picture that goes with a Send: made in good time or left out, and left out where X dislikes it."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.errors import Refused, Retryable
from bot.metrics import PICTURES
from bot.model import Send
from bot.sending.ports import Pictures

REFUSED_IN_A_ROW = 3
"""Messages refused one after the other because of their pictures, after which texts go alone for a while."""

ALONE_FOR = timedelta(hours=1)

_log = structlog.get_logger()


def may_be_the_picture(error: Exception) -> bool:
    """Whether X may have refused a message because of its picture: all but what speaks of the shopper's own wish.

    X says so in several ways (400, 403, 413, 422) and in words that change; a try without tells for certain.
    """
    match error:
        case Refused(reason="recipient_closed"):
            return False
        case Refused() | Retryable(reason="account_restricted"):
            return True
        case _:
            return False


class Picturing:
    """Puts pictures at X for Sends. ``at_most_s`` is how long one may take; without ``pictures`` texts go alone."""

    def __init__(self, pictures: Pictures | None, at_most_s: float) -> None:
        self._pictures = pictures
        self._at_most_s = at_most_s
        self._refused = 0
        self._alone_until: datetime | None = None

    async def of(self, send: Send, now: datetime) -> str:
        """X's id of the picture that goes with a Send; empty where it goes without one.

        Should the picture be what ended the try before, it does not end this one.
        """
        alone = self._alone_until is not None and now < self._alone_until
        if self._pictures is None or not send.pictures or send.attempts > 1 or alone:
            return ""
        try:
            return await asyncio.wait_for(self._pictures(send), self._at_most_s)
        except asyncio.TimeoutError:
            return ""
        except Exception as error:  # an answer is worth more than its picture
            _log.error("picture_broke", exc_info=error, send_id=send.id)
            return ""

    def refused(self, send: Send, now: datetime) -> None:
        """X refused a message that had one."""
        self._refused += 1
        PICTURES.labels("refused").inc()
        _log.warning("picture_refused", send_id=send.id, count=self._refused)
        if self._refused >= REFUSED_IN_A_ROW:
            # each costs a call of fifteen: once an hour one message tries whether X takes them again
            self._alone_until = now + ALONE_FOR

    def taken(self) -> None:
        """X took a message with its picture."""
        self._refused, self._alone_until = 0, None
