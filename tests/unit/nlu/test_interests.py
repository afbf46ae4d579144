"""Every way of saying a like, and what bounds it."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.findings import find
from nlu.tastes.exclusions import find_exclusions
from nlu.tastes.interests import find_interests
from nlu.words.lexicon import Lexicon
from nlu.words.text import Word, clean, words_of

TODAY = date(2026, 3, 2)
PIECES = ["loves", "hates", "no", "not", "already has", "got her", "last year", "is a", "I'm", "fan", "gift", "tea", "arts and crafts", "Radiohead", "Dr.", "and", "or", ",", ".",
          "(", ")", ":", "/", "*", "\n", "&", "but", "mum", "£20", "12", "allergic to", "favourite", "thinking of", "🐶", "☕", "from", "in", "London", "she", "knits", "are out", "such as", "LOUD", "x"]  # fmt: skip


def likes(message: str, lexicon: Lexicon) -> list[str]:
    return [span.text for span in find(message, lexicon, today=TODAY).interests]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("he can't get enough of blacksmithing", ["blacksmithing"]), ("she grew up on Asterix", ["asterix"]), ("spends his weekends foraging", ["foraging"]),
        ("hobbies: beekeeping, falconry", ["beekeeping", "falconry"]), ("Likes:\n* limericks\n* sudoku\n* hot sauce", ["limericks", "sudoku", "hot sauce"]),
        ("her favourite band is Zero 7", ["zero 7"]), ("into dub/reggae and ska", ["dub", "reggae", "ska"]),
        ("likes snacks (crisps, nachos), darts and bingo", ["snacks", "crisps", "nachos", "darts", "bingo"]),
        ("enjoys novels by Iain Banks and old westerns", ["novels", "iain banks", "westerns"]), ("loves Dr. Who and cheese", ["dr. who", "cheese"]),
        ("obsessed with arts and crafts", ["arts and crafts"]), ("loves tea. She hates coffee", ["tea"]),
    ],
)  # fmt: skip
def test_a_like_is_read_to_the_end_of_its_list(text: str, things: list[str], lexicon: Lexicon) -> None:
    """Lists go over commas, brackets, slashes, bullets and "by"; a new thought ends them."""
    assert likes(text, lexicon) == things


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("my cousin is a glaciologist", "glaciologist"), ("he works as a cartographer", "cartographer"), ("she's studying forensic linguistics", "forensic linguistics"),
        ("my niece is a volleyball girl", "volleyball"), ("a gift for my flute teacher", "flute"), ("she has a degree in topology", "topology"),
        ("he's moving to Lisbon", "lisbon"), ("my brother, an art history major", "art history"), ("she's a total unicycle nerd", "unicycle"),
    ],
)  # fmt: skip
def test_what_somebody_is_or_does_guides_the_gift(text: str, thing: str, lexicon: Lexicon) -> None:
    """A trade or a study is a like half of the time, and never a hindrance."""
    assert any(thing in like for like in likes(text, lexicon))


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("gift for a tea/falconry lover", "falconry"), ("rodeo gifts", "rodeo"), ("looking for a sundial", "sundial"), ("thinking of getting her a loom", "loom"),
        ("something whimsical", "whimsical"), ("my dad golfs", "golfs"), ("she knits all day", "knits"), ("anything Moomin related", "moomin"),
        ("he put Deep Purple on all day", "deep purple"), ("needs a tripod", "tripod"), ("more of a puzzle person", "puzzle"),
    ],
)  # fmt: skip
def test_a_like_needs_no_word_of_liking(text: str, thing: str, lexicon: Lexicon) -> None:
    """People name the fan, the kind of gift, the deed or the band itself."""
    assert any(thing in like for like in likes(text, lexicon))


@pytest.mark.parametrize(
    "text",
    ["I'm a broke college student", "we live in Denver", "Hi Reddit", "IT IS TOMORROW AND I FORGOT", "my nieces Ava, 7 and Zoe, 10", "looking for a gift for my aunt",
     "need some help please", "what should I get my boyfriend", "I'm running out of time", "drawing a blank here", "she is hard to buy for", "his birthday is on Friday"],
)  # fmt: skip
def test_the_giver_and_small_talk_are_no_likes(text: str, lexicon: Lexicon) -> None:
    """What tells nothing of the recipient's taste would only bend the ideas."""
    assert likes(text, lexicon) == []


