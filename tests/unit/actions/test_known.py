"""What is kept is told so that it cannot be misread."""

from __future__ import annotations

from datetime import date

import pytest

from actions.known import told
from actions.talk import TalkSoFar
from nlu.brief import Brief

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 12, 5), "Saturday 5 December"), (date(2027, 11, 15), "Monday 15 November 2027")],
)
def test_a_day_of_next_year_is_told_with_its_year(day: date, said: str) -> None:
    """On 22 November "15 November" would be taken for the one just past."""
    lines = told(TalkSoFar(brief=Brief(occasion="birthday", occasion_date=day)), TODAY)
    assert said in [line.values.get("value") for line in lines]


def test_where_it_is_to_be_sent_is_told() -> None:
    """A place without a name is told as such."""
    named = told(TalkSoFar(brief=Brief(deliver_to="ES", deliver_place="spain")), TODAY)
    unclear = told(TalkSoFar(brief=Brief(deliver_to="ZZ")), TODAY)

    assert [(one.response, one.values.get("value")) for one in named[1:]] == [("utter_known_destination", "Spain")]
    assert [one.response for one in unclear[1:]] == ["utter_known_destination_unclear"]
