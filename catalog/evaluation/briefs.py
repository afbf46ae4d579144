"""How well ideas answer real requests, judged by where merchants put their products and not by words of titles.

A request's topics are found by words in what was asked; a product answers a topic where its category fits
(data/evaluation/brief_topics.yml), and suits where the merchant's gender and least age do not speak against it. The
category, gender and age are kept from the rankings compared, so that nobody is judged by what they were told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.evaluation.metrics import intervals
from catalog.ranking.constraints import bounds_of
from catalog.ranking.house_rules import HouseRules
from catalog.ranking.score import past_of, score
from catalog.shelf.shelf import Shelf
from catalog.suggest import suggest
from catalog.wanted import Wanted

ENOUGH = 10
"""A topic with fewer products is not judged."""
SHOWN = 3
Mask = NDArray[np.bool_]
Vectors = NDArray[np.float32]
_SAYS_NO = re.compile(
    r"\b(no|not|non|don'?t|doesn'?t|isn'?t|hates?|never|already|without|dislikes?|anything but)\b", re.I
)


@dataclass(frozen=True)
class Ask:
    """One request: how it was understood, and what its author labelled."""

    text: str
    wanted: Wanted
    vector: NDArray[np.float32]
    """Of the wishes understood, else of the whole text; length 1."""
    budget: tuple[Decimal | None, Decimal | None] = (None, None)
    """As its author labelled it and as the text says it; None where there is no bound."""
    gender: str | None = None
    """Of whom it is for, as labelled: ``female`` or ``male``."""
    age: int | None = None


@dataclass(frozen=True)
class Truth:
    """What merchants say of each product of the shelf, position by position; hidden from the rankings."""

    categories: tuple[str, ...]
    genders: tuple[str | None, ...]
    ages_from: NDArray[np.float64]
    """Least age in years, not-a-number where not told."""

    def suits(self, ask: Ask) -> Mask:
        """Mark products the merchant made for somebody like this: not the other gender's, not for older people."""
        found = np.array([ask.gender is None or one is None or one == ask.gender for one in self.genders])
        return found if ask.age is None else found & ~(self.ages_from > ask.age)


class Topics:
    """Which products answer which wish."""

    def __init__(self, rules: Mapping[str, Mapping[str, str]], truth: Truth) -> None:
        self._said: dict[str, re.Pattern[str]] = {}
        self._fitting: dict[str, Mask] = {}
        for name, rule in rules.items():
            category = re.compile(rule["categories"], re.I)
            fitting = np.array([category.search(one) is not None for one in truth.categories])
            if fitting.sum() >= ENOUGH:
                self._said[name] = re.compile(rf"\b(?:{rule['said']})\b", re.I)
                self._fitting[name] = fitting

    def of(self, text: str) -> list[str]:
        """Topics a request wishes for; sentences that say what is not wanted, or is owned, are left out."""
        wished = " ".join(one for one in re.split(r"[.!?;\n]+", text) if not _SAYS_NO.search(one))
        return [name for name, said in self._said.items() if said.search(wished)]

    def answering(self, names: Sequence[str]) -> Mask:
        """Mark products that answer any of these topics."""
        found: Mask = np.any([self._fitting[name] for name in names], axis=0)
        return found


Ranker = Callable[[Ask], Sequence[int]]
"""Positions shown for a request, best first."""


def rankers(shelf: Shelf, vectors: Vectors, now: datetime, blends: Sequence[float]) -> dict[str, Ranker]:
    """Return what is compared, all within the same hard bounds: words (the product as it is), vectors, and blends.

    Args:
        shelf: The products.
        vectors: products x numbers, each of length 1.
        now: The time of the requests.
        blends: What a standard deviation of likeness adds to the score of words.
    """
    position = {shelf.at(at).id: at for at in range(shelf.size)}

    def words(ask: Ask) -> Sequence[int]:
        shown = suggest(shelf, ask.wanted, None, now=now, count=SHOWN).suggestions
        return [position[one.product.id] for one in shown]

    def blended(weight: float | None) -> Ranker:
        def ranked(ask: Ask) -> Sequence[int]:
            rules = HouseRules()
            bounds = bounds_of(shelf, ask.wanted, now=now, rules=rules)
            likeness = vectors @ ask.vector
            likeness = (likeness - likeness.mean()) / max(float(likeness.std()), 1e-9)
            if weight is None:
                at = np.flatnonzero(bounds.eligible)
                return [int(one) for one in at[np.argsort(-likeness[at], kind="stable")[:SHOWN]]]
            scored = score(shelf, ask.wanted, bounds, past_of(shelf, None), now=now, rules=rules, all_eligible=True)
            total = scored.total + weight * likeness[scored.at]
            return [int(one) for one in scored.at[np.argsort(-total, kind="stable")[:SHOWN]]]

        return ranked

    found: dict[str, Ranker] = {"words": words, "words_alone": blended(0.0), "vectors": blended(None)}
    return {**found, **{f"blend_{weight:g}": blended(weight) for weight in blends}}


def measure(
    shelf: Shelf, truth: Truth, topics: Topics, asks: Sequence[Ask], compared: Mapping[str, Ranker], *, seed: int
) -> dict[str, Any]:
    """Let every ranking answer every request and count what fits.

    Returns:
        By ranking: precision@3 and its interval over requests with a topic (a place left empty is a miss), the same
        where it suits too, the share of requests with three ideas, and prices past the budget.
    """
    judged = [at for at, ask in enumerate(asks) if topics.of(ask.text)]
    found: dict[str, Any] = {}
    columns = {}
    for name, ranker in compared.items():
        lists = [ranker(ask) for ask in asks]
        fits, suits = np.zeros(len(judged)), np.zeros(len(judged))
        for row, at in enumerate(judged):
            answering = topics.answering(topics.of(asks[at].text))
            suiting = truth.suits(asks[at])
            fits[row] = sum(bool(answering[one]) for one in lists[at]) / SHOWN
            suits[row] = sum(bool(answering[one] and suiting[one]) for one in lists[at]) / SHOWN
        columns[name] = suits
        understood, labelled = _past_budget(shelf, asks, lists)
        found[name] = {
            "precision@3": round(float(fits.mean()), 4),
            "suiting@3": round(float(suits.mean()), 4),
            "with_three": round(float(np.mean([len(one) >= SHOWN for one in lists])), 4),
            "past_budget_understood": understood,
            "past_budget_labelled": labelled,
        }
    plain = columns[next(iter(columns))]
    for name, span in zip(columns, intervals([*columns.values()], seed=seed), strict=True):
        found[name]["ci95"] = [round(bound, 4) for bound in span["ci95"]]
    for name, span in zip(columns, intervals([one - plain for one in columns.values()], seed=seed), strict=True):
        found[name]["ahead_of_words"] = {"mean": round(span["mean"], 4), "ci95": [round(b, 4) for b in span["ci95"]]}
    return {"asks": len(asks), "judged": len(judged), "products": shelf.size, "rankings": found}


def _past_budget(shelf: Shelf, asks: Sequence[Ask], lists: Sequence[Sequence[int]]) -> tuple[int, int]:
    """Count ideas outside the budget as understood (a hard bound), and as its author labelled it."""
    understood = labelled = 0
    for ask, shown in zip(asks, lists, strict=True):
        for at in shown:
            price = shelf.at(at).offer.price
            least, most = ask.wanted.price_min, ask.wanted.price_max
            understood += (least is not None and price < least) or (most is not None and price > most)
            least, most = ask.budget
            labelled += (least is not None and price < least) or (most is not None and price > most)
    return understood, labelled
