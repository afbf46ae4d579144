"""Ask or show: what every action ends in that looks for ideas."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from actions import interactions, next_move, wording
from actions.desk import desk
from actions.search import wanted
from actions.talk import Refined, TalkSoFar
from actions.turn import Heard, Said
from actions.wording import Utterance
from catalog.suggest import Answer, suggest


def answer_for(talk: TalkSoFar, shopper_id: str, message_id: str = "") -> Answer:
    """What the catalogue has for this talk, now. What is drawn to learn from depends on the message alone."""
    at = desk()
    chance = Random(message_id) if message_id else None  # noqa: S311 -- no secret hangs on it
    return suggest(at.shelf, wanted(talk), shopper_id, now=at.clock(), rules=at.rules, chance=chance)


def show(talk: TalkSoFar, heard: Heard, found: Utterance, missed: Utterance, *, before: Refined | None = None) -> Said:
    """Look, and say what was found under ``found``, or under ``missed`` what would help.

    ``heard`` is what this message said. A turn that finds nothing is not taken: the talk goes on from ``before``.
    """
    answer = answer_for(talk, heard.shopper_id, heard.message_id)
    new = heard.reading if talk.seen else talk.brief  # at the first ideas all that was said so far is new
    untold = [*wording.untold(answer, new.exclusions), *wording.terms_said(talk.brief, new, answer)]
    if not answer.suggestions:
        kept = talk if before is None else replace(talk, refined=before)
        return kept, [*untold, *wording.nothing(missed, answer, talk)], {}
    shown = tuple(replace(wording.shown_from(one), answer=heard.message_id) for one in answer.suggestions)
    after = replace(talk, shown=shown, seen=talk.seen | {one.id for one in shown})
    proposed = {
        "suggestions": wording.suggestions_json(answer),
        "interactions": interactions.of_list(answer.suggestions),
    }
    return after, [*untold, *wording.ideas(found, answer, talk)], proposed


def ask_or_show(talk: TalkSoFar, heard: Heard) -> Said:
    """The next question, or ideas."""
    question = next_move.question(talk)
    if question is not None:
        return replace(talk, asked=(*talk.asked, question)), [Utterance(f"utter_ask_{question}")], {}
    return show(talk, heard, Utterance("utter_ideas"), Utterance("utter_nothing"))
