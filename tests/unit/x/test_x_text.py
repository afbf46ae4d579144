"""Texts come out of X's transport as they were meant, in bounded memory, and compare whatever X does to links."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import links_alike
from bot.x.text import MAX_TEXT, plain_text

LINK = "https://t.co/abc"


def wrapped(*pairs: tuple[str, str]) -> dict[str, object]:
    return {"urls": [{"url": short, "expanded_url": original} for short, original in pairs]}


@pytest.mark.parametrize("short", ["a", "https://t.co/abc", "http"])
def test_what_is_built_stays_small_whatever_the_entities_say(short: str) -> None:
    """A signed 25 KB body once built 381 MiB: every 'a' became ten thousand, fifty times over."""
    entities = wrapped(*[(short, short * (9_000 // len(short)))] * 50)
    tracemalloc.start()
    try:
        found = plain_text(short * (12_000 // len(short)), entities)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(found) <= MAX_TEXT
    assert peak < 2**20


def test_only_links_are_put_back() -> None:
    """An entry that names a word would let X's decoration rewrite what a person said."""
    assert plain_text("a gift", wrapped(("gift", "bomb"), ("", "x"))) == "a gift"


def test_each_place_of_a_link_has_its_own_entry() -> None:
    """X lists a link that stands twice twice."""
    pair = (LINK, "https://shop.example/p")
    assert plain_text(f"{LINK} or {LINK}", wrapped(pair, pair)) == "https://shop.example/p or https://shop.example/p"


@pytest.mark.parametrize(
    ("sent", "read_back"),
    [
        ("See shop.example/p?id=1, ok", f"See {LINK}, ok"),
        ("See shop.example", "See http://shop.example"),
        ("(www.shop.example)", f"({LINK})"),
        ("tea,shop.example is ours", f"tea,{LINK} is ours"),
        ("https://shop.example/a b.example", "https://t.co/1 https://t.co/2"),
        ("café.example", f"  {LINK}\n"),
    ],
)
def test_a_bare_domain_compares_with_the_link_x_makes_of_it(sent: str, read_back: str) -> None:
    """Else our own answer is not recognised, and goes out a second time."""
    assert links_alike(sent) == links_alike(read_back)


@pytest.mark.parametrize(
    ("one", "other"), [("It costs 9.99", "It costs 8.99"), ("Tea.", "Cake."), ("e.g. tea", "i.e. tea")]
)
def test_words_and_prices_still_tell_texts_apart(one: str, other: str) -> None:
    """A text taken for another one is an answer lost."""
    assert links_alike(one) != links_alike(other)


@given(st.text(max_size=200))
def test_marking_links_twice_changes_nothing_more(text: str) -> None:
    """Whoever compares may have done it already."""
    assert links_alike(links_alike(text)) == links_alike(text)
