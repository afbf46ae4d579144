"""What strangers write is shown to shoppers only without what deceives, links or runs."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.feeds.cleaning.text import defused, has_odd_characters, holds_address, plain, without_markup


@given(st.text(max_size=200))
def test_plain_text_is_one_visible_composed_line(value: str) -> None:
    """No control, bidi or zero-width character, no doubled blank; and cleaning twice changes nothing."""
    text = plain(value)
    assert not has_odd_characters(text)
    assert "  " not in text
    assert text == text.strip()
    assert plain(text) == text
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Mug\u202egnp.exe", "Muggnp.exe"), ("Te\u200ba\ufeff", "Tea"), ("Caf\u0065\u0301", "Caf\u00e9"),
        ("Z\u0300\u0301\u0302\u0303\u0304\u0305a", "Z\u0300\u0301\u0302a"), ("a\r\n\tb", "a b"),
        ("\u00a0x\u2028y", "x y"), ("tag\U000e0041\U000e0042", "tag"), ("\ud800half", "half"),
        ("Family ❤️", "Family ❤️"),
    ],
)  # fmt: skip
def test_invisible_and_turning_characters_are_gone(value: str, shown: str) -> None:
    """A name reads the way its letters stand."""
    assert plain(value) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("@giftbot mug", "@ giftbot mug"), ("Mug #winning", "Mug # winning"), ("#1 Dad mug", "#1 Dad mug"),
        ("Nails@home kit", "Nails@home kit"), ("evil.com mug", "evil. com mug"), ("St.Nicholas", "St. Nicholas"),
        ("RT@x mug", "RT@ x mug"), ("Café@jack", "Café@ jack"), ("Art@home", "Art@home"), ("$TSLA mug", "$ TSLA mug"),
        ("A $5 note, US$ 3, A$AP", "A $5 note, US$ 3, A$AP"), ("evil．com", "evil. com"), ("evil。com", "evil. com"),
        ("これ。それです", "これ。それです"), ("❤.ws", "❤. ws"), ("#5·a", "# 5·a"), ("evil.भारत", "evil. भारत"),
        ("No.5 scent, 1.5 l", "No.5 scent, 1.5 l"), ("＠all", "＠ all"),
    ],
)  # fmt: skip
def test_names_hold_nothing_that_x_would_link(name: str, shown: str) -> None:
    """Mentions, hashtags and bare domains are parted by a blank; honest names keep their looks."""
    assert defused(name) == shown
    assert defused(shown) == shown


@given(st.text("a.B@#$ 1é", max_size=20))
def test_a_text_is_defused_alike_whatever_letters_stand_beside(value: str) -> None:
    """The short way for unaccented texts finds what the long one finds."""
    assert defused(value + " é") == defused(value) + " é"


@pytest.mark.parametrize("title", ["Mug https://evil.example", "WWW.evil.example", "javascript:x", "ftp://a"])
def test_addresses_in_names_are_seen(title: str) -> None:
    """A link in a name is never part of it."""
    assert holds_address(title)


@pytest.mark.parametrize("title", ["Set: three mugs", "Awww bear", "Wow! A mug"])
def test_names_that_only_look_a_little_like_addresses_are_names(title: str) -> None:
    """No good product is lost to the check."""
    assert not holds_address(title)


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<p>Fired in <em>Stoke</em>.</p><p>Frost-proof.</p>", "Fired in Stoke. Frost-proof."),
        ("a &amp; b &lt; c", "a & b < c"), ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("x<script>alert('<b>')</script>y", "x y"), ("x<!-- <p>no</p> -->y", "x y"), ("x<style>p{}", "x"),
        ("&lt;b&gt;Twice&lt;/b&gt; escaped", "Twice escaped"), ("<img src=x onerror=alert(1)>Mug", "Mug"),
    ],
)  # fmt: skip
def test_markup_becomes_the_text_a_reader_would_see(markup: str, seen: str) -> None:
    """Shopify bodies are HTML; what is shown and searched is words."""
    assert plain(without_markup(markup)) == seen


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "<script>", "</script ", "&amp;", "&#", "<a b='"])
def test_no_description_makes_reading_it_slow(piece: str) -> None:
    """Time grows with the text, not with its square: 131,072 characters are the most a value can have."""
    began = time.process_time()
    without_markup(piece * (131_072 // len(piece)))
    assert time.process_time() - began < 1
