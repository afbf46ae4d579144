"""A text we sent and the same text as X reports it have one fingerprint."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.governance.text_mark import text_mark


def test_white_space_and_links_do_not_count() -> None:
    """X changes both; a message not recognised would be sent twice."""
    sent = "Two ideas:\n1. Tea https://shop.example/t?c=1\n2. Café"
    assert text_mark(sent) == text_mark("Two ideas: 1. Tea  https://t.co/a1B2 2. Cafe\u0301 ")


def test_words_do_count() -> None:
    """Another message must not pass for this one."""
    assert text_mark("Tea for two") != text_mark("Tea for three")


@given(st.text(st.characters(codec=None)))
def test_any_text_has_a_mark(text: str) -> None:
    """What X hands over must never stop an echo."""
    assert len(text_mark(text)) == 32
