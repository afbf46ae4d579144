"""Which words of a product are found, and what they are found to be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from catalog.product import Offer, Product, ProductId
from catalog.words.product_text import MOST_WORDS, NAME_FIELDS, texts_of
from catalog.words.stems import phrase
from catalog.words.text_index import TextIndex


def _index(**attributes: str) -> TextIndex:
    offer = Offer(Decimal(5), "GBP", True, date(2026, 11, 1))
    return TextIndex.build(
        [texts_of(Product(ProductId("1"), "Trowel", "https://shop.example/1", None, attributes, offer))]
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tags", "gardening, outdoors"),
        ("material", "bamboo"),
        ("custom_label_3", "gardening"),
        ("description", "bamboo"),
    ],
)
def test_a_wish_met_beside_the_name_is_found_but_names_nothing(name: str, value: str) -> None:
    """A trowel tagged gardening is near the wish; a book about bamboo is no bamboo."""
    index, wish = _index(**{name: value}), (phrase(value.split(",")[0]),)
    assert index.mask(wish).tolist() == [True]
    assert index.mask(wish, NAME_FIELDS).tolist() == [False]


def test_many_tags_push_no_description_out() -> None:
    """Nor does a long description push out the tags."""
    index = _index(tags="seeds, " * 2 * MOST_WORDS + "late", description="bamboo " * 2 * MOST_WORDS)
    found = [bool(index.mask((phrase(word),))[0]) for word in ("seeds", "bamboo", "late")]
    assert found == [True, True, False]
