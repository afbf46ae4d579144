"""What a talk has kept of its shopper, as lines they can read. Pure."""

from __future__ import annotations

from datetime import date

from actions.talk import TalkSoFar
from actions.wording import Utterance, day, money
from nlu.brief import Brief

WITHOUT_YEAR = 335
"""Days, some eleven months: a day farther off is told with its year, or it would be taken for the one just past."""

SHORT_NAME = 3
"""Letters up to which the name of a place is an abbreviation: US, UAE."""


def told(talk: TalkSoFar, today: date) -> list[Utterance]:
    """One line for each thing kept in the Brief, as of ``today``; one that says so where there is none."""
    brief = talk.brief.kept()
    people = [one.recipient for one in brief.people] or ([brief.recipient] if brief.recipient else [])
    lines = []
    if people:
        lines.append(("recipient", ", ".join(people)))
    if brief.recipient_age:
        low, high = brief.recipient_age
        lines.append(("age", str(low) if low == high else f"{low}-{high}"))
    if brief.occasion:
        lines.append(("occasion", brief.occasion.replace("_", " ")))
    for kind, when in (("date", brief.occasion_date), ("deadline", brief.deadline)):
        if when is not None:
            lines.append((kind, day(when) if (when - today).days <= WITHOUT_YEAR else f"{day(when)} {when.year}"))
    lines += _destination(brief)
    if (budget := _budget(talk)) is not None:
        lines.append(("budget", budget))
    if brief.interests:
        lines.append(("interests", ", ".join(brief.interests)))
    if brief.exclusions:
        lines.append(("exclusions", ", ".join(brief.exclusions)))
    if talk.seen:
        lines.append(("shown", str(len(talk.seen))))
    if not lines:
        return [Utterance("utter_known_nothing")]
    return [Utterance("utter_known"), *(Utterance(f"utter_known_{kind}", {"value": value}) for kind, value in lines)]


def _destination(brief: Brief) -> list[tuple[str, str]]:
    place = brief.deliver_place
    if place:
        return [("destination", place.upper() if len(place) <= SHORT_NAME else place.title())]
    return [("destination_unclear", "")] if brief.deliver_to else []


def _budget(talk: TalkSoFar) -> str | None:
    brief = talk.brief
    currency = brief.currency or ""
    ends = [money(end, currency).strip() for end in (brief.budget_min, brief.budget_max) if end is not None]
    if len(ends) == 2:
        return " - ".join(ends)
    if ends:
        return f"{'≥' if brief.budget_min is not None else '≤'} {ends[0]}"
    return None
