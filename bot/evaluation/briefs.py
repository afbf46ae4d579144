"""What ``giftbot eval briefs`` does: real requests read as in a talk, answered, and judged by merchants' categories."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timezone
from decimal import Decimal, InvalidOperation
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

import numpy as np
import yaml

from actions.search import wanted
from actions.talk import TalkSoFar
from catalog.evaluation.briefs import Ask, Topics, Truth, measure, rankers
from catalog.evaluation.columns import as_ids, read_columns
from catalog.publishing.prepare import prepare
from catalog.shelf.shelf import Shelf
from nlu.intents.sentence_vectors import SentenceVectors
from nlu.reading import read
from nlu.words.lexicon import Lexicon

TOPICS = Path("data/evaluation/brief_topics.yml")
BLENDS = (0.25, 0.5, 1.0, 2.0)
_LONGEST = 300
"""Characters of title and description that a product's vector is made of."""
_GENDERS = {"F": "female", "M": "male", "female": "female", "male": "male"}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be measured: files, the repository, and the currency whose products make the catalogue."""

    asks: Path
    products: Path
    root: Path
    currency: str
    today: date
    seed: int = 0


class BadAsks(ValueError):
    """The requests cannot be read; says which line and what to do."""


def evaluate(order: Order, progress: TextIO) -> dict[str, Any]:
    """Publish the catalogue in a folder of its own, answer every request with each ranking, and return the figures.

    Raises:
        BadAsks: a line of the requests cannot be used.
        TableError: the products cannot be read.
    """
    told = _requests(order.asks)
    rows = list(_rows(order))
    with TemporaryDirectory(prefix="giftbot-briefs-") as where:
        folder = Path(where)
        _write_feed(folder / "products.csv", rows, order.currency)
        prepare(folder / "products.csv", None, folder / "catalogue", as_of=order.today, currency=order.currency)
        shelf = Shelf.open(folder / "catalogue")
        progress.write(f"{shelf.size:,} of {len(rows):,} products published\n")
        by_id = {row["id"]: row for row in rows}
        kept = [by_id[str(shelf.at(at).id)] for at in range(shelf.size)]
        encoder, lexicon = SentenceVectors(), Lexicon.load(order.root / "data" / "lookups")
        vectors = encoder.encode([f"{row['title']}. {row['description']}"[:_LONGEST] for row in kept])
        progress.write("products have their sentence vectors\n")
        asks = [_ask(one, order, lexicon, encoder) for one in told]
        rules = yaml.safe_load((order.root / TOPICS).read_text(encoding="utf-8"))
        truth = Truth(
            tuple(row["category"] for row in kept),
            tuple(row["gender"] for row in kept),
            np.array([row["age_from"] for row in kept], dtype=np.float64),
        )
        now = datetime.combine(order.today, time(12), timezone.utc)
        compared = rankers(shelf, vectors, now, BLENDS)
        return measure(shelf, truth, Topics(rules, truth), asks, compared, seed=order.seed)


def _rows(order: Order) -> Iterator[dict[str, Any]]:
    """Products of the currency: what the rankings may see, and category, gender and least age for the judge."""
    told = ("description", "category", "brand", "currency", "source", "extra", "gender", "age_min")
    columns = read_columns(order.products, ("id", "title", "price"), told)
    names, at = as_ids(columns["id"])
    lists = {name: column.to_pylist() for name, column in columns.items() if name != "id"}
    for row, number in enumerate(at):
        one = {name: values[row] for name, values in lists.items()}
        if names[number] is None or one.get("currency") not in (order.currency, None):
            continue
        extra = json.loads(one.get("extra") or "{}")
        source = one.get("source")
        least = one.get("age_min") or extra.get("age_min")
        yield {
            "id": f"{source}-{names[number]}" if source else names[number],
            "title": one["title"] or "",
            "description": one.get("description") or "",
            "brand": one.get("brand") or "",
            "price": one["price"],
            "category": one.get("category") or "",
            "gender": _GENDERS.get(one.get("gender") or extra.get("gender_affinity") or ""),
            "age_from": float(least) if least else math.nan,
        }


def _write_feed(path: Path, rows: Sequence[Mapping[str, Any]], currency: str) -> None:
    """Write what the rankings may see; neither category nor gender nor age."""
    with path.open("w", encoding="utf-8", newline="") as file:
        feed = csv.writer(file)
        feed.writerow(["id", "title", "description", "brand", "price", "currency", "availability", "link"])
        for row in rows:
            link = f"https://shop.example/p/{row['id']}"
            shown = (row["id"], row["title"], row["description"], row["brand"], row["price"])
            feed.writerow([*shown, currency, "in_stock", link])


def _requests(path: Path) -> list[dict[str, Any]]:
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            whole = isinstance(told["text"], str)
        except (ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            raise BadAsks(f'{path.name}, line {number}: write one object a line, with "text".')
        if told.get("kind", "ask") == "ask":
            found.append(told)
    return found


def _ask(told: dict[str, Any], order: Order, lexicon: Lexicon, encoder: SentenceVectors) -> Ask:
    """Read a request as in a talk; the author's labels count where the text holds them."""
    text = told["text"]
    labels = (told.get("author_labels") or {}) if told.get("spec_in_text", True) else {}
    understood = wanted(TalkSoFar().hears(read(text, today=order.today, lexicon=lexicon, country="US")))
    wishes = " ".join(understood.likes) or text[:_LONGEST]
    return Ask(
        text,
        understood,
        encoder.encode([wishes])[0],
        (_sum(labels.get("budget_min")), _sum(labels.get("budget_max"))),
        _GENDERS.get(labels.get("gender") or ""),
        _age(labels.get("age")),
    )


def _sum(value: object) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def _age(value: object) -> int | None:
    if isinstance(value, list) and value:
        value = value[0]
    return int(value) if isinstance(value, (int, float)) and math.isfinite(value) else None


def table(figures: Mapping[str, Any]) -> str:
    """The figures as plain text, a line for each ranking."""
    lines = [
        f"{figures['asks']} requests, {figures['judged']} with a topic to judge by; {figures['products']:,} products",
        f"{'':13}fits@3 suits@3 95 %            ahead of words           three  past budget understood, said",
    ]
    for name, one in figures["rankings"].items():
        ahead = one["ahead_of_words"]
        lines.append(
            f"{name:13}{one['precision@3']:.3f}  {one['suiting@3']:.3f}  [{one['ci95'][0]:.3f}, {one['ci95'][1]:.3f}]  "
            f"{ahead['mean']:+.3f} [{ahead['ci95'][0]:+.3f}, {ahead['ci95'][1]:+.3f}]  {one['with_three']:.2f}   "
            f"{one['past_budget_understood']}, {one['past_budget_labelled']}"
        )
    return "\n".join(lines)
