"""Each peer against an example worked by hand, so that nobody is beaten by a mistake of ours."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from catalog.evaluation.contestant import CONTESTANTS, Learnt, Scored, lists, make
from catalog.evaluation.peers import bm25, ease, ials, stan, tifu_knn
from catalog.evaluation.peers.matrix import baskets
from catalog.evaluation.peers.tuned import Tuned
from catalog.evaluation.split import Ints, Split
from catalog.evaluation.tasks import new_products

Splits = Callable[..., Split]
FIRST = np.array([0], dtype=np.int32)


def test_popularity_counts_shoppers_in_its_days(split_of: Splits) -> None:
    """Twice by one shopper is once; seven days end at the last moment of the past."""
    split = split_of(3, [(0, 0, 1), (0, 0, 2), (1, 0, 3), (0, 1, 30.5), (1, 2, 24), (2, 2, 23.4)])
    expected = {"popularity_all": [2, 1, 2], "popularity_30": [2, 1, 2], "popularity_7": [0, 1, 1]}
    for name, buyers in expected.items():
        peer = make(name, 0)
        peer.fit(split)
        assert peer.scores(FIRST, repeats=False)[0].tolist() == buyers, name


def test_personal_frequency_counts_baskets_and_fills_with_the_popular(split_of: Splits) -> None:
    """Two lines of one basket are one; what the shopper never bought follows by its buyers."""
    train = [(0, 0, 1), (0, 0, 1), (0, 1, 2), (0, 1, 3), (1, 2, 1), (2, 2, 1), (1, 3, 1)]
    peer = make("personal_frequency", 0)
    peer.fit(split_of(4, train))
    scores = peer.scores(FIRST, repeats=True)[0]
    assert np.argsort(-scores).tolist() == [1, 0, 2, 3]
    assert np.floor(scores).tolist() == [1, 2, 0, 0]


def test_ease_is_its_closed_form(split_of: Splits) -> None:
    """Two products bought together by one of three shoppers: B = -P / diag P off the diagonal, by hand.

    G = [[2, 1], [1, 2]] + 1 on the diagonal; its inverse is [[3, -1], [-1, 3]] / 8; so each speaks 1/3 for the other.
    """
    split = split_of(2, [(0, 0, 1), (0, 1, 1), (1, 0, 1), (2, 1, 1)])
    scores = ease.Ease(split, ease.Setting(1.0)).scores(np.arange(3, dtype=np.int32), repeats=False)
    assert np.allclose(scores, [[1 / 3, 1 / 3], [0, 1 / 3], [1 / 3, 0]])


def test_tifu_decays_within_groups_and_between_them(split_of: Splits) -> None:
    """Three baskets in groups of two, newest first: (b3 + .5 b2) / 2, and the oldest alone; the mean of .8^age."""
    split = split_of(4, [(0, 0, 1), (0, 1, 2), (0, 2, 3), (0, 2, 3), (1, 3, 1)])
    setting = tifu_knn.Setting(group=2, within=0.5, between=0.8, neighbours=1, own=0.75)
    mine = np.array([0.8 / 2, 0.5 / 2 / 2, 1 / 2 / 2, 0])
    assert np.allclose(tifu_knn.vectors(split.train, (2, 4), setting).toarray(), [mine, [0, 0, 0, 1]])
    scores = tifu_knn.Nearest(split, setting).scores(FIRST, repeats=True)
    assert np.allclose(scores, 0.75 * mine + 0.25 * np.array([0, 0, 0, 1]))


def test_tifu_takes_the_nearest_by_distance_and_never_the_shopper(split_of: Splits) -> None:
    """Shopper 1 bought the same basket and one thing more, shopper 2 something else."""
    split = split_of(4, [(0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 1), (1, 2, 1), (2, 3, 1)])
    setting = tifu_knn.Setting(group=7, within=1.0, between=1.0, neighbours=1, own=0.5)
    assert np.allclose(tifu_knn.Nearest(split, setting).scores(FIRST, repeats=True), [[1, 1, 0.5, 0]])


def test_stan_weighs_by_position_silence_and_closeness(split_of: Splits) -> None:
    """One neighbour, worked by hand.

    The asking shopper bought 0, then 1 (newest). The neighbour bought 1, then 2, then 3, and was silent for 5 days.
    Shared is 1, newest for the asking one: likeness e^0 / sqrt(3) x e^(-5/10); 2 is a basket from 1, 3 is two.
    """
    split = split_of(4, [(0, 0, 1), (0, 1, 10), (1, 1, 2), (1, 2, 3), (1, 3, 5)])
    setting = stan.Setting(neighbours=5, own_baskets=2.0, silent_days=10.0, apart_baskets=4.0)
    alike = math.exp(-5 / 10) / math.sqrt(3)
    expected = [0, alike, alike * math.exp(-1 / 4), alike * math.exp(-2 / 4)]
    assert np.allclose(stan.Sessions(split, setting).scores(FIRST, repeats=False), [expected], rtol=1e-5)


def test_stan_counts_older_shared_products_less(split_of: Splits) -> None:
    """Sharing the basket before the last: e^(-1/2) of sharing the last."""
    split = split_of(3, [(0, 0, 1), (0, 1, 2), (1, 0, 2), (1, 2, 2)])
    setting = stan.Setting(neighbours=5, own_baskets=2.0, silent_days=np.inf, apart_baskets=np.inf)
    alike = math.exp(-1 / 2) / math.sqrt(2)
    assert np.allclose(stan.Sessions(split, setting).scores(FIRST, repeats=False), [[alike, 0, alike]], rtol=1e-5)


def test_baskets_are_counted_by_moment(split_of: Splits) -> None:
    """What BM25 and iALS may weigh by."""
    split = split_of(2, [(0, 0, 1), (0, 0, 1), (0, 0, 2), (0, 1, 2)])
    assert baskets(split.train, (1, 2)).toarray().tolist() == [[2.0, 1.0]]


def _giftbot(split: Split) -> Learnt:
    ours = make("giftbot", 0)
    ours.fit(split)
    return ours


def _two_tastes(split_of: Splits) -> Split:
    """Six hundred shoppers: even ones buy among products 0-4, odd ones among 5-9, each without one they buy later."""
    chance = np.random.default_rng(5)
    train, test = [], []
    for shopper in range(600):
        mine = chance.permutation(np.arange(5) + 5 * (shopper % 2))
        train += [(shopper, int(product), float(chance.integers(0, 90))) for product in mine[:4]]
        test.append((shopper, int(mine[4]), 95.0))
    return split_of(10, train, test)


LEARNERS: dict[str, Callable[[Split], Learnt]] = {
    "bm25": lambda split: bm25.Neighbours(split, bm25.SETTINGS[0]),
    "ials": lambda split: ials.Factors(split, ials.SETTINGS[0], seed=0),
    "ease": lambda split: ease.Ease(split, ease.SETTINGS[0]),
    "tifu_knn": lambda split: tifu_knn.Nearest(split, tifu_knn.SETTINGS[1]),
    "stan": lambda split: stan.Sessions(split, stan.SETTINGS[0]),
    "giftbot": _giftbot,
}


@pytest.mark.parametrize("name", LEARNERS)
def test_who_learns_from_others_finds_what_shoppers_of_one_taste_miss(split_of: Splits, name: str) -> None:
    """The one product left of a shopper's taste comes first, and nothing they have stands in the list."""
    split = _two_tastes(split_of)
    task = new_products(split)
    found = lists(LEARNERS[name](split), split, task)
    assert np.mean([found[at, 0] in task.of(at) for at in range(len(found))]) > 0.8
    bought = set(zip(split.train.shopper.tolist(), split.train.product.tolist(), strict=True))
    shown = {
        (shopper, product)
        for shopper, row in zip(task.shoppers.tolist(), found.tolist(), strict=True)
        for product in row
    }
    assert not bought & shown


