"""The kind of a shown product, so that "not the first one" rules out more than the one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_shop import PRODUCTS

from catalog.product import ProductId
from catalog.ranking.constraints import excluded
from catalog.shelf.kinds import kind_of
from catalog.shelf.shelf import Shelf

LIKES = st.sampled_from([(), ("gardening",), ("baking", "candles"), ("mugs",)])


@pytest.mark.parametrize(
    ("title", "likes", "kind"),
    [
        ("Rose candle in glass", (), "candle"),
        ("Garden trowel ash handle", ("gardening",), "trowel"),
        ("White skull hot water bottle", (), "hot water bottle"),
        ("Cream wall planter heart shaped", ("gardening",), "planter"),
        ("Blue mug with dog", (), "mug"),
        ("Mug dog", ("mugs",), "dog"),
        ("Red", (), None),
    ],
)
def test_the_kind_is_what_the_title_names(shelf: Shelf, title: str, likes: tuple[str, ...], kind: str | None) -> None:
    """The thing, not its colour; and never what was wished for."""
    product = shelf.product(ProductId("can"))
    assert product is not None
    assert kind_of(shelf, replace(product, title=title), likes) == kind


@given(st.sampled_from([row[0] for row in PRODUCTS]), LIKES)
def test_ruling_out_the_kind_rules_out_the_product(shelf: Shelf, name: str, likes: tuple[str, ...]) -> None:
    """Whatever is named, the turned-down product is one of it."""
    product = shelf.product(ProductId(name))
    assert product is not None
    kind = kind_of(shelf, product, likes)
    assert kind is None or excluded(shelf, (kind,))[shelf.positions[ProductId(name)]]


@given(st.text(max_size=60))
def test_no_title_breaks_it(shelf: Shelf, title: str) -> None:
    """Titles come from a feed."""
    product = shelf.product(ProductId("can"))
    assert product is not None
    kind = kind_of(shelf, replace(product, title=title), ())
    assert kind is None or kind in title.casefold() or kind.split()[-1] in title.casefold()
