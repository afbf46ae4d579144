"""Cheaper, dearer, more special, more like the second, something else, not that kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions import interactions, offers, refusals
from actions.desk import desk
from actions.showing import ask_or_show, show
from actions.talk import Refined, Shown, TalkSoFar
from actions.turn import Heard, Said, TalkAction
from actions.wording import Utterance, money


class ActionRefine(TalkAction):
    """Turns the last list towards what the shopper would rather see."""

    def name(self) -> str:
        return "action_refine"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        reading, intent = heard.reading, heard.intent
        chosen = talk.pointed_at(reading.position) if refusals.refuses_one(reading, intent) else None
        if chosen is not None:
            reading = refusals.of_kind(reading, chosen, talk, desk().shelf)
            heard = replace(heard, reading=reading)
        now = talk.hears(reading)
        if intent == "something_else" and talk.shown and not now.shown:  # "something else for dad" wants both
            afresh = replace(now, seen=talk.seen)
            return show(afresh, heard, Utterance("utter_ideas_something_else"), Utterance("utter_nothing"))
        if not now.shown:  # nothing to refine (or another Recipient): a request like any other
            return ask_or_show(now, heard)
        if reading.budget_max is not None or reading.budget_min is not None or reading.no_budget:
            return ask_or_show(now, heard)  # a figure, or "any price", says more than "cheaper"
        by_price = sorted(now.shown, key=lambda one: one.price)
        if intent == "cheaper":
            limit = by_price[0]
            turned = Refined(below=limit.price, currency=limit.currency, like=now.refined.like)
            return _from(limit, intent, turned, now, heard)
        if intent in ("dearer", "more_special"):  # the cheapest may be plain, so special begins above the middle one
            limit = by_price[-1] if intent == "dearer" else by_price[(len(by_price) - 1) // 2]
            turned = Refined(above=limit.price, currency=limit.currency, like=now.refined.like)
            return _from(limit, intent, turned, now, heard)
        if intent == "more_like":
            return _more_like(now, heard)
        away = replace(now, refined=replace(now.refined, like=None))  # both turn away from what was liked
        opening = Utterance("utter_ideas_something_else")
        if reading.exclusions:
            opening = refusals.opening(reading, chosen, desk().shelf) or opening
        said = show(away, heard, opening, Utterance("utter_nothing"))
        return said if chosen is None else _also(said, interactions.dismissed(chosen))


def _from(limit: Shown, way: str, refined: Refined, talk: TalkSoFar, heard: Heard) -> Said:
    """Ideas on one side of the price of ``limit``; ``way`` (an intent) names the responses that open the list."""
    price = {"price": money(limit.price, limit.currency)}
    found, missed = Utterance(f"utter_ideas_{way}", price), Utterance(f"utter_nothing_{way}", price)
    return show(replace(talk, refined=refined), heard, found, missed, before=talk.refined)


def _more_like(talk: TalkSoFar, heard: Heard) -> Said:
    chosen = talk.pointed_at(heard.reading.position)
    if chosen is None:
        return talk, [Utterance("utter_which")], {}
    if desk().shelf.product(chosen.id) is None:  # of what left the catalogue nothing is known to compare with
        return talk, [offers.gone(talk, chosen, desk())], {}
    refined = replace(talk, refined=replace(talk.refined, like=chosen.id))
    opening = Utterance("utter_ideas_more_like", {"product": chosen.title})
    said = show(refined, heard, opening, Utterance("utter_nothing"), before=talk.refined)
    return _also(said, interactions.liked(chosen))


def _also(said: Said, done: dict[str, Any]) -> Said:
    """With what the shopper did told to the ledger, before what they are shown now."""
    talk, utterances, proposed = said
    return talk, utterances, {**proposed, "interactions": [done, *proposed.get("interactions", ())]}
