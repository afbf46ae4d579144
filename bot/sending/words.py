"""Tells shoppers at the end of a long queue about how long their answer will take; once a queue and shopper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.metrics import QUEUE_WORDS
from bot.model import Send, ShopperId
from bot.sending.pace import Pace, Ticket
from bot.sending.queue_word import expected_at, is_word, minutes_told, word_for, word_id
from bot.settings import SendingSettings
from bot.store.connection import Store
from bot.x.limits import DAY_S, QUARTER_S

_OFFER_EVERY = timedelta(seconds=10)
_LAST = 20

_log = structlog.get_logger()


class Words:
    """Offers one word at a time. Who waits longest is told first, from the share of messages that are no answers."""

    def __init__(self, store: Store, pace: Pace, settings: SendingSettings, text: Callable[[int], str] | None) -> None:
        self._store = store
        self._pace = pace
        self._longer_than = timedelta(minutes=settings.word_after_min)
        self._text = text
        self._in_queue: bool | None = None
        self._told: set[ShopperId] = set()
        self._offered_at: datetime | None = None

    async def note(self, *, waits: bool) -> None:
        """Note whether answers are due; once none is, the queue is over and the next one tells anew."""
        if self._text is None or waits or self._in_queue is False:
            return
        await self._store.words.ended()
        self._in_queue = False
        self._told.clear()

    async def offer(self, now: datetime) -> bool:
        """Answers wait for X's allowance: put a word into the outbox for one who will wait long. True where done."""
        if self._text is None or (self._offered_at is not None and now - self._offered_at < _OFFER_EVERY):
            return False
        self._offered_at, self._in_queue = now, True
        since = await self._store.words.began(now)
        calls = [
            await self._store.quotas.spent((name, 0, length), now)
            for name, length in (("dm_15_min", QUARTER_S), ("dm_24_h", DAY_S))
        ]
        heard = expected_at(0, calls[0], calls[1], self._pace.limits, now)  # when the word itself can go
        for waits in await self._store.words.last(now, _LAST):
            expected = expected_at(waits.place + 1, calls[0], calls[1], self._pace.limits, now)
            if expected - heard < self._longer_than:
                return False  # all others wait less
            if waits.shopper_id not in self._told and not await self._was_told(waits.shopper_id, since):
                answer = await self._store.words.next_answer(waits.shopper_id)
                if answer is not None:
                    return await self._tell(answer, expected, heard, now)
        return False

    async def claimed(self, send: Send, ticket: Ticket) -> None:
        """A Send was claimed: a word counts as no answer, its place in the others' share was taken before."""
        if is_word(send.id):
            await self._pace.not_an_answer(ticket)

    async def _was_told(self, shopper_id: ShopperId, since: datetime) -> bool:
        """Whether a word of this queue was handed to X for them, by whatever sender."""
        _, spent = await self._store.outbox.facts(shopper_id)
        told = any(is_word(one.send_id) and one.at >= since for one in spent.handed)
        if told:
            self._told.add(shopper_id)
        return told

    async def _tell(self, answer: Send, expected: datetime, heard: datetime, now: datetime) -> bool:
        assert self._text is not None
        shopper_id = answer.shopper_id
        self._told.add(shopper_id)
        name = word_id(answer.in_reply_to)
        if await self._pace.word(name) is not None:
            self._told.discard(shopper_id)
            return False
        minutes = minutes_told(expected - heard)
        added = await self._store.words.add(
            answer, word_for(answer, self._text(minutes), expected=expected, now=now), now
        )
        if not added:
            await self._pace.word_back(name)
            return False
        QUEUE_WORDS.inc()
        _log.info("queue_word", shopper_id=shopper_id, seconds=minutes * 60)
        return True
