"""Where one shopper stands, for the chat page: who answers them, what waits for them and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.clock import Clock
from bot.dialogue.silence import Manners, Silence
from bot.governance.rules import Rules
from bot.model import GIFTBOT, Send, SendState, ShopperId
from bot.store.connection import Store
from bot.wiring.explaining import explained

_MOST = 50
_TOLD = 8
"""Sends shown one by one; of the others there is a number."""


class Standings:
    """Looks, over the store; changes nothing. ``clock`` gives the time in UTC."""

    def __init__(self, store: Store, rules: Callable[[], Rules], manners: Manners, clock: Clock) -> None:
        self._store = store
        self._rules = rules
        self._manners = manners
        self._clock = clock

    async def of(self, shopper_id: ShopperId) -> dict[str, Any]:
        """Plain values: ``silence`` (why the bot says nothing, and until when), ``sent`` (how many) and ``sends``.

        Of ``sends`` there are the newest that are not simply answers on their way or sent.

        Raises:
            Unavailable: Redis does not answer.
        """
        consent, _ = await self._store.outbox.facts(shopper_id)
        page = await self._store.outbox.listed(shopper_id=shopper_id, limit=_MOST)
        told = [send for send in page.sends if send.department != GIFTBOT or send.state is not SendState.SENT]
        return {
            "silence": {"why": "stopped"} if consent.closed else await self._silence(shopper_id),
            "sent": sum(send.state is SendState.SENT for send in page.sends),
            "sends": [await self._told(send) for send in told[:_TOLD]],
        }

    async def _silence(self, shopper_id: ShopperId) -> dict[str, str]:
        talk, now = await self._store.talks.get(shopper_id), self._clock()
        why = self._manners.silence(talk, now) if talk is not None else Silence.NONE
        until = None
        if talk is not None and why is Silence.COLLEAGUE and talk.colleague_at is not None:
            until = talk.colleague_at + self._manners.takeover
        if talk is not None and why is Silence.PAUSED:
            until = talk.paused_until
        return {"why": why.value, **({"until": until.isoformat()} if until is not None else {})}

    async def _told(self, send: Send) -> dict[str, Any]:
        """One Send with the governor's sentence: of now where it waits, else the one it ended with."""
        lives = await explained(self._store, self._rules, send.id, self._clock())
        ours = next((one for one in lives if one.life.send.shopper_id == send.shopper_id), None)
        due = ours.life.due if ours is not None else None
        return {
            "id": send.id,
            "department": send.department,
            "purpose": send.purpose.value,
            "text": send.text,
            "state": send.state.value,
            "reason": send.reason,
            "sentence": ours.life.sentence if ours is not None else "",
            "now": list(ours.now) if ours is not None else [],
            "due": due.isoformat() if due is not None else "",
        }
