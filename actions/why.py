"""Why not that one, and what would be shown without a purchase: the talk's request is asked again."""

from __future__ import annotations

from dataclasses import replace

from actions import wording
from actions.desk import Desk
from actions.search import wanted
from actions.talk import Shown, TalkSoFar
from actions.turn import Heard
from actions.wording import Utterance
from catalog.product import Product
from catalog.suggest import suggest
from catalog.wanted import Wanted
from catalog.why.why_not import WhyNot, why_not
from catalog.why.without import deciding_purchase
from catalog.words.product_text import NAME_FIELDS
from catalog.words.text_index import Mask

PAST_REASON = f"utter_reason_{wording.PAST}"
LOSES = {"matches": "utter_why_not_matches", "variety": "utter_why_not_variety"}
"""What is said of a thing that is kept out by nothing, by what it loses by; of any other part its place is told."""
MOST_MEANT = 8
"""Products looked at to find the one meant; some may be hidden."""


def not_shown(talk: TalkSoFar, heard: Heard, at: Desk) -> list[Utterance]:
    """Why the thing named is not among the ideas: what keeps it out with its figure, or its place on the list."""
    named = (*heard.reading.interests, *heard.reading.exclusions)
    half_read = any(all(told not in thing for thing in named) for _, told in heard.reading.sensitive)
    if not named or half_read or heard.reading.position is not None:  # of "christian books" no other book is meant
        return [Utterance("utter_why_not")]
    product = next((one for thing in named if (one := _meant(thing, talk, heard.shopper_id, at))), None)
    if product is None:
        return [Utterance("utter_why_not_in_shop", {"thing": named[0]})]
    asked, now, shown = _as_last_asked(talk), at.clock(), [one.id for one in talk.shown]
    found = why_not(at.shelf, asked, heard.shopper_id, product.id, now=now, rules=at.rules, shown=shown)
    return [_told(product, found)] if found is not None else [Utterance("utter_why_not")]


def without_a_purchase(talk: TalkSoFar, only: Shown | None, shopper_id: str, at: Desk) -> list[Utterance]:
    """For one idea that a purchase speaks for: what would stand in its place without that purchase, if it decided.

    Nothing is said where asking again gives other ideas than those on the screen (a place was drawn to learn from, or
    time went by): what would be shown in place of what was not shown is no answer.
    """
    on_screen = {one.id for one in talk.shown}
    for shown in talk.shown:
        if (only is not None and shown.id != only.id) or PAST_REASON not in dict(shown.reasons):
            continue
        found = deciding_purchase(at.shelf, _as_last_asked(talk), shopper_id, shown.id, now=at.clock(), rules=at.rules)
        bought = at.product(found.left_out[0]) if found and found.left_out else None
        if found is None or bought is None or {one.product.id for one in found.answer.suggestions} != on_screen:
            continue
        other = found.gained[0].product if len(found.gained) == len(found.lost) == 1 else None
        if other is not None and other.id not in {*on_screen, *found.left_out}:
            values = {"title": shown.title, "product": bought.title, "other": other.title}
            return [Utterance("utter_without_purchase", values)]
    return []


def _as_last_asked(talk: TalkSoFar) -> Wanted:
    """The request the shown ideas answered: they themselves were not yet seen then."""
    return replace(wanted(talk), not_again=talk.seen - {one.id for one in talk.shown})


def _meant(thing: str, talk: TalkSoFar, shopper_id: str, at: Desk) -> Product | None:
    """The product most likely meant by a word: one on the screen, else what would be shown for it.

    Only one that bears the words said, or those of the interest they name: of "islamic art" no pencil is meant.
    """
    named = _bearing(thing, at)
    asked = Wanted(likes=(thing,))
    answer = suggest(at.shelf, asked, shopper_id, now=at.clock(), count=MOST_MEANT, rules=at.rules)
    likely = (*(one.id for one in talk.shown), *(one.product.id for one in answer.suggestions))
    meant = [at.shelf.positions[one] for one in likely if one in at.shelf.positions]
    first = [place for place in meant if named[place]]
    rest = named.nonzero()[0][:MOST_MEANT].tolist()
    return next((one for place in (*first, *rest) if (one := at.product(at.shelf.at(place).id))), None)


def _bearing(thing: str, at: Desk) -> Mask:
    text, literal = at.shelf.text, at.shelf.terms.literal(thing)
    said = text.mask((literal,), NAME_FIELDS) if literal else None
    return said if said is not None and said.any() else text.mask(at.shelf.terms.interest(thing).words, NAME_FIELDS)


def _told(product: Product, found: WhyNot) -> Utterance:
    values = {"title": product.title, "price": wording.money(product.offer.price, product.offer.currency)}
    if found.shown:
        return Utterance("utter_why_not_shown", values)
    if not found.barriers:
        name = LOSES.get(found.loses_by, "utter_why_not_rank")
        return Utterance(name, {**values, "rank": found.rank, "among": found.of, "link": product.link})
    first = found.barriers[0]
    values = {**values, **wording.readable(first.detail, product.offer.currency)}
    values.pop("steered", None)  # what merchandisers do is theirs
    return Utterance(f"utter_why_not_{first.code}", values)
