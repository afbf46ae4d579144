"""Rasa's tracker store for one turn at a time: reads what the turn brought, stages what the turn saves.

Rasa saves the tracker once, at the end of ``handle_message``; the worker commits those bytes together with the Send.
What is kept of a talk is trimmed: every slot, and of the events only the last ones Rasa's policies look at, without
the words of either side (X asks for consent before direct messages are stored; the slots hold what is needed).
So a turn costs the same at any length of talk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker

FORMAT = 1
"""Version of the stored form; another version is read as an empty talk rather than guessed at."""

KEPT_KINDS = ("user", "action", "slot")

_STORED = "giftbot_stored"
"""Attribute of an event that was read: the form it was read from, to be written again as it is."""


class StagedTrackerStore(TrackerStore):
    """One instance serves one worker; talks are put in before a turn and taken out after it."""

    def __init__(self, domain: Domain, *, kept_events: int) -> None:
        super().__init__(domain)
        self._kept_events = kept_events
        self._staged: dict[str, bytes | None] = {}

    def put(self, sender_id: str, stored: bytes | None) -> None:
        """Lay out what is stored of a talk, before its turn."""
        self._staged[sender_id] = stored

    def take(self, sender_id: str) -> bytes | None:
        """What the turn saved (or what was laid out, if it saved nothing); the talk is forgotten here."""
        return self._staged.pop(sender_id, None)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stage the trimmed talk. Called by Rasa."""
        self._staged[tracker.sender_id] = dump(tracker, self._kept_events)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The talk as it was laid out, or None for a new one. Called by Rasa."""
        stored = self._staged.get(sender_id)
        return load(stored, sender_id, self.domain) if stored else None

    async def keys(self) -> Iterable[str]:
        """Talks in a turn at this moment."""
        return list(self._staged)


def dump(tracker: DialogueStateTracker, kept_events: int) -> bytes:
    """A talk as compact JSON: all slots that differ from their initial value, and the last events."""
    slots = {slot.name: slot.value for slot in tracker.slots.values() if slot.value != slot.initial_value}
    told = {slot.name for slot in tracker.slots.values() if slot.influence_conversation}
    events = [slim for event in tracker.events if (slim := _slim(event, told)) is not None]
    return json.dumps(
        {"format": FORMAT, "slots": slots, "events": events[_cut(events, kept_events) :]},
        separators=(",", ":"),
        ensure_ascii=False,
    ).encode()


def load(stored: bytes, sender_id: str, domain: Domain) -> DialogueStateTracker | None:
    """The tracker a stored talk stands for; slots the domain no longer knows are dropped."""
    kept = json.loads(stored)
    if kept.get("format") != FORMAT:
        return None
    known = {slot.name for slot in domain.slots}
    restored: list[Event] = [SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME)]
    restored += [SlotSet(name, value) for name, value in kept["slots"].items() if name in known]
    for slim in kept["events"]:
        for event in deserialise_events([slim]):
            if not (isinstance(event, SlotSet) and event.key not in known):
                event.__dict__[_STORED] = slim
                restored.append(event)
    return DialogueStateTracker.from_events(sender_id, restored, domain.slots)


def _slim(event: Event, told: set[str]) -> dict[str, Any] | None:
    """What the policies need of an event: names, not words; of slots only those that influence the talk (``told``)."""
    stored: dict[str, Any] | None = event.__dict__.get(_STORED)
    if stored is not None and not isinstance(event, SlotSet):
        return stored
    if event.type_name not in KEPT_KINDS:
        return None
    if isinstance(event, SlotSet) and event.key not in told:
        return None
    if isinstance(event, UserUttered):
        intent = {
            "name": event.intent_name,
            "confidence": round(float(event.intent.get("confidence") or 0), 3),
        }
        return {
            "event": "user",
            "timestamp": event.timestamp,
            "text": "",
            "parse_data": {"intent": intent, "entities": []},
        }
    slim: dict[str, Any] = event.as_dict()
    slim.pop("metadata", None)
    return slim


def _cut(events: list[dict[str, Any]], kept: int) -> int:
    """Where to cut: at the beginning of a turn, so that no policy sees half of one."""
    start = max(0, len(events) - kept)
    for index in range(start, len(events)):
        if events[index]["event"] == "action" and events[index].get("name") == ACTION_LISTEN_NAME:
            return index + 1
    return start
