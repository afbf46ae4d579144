"""What a shopper is likely to buy next, before any wish is heard: own past, what sells, what is new, the season.

A sum of named parts, so that every reason is one of them. Which numbers, and what each is worth, is measured in
docs/ranking.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Ints
from catalog.interactions.records import Past as Bought
from catalog.model.item_model import ItemModel
from catalog.model.popularity import Popularity
from catalog.model.repeats import AROUND, LEAST_AROUND, MONTH, PAST_SHARE, RISING, again
from catalog.model.standing import Standing, standard

Scores = NDArray[np.float32]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """What each part is worth, tuned together on earlier windows (docs/ranking.md)."""

    past: float = 0.18
    """Of the item model's score, standardised over the products."""
    past_of_few: float = 0.6
    """More of it for a short past: its first few products say more than its logarithm lets through."""
    past_log: float = 0.8
    """Of the logarithm of that score: what a past speaks for a little is still told from what it does not."""
    words: float = 0.42
    """Of the logarithm of how like the titles are to those of the past."""
    sold: float = 0.48
    fresh: float = 2.6
    fresh_of_many: float = 0.65
    """More for a long past (per unit of its logarithm): who has nearly everything buys what is new."""
    quiet: float = -0.4
    season: float = 0.5


WEIGHTS = Weights()
FEW = 8.0
"""A past is short up to about so many products."""
MANY = 3.5
"""Logarithm of 1 + products of a usual past; a longer one than e**LONGEST counts as that."""
LONGEST = 6.0
_LEAST_SCORE, _LEAST_LIKENESS = 0.003, 0.003


@dataclass(frozen=True)
class Past:
    """One shopper's purchases and how much each still counts."""

    products: Ints
    days: Ints
    profile: Floats
    times: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    """On how many days each was bought; once each where not given."""
    around: Floats = field(default_factory=lambda: np.empty(0, dtype=np.float32))
    """What the nearest shoppers' baskets hold, over all products (``Neighbours.around``); for repeats, where known."""

    @classmethod
    def of(cls, bought: Bought, model: ItemModel, today: int) -> Past:
        """Weigh the purchases of a shopper as of a day number."""
        return cls(bought.product, bought.day, model.profile(bought.day, today), bought.times)


def appetite(
    model: ItemModel, popularity: Popularity, past: Past, day: int, *, repeats: bool = False
) -> dict[str, Scores]:
    """Score what is likely bought next, before any wish; parts by name, each a value per product.

    With ``repeats`` what was bought before may be bought again: its own part says how likely, in place of what the
    rest of the past says for it. Without, products of the past are scored as any others; leave them out by oneself.
    """
    standing, own = Standing.of(popularity, day), past.products
    many = min(float(np.log1p(len(own))), LONGEST) - MANY if len(own) else 0.0
    parts = {
        "past": np.zeros(model.size, dtype=np.float32),
        "words": np.zeros(model.size, dtype=np.float32),
        "popular": np.float32(WEIGHTS.sold) * standing.sold,
        "fresh": np.float32(WEIGHTS.fresh + WEIGHTS.fresh_of_many * many) * standing.fresh,
        "quiet": np.float32(WEIGHTS.quiet) * standing.quiet,
        "season": np.float32(WEIGHTS.season) * standing.season,
    }
    if not len(own):
        return parts
    score = model.score(own, past.profile).astype(np.float32)
    spoken, told = standard(score), _log(score, _LEAST_SCORE)
    linear = WEIGHTS.past if repeats else WEIGHTS.past + WEIGHTS.past_of_few * np.exp(-len(own) / FEW)
    parts["past"] = np.float32(linear) * spoken + np.float32(WEIGHTS.past_log) * told
    likeness = model.likeness(own, past.profile).astype(np.float32)
    parts["words"] = np.float32(WEIGHTS.words) * _log(likeness, _LEAST_LIKENESS)
    if repeats:
        parts["past"][own] = np.float32(PAST_SHARE) * told[own]
        parts["words"][own] = parts["fresh"][own] = 0
        parts["popular"] += np.float32(RISING) * standing.rising
        parts["popular"][own] += np.float32(MONTH) * standing.month[own]
        parts["again"] = np.zeros(model.size, dtype=np.float32)
        parts["again"][own] = again(past.days, past.times, popularity.until + 1)
        if len(past.around):
            parts["around"] = np.float32(AROUND) * _log(past.around, LEAST_AROUND)
    return parts


def _log(values: Scores, least: float) -> Scores:
    found = np.maximum(values, np.float32(0))
    found += np.float32(least)
    np.log(found, out=found)
    found -= found.mean()
    return found
