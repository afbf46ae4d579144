"""Where the gift goes, and never where somebody is from, likes to be, or went."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.brief import Brief, merge
from nlu.reading import Reading, read
from nlu.words.lexicon import Lexicon

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("gift for my sister in Spain who loves tapas, by Friday", "ES"),
        ("my sister Anna in spain loves gardening", "ES"),
        ("she lives in Madrid, Spain", "ES"),
        ("can it be delivered to Germany by Friday?", "DE"),
        ("send it to France", "FR"),
        ("ship to the US please", "US"),
        ("I live in London, my sister lives in France", "FR"),
        ("my dad is in Turkey", "TR"),
        ("mum lives in Yorkshire", "GB"),
        ("my sister in Reading likes running", "GB"),
        ("she lives in Barcelona", "ZZ"),
        ("something for my friend in new york", "ZZ"),
        ("he lives in Little Snoring", "ZZ"),
    ],
)
def test_where_it_goes(lexicon: Lexicon, text: str, code: str) -> None:
    """A country, a part of one, or a place of which no country is claimed."""
    found = read(text, today=TODAY, lexicon=lexicon)

    assert found.deliver_to == code
    assert not {"spain", "germany", "france", "london", "turkey", "barcelona"} & set(found.interests)


@pytest.mark.parametrize(
    "text",
    [
        *("she loves hiking in Spain", "something for her trip to Italy", "a gift for my Spanish teacher"),
        *("she's from Italy", "made in Italy", "ship to us please", "she is interested in China", "he lives in a flat"),
        *(
            "my dad eats turkey in winter",
            "my nan is in hospital",
            "my brother in law likes wine",
            "she's into reading",
        ),
        *("we are going to Spain", "I'll post it after our holiday to Italy"),
    ],
)
def test_no_place_it_goes_to(lexicon: Lexicon, text: str) -> None:
    """A wrong country promises a wrong day."""
    assert read(text, today=TODAY, lexicon=lexicon).deliver_to is None


def test_the_place_is_kept_until_another_is_named_or_another_person_is_meant() -> None:
    """Like the occasion it is part of what was asked for, in slots too; a talk older than places opens."""
    spain = merge(Brief(), Reading(recipient="sister", deliver_to="ES", deliver_place="spain"))

    assert Brief.from_json(merge(spain, Reading(interests=("tea",))).to_json()).deliver_place == "spain"
    assert merge(spain, Reading(deliver_to="ZZ")).deliver_place is None
    assert merge(spain, Reading(recipient="dad")).deliver_to is None
    assert merge(spain, Reading(recipient="dad", corrected=True)).deliver_to is None
    old = {name: value for name, value in spain.to_json().items() if not name.startswith("deliver")}
    assert Brief.from_json(old).deliver_to is None
    assert Brief.from_json({"deliver_to": "spain"}).deliver_to is None


def test_a_place_known_by_its_capital_alone_is_kept_without_its_name(lexicon: Lexicon) -> None:
    """It may be a hospice: nothing of such words is stored."""
    found = read("she lives in St Mary's Hospice", today=TODAY, lexicon=lexicon)

    assert (found.deliver_to, found.deliver_place) == ("ZZ", None)
