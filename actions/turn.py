"""One turn of a talk as an action sees it, and the base of every action."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import besides
from actions.desk import desk
from actions.talk import TalkSoFar, from_slots, tells_passing, to_slots
from actions.wording import Utterance
from nlu.reading import Reading

Said = tuple[TalkSoFar, list[Utterance], dict[str, Any]]
"""The talk after the action, what to say, and data for the record of the turn."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The message of a turn: what it says of the gift, and what the shopper wants, likeliest first."""

    reading: Reading
    intent: str = ""
    confidence: float = 0.0
    """How sure the classifier is of it, 0 to 1; calibrated in training."""
    likely: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """What else the same message wants ("... and do you deliver to Spain?")."""
    figures: bool = False
    """It holds a figure, whatever that stands for."""
    shopper_id: str = ""
    message_id: str = ""
    """The same when a turn is taken again after a crash: what is drawn by it comes out the same."""


class TalkAction(Action, abc.ABC):
    """Reads the talk and the message, lets `decide` do the work, writes the talk back as slots."""

    @abc.abstractmethod
    def name(self) -> str:
        """The name in domain.yml."""

    @abc.abstractmethod
    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        """What happens in this turn. Pure but for the catalogue and the clock of the Desk."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Called by rasa_sdk."""
        desk().between_turns()
        before = from_slots(tracker.slots)
        heard = heard_in(tracker.latest_message or {}, tracker.sender_id)
        after, said, data = self.decide(before, heard)
        answered, more = besides.answers(heard.also, heard.intent)
        passing = (*after.brief.passing, *heard.reading.passing)  # not every action takes what it hears into the Brief
        for one in (*said, *answered):
            mark = one.mark or ("passing" if tells_passing(one.values, passing) else "")
            dispatcher.utter_message(response=one.response, mark=mark, of=one.of, **one.values)
        dispatcher.utter_message(json_message={"brief": after.brief.to_json(), **data, **more})
        old, new = to_slots(before), to_slots(after)
        return [SlotSet(name, value) for name, value in new.items() if value != old[name]]


def heard_in(message: Mapping[str, Any], shopper_id: str) -> Heard:
    """What nlu put into Rasa's message: the Reading among its entities, intents in their ranking."""
    intent = str((message.get("intent") or {}).get("name") or "")
    ranking = message.get("intent_ranking") or ()
    also = next((one.get("value") for one in message.get("entities") or () if one.get("entity") == "also"), None)
    return Heard(
        reading=reading_of(message),
        intent=intent,
        confidence=float((message.get("intent") or {}).get("confidence") or 0.0),
        likely=tuple(str(one["name"]) for one in ranking if one.get("name")),
        also=tuple(str(one) for one in also if one != intent) if isinstance(also, list) else (),
        figures=any(one.isdigit() for one in str(message.get("text") or "")),
        shopper_id=shopper_id,
        message_id=str(message.get("message_id") or ""),
    )


def reading_of(message: Mapping[str, Any]) -> Reading:
    """The Reading that nlu's BriefExtractor put among the message's entities."""
    for entity in message.get("entities") or ():
        if entity.get("entity") == "reading":
            return Reading.from_json(entity.get("value"))
    return Reading()
