"""A message made readable, with every character's place known."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.words.text import LONGEST, clean, words_of


@pytest.mark.parametrize(
    ("written", "readable"),
    [
        ("it’s “fine” – ok", 'it\'s "fine" - ok'),
        ("ｍｕｍ", "mum"),
        ("mu\u200bm", "mum"),
        ("\u202emum\u202c", "mum"),
        ("a\tb\r\nc", "a b\n\nc"),
        ("£20 € ¥", "£20 € ¥"),
        ("ﬁshing", "fishing"),
        ("mum 🎁", "mum 🎁"),
        ("x\ud800y", "xy"),
        ("wait…", "wait..."),
    ],
)
def test_quotes_dashes_and_hidden_characters_do_not_change_what_is_read(written: str, readable: str) -> None:
    """Phones write curly quotes; pranksters write hidden characters."""
    assert clean(written).text == readable


@given(st.text(max_size=3_000))
def test_any_message_becomes_short_and_harmless_and_keeps_its_places(message: str) -> None:
    """Later parts rely on it: at most 1,500 characters, nothing invisible, every span found again."""
    cleaned = clean(message)
    assert len(cleaned.text) <= LONGEST
    assert not any(unicodedata.category(char) in ("Cf", "Cs") for char in cleaned.text)
    for word in words_of(cleaned.text)[:20]:
        start, end = cleaned.span_in_original(word.start, word.end)
        assert 0 <= start < end <= len(message)


@given(st.text(max_size=300))
def test_words_stand_in_order_without_overlap(message: str) -> None:
    """Spans of findings are made of them."""
    words = words_of(clean(message).text)
    assert all(one.end <= two.start for one, two in pairwise(words))
    assert all(one.clause <= two.clause and one.sentence <= two.sentence for one, two in pairwise(words))


def test_a_decimal_point_or_an_apostrophe_does_not_cut_a_word() -> None:
    """£20.50 is one figure and mum's one word."""
    assert [word.text for word in words_of("mum's b-day, £20.50.ok")] == ["mum's", "b-day", "20.50", "ok"]
