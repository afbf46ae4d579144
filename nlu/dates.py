"""Days a message names: of the occasion, and by when the gift must be there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nlu.occasions import OccasionFound
from nlu.text import Word


@dataclass(frozen=True, slots=True)
class DatesFound:
    """``spans`` are the places of every day named, so that no figure in them is taken for money or an age."""

    occasion_date: date | None = None
    deadline: date | None = None
    spans: tuple[tuple[int, int], ...] = ()


def find_dates(
    text: str, words: Sequence[Word], occasions: Sequence[OccasionFound], *, today: date, country: str
) -> DatesFound:
    """Find the day of the occasion and the last day the gift may arrive.

    Args:
        text: the cleaned message.
        words: its words.
        occasions: those the message names; the first is the gift's.
        today: the day the message was written.
        country: ISO 3166 code; Mother's Day and the order of day and month differ.
    """
    return DatesFound()
