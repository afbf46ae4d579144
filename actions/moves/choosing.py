"""Taking one, why it was shown, what is known of it, the shown ones beside each other."""

from __future__ import annotations

from actions import interactions, offers, why
from actions.desk import desk
from actions.showing import ask_or_show
from actions.talk import TalkSoFar
from actions.turn import Heard, Said, TalkAction
from actions.wording import Utterance
from nlu.reading import Reading


class ActionExplain(TalkAction):
    """Why these, from the reasons the score gave when they were shown; why not another, asked again."""

    def name(self) -> str:
        return "action_explain"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        if not talk.shown:
            return talk, [Utterance("utter_nothing_shown")], {}
        if heard.intent == "why_not":
            return talk, why.not_shown(talk, heard, desk()), {}
        position = heard.reading.position
        only = talk.pointed_at(position) if position else None
        said = offers.explanation(talk, only, desk())
        return talk, [*said, *why.without_a_purchase(talk, only, heard.shopper_id, desk())], {}


class ActionSelect(TalkAction):
    """The shopper takes one: price and link as they are now."""

    def name(self) -> str:
        return "action_select"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        if not talk.shown:
            return ask_or_show(talk.hears(heard.reading), heard)
        chosen = talk.pointed_at(heard.reading.position)
        if chosen is None:
            return talk, [Utterance("utter_which")], {}
        talk = _with_day(talk, heard)
        said = [offers.selected(talk, chosen, desk()), *offers.in_time(talk, chosen, desk())]
        return talk, said, {"interactions": [interactions.liked(chosen)]}


class ActionProduct(TalkAction):
    """A question about one that was shown, or whether the shop has a thing: what the catalogue knows, now."""

    def name(self) -> str:
        return "action_product"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        chosen = talk.pointed_at(heard.reading.position)
        if chosen is not None:
            talk = _with_day(talk, heard)
            return talk, [offers.known_of(talk, chosen, desk()), *offers.in_time(talk, chosen, desk())], {}
        if not heard.reading.is_empty:  # "do you sell fountain pens?"
            return ask_or_show(talk.hears(heard.reading), heard)
        return talk, [Utterance("utter_which" if talk.shown else "utter_nothing_shown")], {}


class ActionCompare(TalkAction):
    """The shown ones beside each other: price and what speaks for each."""

    def name(self) -> str:
        return "action_compare"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        if not talk.shown:
            return talk, [Utterance("utter_nothing_shown")], {}
        return talk, offers.comparison(talk, desk()), {}


def _with_day(talk: TalkSoFar, heard: Heard) -> TalkSoFar:
    """The talk with the day and the place this message names: "the second, if it is there by Friday"."""
    said = Reading(
        deadline=heard.reading.deadline,
        deliver_to=heard.reading.deliver_to,
        deliver_place=heard.reading.deliver_place,
    )
    return talk if said.is_empty else talk.hears(said)
