"""The lists of interests: generous where shoppers speak of tastes, silent in ordinary talk."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from nlu.reading import read
from nlu.words.lexicon import FILES, Lexicon, LexiconError
from nlu.words.phrases import LONGEST, find_phrases
from nlu.words.text import words_of
from tests.unit.nlu.conftest import LOOKUPS


def interests(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    return read(text, today=date(2026, 6, 1), lexicon=lexicon).interests


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("He brews his own kombucha at weekends", "kombucha"),
        ("Aunt Jo, mah jongg every tuesday, budget 40", "mah jongg"),
        ("my brother does wood carving and a bit of pyrography", "pyrography"),
        ("she's a midwife in a busy ward", "midwife"),
        ("dad: metal detecting mostly", "metal detecting"),
        ("teenage niece, cottagecore, cherry lip balm", "cottagecore"),
        ("season tickets, premier league, the lot", "premier league"),
        ("a beekeeper of thirty years", "beekeeper"),
        ("lives for true crime podcasts", "true crime"),
        ("my flatmate swears by his air fryer, something for that?", "air fryer"),
        ("granddaughter, 6, bluey or paw patrol", "bluey"),
        ("nephew, 15, elden ring all day", "elden ring"),
        ("two dachshunds rule their house", "dachshunds"),
        ("mother in law, crosswords and sudoku", "sudoku"),
        ("something handcrafted for my boss", "handcrafted"),
    ],
)  # fmt: skip
def test_a_taste_is_found_without_a_word_of_liking(text: str, said: str, lexicon: Lexicon) -> None:
    """People tell of a life, not of likes; what guides a gift is in it."""
    assert any(said in like for like in interests(text, lexicon))


@pytest.mark.parametrize(
    "word",
    ["gift", "present", "nice", "party", "idea", "got", "pretty", "phone", "account", "order", "delivery", "college", "alcohol", "run", "call", "mind", "home", "work",
     "person", "thing", "time", "day", "money", "price", "saw", "help", "play", "amazon", "ships", "bugs", "sake", "the who", "40k", "eighties", "nuts"],
)  # fmt: skip
def test_a_word_of_ordinary_talk_is_no_taste(word: str, lexicon: Lexicon) -> None:
    """A like found in a complaint makes it look like a request."""
    assert word not in lexicon.interests


@pytest.mark.parametrize(
    "word",
    ["church", "christian", "catholic", "muslim", "jewish", "buddhist", "wiccan", "atheist", "halal", "kosher", "feminist", "socialist", "pregnant", "sobriety",
     "diabetic", "gay", "lgbt", "bdsm", "marijuana", "african", "native american", "army veteran"],
)  # fmt: skip
def test_what_x_forbids_to_store_is_no_taste(word: str, lexicon: Lexicon) -> None:
    """Interests are kept with the talk; faith, health, origin, politics and sex life never are."""
    assert word not in lexicon.interests


def test_every_word_of_the_lists_can_be_found(lexicon: Lexicon) -> None:
    """A word with a dot, a colon or an ampersand stands in the list and is never met in a message."""
    entries = [word for word in lexicon.interests.names if not word.endswith("es")]
    assert len(entries) > 5_000
    for entry in entries:
        words = words_of(entry)
        assert " ".join(word.text for word in words) == entry
        assert len(words) <= LONGEST
        assert len({word.clause for word in words}) == 1
        assert any(hit.phrase == entry for hit in find_phrases(words, lexicon.interests))


def test_a_theme_holds_many_words_and_its_things_are_found_in_the_plural(tmp_path: Path) -> None:
    """A marketer writes one line, not fifty, and thinks of one form of the word."""
    _lookups(tmp_path, "activities:\n  - Ferret  Racing,\n    bog snorkelling\nthings: [fig press]\nstyles: []")
    known = Lexicon.load(tmp_path).interests
    assert set(known.names) == {"ferret racing", "bog snorkelling", "fig press", "fig presses"}


def test_a_colon_in_a_theme_is_refused_by_list(tmp_path: Path) -> None:
    """YAML would read it as a mapping, and the whole theme would be lost in silence."""
    _lookups(tmp_path, "activities:\n  - knitting, avatar: the film\nthings: []\nstyles: []")
    with pytest.raises(LexiconError, match=r"activities.*colon"):
        Lexicon.load(tmp_path)


def _lookups(folder: Path, interests_yml: str) -> None:
    for name in FILES:
        shutil.copy(LOOKUPS / name, folder / name)
    (folder / "interests.yml").write_text(interests_yml)
