"""Several recipients in one message, each with what was said of them alone."""

from __future__ import annotations

from collections.abc import Sequence

from nlu.ages import AgeFound
from nlu.open_lists import Span
from nlu.recipients import RecipientFound
from nlu.text import Word
from nlu.wish import Person


def people_of(
    words: Sequence[Word],
    recipients: Sequence[RecipientFound],
    ages: Sequence[AgeFound],
    interests: Sequence[Span],
    exclusions: Sequence[Span],
) -> tuple[Person, ...]:
    """Keep several recipients apart: () where the gift is for one, or for one group alike."""
    return ()
