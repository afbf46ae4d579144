"""A request, more about one, an answer to our question, a fresh start, something not understood."""

from __future__ import annotations

from dataclasses import replace

from actions import next_move, unsure
from actions.showing import ask_or_show
from actions.talk import TalkSoFar
from actions.turn import Heard, Said, TalkAction
from actions.wording import Utterance
from nlu.intents.doubt import narrows, speaks_of_a_gift


class ActionSuggest(TalkAction):
    """A gift request, or more about one."""

    def name(self) -> str:
        return "action_suggest"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        return ask_or_show(talk.hears(heard.reading), heard)


class ActionStartOver(TalkAction):
    """Forget this search, begin another."""

    def name(self) -> str:
        return "action_start_over"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        fresh = TalkSoFar().hears(heard.reading)
        if not heard.reading.is_empty:
            return ask_or_show(fresh, heard)
        # The fresh start asks for all there is to ask, so nothing of it is asked again.
        asked = (next_move.RECIPIENT,)
        return replace(fresh, asked=asked), [Utterance("utter_start_over")], {}


class ActionAnswer(TalkAction):
    """A bare yes, no or "don't mind": it answers the question that was asked, if there was one."""

    def name(self) -> str:
        return "action_answer"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        now = talk.hears(heard.reading)
        if not heard.reading.is_empty or not now.shown:
            return ask_or_show(now, heard)
        return now, [Utterance("utter_what_else")], {}


class ActionUnsure(TalkAction):
    """The intent is unclear. Where the message may well be about a gift and says something of it, use that."""

    def name(self) -> str:
        return "action_unsure"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        if speaks_of_a_gift(heard.likely, heard.reading) or (talk.shown and narrows(heard.reading)):
            return ask_or_show(talk.hears(heard.reading), heard)
        return talk, unsure.question(heard.likely, shown=bool(talk.shown)), {}
