"""A peer whose settings are chosen on train: each task gets the setting that did best on an inner window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from catalog.evaluation.contestant import Learnt, Scored, lists
from catalog.evaluation.metrics import gains
from catalog.evaluation.split import Ints, Split, inner
from catalog.evaluation.tasks import new_products, next_basket, sample

ENOUGH = 20
"""Fewer judged shoppers than this decide nothing."""
MOST = 600
"""More judged shoppers than this would decide the same, later."""


class Tuned:
    """Tries each setting on the end of train, by NDCG@10, then learns from all of train with the best of each task.

    Args:
        settings: What to choose from; the first is taken where the past is too short to choose by.
        learn: Learns from a split with one setting.
        seed: Draws the shoppers of the inner window, at most 600 of each task.
    """

    def __init__(self, settings: Sequence[Any], learn: Callable[[Split, Any], Learnt], seed: int) -> None:
        self.settings: dict[str, Any] = {}
        self._choice = settings
        self._learn = learn
        self._seed = seed
        self._learnt: dict[bool, Learnt] = {}

    def fit(self, split: Split) -> None:
        chosen, table = self._pick(split)
        made = {setting: self._learn(split, setting) for setting in dict.fromkeys(chosen.values())}
        self._learnt = {repeats: made[setting] for repeats, setting in chosen.items()}
        self.settings = {"new_products": str(chosen[False]), "next_basket": str(chosen[True]), "tried": table}

    def scores(self, shoppers: Ints, *, repeats: bool) -> Scored:
        return self._learnt[repeats].scores(shoppers, repeats=repeats)

    def _pick(self, split: Split) -> tuple[dict[bool, Any], dict[str, dict[str, float]]]:
        table: dict[str, dict[str, float]] = {}
        chosen = {False: self._choice[0], True: self._choice[0]}
        smaller = inner(split)
        tasks = [] if smaller is None else [sample(task(smaller), MOST, self._seed) for task in _TASKS]
        if smaller is None or min(len(task.shoppers) for task in tasks) < ENOUGH:
            return chosen, table
        best = {False: -1.0, True: -1.0}
        for setting in self._choice:
            learnt = self._learn(smaller, setting)
            for task in tasks:
                found = round(float(gains(task, lists(learnt, smaller, task))[0].mean()), 4)
                table.setdefault(str(setting), {})[task.name] = found
                if found > best[task.repeats]:
                    best[task.repeats], chosen[task.repeats] = found, setting
        return chosen, table


_TASKS = (new_products, next_basket)
