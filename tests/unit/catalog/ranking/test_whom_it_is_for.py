"""What the merchant says of ages and gender counts, and the words of a title only where the merchant says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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


TOLD = [
    product(f"toy-{low}", f"Toy {name}", ages=(low, high))
    for name, low, high in (("car", 0, 3), ("rocket", 5, 12), ("robot", 13, 150), ("chess", 18, 150))
]
NAMED = [
    product("mum", "Best mum necklace jewellery"),
    product("told-her", "Silver bracelet", gender="female"),
    product("guessed-her", "Pearl bracelet"),
    product("easter", "Happy Easter toy chick"),
    product("plain-toy", "Toy drum"),
]


@pytest.fixture(scope="module")
def told() -> Shelf:
    """Toys with ages, and things that name whom or what they are for."""
    return shelf_of([*TOLD, *NAMED])


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 90),
    st.integers(0, 5),
    st.lists(st.sampled_from(["toys", "jewellery", "chess", "robots"]), max_size=3, unique=True),
    st.sampled_from([None, "mom", "dad", "child"]),
)
def test_no_interest_opens_an_age_the_merchant_rules_out(
    told: Shelf, age: int, more: int, likes: list[str], recipient: str | None
) -> None:
    """ "Toys" for a baby of one is no request for what is sold from 13 on."""
    wanted = Wanted(age=(age, age + more), likes=tuple(likes), recipient=recipient)
    for suggestion in suggest(told, wanted, None, now=NOW, count=20).suggestions:
        if suggestion.product.ages is not None:
            low, high = suggestion.product.ages
            assert low <= age + more
            assert age <= high


@pytest.mark.parametrize(
    ("wanted", "fits", "never"),
    [
        (Wanted(likes=("jewellery",), recipient="dad"), {"guessed-her"}, {"mum", "told-her"}),
        (Wanted(likes=("toys",), occasion="christmas"), {"plain-toy"}, {"easter"}),
        (Wanted(likes=("toys",), recipient="dad"), {"plain-toy", "toy-13"}, {"toy-0", "toy-5"}),
    ],
)
def test_asking_by_name_lifts_only_what_a_title_made_us_guess(
    told: Shelf, wanted: Wanted, fits: set[str], never: set[str]
) -> None:
    """Jewellery for dad: a bracelet, but never "best mum", nor what the merchant sells for women."""
    found = ids(told, wanted)
    assert fits <= found
    assert not never & found
