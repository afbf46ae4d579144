"""Slips are as many as asked for, the same every time, and leave figures and money alone."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.evaluation.slips import NEIGHBOURS, places_for_slips, slip, with_slips

TEXTS = (
    "Birthday present for my mum, she loves gardening and long walks, £20 to £30 or 25 EUR",
    "something cheaper please :) see www.shop.example/gifts or ask @somebody",
) * 20


def changed_words(before: str, after: str) -> int:
    return sum(one != other for one, other in zip(before.split(), after.split(), strict=True))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_the_share_of_words_asked_for_gets_a_slip(share: float) -> None:
    """ "10 % of words" must be 10 %, however short the messages are."""
    places = sum(len(places_for_slips(text)) for text in TEXTS)
    after = with_slips(TEXTS, share, seed=4)
    assert sum(map(changed_words, TEXTS, after)) == round(share * places)


def test_the_same_seed_makes_the_same_slips_and_another_others() -> None:
    """Figures of two days are of the same texts."""
    assert with_slips(TEXTS, 0.3, seed=1) == with_slips(TEXTS, 0.3, seed=1) != with_slips(TEXTS, 0.3, seed=2)


def test_figures_money_links_and_handles_are_left_alone() -> None:
    """A slip in "£20" would be another budget, not a harder one."""
    for text in with_slips(TEXTS, 1.0, seed=5):
        assert re.findall(r"£20|£30|25 EUR|www\.shop\.example/gifts|@somebody|:\)", text) in (
            ["£20", "£30", "25 EUR"],
            [":)", "www.shop.example/gifts", "@somebody"],
        )


@given(st.lists(st.text(max_size=40), max_size=5), st.floats(0, 1), st.integers(0, 9))
def test_any_texts_keep_their_number_figures_and_signs(texts: list[str], share: float, seed: int) -> None:
    """Only letters are touched, whatever the alphabet."""

    def untouched(text: str) -> str:
        return "".join(sign for sign in text if not sign.isalpha())

    after = with_slips(texts, share, seed)
    assert [untouched(text) for text in after] == [untouched(text) for text in texts]


@given(st.from_regex(r"[A-Za-zÀ-ɏ]{3,12}", fullmatch=True), st.integers(0, 99))
def test_a_slip_changes_a_word_by_one_slip(word: str, seed: int) -> None:
    """Always a change, never more than one letter more or fewer."""
    made = slip(word, random.Random(seed))
    assert made != word
    assert abs(len(made) - len(word)) <= 1


def test_neighbouring_keys_are_those_of_the_keyboard() -> None:
    """A slip of the finger lands beside the key, not anywhere."""
    assert set(NEIGHBOURS["g"]) == set("fhtyvb")
    assert set(NEIGHBOURS["q"]) == set("wa")
    assert set(NEIGHBOURS["m"]) == set("njk")
