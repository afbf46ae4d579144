"""What was shown, as the catalogue has it now: a talk never expires, prices and stock do. Pure."""

from __future__ import annotations

from actions.desk import Desk
from actions.search import wanted
from actions.talk import Shown, TalkSoFar
from actions.wording import Utterance, day, money
from catalog.ranking.deadline import arrival_of

IN_BUDGET = "utter_reason_in_budget"


def selected(talk: TalkSoFar, chosen: Shown, at: Desk) -> Utterance:
    """Price and link of the one taken, or that it is gone."""
    product = at.product(chosen.id, wanted(talk))
    if product is None or not product.offer.in_stock:
        return gone(talk, chosen, at)
    offer = product.offer
    values = {"title": product.title, "price": money(offer.price, offer.currency), "link": product.link}
    if (offer.price, offer.currency) != (chosen.price, chosen.currency):
        values["old_price"] = money(chosen.price, chosen.currency)
        return Utterance("utter_selected_new_price", values)
    return Utterance("utter_selected", values)


def known_of(talk: TalkSoFar, chosen: Shown, at: Desk) -> Utterance:
    """Price, stock and page of one that was asked about; for anything finer its page is the place."""
    product = at.product(chosen.id, wanted(talk))
    if product is None or not product.offer.in_stock:
        return gone(talk, chosen, at)
    offer = product.offer
    values = {"title": product.title, "price": money(offer.price, offer.currency), "link": product.link}
    return Utterance("utter_product" if at.promises_stock(product) else "utter_product_stock_unsure", values)


def in_time(talk: TalkSoFar, chosen: Shown, at: Desk) -> list[Utterance]:
    """Whether one to be had arrives by the day it is needed, as of now; nothing where no day was said."""
    needed_by, product = talk.brief.deadline, at.product(chosen.id, wanted(talk))
    if needed_by is None or product is None or not product.offer.in_stock:
        return []
    arrives = arrival_of(product.delivery, at.clock(), at.rules.delivery, talk.brief.deliver_to)
    if arrives is None:
        return [Utterance("utter_arrives_unknown", {"needed_by": day(needed_by)})]
    if arrives[1] > needed_by:
        return [Utterance("utter_arrives_late", {"day": day(arrives[1]), "needed_by": day(needed_by)})]
    return [Utterance("utter_arrives_now", {"day": day(arrives[1])})] if at.promises_stock(product) else []


def comparison(talk: TalkSoFar, at: Desk) -> list[Utterance]:
    """Each shown one with its price now and every reason that still holds; then which is cheapest."""
    said, priced, request = [], [], wanted(talk)
    for rank, shown in enumerate(talk.shown, start=1):
        product = at.product(shown.id, request)
        if product is None or not product.offer.in_stock:
            said.append(gone(talk, shown, at))
            continue
        offer = product.offer
        priced.append((offer.price, rank, offer.currency))
        values = {"rank": rank, "title": product.title, "price": money(offer.price, offer.currency)}
        said.append(Utterance("utter_suggestion", values))
        same_price = (offer.price, offer.currency) == (shown.price, shown.currency)
        said += [Utterance(name, dict(values)) for name, values in shown.reasons if same_price or name != IN_BUDGET]
    lowest = [rank for price, rank, _ in priced if price == min(priced)[0]]
    if len(priced) > 1 and len(lowest) == 1 and len({currency for _, _, currency in priced}) == 1:
        said.append(Utterance("utter_compare_cheapest", {"rank": lowest[0]}))
    return said


def gone(talk: TalkSoFar, chosen: Shown, at: Desk) -> Utterance:
    """One that can no longer be had, and what to say to see something in its place."""
    if at.product(chosen.id, wanted(talk)) is None:
        return Utterance("utter_withdrawn", {"title": chosen.title})
    return Utterance("utter_sold_out", {"title": chosen.title, "rank": talk.shown.index(chosen) + 1})


def explanation(talk: TalkSoFar, only: Shown | None, at: Desk) -> list[Utterance]:
    """Why the shown ones (or the one asked about) were chosen: every reason that still holds, strongest first."""
    said, request = [], wanted(talk)
    for rank, shown in enumerate(talk.shown, start=1):
        if only is not None and shown.id != only.id:
            continue
        product = at.product(shown.id, request)
        if product is None or not product.offer.in_stock:
            said.append(gone(talk, shown, at))
            continue
        said.append(Utterance("utter_explain", {"rank": rank, "title": product.title}))
        same_price = (product.offer.price, product.offer.currency) == (shown.price, shown.currency)
        said += [Utterance(name, dict(values)) for name, values in shown.reasons if same_price or name != IN_BUDGET]
    return said
