"""All grammars over one message, with the place of everything found."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from nlu.brief import VAGUE_RECIPIENTS
from nlu.days.dates import DatesFound, find_dates
from nlu.days.occasions import OccasionFound, find_occasions
from nlu.destination import DestinationFound, find_destinations
from nlu.money.budget import BudgetFound, find_budget
from nlu.money.loose import find_loose_budget
from nlu.money.vague import says_no_budget, vague_budget
from nlu.people.ages import AgeFound, find_ages
from nlu.people.apart import people_of
from nlu.people.bracket import BracketFound, find_bracket
from nlu.people.recipients import RecipientFound, find_recipients
from nlu.sensitive import SensitiveFound, find_sensitive
from nlu.tastes.contradictions import without_contradictions
from nlu.tastes.exclusions import find_exclusions
from nlu.tastes.interests import find_interests
from nlu.wish import Person, Vague
from nlu.words.lexicon import Lexicon
from nlu.words.open_lists import Span
from nlu.words.positions import PositionFound, find_positions, one_place
from nlu.words.text import Cleaned, Word, clean, words_of
from nlu.words.typos import Spelling

_CORRECTS = re.compile(
    r"^\s*(?:no+(?! (?:idea|clue|problem|rush|budget|one|more|thing|way|worries|limit))|nope|nah|actually|sorry|wait|oops|i meant|i mean|correction|scratch that|not)\b|"
    r"\b(?:i meant|i mean|not (?:for )?(?:my|her|his)|sorry,? (?:my|for)|instead of (?:my|for)|correction|wrong person|change that to|make (?:it|that) (?:my|for))\b|\*\s*$",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in one message; spans count characters of ``cleaned.text``."""

    cleaned: Cleaned
    words: tuple[Word, ...]
    recipients: tuple[RecipientFound, ...]
    people: tuple[Person, ...]
    ages: tuple[AgeFound, ...]
    occasions: tuple[OccasionFound, ...]
    budget: BudgetFound | None
    no_budget: bool
    budget_vague: Vague | None
    dates: DatesFound
    sensitive: tuple[SensitiveFound, ...]
    interests: tuple[Span, ...]
    exclusions: tuple[Span, ...]
    position: PositionFound | None
    bracket: BracketFound | None
    destination: DestinationFound | None
    corrected: bool
    country: str

    @property
    def recipient(self) -> RecipientFound | None:
        """Whom the gift is for: the first surely meant, else the first merely named; never one taken back."""
        meant = [one for one in self.recipients if not one.negated and one.weight > 0]
        told = [one for one in meant if one.name not in VAGUE_RECIPIENTS and one.weight >= 2]
        for weight in (3, 2, 1):
            if found := next((one for one in told or meant if one.weight >= weight), None):
                return found
        return None


def find(message: str, lexicon: Lexicon, *, today: date, country: str = "GB") -> Findings:
    """Run every grammar over a message as the shopper wrote it. Pure; never raises.

    ``today`` is the day it was written, ``country`` (ISO 3166) where the shop is.
    """
    cleaned = clean(message)
    written, text = words_of(cleaned.text), cleaned.text
    words = _spelled(written, lexicon.spelling)
    recipients = find_recipients(words, lexicon)
    bracket = find_bracket(text, lexicon)
    ages = find_ages(text, tuple((one.start, one.end) for one in recipients if one.weight > 0))
    occasions = find_occasions(words, lexicon)
    dates = find_dates(text, words, occasions, today=today, country=country)
    ages = tuple(one for one in ages if not _starts_within(one.start, dates.spans))
    aged = (*((one.start, one.end) for one in ages), *dates.spans)
    budget = find_budget(text, aged, country) or _loose_budget(text, words, lexicon, aged)
    apart = _apart(words, budget)
    places = find_positions(text)
    pointed = [(one.start, one.end) for one in places]
    exclusions = tuple(span for span in find_exclusions(text, apart, lexicon) if not _overlaps(span, pointed))
    destinations = find_destinations(text, written, recipients, lexicon)
    taken = _taken(words, recipients, occasions, exclusions)
    taken |= {at for one in destinations for at in range(one.first, one.last)}
    interests = find_interests(text, apart, lexicon, taken)
    interests = tuple(_as_meant(span, written, words) for span in interests if not _overlaps(span, pointed))
    exclusions = tuple(_as_meant(span, written, words) for span in exclusions)
    interests, exclusions = without_contradictions(interests, exclusions)
    return Findings(
        cleaned=cleaned,
        words=words,
        recipients=recipients,
        people=people_of(words, recipients, ages, interests, exclusions),
        ages=ages,
        occasions=occasions,
        budget=budget,
        no_budget=budget is None and says_no_budget(text),
        budget_vague=vague_budget(text),
        dates=dates,
        sensitive=find_sensitive(text, words, lexicon),
        interests=interests,
        exclusions=exclusions,
        position=one_place(places),
        bracket=bracket,
        destination=next(iter(destinations), None),
        corrected=bool(recipients) and _CORRECTS.search(text) is not None,
        country=country,
    )


def _loose_budget(
    text: str, words: Sequence[Word], lexicon: Lexicon, aged: tuple[tuple[int, int], ...]
) -> BudgetFound | None:
    """Read a bare figure behind a like as money, where no word says what it is."""
    if not any(word.text[:1].isdigit() for word in words):
        return None
    figures = tuple(replace(word, sentence=-1) if word.text[:1].isdigit() else word for word in words)
    likes = find_interests(text, figures, lexicon, ())
    return find_loose_budget(text, [(one.start, one.end) for one in likes], aged)


def _apart(words: tuple[Word, ...], budget: BudgetFound | None) -> tuple[Word, ...]:
    """Put the words of the budget in a sentence of their own, so that no list of things reads on into them."""
    if budget is None:
        return words
    spans = [(budget.start, budget.end), *((budget.also,) if budget.also else ())]
    return tuple(
        replace(word, clause=-1, sentence=-1) if any(a < word.end and word.start < b for a, b in spans) else word
        for word in words
    )


def _starts_within(start: int, places: Sequence[tuple[int, int]]) -> bool:
    return any(first <= start < last for first, last in places)


def _overlaps(span: Span, places: Sequence[tuple[int, int]]) -> bool:
    return any(start < span.end and span.start < end for start, end in places)


def _taken(
    words: Sequence[Word],
    recipients: Sequence[RecipientFound],
    occasions: Sequence[OccasionFound],
    exclusions: Sequence[Span],
) -> set[int]:
    """The words that already are something else than an interest."""
    spans = [(one.start, one.end) for one in recipients if one.weight > 0]
    spans += [(one.start, one.end) for one in occasions]
    spans += [(one.start, one.end) for one in exclusions]
    return {index for index, word in enumerate(words) if any(a < word.end and word.start < b for a, b in spans)}


def _spelled(words: Sequence[Word], spelling: Spelling) -> tuple[Word, ...]:
    """The words as they were meant; places stay as written."""
    return tuple(
        replace(word, text=meant) if (meant := _meant(word.text, spelling)) != word.text else word for word in words
    )


def _as_meant(span: Span, written: Sequence[Word], words: Sequence[Word]) -> Span:
    """The thing with its slips mended ("hikeing" finds hiking things); in the shopper's own words where there are none."""
    said = slice(span.first, span.last)
    if [word.text for word in written[said]] == [word.text for word in words[said]]:
        return span
    return replace(span, text=" ".join(word.text for word in words[said]))


def _meant(word: str, spelling: Spelling) -> str:
    stem, mark, ending = word.partition("'")
    return spelling.meant(stem) + mark + ending
