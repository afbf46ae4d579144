"""The age of the one who gets the gift is read; the giver's never is."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.ages import find_ages

SAID = {
    "she's 25": (25, 25),
    "turning 21": (21, 21),
    "a 40 year old man": (40, 40),
    "my 18yo brother": (18, 18),
    "40s": (40, 49),
    "in her fifties": (50, 59),
    "early thirties": (30, 33),
    "early 30's": (30, 33),
    "mid 60s": (64, 66),
    "late 40's": (47, 49),
    "ages 4 to 10": (4, 10),
    "22-24 years old": (22, 24),
    "her 30th birthday": (30, 30),
    "mum's 60th": (60, 60),
    "18 month old": (1, 1),
    "6 months old": (0, 0),
    "thirty years old": (30, 30),
    "turning thirty": (30, 30),
    "22f": (22, 22),
    "f/23": (23, 23),
    "20-somethings": (20, 29),
}


@pytest.mark.parametrize(("text", "age"), SAID.items())
def test_an_age_is_read_in_every_way_people_write_it(text: str, age: tuple[int, int]) -> None:
    """A toy for a toddler is no present for a teenager."""
    assert find_ages(text)[0].age == age


@pytest.mark.parametrize(
    "text",
    ["i'm 25", "I am a 20 year old guy", "im 19 and broke", "we've been together 3 years", "a 12 year old scotch", "80s music", "married 25 years",
     "5 years ago", "under 50", "£30", "our 10th anniversary", "2 weeks", "I'm a mid-20's guy", "200 years old oak"],
)  # fmt: skip
def test_the_giver_and_other_numbers_have_no_say(text: str) -> None:
    """The shopper's own age must not become the recipient's."""
    assert find_ages(text) == ()


def test_a_number_right_after_the_person_is_their_age() -> None:
    """People write "my mum, 60" and mean an age, not a price."""
    assert find_ages("my mum, 60, likes tea", ((3, 6),))[0].age == (60, 60)


@given(st.integers(0, 120), st.sampled_from(["{n} year old", "{n}yo", "aged {n}", "turning {n}", "she's {n}"]))
def test_any_age_of_man_is_read(age: int, form: str) -> None:
    """From newborn to 120."""
    assert find_ages(form.format(n=age))[0].age == (age, age)


@given(st.text(max_size=300))
def test_ages_are_always_possible_ones(text: str) -> None:
    """Nothing that comes out can be wrong in kind."""
    for found in find_ages(text):
        assert 0 <= found.age[0] <= found.age[1] <= 120
        assert text[found.start : found.end]
