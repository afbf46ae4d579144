"""Giftbot's own ranking as the contest asks for it: the functions that rank in a talk, before any wish is heard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from catalog.evaluation.contestant import Scored
from catalog.evaluation.split import DAY, Ints, Split
from catalog.interactions.records import Histories, Interactions
from catalog.model.appetite import Past, appetite
from catalog.model.item_model import ItemModel, Recipe, fit
from catalog.model.neighbours import Neighbours
from catalog.model.popularity import Popularity
from catalog.model.purchases import Purchases


class Giftbot:
    """Fits the item model and counts popularity as a published catalogue has them; scores with ``appetite``."""

    def __init__(self, seed: int) -> None:
        self.settings: dict[str, Any] = {}
        self._model: ItemModel
        self._popularity: Popularity
        self._histories: Histories
        self._neighbours: Neighbours
        self._shoppers: tuple[str, ...] = ()
        self._today = 0

    def fit(self, split: Split) -> None:
        interactions, self._today = purchases(split), split.today
        self._model = fit(interactions, split.titles, today=self._today, recipe=Recipe())
        self._popularity = Popularity.count(interactions, split.products, until=self._today)
        self._histories = Histories.of(interactions)
        self._neighbours = Neighbours.of(Purchases.of(interactions), self._histories, split.products)
        self._shoppers = split.shoppers

    def scores(self, shoppers: Ints, *, repeats: bool) -> Scored:
        rows = []
        for shopper in shoppers:
            bought = self._histories.past_of(self._shoppers[int(shopper)])
            past = Past.of(bought, self._model, self._today)
            if repeats:
                past = replace(past, around=self._neighbours.around(int(shopper)))
            parts = appetite(self._model, self._popularity, past, self._today + 1, repeats=repeats)
            rows.append(np.sum(list(parts.values()), axis=0))
        return np.array(rows)


def purchases(split: Split) -> Interactions:
    """Lay the records of ``train`` out as the ledger gives them."""
    train = split.train
    return Interactions(split.shoppers, np.asarray(train.shopper), np.asarray(train.product), days(split))


def days(split: Split) -> Ints:
    """Day number of every record of ``train``."""
    return np.asarray(split.train.at // DAY, dtype=np.int32)
