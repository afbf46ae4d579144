"""Times a fit on made-up interactions: ``python -m tests.bench.fit_scale [--products N] [--interactions N] [--small]``.

Products are bought by Zipf's law, shoppers have pasts of very different lengths, and buy what goes together: each
keeps to a few of a thousand groups of products. The fit runs in a process of its own, so that its peak of memory is
its own. The last line printed is one JSON object: seconds of each step, the peak in MB, and milliseconds of one
score, of one purchase added, of one look for what is alike.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Interactions, Ints
from catalog.model.fitted import Fitted
from catalog.model.item_model import Recipe

TODAY, DAYS, GROUPS = 20_000, 730, 1_000
SMALL = {"products": 2_000, "interactions": 50_000}


def made_up_interactions(products: int, count: int, *, seed: int = 1) -> Interactions:
    """Purchases by one shopper in fifteen purchases; from few to hundreds each."""
    chance = np.random.default_rng(seed)
    shoppers = max(count // 15, 1)
    activity = chance.lognormal(0.0, 1.0, shoppers)
    lengths = np.maximum(chance.poisson(activity / activity.sum() * count), 1)
    shopper = np.repeat(np.arange(shoppers, dtype=np.int32), lengths)
    total = len(shopper)
    share = np.cumsum(1.0 / np.arange(10, products + 10) ** 0.9)
    drawn = np.searchsorted(share, chance.random(total) * share[-1]).astype(np.int32)
    own = (shopper.astype(np.int64) * 7 + chance.integers(0, 3, total)) % GROUPS  # one of three groups of this shopper
    grouped = np.minimum(drawn // GROUPS * GROUPS + own, products - 1).astype(np.int32)
    product = np.where(chance.random(total) < 0.6, grouped, drawn).astype(np.int32)
    product = chance.permutation(products).astype(np.int32)[product]
    day = (TODAY - chance.integers(0, DAYS, total)).astype(np.int32)
    order = np.argsort(shopper.astype(np.int64) * (DAYS + 1) + (day - TODAY + DAYS), kind="stable")
    names = tuple(f"s{at:08d}" for at in range(shoppers))
    return Interactions(names, shopper, product[order], day[order])


def made_up_titles(count: int, *, seed: int = 2) -> list[str]:
    """Five words each, some words far oftener than others."""
    chance = np.random.default_rng(seed)
    letters = np.array(list("abcdefghiklmnoprstuvw"))
    words = ["".join(one) for one in letters[chance.integers(0, len(letters), (max(count // 10, 50), 6))]]
    picked = np.minimum(chance.zipf(1.3, (count, 5)), len(words)) - 1
    return [" ".join(words[at] for at in row) for row in picked.tolist()]


def measured(products: int, count: int, recipe: Recipe, folder: Path) -> dict[str, Any]:
    """Fit, store, open, score and change; return what each took."""
    titles = made_up_titles(products)
    interactions = made_up_interactions(products, count)
    begun = _peak_mb()
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        found = work()
        seconds[name] = round(time.perf_counter() - start, 2)
        return found

    ids = [f"p{at}" for at in range(products)]
    fitted = timed("fit", lambda: Fitted.fit(interactions, ids, titles, today=TODAY, recipe=recipe))
    peak = _peak_mb()
    timed("write", lambda: fitted.write(folder))
    opened: Fitted = timed("open", lambda: Fitted.open(folder))
    names = [name.decode() for name in opened.histories.names[:: max(len(opened.histories.names) // 200, 1)]]
    pasts = [opened.histories.of_shopper(name) for name in names]
    model = opened.model
    scores = [_ms(partial(model.score, bought, model.profile(days, TODAY))) for bought, days in pasts]
    changes = [_ms(partial(model.with_past, past, _one_more(*past))) for past in pasts]
    likes = [_ms(partial(model.like, int(bought[0]))) for bought, _ in pasts]
    return {
        "products": products,
        "interactions": len(interactions.day),
        "shoppers": len(interactions.shoppers),
        "in_the_inverse": len(opened.model.places.head),
        "seconds": seconds,
        "peak_mb": round(peak),
        "of_which_before_the_fit_mb": round(begun),
        "files_mb": round(sum(file.stat().st_size for file in folder.iterdir()) / 1e6),
        "past_lengths_p50_p95": _quantiles([float(len(past[0])) for past in pasts]),
        "score_ms_p50_p95": _quantiles(scores),
        "purchase_ms_p50_p95": _quantiles(changes),
        "like_ms_p50_p95": _quantiles(likes),
    }


def _one_more(bought: Ints, days: Ints) -> tuple[Ints, Ints]:
    """Return a past with one purchase more, of the first product."""
    kept = bought != 0
    return np.append(bought[kept], 0).astype(np.int32), np.append(days[kept], TODAY + 1).astype(np.int32)


def _ms(work: Callable[[], object]) -> float:
    work()
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def _quantiles(values: list[float]) -> list[float]:
    found: NDArray[np.float64] = np.quantile(values, (0.5, 0.95))
    return [round(float(one), 2) for one in found]


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _child(sent: Any, products: int, count: int, recipe: Recipe, folder: Path) -> None:
    sent.send(measured(products, count, recipe, folder))


def main() -> None:
    """Measure in a child process and print."""
    parser = argparse.ArgumentParser(description="Times a fit of the item model on made-up interactions.")
    parser.add_argument("--products", type=int, default=100_000)
    parser.add_argument("--interactions", type=int, default=10_000_000)
    parser.add_argument("--in-the-inverse", type=int, default=Recipe().most_products)
    parser.add_argument("--small", action="store_true", help="2,000 products and 50,000 interactions: a second or two")
    asked = parser.parse_args()
    sizes = SMALL if asked.small else {"products": asked.products, "interactions": asked.interactions}
    folder = Path(tempfile.mkdtemp(prefix="fit-scale-"))
    try:
        context = multiprocessing.get_context("spawn")
        got, sent = context.Pipe(duplex=False)
        recipe = Recipe(most_products=asked.in_the_inverse)
        child = context.Process(target=_child, args=(sent, sizes["products"], sizes["interactions"], recipe, folder))
        child.start()
        sent.close()
        print(json.dumps(got.recv()))
        child.join()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
