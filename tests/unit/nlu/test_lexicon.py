"""The word lists: whole, or refused with the reason."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nlu.words.lexicon import FILES, Lexicon, LexiconError
from tests.unit.nlu.conftest import LOOKUPS


def test_a_missing_list_is_refused_by_name(tmp_path: Path) -> None:
    """A model trained with half the words would be dumb in silence."""
    with pytest.raises(LexiconError, match="relations"):
        Lexicon.load(tmp_path)


def test_a_list_of_another_shape_is_refused_by_key(tmp_path: Path) -> None:
    """Marketers edit these files; the refusal must say where."""
    for name in FILES:
        shutil.copy(LOOKUPS / name, tmp_path / name)
    (tmp_path / "occasions.yml").write_text("occasions: birthday")
    with pytest.raises(LexiconError, match="occasions"):
        Lexicon.load(tmp_path)


def test_no_word_of_yaml_turns_into_something_else(lexicon: Lexicon) -> None:
    """In YAML a bare "no" is false; here it opens an exclusion."""
    assert "no" in lexicon.exclusion_openers


@pytest.mark.parametrize(
    "word",
    ["other", "rather", "bother", "weather", "feather", "bridge", "fried", "trend", "finance", "laughter", "teaches"],
)
def test_an_english_word_is_never_taken_for_a_slip(word: str, lexicon: Lexicon) -> None:
    """ "Rather" is not "father"."""
    assert lexicon.spelling.meant(word) == word


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("brohter", "brother"), ("sistr", "sister"), ("girlfreind", "girlfriend"), ("birhtday", "birthday"), ("chrismas", "christmas"), ("anniversery", "anniversary")],
)  # fmt: skip
def test_a_slip_of_the_finger_is_forgiven(slip: str, meant: str, lexicon: Lexicon) -> None:
    """One word in ten is misspelt on a phone."""
    assert lexicon.spelling.meant(slip) == meant
