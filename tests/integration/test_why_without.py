""" "Why these?" names what would stand there without a purchase, and that is what would stand there."""

from __future__ import annotations

from dataclasses import replace

from actions.desk import Desk, configure
from actions.search import wanted
from actions.showing import show
from actions.talk import TalkSoFar
from actions.turn import Heard
from actions.why import without_a_purchase
from actions.wording import Utterance
from catalog.ranking.score import past_of
from catalog.suggest import suggest_from
from nlu.brief import Brief
from nlu.reading import Reading

ROSALIND = "9132070865714019"


def test_without_the_purchase_named_the_idea_named_is_shown(desk: Desk) -> None:
    """A counterfactual is a promise about the ranking; it is kept by asking without the purchase."""
    configure(desk)
    talk = TalkSoFar(Brief(recipient="mom", interests=("gardening",)))
    shown, _, _ = show(talk, Heard(Reading(), shopper_id=ROSALIND), Utterance("found"), Utterance("missed"))

    (told,) = without_a_purchase(shown, None, ROSALIND, desk)

    past, shelf = past_of(desk.shelf, ROSALIND), desk.shelf
    titles = [shelf.at(int(product)).title for product in past.products]
    kept = [title != told.values["product"] for title in titles]
    less = replace(past, **{name: getattr(past, name)[kept] for name in ("products", "days", "profile")})
    answer = suggest_from(shelf, wanted(talk), less, now=desk.clock(), rules=desk.rules)
    now = {one.product.title for one in answer.suggestions}
    assert told.values["other"] in now
    assert told.values["title"] not in now
    assert told.values["title"] in {one.title for one in shown.shown}
    assert len(less.products) == len(past.products) - 1
    (other,) = {one.product.id for one in answer.suggestions} - {one.id for one in shown.shown}
    assert desk.product(other).title == told.values["other"]  # type: ignore[union-attr]
    assert other not in {shelf.at(int(product)).id for product in past.products}


def test_nothing_is_claimed_of_a_list_that_is_not_on_the_screen(desk: Desk) -> None:
    """Where a place was drawn to learn from, or time went by, asking again gives other ideas than were shown."""
    configure(desk)
    talk = TalkSoFar(Brief(recipient="mom", interests=("gardening",)))
    shown, _, _ = show(talk, Heard(Reading(), shopper_id=ROSALIND), Utterance("found"), Utterance("missed"))
    (told,) = without_a_purchase(shown, None, ROSALIND, desk)
    other = next(
        product
        for product in map(desk.product, desk.shelf.positions)
        if product and product.title == told.values["other"]
    )
    drawn = next(one for one in shown.shown if one.title != told.values["title"])
    on_screen = tuple(replace(one, id=other.id, title=other.title) if one == drawn else one for one in shown.shown)

    seen = frozenset(one.id for one in on_screen)
    assert without_a_purchase(replace(shown, shown=on_screen, seen=seen), None, ROSALIND, desk) == []
