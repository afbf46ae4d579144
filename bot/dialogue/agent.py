"""Rasa's agent, loaded once; one message through it gives a Handled turn. Touches no store."""

from __future__ import annotations

import asyncio
import os
import string
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from itertools import count
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.model import get_latest_model

from bot.dialogue.action_endpoints import CUT_OFF, FAILURES, TOO_SLOW, UNREACHABLE, LocalActions, RemoteActions
from bot.dialogue.channel import CollectingChannel
from bot.dialogue.replies import Folded, fold
from bot.dialogue.responses import Responses
from bot.dialogue.tracker_store import StagedTrackerStore
from bot.dialogue.warm_up import PROBE, WARM_UP
from bot.errors import GiftbotError, Unavailable
from bot.model import InboundMessage, MessageId, ShopperId
from nlu.components.brief_extractor import SENT_AT

RESUME_INTENT = "start_over"
"""What a shopper says to get the bot back while a person has the talk; utter_handover tells them. A gift request is
not enough: it may well be meant for the colleague."""

_ANY_DAY = datetime(2026, 1, 5, 12, tzinfo=timezone.utc)


class ActionFailed(GiftbotError):
    """An action raised or refused; the turn is dropped and tried again, then buried."""


class ActionUnanswered(GiftbotError):
    """The action server had the call and gave no answer: it is away, or this message is too much for it.

    ``str`` is the reason: TOO_SLOW or CUT_OFF of `bot.dialogue.action_endpoints`.
    """


@dataclass(frozen=True, slots=True)
class Handled:
    """A turn thought through, with nothing done yet: what to say, and what to keep of the talk."""

    said: Folded = field(repr=False)
    tracker: bytes | None = field(repr=False)
    with_person: bool


class GiftAgent:
    """Rasa's agent with our store and action endpoint. The worker lets one shopper have one turn at a time."""

    def __init__(self, agent: Agent, store: StagedTrackerStore, actions: RemoteActions | LocalActions) -> None:
        self._agent = agent
        self._store = store
        self._actions = actions
        self._numbers = count(1)

    @classmethod
    async def load(cls, model_dir: Path, actions: RemoteActions | LocalActions, *, kept_events: int) -> GiftAgent:
        """Load the newest model in ``model_dir`` and warm it up, with the action server too where it answers.

        Raises:
            GiftbotError: if there is no model; says to train one.
        """
        path = await asyncio.to_thread(get_latest_model, model_dir)
        if path is None:
            raise GiftbotError(f"There is no trained model in {model_dir}: run `giftbot rasa train`.")
        agent = Agent(action_endpoint=actions, lock_store=InMemoryLockStore())
        await asyncio.to_thread(agent.load_model, path)
        store = StagedTrackerStore(agent.domain, kept_events=kept_events)
        agent.tracker_store = agent.processor.tracker_store = store
        agent.nlg = agent.processor.nlg = Responses(agent.domain.responses)
        made = cls(agent, store, actions)
        await made._warm_up()
        return made

    async def _warm_up(self) -> None:
        """Think through what is said to nobody. An action server that is away is not waited for."""
        tracker: bytes | None = None
        actions_answer = True
        for text in WARM_UP:
            if not actions_answer:
                await self.understood(text)
                continue
            try:
                tracker = (await self.handle(self._to_nobody(text), tracker=tracker, with_person=False)).tracker
            except (Unavailable, ActionUnanswered):
                actions_answer = False
            except ActionFailed:
                continue  # whoever has that talk will see it, with its reason

    def _to_nobody(self, text: str) -> InboundMessage:
        number = next(self._numbers)
        return InboundMessage(MessageId(f"own-{number}"), ShopperId(f"nobody-{number}"), text, _ANY_DAY)

    @property
    def model_name(self) -> str:
        """File name of the model in use."""
        return os.path.basename(str(self._agent.processor.model_path))

    async def handle(self, message: InboundMessage, *, tracker: bytes | None, with_person: bool) -> Handled:
        """Think one message through.

        Raises:
            Unavailable: the action server is away; try the same turn again later.
            ActionUnanswered: it had the call and did not answer; not known whether it is away or the turn poisoned.
            ActionFailed: an action went wrong; the turn may be poisoned.
        """
        if with_person and not await self._wants_back(message.text):
            return Handled(Folded("", {}, (), False, ()), tracker, True)
        channel = CollectingChannel()
        failures: list[str] = []
        token = FAILURES.set(failures)
        self._store.put(message.shopper_id, tracker)
        try:
            await self._agent.handle_message(
                UserMessage(
                    as_text(message.text),
                    channel,
                    message.shopper_id,
                    input_channel=channel.name(),
                    message_id=message.id,
                    metadata={SENT_AT: message.sent_at.isoformat()},
                )
            )
        finally:
            FAILURES.reset(token)
            kept = self._store.take(message.shopper_id)
        raise_what_failed(failures, answered=bool(channel.pieces))
        said = fold(channel.pieces, intro=await self.say("utter_intro") if tracker is None else "")
        return Handled(said, kept, said.hand_over)

    async def actions_answer(self, within_s: float) -> bool:
        """Whether the action server answers just now: anybody, or a request of nobody's made for that."""
        before = self._actions.answered
        asked = self.handle(self._to_nobody(PROBE), tracker=None, with_person=False)
        with suppress(GiftbotError, asyncio.TimeoutError):
            await asyncio.wait_for(asked, within_s)
        return self._actions.answered > before

    async def understood(self, text: str, sent_at: datetime | None = None) -> dict[str, Any]:
        """What the model makes of a message, in Rasa's own form, read as a shopper's is; without a turn."""
        metadata = {SENT_AT: sent_at.isoformat()} if sent_at else {}
        parsed = await self._agent.processor.parse_message(UserMessage(as_text(text), metadata=metadata))
        return dict(parsed)

    async def say(self, response: str) -> str:
        """The text of a response in domain.yml that needs no values."""
        tracker = self._store.init_tracker("nobody")
        drawn = await self._agent.nlg.generate(response, tracker, CollectingChannel.name())
        return str(drawn["text"]) if drawn else ""

    async def _wants_back(self, text: str) -> bool:
        return bool((await self.understood(text))["intent"]["name"] == RESUME_INTENT)

    async def close(self) -> None:
        """Close what the action endpoint holds open."""
        await self._actions.close()


def raise_what_failed(failures: Sequence[str], *, answered: bool) -> None:
    """The error of a turn whose actions failed so, or that said nothing; none otherwise.

    Rasa swallows what an action raises, and saves a turn without an answer.
    """
    if UNREACHABLE in failures:
        raise Unavailable("The action server does not answer: is `giftbot run actions` running?")
    for one in failures:
        if one in (TOO_SLOW, CUT_OFF):
            raise ActionUnanswered(one)
    if failures or not answered:
        raise ActionFailed(failures[0] if failures else "no_answer")


def as_text(written: str) -> str:
    """What a shopper wrote, without the leading slash that Rasa would take for a developer's order (``/intent``)."""
    plain = written.lstrip()
    return plain.lstrip("/" + string.whitespace) if plain.startswith("/") else written
