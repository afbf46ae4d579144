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
