"""Times one ranked answer and one relaxed answer on a made-up shelf: ``python -m tests.bench.answer_scale [--products N]``.

The shelf has titles from the lookup's own words, so that masks are as full as in a shop, and a past for every shopper.
One JSON object is printed as the last line; times are in milliseconds, one core, warm.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import numpy as np

from catalog.interactions.records import Histories, day_number
from catalog.model.item_model import ItemModel
from catalog.model.popularity import WINDOWS, Popularity
from catalog.shelf.shelf import PRICE_UNIT, Shelf
from catalog.shelf.suitability import Suitability
from catalog.suggest import suggest
from catalog.wanted import Wanted
from catalog.words.terms import GiftTerms
from catalog.words.text_index import TextIndex

TERMS = Path(__file__).parents[2] / "data" / "lookups" / "gift_terms.yml"
NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
LONG_PAST, SHOPPERS, MODELLED, KEPT, ALIKE = 400, 2_000, 8_000, 300, 60


def titles_of(terms: GiftTerms, count: int, chance: random.Random) -> list[str]:
    """Titles such as "Large red watering can with heart", the frequent words frequent as in a shop."""
    things = [" ".join(one) for term in terms.interests.values() for one in (*term.words, *term.near)]
    extras = [" ".join(one) for term in terms.occasions.values() for one in term.words]
    extras += [" ".join(one) for term in terms.recipients.values() for one in (*term.words, *term.near)]
    plain = [" ".join(one) for one in terms.group("plain")]
    made_up = ["".join(chance.choices("bdfgklmnprst", k=3)) + "o" for _ in range(8_000)]
    return [
        " ".join(
            [
                *chance.sample(plain, 2),
                chance.choice(things),
                *([chance.choice(extras)] if chance.random() < 0.35 else []),
                *chance.choices(made_up, k=chance.randint(1, 3)),
            ]
        )
        for _ in range(count)
    ]


def made_up_model(count: int, numbers: np.random.Generator) -> ItemModel:
    """An item model of the shape a fit gives: strong weights for the most bought, none for the tail."""
    modelled = min(MODELLED, count)
    kept = min(KEPT, modelled)
    goes_with, weight = np.zeros((count, kept), dtype=np.int32), np.zeros((count, kept), dtype=np.float32)
    goes_with[:modelled] = numbers.integers(0, modelled, (modelled, kept))
    weight[:modelled] = numbers.normal(0, 0.01, (modelled, kept))
    alike = numbers.integers(0, count, (count, ALIKE)).astype(np.int32)
    return ItemModel(goes_with, weight, alike, numbers.random((count, ALIKE), dtype=np.float32))


def made_up_shelf(count: int, *, seed: int = 1) -> Shelf:
    """A shelf of ``count`` products with 2,000 shoppers, one in ten of them with a long past."""
    chance, numbers = random.Random(seed), np.random.default_rng(seed)  # noqa: S311
    terms = GiftTerms.load(TERMS)
    titles = titles_of(terms, count, chance)
    prices = np.round(np.exp(numbers.normal(2.6, 0.9, count)), 2)
    text = TextIndex.build((title, "") for title in titles)
    records = [
        json.dumps(
            {
                "id": f"p{at}",
                "title": title,
                "link": f"https://shop.example/p/{at}",
                "image_link": None,
                "attributes": {},
                "price": str(Decimal(int(prices[at] * 100)) / 100),
                "currency": "GBP",
                "in_stock": True,
                "as_of": "2026-11-20",
            }
        ).encode()
        for at, title in enumerate(titles)
    ]
    today = day_number(NOW.date())
    sizes = [LONG_PAST if who % 10 == 0 else chance.randint(1, 60) for who in range(SHOPPERS)]
    bought = [np.sort(numbers.choice(min(count, 3 * MODELLED), size, replace=False)) for size in sizes]
    histories = Histories(
        np.array(sorted(f"s{who:06d}".encode() for who in range(SHOPPERS)), dtype=np.bytes_),
        np.cumsum([0, *sizes]).astype(np.int32),
        np.concatenate(bought).astype(np.int32),
        (today - numbers.integers(1, 700, sum(sizes))).astype(np.int32),
    )
    buyers = np.sort(numbers.zipf(1.4, (len(WINDOWS), count)) % 5_000, axis=0).astype(np.int32)
    seasons = numbers.normal(0, 0.4, (24, count)).astype(np.float32)
    return Shelf(
        snapshot_id="bench",
        positions={f"p{at}": at for at in range(count)},  # type: ignore[misc]
        records=records,
        prices=(prices * PRICE_UNIT).astype(np.int64),
        in_stock=numbers.random(count) < 0.9,
        currency=np.full(count, "GBP"),
        text=text,
        model=made_up_model(count, numbers),
        popularity=Popularity(today, buyers, seasons),
        histories=histories,
        terms=terms,
        suitability=Suitability.of(terms, text),
    )


def requests(terms: GiftTerms, count: int, *, seed: int = 2) -> list[Wanted]:
    """Requests as talks make them: some bare, some with all bounds at once."""
    chance = random.Random(seed)  # noqa: S311
    likes = sorted({term.name for term in terms.interests.values()})
    recipients = sorted({term.name for term in terms.recipients.values()})
    occasions = sorted({term.name for term in terms.occasions.values()})
    return [
        Wanted(
            price_min=chance.choice([None, None, Decimal(chance.randint(1, 20))]),
            price_max=chance.choice([None, Decimal(chance.randint(8, 90))]),
            currency=chance.choice([None, "GBP"]),
            likes=tuple(chance.sample(likes, chance.choice([0, 1, 1, 2, 3]))),
            recipient=chance.choice([None, *chance.sample(recipients, 3)]),
            age=chance.choice([None, None, (30, 40), (6, 7)]),
            occasion=chance.choice([None, *chance.sample(occasions, 2)]),
            not_wanted=tuple(chance.sample(likes, chance.choice([0, 0, 1, 2]))),
            not_again=frozenset(f"p{chance.randrange(1_000)}" for _ in range(chance.choice([0, 3, 9]))),  # type: ignore[misc]
            price_lean=chance.choice([None, None, "low", "high"]),
        )
        for _ in range(count)
    ]


def impossible(terms: GiftTerms, count: int, *, seed: int = 3) -> list[Wanted]:
    """Requests nothing fits: every one ends in relaxations."""
    chance = random.Random(seed)  # noqa: S311
    tight = [{"price_max": Decimal("0.02")}, {"price_min": Decimal(9_000)}, {"likes": ("drones", "yachts")}]
    made = requests(terms, count, seed=seed)
    return [Wanted(**{**{f: getattr(w, f) for f in w.__slots__}, **chance.choice(tight)}) for w in made]


def timed(shelf: Shelf, asked: Sequence[Wanted], *, again: int = 1) -> dict[str, float]:
    """Milliseconds of one answer each: median, p95, p99 and most; every request is asked ``again`` times before."""
    chance = random.Random(4)  # noqa: S311
    took: list[float] = []
    for turn in range(again + 1):
        for at, wanted in enumerate(asked):
            shopper = f"s{chance.randrange(SHOPPERS):06d}" if at % 4 else None
            moment = NOW + timedelta(minutes=at % 50)
            began = time.perf_counter()
            suggest(shelf, wanted, shopper, now=moment)
            if turn == again:
                took.append((time.perf_counter() - began) * 1000)
    return {name: round(float(np.percentile(took, at)), 2) for name, at in _PERCENTILES.items()}


_PERCENTILES = {"median": 50, "p95": 95, "p99": 99, "most": 100}


def peak_mib() -> int:
    """Most memory this process held, in MiB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=300)
    asked = parser.parse_args()
    began = time.perf_counter()
    shelf = made_up_shelf(asked.products)
    built = time.perf_counter() - began
    kinds: dict[str, Callable[..., list[Wanted]]] = {"answer": requests, "relaxed": impossible}
    found: dict[str, object] = {"products": asked.products, "built_seconds": round(built, 1)}
    for name, kind in kinds.items():
        found[name] = timed(shelf, kind(shelf.terms, asked.requests))
        found[f"{name}_new_each_time"] = timed(shelf, kind(shelf.terms, asked.requests, seed=9), again=0)
    found["peak_mib"] = peak_mib()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
