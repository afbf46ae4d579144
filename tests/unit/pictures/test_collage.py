"""One picture of several ideas: within X's limits, readable, the same for the same ideas."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.pictures.collage import GAP, MOST_ALT, MOST_BYTES, SIDE, STRIP, Tile, alt_text, draw

TILES = [
    Tile(1, "Rosemary hand cream", "£9.50", Image.new("RGB", (300, 500), "green")),
    Tile(2, "A trowel", "€ 12,00", Image.new("RGB", (SIDE, 200), "brown")),
    Tile(3, "Seeds, twelve sorts of herbs for a window sill", "£7.00"),
]


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_ideas_stand_side_by_side() -> None:
    """Width by their number, one height."""
    for count in (1, 2, 3):
        assert _opened(draw(TILES[:count])).size == (count * (SIDE + GAP) + GAP, SIDE + STRIP + 2 * GAP)


def test_the_same_ideas_make_the_same_picture() -> None:
    """No clock, no chance."""
    assert draw(TILES) == draw(TILES)


def test_each_idea_keeps_its_photo_in_its_place() -> None:
    """The middle of each place is the photo's colour; without a photo it is no blank."""
    picture = _opened(draw(TILES))
    green = picture.getpixel((GAP + SIDE // 2, GAP + SIDE // 2))
    brown = picture.getpixel((2 * GAP + SIDE + SIDE // 2, GAP + SIDE // 2))
    assert isinstance(green, tuple)
    assert isinstance(brown, tuple)
    assert green[1] > 100 > green[0]
    assert brown[0] > 130 > brown[2]
    third = picture.crop((3 * GAP + 2 * SIDE, GAP + 120, 3 * GAP + 3 * SIDE, GAP + SIDE))
    assert len(third.getcolors(1 << 20) or ()) > 10


def test_prices_are_drawn_with_their_currency_signs() -> None:
    """A sign the font lacks would be the same empty box for every currency."""
    strips = {
        _opened(draw([Tile(1, "x", f"{sign}5", TILES[0].photo)])).crop((0, SIDE + GAP, SIDE, SIDE + STRIP)).tobytes()
        for sign in "£€¥₹$ł₺₩"
    }
    assert len(strips) == 8


def test_the_words_tell_number_title_and_price() -> None:
    """Who cannot see the picture loses nothing."""
    assert alt_text(TILES).splitlines()[0] == "1. Rosemary hand cream, £9.50"
    assert len(alt_text(TILES).splitlines()) == 3


@given(st.lists(st.text(max_size=400), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_any_title_stays_within_x_limits(titles: list[str]) -> None:
    """Titles come from a feed: long words, other scripts, signs without a shape."""
    tiles = [Tile(number, title, "£1.00") for number, title in enumerate(titles, 1)]
    assert len(alt_text(tiles)) <= MOST_ALT
    assert len(draw(tiles)) <= MOST_BYTES
