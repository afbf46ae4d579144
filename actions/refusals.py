"""Which kind of thing "not the first one" rules out, and how a list without it opens. Pure."""

from __future__ import annotations

from dataclasses import replace

from actions.talk import Shown, TalkSoFar
from actions.wording import Utterance
from catalog.ranking.constraints import excluded
from catalog.shelf.kinds import kind_of
from catalog.shelf.shelf import Shelf
from nlu.reading import Reading
from nlu.words.positions import find_position


def refuses_one(reading: Reading, intent: str) -> bool:
    """Whether the message turns down one that was shown, by its place in the list."""
    points = any(find_position(said) is not None for said in reading.exclusions)
    return reading.position is not None and (intent == "not_that" or points)


def of_kind(reading: Reading, refused: Shown, talk: TalkSoFar, shelf: Shelf) -> Reading:
    """The message with the kind of what it points at in place of the words that point ("first one")."""
    named = tuple(said for said in reading.exclusions if find_position(said) is None)
    product = shelf.product(refused.id)
    kind = kind_of(shelf, product, talk.brief.interests) if product else None
    return replace(reading, exclusions=(*named, kind) if kind and kind not in named else named)


def opening(reading: Reading, refused: Shown | None, shelf: Shelf) -> Utterance | None:
    """How a list without the refused kinds opens; None where nothing could be left out, so nothing is claimed."""
    told = [said for said in reading.exclusions if excluded(shelf, (said,)).any()]
    if not told:
        return None
    if refused is not None:
        return Utterance("utter_ideas_unlike", {"product": refused.title, "exclusion": told[-1]})
    return Utterance("utter_ideas_without", {"exclusion": ", ".join(told)})
