"""What to say, as names of responses in domain.yml with the values they take. No sentence stands here. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from actions import search
from actions.talk import Shown, TalkSoFar, tells_passing
from catalog.suggest import Answer, Reason, Suggestion
from nlu.brief import VAGUE_RECIPIENTS, Brief
from nlu.wish import Person, Wish

SYMBOLS = {"GBP": "£", "USD": "$", "EUR": "€", "CAD": "CA$", "AUD": "A$", "JPY": "¥", "INR": "₹"}
MAX_RELAXATIONS = 2
PAST, PAST_TOLD_FROM = "bought_together", 0.5
"""That their own past was used is theirs to know: told beside the strongest reason, from this weight on."""
FOR_INTERESTS = frozenset({"raise_max", "lower_min"})
NAMES_OF_DATES = {"month": "%B %Y", "until": "%-d %B", "needed_by": "%A %-d %B", "arrives": "%A %-d %B"}
MONEY_VALUES = frozenset({"price", "price_min", "price_max", "price_below", "price_above", "cheapest", "dearest"})


@dataclass(frozen=True, slots=True)
class Utterance:
    """One response to utter. ``mark`` and ``of`` tell the dialogue worker what it is for (bot/dialogue/replies.py)."""

    response: str
    values: Mapping[str, Any] = field(default_factory=dict)
    mark: str = ""
    of: str = ""


def money(price: Decimal, currency: str) -> str:
    """A price as a shopper reads it: £24.95, $20, 15.50 SEK."""
    figure = format(
        price.quantize(Decimal(1)) if price == price.to_integral() else price.quantize(Decimal("0.01")), "f"
    )
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{figure}" if symbol else f"{figure} {currency}"


def day(when: date) -> str:
    """A day as a shopper reads it: Friday 5 December."""
    return when.strftime("%A %-d %B")


def readable(detail: Mapping[str, str], currency: str) -> dict[str, str]:
    """The facts of a reason or a relaxation as a shopper reads them: prices with their sign, dates by name."""
    return {name: _readable(name, value, currency) for name, value in detail.items()}


def _readable(name: str, value: str, currency: str) -> str:
    if name in MONEY_VALUES:
        return money(Decimal(value), currency)
    if name in NAMES_OF_DATES:
        day = date.fromisoformat(f"{value}-01" if len(value) == 7 else value)
        return day.strftime(NAMES_OF_DATES[name])
    return value.replace("_", " ") if name == "occasion" else value


def shown_from(suggestion: Suggestion) -> Shown:
    """A Suggestion as the talk remembers it."""
    product = suggestion.product
    return Shown(
        id=product.id,
        title=product.title,
        price=product.offer.price,
        currency=product.offer.currency,
        link=product.link,
        reasons=tuple(
            (
                f"utter_reason_{reason.code}",
                tuple(sorted(readable(reason.detail, product.offer.currency).items())),
            )
            for reason in suggestion.reasons
        ),
    )


def ideas(opening: Utterance, answer: Answer, talk: TalkSoFar) -> list[Utterance]:
    """A list of Suggestions: each with price, reasons and link; then what could not be met, and what to say next."""
    if not answer.matching and (interests := _aloud(talk.brief)):
        opening = Utterance("utter_ideas_unmatched", {"interests": interests})
    said = [opening]
    for suggestion in answer.suggestions:
        shown = shown_from(suggestion)
        said.append(
            Utterance(
                "utter_suggestion",
                {"rank": suggestion.rank, "title": shown.title, "price": money(shown.price, shown.currency)},
            )
        )
        said += [_reason(reason, suggestion, talk.brief) for reason in suggestion.reasons]
        if talk.brief.deadline is not None and suggestion.arrives is not None:
            said.append(Utterance("utter_arrives", {"day": day(suggestion.arrives[1])}))
        said.append(Utterance("utter_link", {"link": shown.link}))
    said += relaxations(answer, talk)
    if (person := talk.brief.next_person()) is not None:
        said.append(next_person(person, talk.brief.people))
    has_budget = talk.brief.budget_max is not None or talk.brief.budget_min is not None or talk.brief.no_budget
    said.append(Utterance("utter_next" if has_budget or talk.refined.below else "utter_next_budget"))
    return said


def nothing(opening: Utterance, answer: Answer, talk: TalkSoFar) -> list[Utterance]:
    """No Suggestion: say so, what would help, with true counts, and how to go on in any case."""
    return [opening, *relaxations(answer, talk), Utterance("utter_way_on")]


def next_person(person: Person, people: Sequence[Person]) -> Utterance:
    """Whose turn is next of several, and what to say for it: their age where the word alone names another too."""
    alike = sum(one.recipient == person.recipient for one in people) > 1
    if person.age and (alike or person.recipient in VAGUE_RECIPIENTS):
        low, high = person.age
        age = str(low) if low == high else f"{low}-{high}"
        return Utterance("utter_next_person_of_age", {"recipient": person.recipient, "age": age})
    return Utterance("utter_next_person", {"recipient": person.recipient})


def terms_said(brief: Brief, new: Wish, answer: Answer) -> list[Utterance]:
    """What was newly asked for that needs a word: a sum for several, a day to arrive by."""
    said = []
    share = search.share_of(brief)
    if share is not None and (new.budget_max is not None or new.budget_scope == "total"):
        most, among = share
        each = money(most, brief.currency or answer.currency)
        said.append(Utterance("utter_budget_each", {"price": each, "count": among}))
    if brief.deadline is not None and new.deadline is not None:
        said += _deadline(brief.deadline, answer)
    return said


def _deadline(needed_by: date, answer: Answer) -> list[Utterance]:
    """What may be promised of the day: kept by all that is shown, or not to be told in this shop."""
    unsure = any(one.stock_unsure for one in answer.suggestions)
    kept = "utter_deadline_if_in_stock" if unsure else "utter_deadline_kept"
    name = kept if answer.deadline_checked else "utter_deadline_unchecked"
    return [Utterance(name, {"day": day(needed_by)})] if answer.suggestions or not answer.deadline_checked else []


def untold(answer: Answer, exclusions: tuple[str, ...]) -> list[Utterance]:
    """Which of these exclusions nothing could be left out for: else a shopper would rely on it."""
    missed = [said for said in exclusions if said in answer.untold]
    return [Utterance("utter_exclusion_untold", {"exclusion": ", ".join(missed)})] if missed else []


def relaxations(answer: Answer, talk: TalkSoFar) -> list[Utterance]:
    """The smallest changes that help, at most two. A changed price names the interests it would serve.

    None names what is sensitive: the shopper need not read that again.
    """
    interests = _aloud(talk.brief)
    said = []
    for relaxation in answer.relaxations[:MAX_RELAXATIONS]:
        values: dict[str, Any] = {"count": relaxation.count, **readable(relaxation.detail, answer.currency)}
        if tells_passing(values, talk.brief.passing):
            continue
        name = f"utter_relax_{relaxation.code}"
        if interests and relaxation.code in FOR_INTERESTS:
            name, values["interests"] = f"{name}_for", interests
        if relaxation.code == "outside_budget" and values["cheapest"] == values["dearest"]:
            name = "utter_relax_outside_budget_one_price"
        said.append(Utterance(name, values))
        if relaxation.code == "several":
            said += [Utterance(f"utter_relax_part_{change}", values) for change in relaxation.changes]
    return said


def suggestions_json(answer: Answer) -> list[dict[str, Any]]:
    """Suggestions for the record of the turn; their reason sentences are added where they are worded."""
    return [
        {
            "id": one.product.id,
            "title": one.product.title,
            "price": float(one.product.offer.price),
            "currency": one.product.offer.currency,
            "link": one.product.link,
            "image": one.product.image_link or "",
            "price_said": money(one.product.offer.price, one.product.offer.currency),
            "rank": one.rank,
            "score": round(float(one.score), 4),
            "propensity": one.propensity,
            "steered": list(one.steered),
            "parts": {name: round(float(value), 4) for name, value in one.parts.items()},
            "codes": [reason.code for reason in one.reasons],
        }
        for one in answer.suggestions
    ]


def _aloud(brief: Brief) -> str:
    """The interests to repeat: none of those that tell something sensitive, which are looked for and not said."""
    passing = {word.casefold() for word in brief.passing}
    return ", ".join(said for said in brief.interests if said.casefold() not in passing)


def _reason(reason: Reason, suggestion: Suggestion, brief: Brief) -> Utterance:
    product = suggestion.product
    values = readable(reason.detail, product.offer.currency)
    mark = "reason_always" if reason.code == PAST and reason.weight >= PAST_TOLD_FROM else "reason"
    if tells_passing(values, brief.passing):
        mark = "reason_passing"
    return Utterance(f"utter_reason_{reason.code}", values, mark=mark, of=product.id)
