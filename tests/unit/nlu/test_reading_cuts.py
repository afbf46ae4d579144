"""Money, places and little words are not taken for wishes; wishes behind little words are not lost."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

from datetime import date

import pytest

from nlu.reading import Reading, read
from nlu.words.lexicon import Lexicon


def told(text: str, lexicon: Lexicon) -> Reading:
    return read(text, today=date(2026, 3, 2), lexicon=lexicon)


@pytest.mark.parametrize(
    ("text", "exclusions"),
    [
        ("doesn't want anything scented", ("scented",)), ("she doesn't like anything floral", ("floral",)), ("I don't want anything plastic", ("plastic",)),
        ("don't want anything with cats", ("cats",)), ("she doesn't want anything made of glass", ("glass",)), ("he hates anything pink", ("pink",)),
        ("nothing to do with golf", ("golf",)), ("don't want anything else", ()), ("doesn't want anything", ()), ("I don't need anything expensive", ()),
        ("doesn't want anything too expensive", ()), ("don't want anything over £20", ()), ("she doesn't want anything for her birthday", ()),
        ("doesn't like stuff", ()), ("not too girly", ("girly",)), ("something nice but not too girly", ("girly",)), ("not too expensive", ()),
        ("not too sure", ()), ("nothing too girly please", ("girly",)), ("doesn't want anything too girly", ("girly",)), ("not too bad", ()), ("not too late", ()),
    ],
)  # fmt: skip
def test_what_is_ruled_out_behind_anything_is_kept_out(
    text: str, exclusions: tuple[str, ...], lexicon: Lexicon
) -> None:
    """ "Nothing scented" and "not anything scented" are one wish."""
    reading = told(text, lexicon)
    assert reading.exclusions == exclusions
    assert not set(reading.interests) & set(exclusions)


@pytest.mark.parametrize(
    "text",
    ["I don't like the first one", "not the second one", "I don't like the first or the second one", "don't want number 2", "she already has the third one",
     "I like the second one", "no, not the last one"],
)  # fmt: skip
def test_pointing_at_a_shown_idea_is_neither_wish_nor_exclusion(text: str, lexicon: Lexicon) -> None:
    """ "First one" ruled out as a kind hides whatever has "first" in its name."""
    reading = told(text, lexicon)
    assert (reading.exclusions, reading.interests) == ((), ())


@pytest.mark.parametrize(
    ("text", "interests", "budget"),
    [
        ("she loves gardening, max £20", ("gardening",), (None, 20)), ("he likes golf, 40 quid", ("golf",), (None, 40)), ("he likes golf 40 quid", ("golf",), (None, 40)),
        ("loves gardening over £50", ("gardening",), (50, None)), ("loves gardening, over 500", ("gardening",), (500, None)), ("mum gardening 20-30", ("gardening",), (20, 30)),
        ("mum, gardening, 20", ("gardening",), (None, 20)), ("likes tea max 20", ("tea",), (None, 20)), ("she likes tea and cats, at least £10, at most £20", ("tea", "cats"), (10, 20)),
        ("she loves stargazing, 25", ("stargazing",), (None, 25)), ("loves golf, minimum £30", ("golf",), (30, None)), ("mum, gardening, 20-30 please", ("gardening",), (20, 30)),
        ("my nephew loves lego, 10", ("lego",), (None, None)), ("he loves mad max", ("mad max",), (None, None)), ("boys lego 8-10", ("lego",), (None, None)),
        ("my dad, over 60", (), (None, None)), ("likes tea, 3", ("tea",), (None, None)),
    ],
)  # fmt: skip
def test_money_cuts_a_list_of_likes_and_is_kept(
    text: str, interests: tuple[str, ...], budget: tuple[object, object], lexicon: Lexicon
) -> None:
    """A figure read as a hobby loses the budget and bends the ideas."""
    reading = told(text, lexicon)
    assert (reading.interests, (reading.budget_min, reading.budget_max)) == (interests, budget)


@pytest.mark.parametrize(
    "text", ["no higher than £20", "£20 and not a penny more", "no more than 20 quid", "not over £20", "no £20 mugs"]
)
def test_a_price_refused_rules_out_no_thing(text: str, lexicon: Lexicon) -> None:
    """ "Penny" and "higher" are no things."""
    assert told(text, lexicon).exclusions in ((), ("mugs",))


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("something for me mum", "mom"), ("for me dad", "dad"), ("prezzie for me mam", "mom"), ("me mum loves tea", "mom"), ("it's for me old dad", "dad"),
        ("something for me", "self"), ("a gift for me", "self"), ("my mum and me want something for my dad", "dad"), ("something for me so i can relax", "self"),
        ("me and my mum need a gift for my nan", "grandmother"),
    ],
)  # fmt: skip
def test_me_mum_is_the_mother(text: str, recipient: str, lexicon: Lexicon) -> None:
    """Half the country says "me mum"; she is not the one who writes."""
    assert told(text, lexicon).recipient == recipient
