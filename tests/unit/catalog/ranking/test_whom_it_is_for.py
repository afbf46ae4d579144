"""What the merchant says of ages and gender counts, and the words of a title only where the merchant says nothing."""

from __future__ import annotations

import pytest
from shop_of import NOW, product, shelf_of

from catalog.shelf.shelf import Shelf
from catalog.suggest import suggest
from catalog.wanted import Wanted

PRODUCTS = [
    product("bricks", "Space rocket bricks", ages=(6, 12)),
    product("tower", "Expert tower bricks", ages=(18, 150)),
    product("blocks", "Soft blocks", ages=(0, 3)),
    product("robot", "Robot soft toy"),
    product("doll", "Doll for collectors", ages=(18, 150)),
    product("watch", "Watch", gender="male"),
    product("lamp", "Desk lamp"),
    product("ring", "Crystal ring for ladies", gender="male"),
]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """One of each."""
    return shelf_of(PRODUCTS)


def ids(shelf: Shelf, wanted: Wanted) -> set[str]:
    """All that may be suggested."""
    return {s.product.id for s in suggest(shelf, wanted, None, now=NOW, count=20).suggestions}


@pytest.mark.parametrize(
    ("wanted", "fits", "not_for"),
    [
        (Wanted(age=(7, 7)), {"bricks", "robot"}, {"tower", "blocks", "doll"}),
        (Wanted(age=(1, 1)), {"blocks", "robot"}, {"bricks", "tower"}),
        (Wanted(age=(40, 40)), {"tower", "doll", "lamp"}, {"bricks", "blocks", "robot"}),
        (Wanted(recipient="mom"), {"tower", "doll", "lamp"}, {"bricks", "robot", "watch", "ring"}),
        (Wanted(recipient="dad"), {"watch", "ring", "lamp"}, {"bricks", "robot"}),
        (Wanted(recipient="child"), {"bricks", "blocks", "robot"}, {"tower", "doll"}),
    ],
)
def test_ages_and_gender_of_the_feed_are_hard_bounds(
    shelf: Shelf, wanted: Wanted, fits: set[str], not_for: set[str]
) -> None:
    """A brick set of "18+" is none for a child of seven; a "doll" sold to collectors is one for a grown-up."""
    found = ids(shelf, wanted)
    assert fits <= found
    assert not not_for & found


def test_without_an_age_nothing_is_kept_out(shelf: Shelf) -> None:
    """We do not guess whom it is for."""
    assert ids(shelf, Wanted()) == {one.id for one in PRODUCTS}
