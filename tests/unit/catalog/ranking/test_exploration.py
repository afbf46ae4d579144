"""Exploration: the last place is drawn now and then, with the probability that is written down."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from shop_of import NOW, product, shelf_of

from catalog.ranking.constraints import bounds_of
from catalog.ranking.house_rules import HouseRules
from catalog.ranking.score import past_of, score
from catalog.ranking.variety import pick
from catalog.shelf.shelf import Shelf
from catalog.suggest import Answer, suggest
from catalog.wanted import Wanted

NAMES = ("lamp", "clock", "vase", "frame", "basket", "kettle", "radio", "blanket", "puzzle", "bag", "compass", "pen")
PRODUCTS = [product(name, f"Plain {name}", f"{4 + 2 * at}.00") for at, name in enumerate(NAMES)]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """A dozen things that differ in price."""
    return shelf_of(PRODUCTS)


class Fixed:
    """Chance that always falls alike."""

    def __init__(self, number: float) -> None:
        self.number = number

    def random(self) -> float:
        """Return the number."""
        return self.number


def last(answer: Answer) -> tuple[str, float]:
    """What stands in the last place, and how probable that was."""
    return answer.suggestions[-1].product.id, answer.suggestions[-1].propensity


def test_what_is_drawn_is_drawn_as_often_as_is_written_down(shelf: Shelf) -> None:
    """Learning from clicks is honest only if the propensities are: 4,000 choices agree with them."""
    rules, chance, times = HouseRules(explore=0.5), random.Random(7), 4_000
    bounds = bounds_of(shelf, Wanted(), now=NOW)
    scored = score(shelf, Wanted(), bounds, past_of(shelf, None), now=NOW, rules=rules)
    drawn: Counter[tuple[int, float]] = Counter()
    for _ in range(times):
        first, second, last_one = pick(shelf, scored, (), 3, explore=rules.explore, chance=chance)
        assert (first.propensity, second.propensity) == (1.0, 1.0)
        drawn[last_one.row, last_one.propensity] += 1
    assert len({row for row, _ in drawn}) == len(drawn) == 10
    assert sum(propensity for _, propensity in drawn) == pytest.approx(1.0)
    for (_, propensity), seen in drawn.items():
        deviation = (propensity * (1 - propensity) / times) ** 0.5
        assert abs(seen / times - propensity) < 4 * deviation


def test_the_greatest_part_falls_to_the_best(shelf: Shelf) -> None:
    """Shoppers are there for the ideas, not for our learning."""
    greedy = last(suggest(shelf, Wanted(), None, now=NOW))[0]
    name, propensity = last(suggest(shelf, Wanted(), None, now=NOW, rules=HouseRules(explore=0.1), chance=Fixed(0.0)))
    assert (name, propensity > 0.9) == (greedy, True)


@pytest.mark.parametrize(("explore", "chance"), [(0.0, Fixed(0.99)), (0.9, None)])
def test_without_a_share_or_without_chance_nothing_is_drawn(shelf: Shelf, explore: float, chance: Fixed | None) -> None:
    """And what is shown was certain to be."""
    plain = suggest(shelf, Wanted(), None, now=NOW)
    assert suggest(shelf, Wanted(), None, now=NOW, rules=HouseRules(explore=explore), chance=chance) == plain
    assert {s.propensity for s in plain.suggestions} == {1.0}


def test_the_same_chance_draws_the_same(shelf: Shelf) -> None:
    """A crash and a second try show the shopper the same three."""
    rules = HouseRules(explore=1.0)
    first, second = (suggest(shelf, Wanted(), None, now=NOW, rules=rules, chance=random.Random(3)) for _ in range(2))
    assert first == second


def test_nothing_is_drawn_that_meets_the_wish_less() -> None:
    """Who asked for tea sees tea in the last place too."""
    teapots = [product(f"tea{at}", f"{kind} teapot") for at, kind in enumerate(("Tin", "Oak", "Bone"))]
    shop = shelf_of([*PRODUCTS, *teapots])
    for number in (0.0, 0.3, 0.6, 0.999999):
        rules = HouseRules(explore=1.0)
        answer = suggest(shop, Wanted(likes=("tea",)), None, now=NOW, count=2, rules=rules, chance=Fixed(number))
        assert all(s.product.id.startswith("tea") for s in answer.suggestions)