@pytest.mark.parametrize(
    ("text", "liked", "ruled_out"),
    [
        ("she doesn't like coffee but loves tea", ["tea"], ["coffee"]), ("not a fan of wine, more of a beer person", ["beer"], ["wine"]),
        ("he loves jazz, hates opera", ["jazz"], ["opera"]), ("not only jazz, he loves opera too", ["jazz", "opera"], []),
        ("prefers hiking over museums", ["hiking"], ["museums"]), ("no socks, she loves yoga", ["yoga"], ["socks"]),
    ],
)  # fmt: skip
def test_a_refusal_reaches_no_further_than_its_thought(
    text: str, liked: list[str], ruled_out: list[str], lexicon: Lexicon
) -> None:
    """What is loved in the same breath must not be hidden."""
    found = find(text, lexicon, today=TODAY)
    assert [span.text for span in found.interests] == liked
    assert [span.text for span in found.exclusions] == ruled_out


@pytest.mark.parametrize(
    ("text", "things"),
    [("mum 🌸🐶 £20", ["flowers", "dogs"]), ("no 🍷 please, loves ☕", ["coffee"]), ("plays guitar 🎸", ["guitar"]), ("🎁🎂 for my gran 🥳", [])],
)  # fmt: skip
def test_a_sign_stands_for_a_like(text: str, things: list[str], lexicon: Lexicon) -> None:
    """On X a dog is often not written; a cake and a parcel are the occasion's."""
    assert likes(text, lexicon) == things


MESSAGES = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map(" ".join)


def test_no_word_is_both_liked_and_ruled_out(lexicon: Lexicon) -> None:
    """Spans lie inside the text, in order, and no place of it is read twice."""

    @settings(max_examples=300, deadline=None)
    @given(MESSAGES)
    def holds(message: str) -> None:
        found = find(message, lexicon, today=TODAY)
        for spans in (found.interests, found.exclusions):
            assert all(0 <= span.start < span.end <= len(found.cleaned.text) for span in spans)
            assert all(before.end <= after.start for before, after in pairwise(spans))
        liked = {at for span in found.interests for at in range(span.start, span.end)}
        assert liked.isdisjoint(at for span in found.exclusions for at in range(span.start, span.end))

    holds()


@pytest.mark.parametrize(
    "piece", ["is in ", "big on a ", "* x ", "loves ", "no a ", "gave her a ", "likes: x\n", "not a x ", "is a x, "]
)
def test_senseless_repetition_is_bounded(piece: str, lexicon: Lexicon) -> None:
    """Nobody may hold up the others with one long message."""
    text = (piece * 1000)[:2000]
    words = words_of(text)
    assert _best(text, words, lexicon) < 0.040


def test_a_long_post_is_read_in_a_breath(lexicon: Lexicon) -> None:
    """Likes and exclusions together stay well below what a whole message may take."""
    text = clean(
        "She's a nurse who loves tea, old maps (of Wales, mostly), and baking; hates candles, already has a wok. " * 4
    ).text
    assert _best(text, words_of(text), lexicon) < 0.005


def _best(text: str, words: tuple[Word, ...], lexicon: Lexicon) -> float:
    """Seconds of processor time that both readings took at their quickest of five times."""
    times = []
    for _ in range(5):
        begun = time.process_time()
        find_exclusions(text, words, lexicon)
        find_interests(text, words, lexicon, ())
        times.append(time.process_time() - begun)
    return min(times)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("a couple who camp", "camp"),
        ("they both paint on Sundays", "paint"),
        ("she used to knit before the move", "knit"),
        ("he hums sea shanties all day", "sea shanties"),
        ("my aunt builds doll houses", "doll houses"),
    ],
)
def test_what_several_do_or_one_did_is_a_like(text: str, thing: str, lexicon: Lexicon) -> None:
    """A bare verb behind "they", "both", "used to" tells as much as "she knits"."""
    assert thing in likes(text, lexicon)
