"""Imports a feed: cleans it, fits the item model, publishes both as one snapshot, or does nothing at all."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from catalog.feeds.clean import clean
from catalog.feeds.rejection import Rejection
from catalog.feeds.delimited import read_rows
from catalog.interactions.records import Histories, Interactions, day_number, read_interactions
from catalog.model import item_model
from catalog.model.item_model import Recipe
from catalog.model.popularity import Popularity
from catalog.product import Product, ProductId
from catalog.publishing.snapshot import (
    NoSnapshot,
    building,
    current,
    forget_oldest,
    only_one,
    point_at,
    record_of,
    write_products,
)
from catalog.shelf.shelf import write_arrays
from catalog.words.terms import GiftTerms, plain_terms
from catalog.words.product_text import texts_of
from catalog.words.text_index import TextIndex

TERMS = Path(__file__).parents[2] / "data" / "lookups" / "gift_terms.yml"
MAX_REJECTIONS_KEPT = 1000


class NothingToPublish(ValueError):
    """No row of the feed was sound; what was published before stays."""

    def __init__(self, rejected: Sequence[Rejection]) -> None:
        super().__init__("no row of the feed could be taken; the catalogue published before stays")
        self.rejected = tuple(rejected)


@dataclass(frozen=True)
class Prepared:
    """What an import did."""

    snapshot_id: str
    products: int
    rejected: tuple[Rejection, ...]
    """The first thousand."""
    rejected_count: int
    interactions: int
    unknown_interactions: int
    """Purchases of products the feed does not have."""
    seconds: float
    skipped: bool
    """True where feed, interactions, terms and code are those of the snapshot already published."""

    @property
    def accepted(self) -> int:
        """Rows taken; each is one product."""
        return self.products


def prepare(
    products_csv: Path,
    interactions_parquet: Path | None,
    into: Path,
    *,
    as_of: date,
    currency: str | None = None,
    terms: Path = TERMS,
    recipe: Recipe | None = None,
) -> Prepared:
    """Publish the feed in ``into`` for :meth:`Shelf.open`; killed at any moment, the old one stays whole.

    ``as_of`` is the day the offers are true on; an import that is skipped keeps the day it had.

    Raises FeedError, InteractionsError or TermsError where an input cannot be read, NothingToPublish where no
    row is sound.
    """
    began = time.perf_counter()
    recipe = recipe or Recipe()
    inputs = [path for path in (products_csv, interactions_parquet, terms) if path]
    name = _fingerprint(inputs, f"{currency} {recipe}")
    with only_one(into):
        done = _already(into, name)
        if done:
            return done
        lookup = plain_terms(terms)
        GiftTerms.parse(lookup)  # refused before any work where its shape is wrong
        accepted, rejected = _accept(products_csv, as_of, currency)
        if not accepted:
            raise NothingToPublish(rejected)
        with building(into, name) as folder:
            seen = _fill(folder, accepted, interactions_parquet, as_of, recipe)
            (folder / "terms.json").write_text(json.dumps(lookup), encoding="utf-8")
            report = Prepared(
                snapshot_id=name,
                products=len(accepted),
                rejected=tuple(rejected[:MAX_REJECTIONS_KEPT]),
                rejected_count=len(rejected),
                interactions=len(seen.day),
                unknown_interactions=seen.unknown,
                seconds=round(time.perf_counter() - began, 3),
                skipped=False,
            )
            (folder / "report.json").write_text(json.dumps(asdict(report)), encoding="utf-8")
        point_at(into, name)
        forget_oldest(into)
    return report


def _accept(feed: Path, as_of: date, currency: str | None) -> tuple[list[Product], list[Rejection]]:
    accepted: dict[ProductId, Product] = {}
    rejected: list[Rejection] = []
    with feed.open("rb") as source:
        for row in read_rows(source):
            result = clean(row, as_of=as_of, currency=currency)
            if isinstance(result, Rejection):
                rejected.append(result)
            elif result.id in accepted:
                rejected.append(Rejection(row.number, "id", result.id, "doubled", "the first row of this id was taken"))
            else:
                accepted[result.id] = result
    return list(accepted.values()), rejected


def _fill(
    folder: Path, products: list[Product], interactions: Path | None, as_of: date, recipe: Recipe
) -> Interactions:
    """Write all files of one snapshot into the folder."""
    seen = read_interactions(interactions, [p.id for p in products]) if interactions else Interactions.none()
    today = int(seen.day.max()) if len(seen.day) else day_number(as_of)
    titles = [product.title for product in products]
    text = TextIndex.build(texts_of(product) for product in products)
    model = item_model.fit(seen, titles, today=today, recipe=recipe)
    popularity = Popularity.count(seen, len(products), until=today)
    write_products(products, folder / "products.parquet")
    write_arrays(folder / "shelf.npz", products, text, model, popularity, Histories.of(seen))
    (folder / "products.jsonl").write_bytes(b"".join(record_of(product) + b"\n" for product in products))
    (folder / "words.txt").write_text("\n".join(text.words), encoding="utf-8")
    return seen


def _fingerprint(inputs: Sequence[Path], settings: str) -> str:
    """Name of what these inputs make: their bytes, the settings and the code that works on them."""
    digest = hashlib.sha256(settings.encode())
    code = sorted(Path(__file__).parent.rglob("*.py"))
    for path in (*inputs, *code):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:20]


def _already(into: Path, name: str) -> Prepared | None:
    try:
        folder = current(into)
    except NoSnapshot:
        return None
    if folder.name != name:
        return None
    kept = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    rejected = tuple(Rejection(**one) for one in kept.pop("rejected"))
    return Prepared(**{**kept, "rejected": rejected, "skipped": True, "seconds": 0.0})
