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
from catalog.ranking.constraints import bounds_of
from catalog.suggest import suggest
from catalog.wanted import Wanted
from catalog.why.why_not import WhyNot, why_not
from catalog.why.without import deciding_purchase

PAST_REASON = f"utter_reason_{wording.PAST}"


def not_shown(talk: TalkSoFar, heard: Heard, at: Desk) -> list[Utterance]:
    """Why the thing named is not among the ideas: what keeps it out with its figure, or its place on the list."""
    named = (*heard.reading.interests, *heard.reading.exclusions)
    if not named or heard.reading.position is not None:
        return [Utterance("utter_why_not")]
    product = _meant(named[0], heard.shopper_id, at)
    if product is None:
        return [Utterance("utter_why_not_in_shop", {"thing": named[0]})]
    found = why_not(at.shelf, _as_last_asked(talk), heard.shopper_id, product.id, now=at.clock(), rules=at.rules)
    return [_told(product, found)] if found is not None else [Utterance("utter_why_not")]


def without_a_purchase(talk: TalkSoFar, only: Shown | None, shopper_id: str, at: Desk) -> list[Utterance]:
    """For one idea that a purchase speaks for: what would stand in its place without that purchase, if it decided."""
    for shown in talk.shown:
        if (only is not None and shown.id != only.id) or PAST_REASON not in dict(shown.reasons):
            continue
        found = deciding_purchase(at.shelf, _as_last_asked(talk), shopper_id, shown.id, now=at.clock(), rules=at.rules)
        bought = at.product(found.left_out[0]) if found and found.left_out else None
        if found is not None and bought is not None and len(found.gained) == len(found.lost) == 1:
            other = found.gained[0].product.title
            return [
                Utterance("utter_without_purchase", {"title": shown.title, "product": bought.title, "other": other})
            ]
    return []


def _as_last_asked(talk: TalkSoFar) -> Wanted:
    """The request the shown ideas answered: they themselves were not yet seen then."""
    return replace(wanted(talk), not_again=talk.seen - {one.id for one in talk.shown})


def _meant(thing: str, shopper_id: str, at: Desk) -> Product | None:
    """The product most likely meant by a word: what would be shown for it, else any that bears the name."""
    asked = Wanted(likes=(thing,))
    answer = suggest(at.shelf, asked, shopper_id, now=at.clock(), count=1)
    if answer.suggestions and answer.matching:
        return answer.suggestions[0].product
    bearing = bounds_of(at.shelf, asked, now=at.clock()).liked.nonzero()[0]
    return at.product(at.shelf.at(int(bearing[0])).id) if len(bearing) else None


def _told(product: Product, found: WhyNot) -> Utterance:
    values = {"title": product.title, "price": wording.money(product.offer.price, product.offer.currency)}
    if found.shown:
        return Utterance("utter_why_not_shown", values)
    if not found.barriers:
        return Utterance("utter_why_not_rank", {**values, "rank": found.rank, "among": found.of, "link": product.link})
    first = found.barriers[0]
    values = {**values, **wording.readable(first.detail, product.offer.currency)}
    values.pop("steered", None)  # what merchandisers do is theirs
    return Utterance(f"utter_why_not_{first.code}", values)
