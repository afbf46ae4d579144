"""The age of the one who gets the gift is read; the giver's never is."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.people.ages import find_ages

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
    "just over 50": (50, 54),
    "60+": (60, 120),
    "mid to late 60s": (64, 69),
    "sweet sixteen": (16, 16),
    "he's two and a half": (2, 2),
    "she's forty seven she reads": (47, 47),
    "she's 11 an loves ponies": (11, 11),
    "a lass of 9": (9, 9),
    "[14]": (14, 14),
    "she's 30-35": (30, 35),
    "she's 15, sorry 16 next week": (16, 16),
    "nan is 81 nxt week": (81, 81),
    "a woman, 52, plays golf": (52, 52),
    "over 70 years old": (70, 120),
    "bday. 33. jazz.": (33, 33),
}


@pytest.mark.parametrize(("text", "age"), SAID.items())
def test_an_age_is_read_in_every_way_people_write_it(text: str, age: tuple[int, int]) -> None:
    """A toy for a toddler is no present for a teenager."""
    assert find_ages(text)[0].age == age


@pytest.mark.parametrize(
    "text",
    ["i'm 25", "I am a 20 year old guy", "im 19 and broke", "we've been together 3 years", "a 12 year old scotch", "80s music", "married 25 years",
     "5 years ago", "under 50", "£30", "our 10th anniversary", "2 weeks", "I'm a mid-20's guy", "200 years old oak", "his size is 44", "he's 6ft1", "married, 12 yrs", "it is 17 July", "her first birthday with us", "I (24F) need ideas", "26m looking for ideas",
     "he has worked there 22 yrs", "she's 6 months sober", "a friend of 20 years", "mother of 2", "is 12 inches"],
)  # fmt: skip
def test_the_giver_and_other_numbers_have_no_say(text: str) -> None:
    """The shopper's own age must not become the recipient's."""
    assert find_ages(text) == ()


def test_a_number_right_after_the_person_is_their_age() -> None:
    """People write "my mum, 60" and mean an age, not a price."""
    assert find_ages("my mum, 60, likes tea", ((3, 6),))[0].age == (60, 60)


@pytest.mark.parametrize(
    ("text", "person", "ages"),
    [
        ("my boys 4, 7 and 11", "boys", [4, 7, 11]), ("my girls are 2 and 5 and share", "girls", [2, 5]), ("nieces: 6yo (slime) and 10yo (books)", "nieces", [6, 10]),
        ("dad and son both have birthdays, 44 and 10, both fish", "dad", [44, 10]), ("kids: Mia 6 ballet, Ben 9 lego", "kids", [6, 9]), ("nephews 3 and 5 years old", "nephews", [3, 5]),
    ],
)  # fmt: skip
def test_several_ages_are_kept_apart(text: str, person: str, ages: list[int]) -> None:
    """Two children of 3 and 9 are no child of 3 to 9."""
    start = text.index(person)
    assert [one.age for one in find_ages(text, ((start, start + len(person)),))] == [(age, age) for age in ages]


@pytest.mark.parametrize(
    "text", ["my mum, 40 quid", "for mum 20 max", "for dad, 20 pounds", "my mum 3 sisters", "my dad, 25-30"]
)
def test_a_figure_of_something_else_beside_a_person_is_no_age(text: str) -> None:
    """ "Mum 20 max" is a budget."""
    start = text.index("mum" if "mum" in text else "dad")
    assert find_ages(text, ((start, start + 3),)) == ()


@given(st.integers(1, 99))
def test_an_age_says_the_same_before_and_behind_the_person(age: int) -> None:
    """ "For my aunt (60)" and "for my 60 year old aunt" are one wish."""
    behind, ahead = f"for my aunt ({age})", f"for my {age} year old aunt"
    assert find_ages(behind, ((7, 11),))[0].age == find_ages(ahead, ((len(ahead) - 4, len(ahead)),))[0].age


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
