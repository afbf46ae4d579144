"""Slips of the finger: forgiven where one word can be meant, never made out of a right word."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from nlu.words.lexicon import Lexicon
from nlu.words.typos import Spelling
from tests.unit.nlu.conftest import LOOKUPS

LEXICON = Lexicon.load(LOOKUPS)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("embroidrey", "embroidery"), ("photogaphy", "photography"), ("dinosuars", "dinosaurs"), ("skateborading", "skateboarding"), ("vegitarian", "vegetarian"), ("guittar", "guitar"),
     ("pokemin", "pokemon"), ("necklce", "necklace"), ("allergci", "allergic"), ("obsesed", "obsessed"), ("alredy", "already"), ("collcets", "collects"), ("favouritte", "favourite"), ("dosnt", "doesnt")],
)  # fmt: skip
def test_a_slip_in_a_taste_or_in_what_leads_to_it_is_forgiven(slip: str, meant: str) -> None:
    """One "alergic" unread, and the bot offers nuts."""
    assert LEXICON.spelling.meant(slip) == meant


@pytest.mark.parametrize(
    "word",
    ["walked", "living", "baking", "caking", "moaning", "planes", "planned", "collect", "collected", "doesn", "wouldn", "couldn", "shouldn", "haven", "austin", "wales", "germany",
     "fiver", "tenner", "boiler", "cheery", "clutter", "porch", "snore", "threads", "treasury", "battles", "flights", "couch", "pierced", "australia", "vibes", "handbags", "aircrafts", "gamers"],
)  # fmt: skip
def test_a_right_word_is_never_taken_for_a_slip_of_a_taste(word: str) -> None:
    """A couch is no coach, and who lives in Wales collects no whales."""
    assert LEXICON.spelling.meant(word) == word


def test_of_two_words_as_near_neither_is_guessed() -> None:
    """ "Bking" is baking or biking: a wrong like shown is worse than none."""
    spelling = Spelling.of([], [], ["baking", "biking", "hiking", "gorilla", "gorillas"])
    assert spelling.meant("bking") == "bking"
    assert spelling.meant("hking") == "hiking"
    assert spelling.meant("goriilla") == "gorilla"


def test_two_slips_are_forgiven_only_in_the_words_that_matter_most() -> None:
    """Long words for people are few; long words at large lie within two slips of each other."""
    spelling = Spelling.of(["grandmother"], [], ["woodworking"])
    assert spelling.meant("grnadmohter") == "grandmother"
    assert spelling.meant("wodowokring") == "wodowokring"


@given(st.text(max_size=40))
def test_any_text_is_left_as_it_is_or_becomes_a_word_near_it(word: str) -> None:
    """Nobody's words are turned into something else, in any script."""
    meant = LEXICON.spelling.meant(word)
    assert meant == word or (meant[0] == word[0] and OSA.distance(meant, word) <= 2)


@given(st.data())
def test_what_a_slip_stands_for_is_right_itself(data: st.DataObject) -> None:
    """Reading a word as meant once more changes nothing."""
    right = data.draw(st.sampled_from(sorted(LEXICON.spelling.right)))
    place = data.draw(st.integers(1, max(1, len(right) - 1)))
    slip = right[:place] + data.draw(st.sampled_from(["", "e", right[place - 1]])) + right[place + 1 :]
    meant = LEXICON.spelling.meant(slip)
    assert LEXICON.spelling.meant(meant) == meant
