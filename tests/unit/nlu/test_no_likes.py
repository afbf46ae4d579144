"""What looks like a like and is none: somebody's name, a slip that is a word of its own, a feast refused."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.reading import Reading, read
from nlu.words.lexicon import Lexicon


def reading_of(text: str, lexicon: Lexicon) -> Reading:
    return read(text, today=date(2026, 6, 1), lexicon=lexicon)


@pytest.mark.parametrize(
    "text", ["my friend Daisy", "My niece Rose is 9", "for Lily, my cousin", "my sister Grace turns 30", "my aunt Iris"]
)
def test_a_first_name_behind_the_kin_noun_is_no_like(text: str, lexicon: Lexicon) -> None:
    """Nobody named Rose wants roses for that."""
    assert reading_of(text, lexicon).interests == ()


@pytest.mark.parametrize(
    ("text", "like"),
    [("rose gifts for my friend", "rose"), ("my sister loves lily perfume", "lily perfume"), ("dad, Lego fan", "lego")],
)  # fmt: skip
def test_the_same_word_is_a_like_where_gifts_or_a_liking_say_so(text: str, like: str, lexicon: Lexicon) -> None:
    """A name is told from a flower by what stands around it."""
    assert like in reading_of(text, lexicon).interests


@pytest.mark.parametrize("text", ["I'm skint", "chocs for mum", "a belated gift for my mum", "ideally closer to 30"])
def test_everyday_words_are_not_read_as_likes(text: str, lexicon: Lexicon) -> None:
    """ "skint" once was a skirt and "chocs" were crocs."""
    assert {"skirt", "crocs", "belated", "closer to 30"}.isdisjoint(reading_of(text, lexicon).interests)


def test_a_feast_whose_stuff_is_refused_is_not_the_occasion(lexicon: Lexicon) -> None:
    """ "no Christmas stuff" asks for anything but Christmas; "a Christmas gift, no mugs" asks for Christmas."""
    assert reading_of("a mug for dad, no christmas stuff please", lexicon).occasion is None
    assert reading_of("a christmas gift for dad, no mugs", lexicon).occasion == "christmas"
