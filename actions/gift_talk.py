"""The actions rasa_sdk finds by scanning this package: thin, all deciding is in the modules beside."""

from __future__ import annotations

import abc
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import next_move, offers, refusals, wording
from actions.desk import desk
from actions.search import wanted
from actions.talk import Refined, Shown, TalkSoFar, from_slots, to_slots
from actions.wording import Utterance, money
from catalog.suggest import Answer, suggest
from nlu.reading import Reading

Said = tuple[TalkSoFar, list[Utterance], dict[str, Any]]
"""The talk after the action, what to say, and data for the record of the turn."""


class TalkAction(Action, abc.ABC):
    """Reads the talk and the message, lets `decide` do the work, writes the talk back as slots."""

    @abc.abstractmethod
    def name(self) -> str:
        """The name in domain.yml."""

    @abc.abstractmethod
    def decide(self, talk: TalkSoFar, reading: Reading, intent: str, shopper_id: str) -> Said:
        """What happens in this turn. Pure but for the catalogue and the clock of the Desk."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Called by rasa_sdk."""
        before = from_slots(tracker.slots)
        message = tracker.latest_message or {}
        reading = reading_of(message)
        intent = str((message.get("intent") or {}).get("name") or "")
        after, said, data = self.decide(before, reading, intent, tracker.sender_id)
        for one in said:
            dispatcher.utter_message(response=one.response, mark=one.mark, of=one.of, **one.values)
        dispatcher.utter_message(json_message={"brief": after.brief.to_json(), **data})
        old, new = to_slots(before), to_slots(after)
        return [SlotSet(name, value) for name, value in new.items() if value != old[name]]


def reading_of(message: dict[str, Any]) -> Reading:
    """The Reading that nlu's BriefExtractor put among the message's entities."""
    for entity in message.get("entities") or ():
        if entity.get("entity") == "reading":
            return Reading.from_json(entity.get("value"))
    return Reading()


def answer_for(talk: TalkSoFar, shopper_id: str) -> Answer:
    """What the catalogue has for this talk, now."""
    at = desk()
    return suggest(at.shelf, wanted(talk), shopper_id, now=at.clock())


def show(
    talk: TalkSoFar,
    shopper_id: str,
    found: Utterance,
    missed: Utterance,
    *,
    new: Reading,
    before: Refined | None = None,
) -> Said:
    """Look, and say what was found under ``found``, or under ``missed`` what would help.

    ``new`` is what this message said. A turn that finds nothing is not taken: the talk goes on from ``before``.
    """
    answer = answer_for(talk, shopper_id)
    untold = wording.untold(answer, new.exclusions if talk.seen else talk.brief.exclusions)
    if not answer.suggestions:
        kept = talk if before is None else replace(talk, refined=before)
        return kept, [*untold, *wording.nothing(missed, answer, talk)], {}
    shown = tuple(wording.shown_from(one) for one in answer.suggestions)
    after = replace(talk, shown=shown, seen=talk.seen | {one.id for one in shown})
    return after, [*untold, *wording.ideas(found, answer, talk)], {"suggestions": wording.suggestions_json(answer)}


def ask_or_show(talk: TalkSoFar, reading: Reading, shopper_id: str) -> Said:
    """The next question, or ideas."""
    question = next_move.question(talk)
    if question is not None:
        return replace(talk, asked=(*talk.asked, question)), [Utterance(f"utter_ask_{question}")], {}
    return show(talk, shopper_id, Utterance("utter_ideas"), Utterance("utter_nothing"), new=reading)


class ActionSuggest(TalkAction):
    """A gift request, or more about one."""

    def name(self) -> str:
        return "action_suggest"

    def decide(self, talk: TalkSoFar, reading: Reading, intent: str, shopper_id: str) -> Said:
        return ask_or_show(talk.hears(reading), reading, shopper_id)


class ActionRefine(TalkAction):
    """Cheaper, dearer, more like the second, something else, not that kind."""

    def name(self) -> str:
        return "action_refine"

    def decide(self, talk: TalkSoFar, reading: Reading, intent: str, shopper_id: str) -> Said:
        chosen = talk.pointed_at(reading.position) if refusals.refuses_one(reading, intent) else None
        if chosen is not None:
            reading = refusals.of_kind(reading, chosen, talk, desk().shelf)
        heard = talk.hears(reading)
        if not heard.shown:  # nothing to refine (or another Recipient): a request like any other
            return ask_or_show(heard, reading, shopper_id)
        if reading.budget_max is not None or reading.budget_min is not None or reading.no_budget:
            return ask_or_show(heard, reading, shopper_id)  # a figure, or "any price", says more than "cheaper"
        if intent == "cheaper":
            return _cheaper(heard, reading, shopper_id)
        if intent == "dearer":
            return _dearer(heard, reading, shopper_id)
        if intent == "more_like":
            return _more_like(heard, reading, shopper_id)
        away = replace(heard, refined=replace(heard.refined, like=None))  # both turn away from what was liked
        opening = Utterance("utter_ideas_something_else")
        if reading.exclusions:
            opening = refusals.opening(reading, chosen, desk().shelf) or opening
        return show(away, shopper_id, opening, Utterance("utter_nothing"), new=reading)


