"""Times ranked and relaxed answers on a made-up shelf: ``python -m tests.bench.answer_scale [--products N]``.

The shelf has titles from the lookup's own words, so that masks are as full as in a shop, and a past for every shopper.
One JSON object is printed as the last line; times are in milliseconds of one core (set OMP_NUM_THREADS=1): computing
time, so that whatever else the machine does is left out.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Histories, day_number
from catalog.model.fitted import Fitted
from catalog.model.increments import Inverse
from catalog.model.item_model import ItemModel, Places, Recipe
from catalog.model.popularity import AGES, PERIODS, WINDOWS, Popularity
from catalog.model.title_words import TitleWords
from catalog.offers.arrival import DeliveryRules
from catalog.product import ProductId
from catalog.shelf.columns import EVER, PRICE_UNIT, Columns
from catalog.shelf.shelf import Shelf
from catalog.shelf.suitability import Suitability, Told
from catalog.steering.steers import Steers
from catalog.suggest import HouseRules, suggest
from catalog.wanted import Wanted
from catalog.words.terms import GiftTerms
from catalog.words.text_index import TextIndex

TERMS = Path(__file__).parents[2] / "data" / "lookups" / "gift_terms.yml"
NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
LONG_PAST, SHOPPERS, MOST_BOUGHT = 400, 2_000, 24_000


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


def made_up_model(titles: Sequence[str], numbers: np.random.Generator) -> ItemModel:
    """An item model of the shape a fit gives: an inverse over the most bought, words for the tail."""
    side = min(Recipe().most_products, len(titles))
    inverse = numbers.standard_normal((side, side), dtype=np.float32).astype(np.float64)
    inverse *= 1e-5
    inverse[np.diag_indices(side)] = 1 / Recipe().ridge
    squares = np.zeros(len(titles))
    head = np.arange(side, dtype=np.int64)
    places, words, today = Places(head, len(titles)), TitleWords.of(titles), day_number(NOW.date())
    return ItemModel(places, Inverse.of(inverse), words, squares, today, Recipe())


def made_up_shelf(count: int, *, seed: int = 1) -> Shelf:
    """A shelf of ``count`` products with 2,000 shoppers, one in ten of them with a long past."""
    chance, numbers = random.Random(seed), np.random.default_rng(seed)
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
    columns = made_up_columns(prices, numbers)
    learnt = made_up_past(count, today, numbers)
    return Shelf(
        snapshot_id="bench",
        positions={ProductId(f"p{at}"): at for at in range(count)},
        records=records,
        columns=columns,
        currencies=("GBP",),
        text=text,
        fitted=replace(
            Fitted.nothing(b"", count),
            model=made_up_model(titles, numbers),
            popularity=learnt[0],
            histories=learnt[1],
        ),
        terms=terms,
        suitability=Suitability.of(terms, text, Told(columns.ages_from, columns.ages_to, columns.gender)),
    )


def made_up_columns(prices: NDArray[np.float64], numbers: np.random.Generator) -> Columns:
    """Offers of which one in ten is on sale, one in ten sold out, and a third told for whom it is."""
    count = len(prices)
    whole = (prices * 100).astype(np.int64) * (PRICE_UNIT // 100)
    on_sale = numbers.random(count) < 0.1
    told = numbers.random(count) < 0.3
    ages_from = np.where(told, numbers.choice([0, 3, 8, 13, 18], count), -1).astype(np.int16)
    begins, ends = (int((NOW + timedelta(days=days)).timestamp()) for days in (-5, 5))
    return Columns(
        prices=whole,
        in_stock=numbers.random(count) < 0.9,
        currency_code=np.zeros(count, dtype=np.uint8),
        sale_price=np.where(on_sale, whole // 2, 0),
        sale_from=np.where(on_sale, begins, EVER.min),
        sale_until=np.where(on_sale, ends, EVER.max),
        ages_from=ages_from,
        ages_to=np.where(told, ages_from + 60, -1).astype(np.int16),
        gender=numbers.choice([0, 0, 0, 1, 2], count).astype(np.int8),
        margin=numbers.random(count, dtype=np.float32),
        handling_most=numbers.choice([-1, 0, 1, 2, 5], count).astype(np.int16),
        transit_most=numbers.choice([-1, 1, 2, 3, 5, 10], count).astype(np.int16),
        price_day=np.full(count, day_number(NOW.date()), dtype=np.int32),
        stock_day=np.full(count, day_number(NOW.date()), dtype=np.int32),
    )


def made_up_past(count: int, today: int, numbers: np.random.Generator) -> tuple[Popularity, Histories]:
    """What sold, and a past for every shopper, long for one in ten."""
    sizes = [LONG_PAST if who % 10 == 0 else int(numbers.integers(1, 60)) for who in range(SHOPPERS)]
    bought = [np.sort(numbers.choice(min(count, MOST_BOUGHT), size, replace=False)) for size in sizes]
    histories = Histories(
        np.array(sorted(f"s{who:06d}".encode() for who in range(SHOPPERS)), dtype=np.bytes_),
        np.cumsum([0, *sizes]).astype(np.int32),
        np.concatenate(bought).astype(np.int32),
        (today - numbers.integers(1, 700, sum(sizes))).astype(np.int32),
    )
    buyers = np.sort(numbers.zipf(1.4, (len(WINDOWS), count)) % 5_000, axis=0).astype(np.int32)
    sold = numbers.poisson(2, (PERIODS, count)).astype(np.int32)
    aged = numbers.poisson(1, (len(AGES), count)).astype(np.int32)
    return Popularity(today, buyers, sold, aged), histories


def house_rules() -> HouseRules:
    """A shop that sends from London, steers a thousand products and explores."""
    signed = {"author": "lee", "reason": "bench", "from": "2026-11-01", "until": "2026-12-01"}
    entries = [
        {"id": "autumn", "do": "boost", "where": {"title": "candle"}, "strength": 0.5, **signed},
        {"id": "recall", "do": "hide", "products": [f"p{at}" for at in range(5)], **signed},
    ]
    steers = json.dumps(entries)
    zone = ZoneInfo("Europe/London")
    delivery = DeliveryRules(zone, handling=(1, 2), transit=(2, 3))
    return HouseRules(delivery=delivery, steers=Steers.parse(steers, zone), stock_max_age_days=3, explore=0.1)


def requests(terms: GiftTerms, count: int, *, seed: int = 2) -> list[Wanted]:
    """Requests as talks make them: some bare, some with all bounds at once."""
    chance = random.Random(seed)
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
            not_again=frozenset(ProductId(f"p{chance.randrange(1_000)}") for _ in range(chance.choice([0, 3, 9]))),
            already_given=frozenset(ProductId(f"p{chance.randrange(1_000)}") for _ in range(chance.choice([0, 2]))),
            needed_by=chance.choice([None, None, NOW.date() + timedelta(days=chance.randint(3, 20))]),
            price_lean=chance.choice([None, None, "low", "high"]),
        )
        for _ in range(count)
    ]


def impossible(terms: GiftTerms, count: int, *, seed: int = 3) -> list[Wanted]:
    """Requests nothing fits: every one ends in relaxations."""
    chance = random.Random(seed)
    prices: list[dict[str, Any]] = [{"price_max": Decimal("0.02")}, {"price_min": Decimal(9_000)}]
    tight = [*prices, {"likes": ("drones", "yachts")}]
    made = requests(terms, count, seed=seed)
    return [replace(wanted, **chance.choice(tight)) for wanted in made]


def timed(shelf: Shelf, asked: Sequence[Wanted], *, again: int = 1) -> dict[str, float]:
    """Milliseconds of one answer each: median, p95, p99 and most; every request is asked ``again`` times before."""
    chance = random.Random(4)
    rules = house_rules()
    took: list[float] = []
    for turn in range(again + 1):
        for at, wanted in enumerate(asked):
            shopper = f"s{chance.randrange(SHOPPERS):06d}" if at % 4 else None
            moment = NOW + timedelta(minutes=at % 50)
            began = time.thread_time()
            suggest(shelf, wanted, shopper, now=moment, rules=rules, chance=chance)
            if turn == again:
                took.append((time.thread_time() - began) * 1000)
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
