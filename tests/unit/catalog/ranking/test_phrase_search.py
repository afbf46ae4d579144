"""The index finds exactly what reading every text would find."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.words.stems import occurs, phrase
from catalog.words.text_index import TextIndex

_words = st.sampled_from(["red", "watering", "can", "rose", "tea", "light", "a"])
_field = st.lists(_words, max_size=5).map(" ".join)
_texts = st.lists(st.tuples(_field, _field, _field), max_size=8)
_wanted = st.lists(_words | st.just("unheard"), min_size=1, max_size=3).map(lambda words: phrase(" ".join(words)))


@settings(deadline=None)
@given(_texts, _wanted, st.sampled_from([None, 1, 2]))
def test_a_phrase_is_found_where_its_words_stand_together_in_one_field(
    texts: list[tuple[str, str, str]], wanted: tuple[str, ...], fields: int | None
) -> None:
    """Neither across two fields, nor across two products, nor in a field that was not asked for."""
    index = TextIndex.build(texts)
    expected = [any(occurs(wanted, phrase(field)) for field in text[:fields]) for text in texts]
    for _ in range(2):  # worked out, and remembered
        assert index.mask((wanted,), fields).tolist() == expected
    for at, found in enumerate(expected):
        assert (index.first_of([wanted], at, fields) == wanted) is found


@settings(deadline=None)
@given(_texts, st.lists(_wanted | st.just(()), max_size=5), st.sampled_from([None, 1, 2]))
def test_of_many_phrases_the_first_that_stands_in_the_text_is_named(
    texts: list[tuple[str, str, str]], wanted: list[tuple[str, ...]], fields: int | None
) -> None:
    """Why a product was found is told by the word that comes first in the lookup, not in the product."""
    index = TextIndex.build(texts)
    for at, text in enumerate(texts):
        held = [one for one in wanted if any(occurs(one, phrase(field)) for field in text[:fields])]
        assert index.first_of(wanted, at, fields) == (held[0] if held else None)


@settings(deadline=None)
@given(_texts)
def test_an_index_rebuilt_from_its_arrays_is_the_same(texts: list[tuple[str, str, str]]) -> None:
    """What is stored in a snapshot answers as what was built at import."""
    built = TextIndex.build(texts)
    for order in (None, built.order):
        again = TextIndex.from_arrays(built.words, built.starts, built.sequence, order)
        assert [again.stems(at) for at in range(again.size)] == [built.stems(at) for at in range(built.size)]
        assert all((again.mask(((word,),)) == built.mask(((word,),))).all() for word in built.words if word)


def test_the_title_of_a_product_is_its_first_field() -> None:
    """Variants are told by their titles alone, not by a type that all of a kind share."""
    index = TextIndex.build([("red can", "garden"), ("", "tea"), ("rose", "")])
    titles = [tuple(index.words[place] for place in index.first_field(at)) for at in range(3)]
    assert titles == [("red", "can"), (), ("rose",)]
    assert index.first_fields(np.array([2, 0, 2])) == [index.first_field(at) for at in (2, 0, 2)]
