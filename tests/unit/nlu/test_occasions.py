"""What the gift is for is read where it is said or meant; occasions past, denied or of another gift are not."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.days.occasions import find_occasions
from nlu.words.lexicon import Lexicon
from nlu.words.text import clean, words_of


def read(text: str, lexicon: Lexicon) -> list[str]:
    return [one.name for one in find_occasions(words_of(clean(text).text), lexicon)]


NAMED = {
    "bday pressie for my nan": "birthday", "it's her birthdayyyyy": "birthday", "something for crimbo": "christmas", "stocking filler for a boy": "christmas",
    "kringle for the office": "secret_santa", "secert santa, a tenner": "secret_santa", "hen do next month": "bachelorette", "a gift for my bridesmaids": "wedding",
    "quinceañera present for a goddaughter": "birthday", "ruby wedding of my in-laws": "anniversary", "leaving pressie for the cleaner": "farewell",
    "rakhi for my brother": "raksha_bandhan", "baby shower of a colleague": "baby_shower", "first holy communion of a godson": "communion", "VALENTINES": "valentines_day",
    "last minute birthday gift": "birthday", "mothering sunday flowers": "mothers_day", "new baby gift for a neighbour": "new_baby",
}  # fmt: skip


@pytest.mark.parametrize(("text", "occasion"), NAMED.items())
def test_an_occasion_is_read_in_every_way_people_name_it(text: str, occasion: str, lexicon: Lexicon) -> None:
    """Nobody says "christening_gift"."""
    assert read(text, lexicon)[:1] == [occasion]


MEANT = {
    "my gran is turning eighty": "birthday", "he turns 9, loves bugs": "birthday", "my aunt is 70 on Sunday": "birthday", "she's 25 next week": "birthday",
    "my lad is 6 tomorrow": "birthday", "sweet sixteen for a niece": "birthday", "18th on Saturday, my godson": "birthday", "mum's 63rd, she paints": "birthday", "it's the big 4-0 for my mate": "birthday",
    "she's 60 on Halloween": "birthday", "my manager is leaving us in March": "farewell", "a friend is moving to Peru, something small": "farewell",
    "it's his last day on Friday": "farewell", "my cousin just bought a flat": "housewarming", "they are moving into their first home": "housewarming",
    "our lodger let me stay for free, I owe him": "thank_you", "I want to thank my physics tutor": "thank_you", "my hosts are two retired farmers": "travel_host",
    "grandad retired from the railway last month": "retirement", "for our book club swap": "gift_exchange", "my flatmate has had a rotten month": "cheer_up",
    "my sister just had her third baby": "new_baby", "my niece graduates in June": "graduation",
}  # fmt: skip


@pytest.mark.parametrize(("text", "occasion"), MEANT.items())
def test_an_occasion_that_is_meant_is_understood(text: str, occasion: str, lexicon: Lexicon) -> None:
    """Who says "turning eighty" needs not say birthday."""
    assert read(text, lexicon)[:1] == [occasion]


NONE = [
    "last christmas I gave him a drum", "two years ago I knitted her a hat for her birthday", "for his birthday I got him a kite, now just because",
    "my uncle always used to give me the best birthday presents", "not a birthday, just because", "we don't celebrate christmas", "he is not doing christmas",
    "I'm graduating soon, something for myself", "I'm leaving for work", "she's leaving hints everywhere", "a retired teacher", "she's a graduate student", "thank you so much!",
    "thanks in advance", "he is turning his thesis in", "I'm having a hard time thinking of a gift", "she is 25 and likes tea", "a size 12 on sale", "turn 2 of them into one",
    "need 2 tomorrow", "since she's moving to a smaller office", "he has a new laptop", "the 30th of June", "a wedding ring box", "the 18th floor", "owls, christmas movies",
    "our 2nd choice", "I was getting married back then", "at 10 tomorrow",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_what_is_past_denied_or_something_else_is_no_occasion(text: str, lexicon: Lexicon) -> None:
    """A gift for the wrong occasion is worse than a gift for none."""
    assert read(text, lexicon) == []


def test_the_first_occasion_comes_first_and_none_is_lost(lexicon: Lexicon) -> None:
    """His birthday is on Boxing Day: one gift for both."""
    assert read("joint birthday and christmas present", lexicon) == ["birthday", "christmas"]


def test_how_somebody_lives_gives_way_to_an_occasion_named(lexicon: Lexicon) -> None:
    """New parents are given things at Christmas too."""
    assert read("they have a new baby, something for christmas", lexicon)[0] == "christmas"
    assert read("new baby, small budget", lexicon)[0] == "new_baby"


def test_the_gift_given_before_leaves_the_occasion_of_the_one_wanted(lexicon: Lexicon) -> None:
    """What was given for Christmas does not make a birthday Christmas."""
    assert read("I got her a bike for christmas. Now it's her birthday", lexicon) == ["birthday"]


@given(text=st.text(max_size=200))
def test_no_text_is_too_much(text: str, lexicon: Lexicon) -> None:
    """Whatever is typed, places lie inside the message and in order."""
    cleaned = clean(text + " turning 30 on halloween").text
    found = find_occasions(words_of(cleaned), lexicon)
    assert all(0 <= one.start < one.end <= len(cleaned) for one in found)
