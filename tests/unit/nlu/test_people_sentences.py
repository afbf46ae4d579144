"""Whom a gift is for is read from every way people in many countries write it."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nlu.reading import read
from nlu.words.lexicon import Lexicon
from tests.unit.nlu.conftest import LOOKUPS

_LEXICON = Lexicon.load(LOOKUPS)
_LINES = (Path(__file__).parent / "people_sentences.txt").read_text(encoding="utf-8").splitlines()
_SENTENCES = [[part.strip() for part in line.rsplit("|", 4)] for line in _LINES if not line.startswith("#")]


def _said(age: tuple[int, int] | None) -> str:
    if age is None:
        return "-"
    return str(age[0]) if age[0] == age[1] else f"{age[0]}-{age[1]}"


@pytest.mark.parametrize(("text", "recipient", "age", "gender", "occasion"), _SENTENCES)
def test_who_how_old_and_what_for_is_read_as_it_was_meant(
    text: str, recipient: str, age: str, gender: str, occasion: str
) -> None:
    """A present for somebody else, or for another age, is no present."""
    told = read(text, today=date(2026, 6, 1), lexicon=_LEXICON)
    assert (told.recipient or "-", _said(told.recipient_age)) == (recipient, age)
    assert (told.recipient_gender or "-", told.occasion or "-") == (gender, occasion)


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("she loves yoga and is going to be a teacher next year", None), ("he has a roommate and a small kitchen", None), ("my mom just told me that he has enough socks", None), ("thanks for all the ideas guys", None),
        ("he takes the bus with my brother", None), ("I live with my mum, ideas under 20", None),
        ("something for the nurses who looked after my dad", "nurse"), ("a thank you for the couple that fed our cat", "couple"), ("my parents are getting her a tent, so what else for my niece", "niece"),
    ],
)  # fmt: skip
def test_who_is_only_told_of_gets_no_gift(text: str, recipient: str | None) -> None:
    """A trade told of somebody, a room-mate of theirs and who was looked after are not who it is for."""
    assert read(text, today=date(2026, 6, 1), lexicon=_LEXICON).recipient == recipient


@pytest.mark.parametrize(
    ("text", "occasion"),
    [("thank you for all the ideas, it is for my aunt", None), ("i got him some records at christmas, what now", None), ("home for the holidays in june, gift for mum", None), ("a gift for mum for the holidays", "christmas"), ("she'll be 9 soon", "birthday")],
)  # fmt: skip
def test_a_day_merely_told_of_is_not_the_occasion(text: str, occasion: str | None) -> None:
    """Thanks to the reader and last Christmas are no occasions."""
    assert read(text, today=date(2026, 6, 1), lexicon=_LEXICON).occasion == occasion


@pytest.mark.parametrize(
    ("text", "ages"),
    [("Dev, 24, and Moira, 61. he climbs, she paints", [24, 61]), ("gifts for Ana, 7, and Leo, 9", [7, 9]), ("under 20 and over 10", []), ("May 20 and June 30", [])],
)  # fmt: skip
def test_people_known_by_first_name_and_age_are_kept_apart(text: str, ages: list[int]) -> None:
    """A figure behind a month or a limit is nobody's age."""
    told = read(text, today=date(2026, 6, 1), lexicon=_LEXICON)
    assert [one.age for one in told.people] == [(age, age) for age in ages]
