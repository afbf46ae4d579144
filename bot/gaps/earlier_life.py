"""After a restore: what an earlier life of the store did is read back from X, and not done again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

import structlog

from bot.gaps.ports import Take
from bot.model import Echo, InboundMessage, MessageId
from bot.store.connection import Store
from bot.store.inbound.door import EchoOutcome
from bot.store.inbound.restored import PERHAPS
from bot.x.events import Happening

log = structlog.get_logger()


class EarlierLife:
    """Takes talks read back; a message that a message of ours follows, of which nothing is known here, was answered.

    Where fewer of ours than of theirs came, the last of theirs perhaps were not: X does not say what answers what, and
    one turn may have answered several. They are not answered again either, and are kept where people find them.

    Args:
        store: restored or not.
        take: does with what happened what intake does.
        is_word: whether a text of ours is a word about a long wait, which answers nothing.
    """

    def __init__(self, store: Store, take: Take, is_word: Callable[[str], bool]) -> None:
        self._store, self._take, self._is_word = store, take, is_word

    async def __call__(self, talk: list[Happening], now: datetime) -> None:
        """Take what happened with one shopper, oldest first.

        Raises:
            Unavailable: not all of it is safe; the same talk again is.
        """
        echoes = [one for one in talk if isinstance(one, Echo)]
        if not echoes or not await self._store.restored.was(echoes[0].shopper_id):
            await self._take(talk, now)
            return
        ours: set[int] = set()
        for place, echo in enumerate(talk):
            if isinstance(echo, Echo):
                said = await self._store.door.accept_echo(echo, now=now)
                if said is EchoOutcome.EARLIER and not self._is_word(echo.text):
                    ours.add(place)
        until_our_last = talk[: max(ours, default=-1) + 1]
        before = [one for one in until_our_last if isinstance(one, InboundMessage)]
        answered = [one.id for one in before]
        perhaps = _perhaps_not_answered(until_our_last, ours)
        shopper_id = echoes[0].shopper_id
        # marked first, so that no worker that runs already commits a turn of theirs
        await self._store.restored.answered_before(shopper_id, answered, perhaps)
        await self._take([one for one in talk if not isinstance(one, Echo)], now)
        await self._store.restored.answered_before(shopper_id, answered, perhaps)
        for one in before:
            log.info(PERHAPS if one.id in perhaps else "answered_before", message_id=one.id, shopper_id=shopper_id)


def _perhaps_not_answered(talk: Sequence[Happening], ours: Collection[int]) -> list[MessageId]:
    """Of what they wrote before our last message, what may have no answer; ``ours`` are the places of our messages.

    Answers go in order, and each is for one message at least.
    """
    waiting: list[MessageId] = []
    for place, one in enumerate(talk):
        if isinstance(one, InboundMessage):
            waiting.append(one.id)
        elif place in ours:
            del waiting[:1]
    return waiting
