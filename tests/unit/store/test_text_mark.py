"""A text we sent and the same text as X reports it have one fingerprint."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.governance.text_mark import text_mark, words_mark


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


SENT = "Your parcel: Café №5 is here https://shop.example/a"


@pytest.mark.parametrize(
    "other",
    [
        unicodedata.normalize("NFD", SENT),
        SENT.upper().replace("HTTPS://SHOP.EXAMPLE/A", "https://shop.example/b"),
        SENT.replace(" is", "\u00a0\u2003is"),
        SENT.replace("parcel", "par\u200bcel"),
        SENT.replace("parcel", "par\ufe0fc\u034fel"),
        SENT.replace("parcel", "ｐａｒｃｅｌ"),
        SENT.replace("is here", "is\n\there "),
    ],
)
def test_one_visible_text_has_one_mark_of_its_words(other: str) -> None:
    """However it is encoded: a shopper who reads it twice was sent it twice."""
    assert words_mark(other) == words_mark(SENT)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_composing_and_taking_apart_changes_no_words(text: str) -> None:
    """For every text there is, not only for those thought of."""
    forms = {words_mark(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert forms == {words_mark(text)}
