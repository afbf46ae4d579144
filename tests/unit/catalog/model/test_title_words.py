"""Titles are weighed as scikit-learn would, and likeness by them needs no table of pairs."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from made_up_shop import WORDS, titles_of
from sklearn.feature_extraction.text import TfidfVectorizer

from catalog.model.title_words import TitleWords

TITLES = st.lists(
    st.lists(st.sampled_from((*WORDS, "Thé", "x", "3", "a1b", "T-LIGHT")), max_size=6).map(" ".join), max_size=12
)


@given(TITLES)
def test_rows_are_those_of_scikit_learn(titles: list[str]) -> None:
    vectorizer = TfidfVectorizer(
        token_pattern=r"(?u)\b[^\W\d_]{2,}\b",
        ngram_range=(1, 2),
        min_df=2,
        sublinear_tf=True,
    )
    ours = TitleWords.of(titles).matrix().toarray()
    try:
        theirs = vectorizer.fit_transform(titles).toarray()
    except ValueError:  # it refuses where no word occurs twice
        assert not ours.any()
        return
    assert ours.shape[1] == theirs.shape[1]
    np.testing.assert_allclose(ours @ ours.T, theirs @ theirs.T, atol=1e-6)


@given(TITLES.filter(len), st.data())
def test_likeness_on_the_fly_is_the_cosine_of_titles(titles: list[str], data: st.DataObject) -> None:
    words = TitleWords.of(titles)
    one = data.draw(st.integers(0, len(titles) - 1))
    rows = words.matrix().toarray()
    np.testing.assert_allclose(words.like(*words.row(one)), rows @ rows[one], atol=1e-6)


@given(TITLES.filter(len), st.data())
def test_a_title_new_since_the_fit_is_weighed_like_an_old_one(titles: list[str], data: st.DataObject) -> None:
    words = TitleWords.of(titles)
    copied = data.draw(st.integers(0, len(titles) - 1))
    place = np.append(np.arange(len(titles)), -1)
    laid = words.aligned(place, {len(titles): titles[copied]})
    np.testing.assert_allclose(laid.matrix().toarray()[-1], words.matrix().toarray()[copied], atol=1e-6)


def test_a_past_is_the_weighted_sum_of_its_titles() -> None:
    words = TitleWords.of(titles_of(40))
    features, sums = words.together([3, 7], [2.0, 0.5])
    expected = 2.0 * words.like(*words.row(3)) + 0.5 * words.like(*words.row(7))
    np.testing.assert_allclose(words.like(features, sums), expected, atol=1e-6)
