"""Several recipients in one message are kept apart, each with what was said of them alone."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.findings import find
from nlu.people.ages import AgeFound
from nlu.people.apart import age_told_of
from nlu.wish import MOST_PEOPLE, Person
from nlu.words.lexicon import Lexicon
from tests.unit.nlu.conftest import LOOKUPS

_LEXICON = Lexicon.load(LOOKUPS)


def people(text: str) -> tuple[Person, ...]:
    """The recipients a message keeps apart."""
    return find(text, _LEXICON, today=date(2026, 3, 2)).people


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("presents for my mum and dad", ["mom", "dad"]), ("mum & dad", ["mom", "dad"]), ("for my mum, my dad and my gran", ["mom", "dad", "grandmother"]), ("my brother and his boyfriend", ["brother", "brother's boyfriend"]),
        ("gift for my sister (20) and her husband (22)", ["sister", "sister's husband"]), ("presents for my mum dad and sister", ["mom", "dad", "sister"]), ("teacher plus two TAs", ["teacher", "teaching assistant"]),
        ("mum likes tea, dad likes golf, gran likes jam", ["mom", "dad", "grandmother"]), ("gifts for a 2 year old boy and a 4 year old girl", ["boy", "girl"]),
    ],
)  # fmt: skip
def test_people_named_together_are_all_recipients(text: str, names: list[str]) -> None:
    """Whoever is forgotten gets no present."""
    assert [one.recipient for one in people(text)] == names


@pytest.mark.parametrize(
    "text",
    ["gift for my mum", "gift for my parents", "my three nieces love slime", "no, my sister, not my mum", "my mum and I need a gift for dad", "gift for dad, my mum says he likes tea", "my sister's husband", "5 nieces aged 2 to 13",
     "from me and my brother to our dad", "gift for my dad no wait my uncle", "my wife and her brown eyes", "hello", "my husband is 35, we have a son, gift for him", "gift for a dog lover and reader"],
)  # fmt: skip
def test_one_person_or_one_group_is_not_taken_apart(text: str) -> None:
    """Nobody wants to be asked about a second person who is not there."""
    assert people(text) == ()


def test_what_stands_behind_a_person_is_of_that_person_alone() -> None:
    """Mum's gardening must not become dad's."""
    mom, dad = people("something for mum who loves gardening but no candles, and dad who likes golf")
    assert (mom.interests, mom.exclusions) == (("gardening",), ("candles",))
    assert (dad.interests, dad.exclusions) == (("golf",), ())


def test_what_is_said_of_all_is_of_each() -> None:
    """ "Who love gardening" speaks of both."""
    mom, dad = people("a gift for mum and dad who love gardening")
    assert mom.interests == dad.interests == ("gardening",)


def test_pronouns_tell_whose_it_is() -> None:
    """Named in one breath, told of one by one."""
    mom, dad = people("for my mum and dad, she loves tea and he loves golf")
    assert (mom.interests, dad.interests) == (("tea",), ("golf",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my boys 4, 7 and 11", [("son", 4), ("son", 7), ("son", 11)]), ("gifts for my nephews, 8yo and 12yo", [("nephew", 8), ("nephew", 12)]), ("husband and son have birthdays, 44 and 10", [("husband", 44), ("son", 10)]),
        ("my sister (20) and her husband (25)", [("sister", 20), ("sister's husband", 25)]), ("for my 8 year old niece and my 5 year old nephew", [("niece", 8), ("nephew", 5)]), ("my girls are 3 and 6", [("daughter", 3), ("daughter", 6)]),
        ("mum is 60 and dad is 62", [("mom", 60), ("dad", 62)]),
    ],
)  # fmt: skip
def test_each_has_an_age_of_their_own(text: str, expected: list[tuple[str, int]]) -> None:
    """A toy for eight is no toy for twelve."""
    assert [(one.recipient, one.age) for one in people(text)] == [(name, (age, age)) for name, age in expected]


def test_children_of_one_name_keep_their_own_likes() -> None:
    """Told apart by age alone."""
    young, old = people("Nieces: 7yo (ponies) and 11yo (football)")
    assert (young.interests, old.interests) == (("ponies",), ("football",))


def test_an_age_beside_another_person_is_not_the_recipients() -> None:
    """ "Our son is 2" says nothing of the wife."""
    found = find("birthday of my wife, our son is 2 so no free time", _LEXICON, today=date(2026, 3, 2))
    assert age_told_of("wife", found.recipients, found.ages) is None
    assert age_told_of("son", found.recipients, found.ages) == (2, 2)
    assert age_told_of("mom", (), (AgeFound((60, 60), 0, 2),)) == (60, 60)


_PIECES = [
    "my mum ",
    "dad ",
    "and ",
    "& ",
    ", ",
    "8yo ",
    "5 and 6 ",
    "likes tea ",
    "no candles ",
    "her ",
    "sister ",
    "boys ",
    "they ",
    "she ",
    "(3) ",
    "for ",
    ". ",
    "not ",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_however_people_are_named_each_is_somebody_and_there_are_several_or_none(text: str) -> None:
    """One person alone is never "several", and nobody is without a name."""
    several = people(text)
    assert len(several) != 1
    assert len(several) <= MOST_PEOPLE
    assert all(one.recipient for one in several)
    assert all(one.age is None or 0 <= one.age[0] <= one.age[1] <= 120 for one in several)


@pytest.mark.parametrize(
    ("message", "unwanted"),
    [
        ("for my mum who loves tea and my dad who likes golf, no alcohol please", [("alcohol",), ("alcohol",)]),
        ("for my mum who loves tea and my dad who likes golf. Please no books", [("books",), ("books",)]),
        ("for my mum who loves tea and my dad who likes golf but hates wine", [(), ("wine",)]),
        ("gifts for my mum (60, tea, no candles) and my dad (65, golf, no books)", [("candles",), ("books",)]),
    ],
)
def test_what_is_ruled_out_of_nobody_in_particular_is_ruled_out_for_all(
    message: str, unwanted: list[tuple[str, ...]]
) -> None:
    """No alcohol in a house means no bottle for mum either."""
    assert [one.exclusions for one in people(message)] == unwanted
