"""Questions to the shop; a person please; what is kept of this talk, and letting go of it."""

from __future__ import annotations

from actions import besides, known
from actions.desk import desk
from actions.showing import ask_or_show
from actions.stopping import wants_forgetting, wants_silence
from actions.talk import TalkSoFar
from actions.turn import Heard, Said, TalkAction
from actions.wording import Utterance
from nlu.intents.doubt import narrows

_MAY_NARROW = frozenset({"greet", "thanks", "goodbye", "chitchat", "out_of_scope", "ask_delivery"})
"""What a day, a sum or an unwanted kind behind ideas turns into another search; never what is about consent or data."""
_SAID = besides.COURTESIES | besides.ANSWERS


class ActionService(TalkAction):
    """A question to the shop rather than about gifts, or a courtesy: one response, the same for everybody."""

    def name(self) -> str:
        return "action_service"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        if wants_silence(heard):  # as after STOP: not a word more, also none that confirms it
            return talk, [], {"opted_out": "understood"}
        said = Utterance(_SAID.get(heard.intent, "utter_out_of_scope"))
        if talk.shown and heard.intent in _MAY_NARROW and narrows(heard.reading):
            after, ideas, data = ask_or_show(talk.hears(heard.reading), heard)
            return after, [said, *ideas] if heard.intent in besides.ANSWERS else ideas, data
        return talk, [said], {}


class ActionHandOver(TalkAction):
    """A person please: the dialogue worker mutes the bot for this talk."""

    def name(self) -> str:
        return "action_hand_over"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        return talk, [Utterance("utter_handover")], {"hand_over": True}


class ActionPrivacyShow(TalkAction):
    """What do you know about me: the Brief as it is kept, and where the rest is told."""

    def name(self) -> str:
        return "action_privacy_show"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        return talk, [*known.told(talk, desk().clock().date()), Utterance("utter_privacy")], {}


class ActionPrivacyForget(TalkAction):
    """Forget me: all this talk has kept goes at once, and where that is surely meant the rest within a minute."""

    def name(self) -> str:
        return "action_privacy_forget"

    def decide(self, talk: TalkSoFar, heard: Heard) -> Said:
        if wants_forgetting(heard):
            return TalkSoFar(), [Utterance("utter_privacy_forgotten")], {"forget": True}
        return TalkSoFar(), [Utterance("utter_notes_dropped")], {}