def _cheaper(talk: TalkSoFar, reading: Reading, shopper_id: str) -> Said:
    limit = min(talk.shown, key=lambda one: one.price)
    return _from(limit, "cheaper", Refined(below=limit.price, like=talk.refined.like), talk, reading, shopper_id)


def _dearer(talk: TalkSoFar, reading: Reading, shopper_id: str) -> Said:
    limit = max(talk.shown, key=lambda one: one.price)
    return _from(limit, "dearer", Refined(above=limit.price, like=talk.refined.like), talk, reading, shopper_id)


def _from(limit: Shown, way: str, refined: Refined, talk: TalkSoFar, reading: Reading, shopper_id: str) -> Said:
    """Ideas on one side of the price of ``limit``; ``way`` (cheaper, dearer) names the responses that open the list."""
    price = {"price": money(limit.price, limit.currency)}
    found, missed = Utterance(f"utter_ideas_{way}", price), Utterance(f"utter_nothing_{way}", price)
    return show(replace(talk, refined=refined), shopper_id, found, missed, new=reading, before=talk.refined)


def _more_like(talk: TalkSoFar, reading: Reading, shopper_id: str) -> Said:
    chosen = talk.pointed_at(reading.position)
    if chosen is None:
        return talk, [Utterance("utter_which")], {}
    if (
        desk().shelf.product(chosen.id) is None
    ):  # of what left the catalogue nothing is known that another could be like
        return talk, [offers.gone(talk, chosen, desk().shelf)], {}
    refined = replace(talk, refined=replace(talk.refined, like=chosen.id))
    opening = Utterance("utter_ideas_more_like", {"product": chosen.title})
    return show(refined, shopper_id, opening, Utterance("utter_nothing"), new=reading, before=talk.refined)


class ActionExplain(TalkAction):
    """Why these, from the reasons the score gave when they were shown."""

    def name(self) -> str:
        return "action_explain"

    def decide(self, talk: TalkSoFar, reading: Reading, intent: str, shopper_id: str) -> Said:
        if not talk.shown:
            return talk, [Utterance("utter_nothing_shown")], {}
        only = talk.pointed_at(reading.position) if reading.position else None
        return talk, offers.explanation(talk, only, desk().shelf), {}


class ActionSelect(TalkAction):
    """The shopper takes one: price and link as they are now."""

    def name(self) -> str:
        return "action_select"

    def decide(self, talk: TalkSoFar, reading: Reading, intent: str, shopper_id: str) -> Said:
        if not talk.shown:
            return ask_or_show(talk.hears(reading), reading, shopper_id)
        chosen = talk.pointed_at(reading.position)
        if chosen is None:
            return talk, [Utterance("utter_which")], {}
        return talk, [offers.selected(talk, chosen, desk().shelf)], {}


class ActionStartOver(TalkAction):
    """Forget this search, begin another."""

    def name(self) -> str:
        return "action_start_over"

    def decide(self, talk: TalkSoFar, reading: Reading, intent: str, shopper_id: str) -> Said:
        fresh = TalkSoFar().hears(reading)
        if not reading.is_empty:
            return ask_or_show(fresh, reading, shopper_id)
        # The fresh start asks for all there is to ask, so nothing of it is asked again.
        asked = (next_move.RECIPIENT,)
        return replace(fresh, asked=asked), [Utterance("utter_start_over")], {}


class ActionAnswer(TalkAction):
    """A bare yes, no or "don't mind": it answers the question that was asked, if there was one."""

    def name(self) -> str:
        return "action_answer"

    def decide(self, talk: TalkSoFar, reading: Reading, intent: str, shopper_id: str) -> Said:
        heard = talk.hears(reading)
        if not reading.is_empty or not heard.shown:
            return ask_or_show(heard, reading, shopper_id)
        return heard, [Utterance("utter_what_else")], {}


class ActionHandOver(TalkAction):
    """A person please: the dialogue worker mutes the bot for this talk."""

    def name(self) -> str:
        return "action_hand_over"

    def decide(self, talk: TalkSoFar, reading: Reading, intent: str, shopper_id: str) -> Said:
        return talk, [Utterance("utter_handover")], {"hand_over": True}


class ActionUnsure(TalkAction):
    """The intent is unclear. Where the message said something about the gift all the same, use it."""

    def name(self) -> str:
        return "action_unsure"

    def decide(self, talk: TalkSoFar, reading: Reading, intent: str, shopper_id: str) -> Said:
        if not reading.is_empty:
            return ask_or_show(talk.hears(reading), reading, shopper_id)
        return talk, [Utterance("utter_unsure_refine" if talk.shown else "utter_unsure")], {}