class _Always:
    """Scores every product by whether it is the one product it was told."""

    def __init__(self, split: Split, product: int) -> None:
        self.rows, self.product, self.size = len(split.train), product, split.products

    def scores(self, shoppers: Ints, *, repeats: bool) -> Scored:
        return np.tile(np.arange(self.size) == self.product, (len(shoppers), 1)).astype(np.float64)


def test_each_task_gets_the_setting_that_did_best_on_the_end_of_the_past(split_of: Splits) -> None:
    """Product 3 is what was new then, product 0 what came in the next basket; the test itself says otherwise."""
    past = [(shopper, 0, 1) for shopper in range(30)] + [(shopper, 0, 99.5) for shopper in range(30)]
    past += [(shopper, 3, 99.6) for shopper in range(30)] + [(shopper, 1, 1) for shopper in range(30)]
    split = split_of(4, past, [(shopper, 2, 101) for shopper in range(30)])
    tuned = Tuned((1, 0, 3, 2), _Always, seed=0)
    tuned.fit(split)
    assert (tuned.settings["new_products"], tuned.settings["next_basket"]) == ("3", "0")
    assert tuned.settings["tried"]["3"]["new_products"] == 1.0
    assert tuned.scores(FIRST, repeats=True)[0].argmax() == 0


@pytest.mark.parametrize("name", CONTESTANTS)
def test_one_shopper_and_three_products_are_enough_to_run(split_of: Splits, name: str) -> None:
    """The smallest shop: nothing to learn from, and a list for the shopper all the same."""
    split = split_of(3, [(0, 0, 1)], [(0, 1, 2)])
    contestant = make(name, seed=0)
    contestant.fit(split)
    assert sorted(lists(contestant, split, new_products(split))[0].tolist())[-2:] == [1, 2]
