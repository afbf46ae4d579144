"""A published catalogue in memory: everything ranking needs, as arrays, opened in a fraction of a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timezone
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.interactions.records import Histories, day_number
from catalog.model.fitted import Fitted
from catalog.model.item_model import ItemModel
from catalog.model.popularity import Popularity
from catalog.product import Product, ProductId
from catalog.shelf.columns import FORM, PRICE_UNIT, Columns, Positions, price_number, price_of, read_about
from catalog.shelf.confirmed import FILE as CONFIRMED
from catalog.shelf.confirmed import confirmed_day, told_on
from catalog.shelf.news import News
from catalog.shelf.opening import Opening
from catalog.shelf.published import MODEL_POINTER, MODELS, POINTER, Unusable, current_name, files_of
from catalog.shelf.records import Records, mapped, product_of
from catalog.shelf.sale_prices import SalePrices
from catalog.shelf.soundness import unusable_form
from catalog.shelf.suitability import Suitability, Told
from catalog.storage import Storage
from catalog.words.terms import GiftTerms
from catalog.words.text_index import TextIndex

__all__ = ["PRICE_UNIT", "Shelf", "price_number", "price_of"]


_TEXT = ("starts", "sequence", "order", "owner", "field", "bounds")


@dataclass(frozen=True, eq=False, repr=False)
class Shelf:
    """One snapshot with what was learnt; never changes, safe to share between threads."""

    snapshot_id: str
    positions: Mapping[ProductId, int]
    records: Sequence[bytes]
    """One stored product each, decoded when asked for."""
    columns: Columns
    currencies: tuple[str, ...]
    """By ``columns.currency_code``."""
    text: TextIndex
    fitted: Fitted
    """What was learnt from interactions, over these products."""
    terms: GiftTerms
    suitability: Suitability
    storage: Storage | None = None
    stamps: tuple[object, ...] = ()
    """Of the pointers when this was opened."""
    confirmed: date | None = None
    """The day all its offers were told again, where that is later than their own."""
    news: News | None = None
    """How far it has followed what shoppers do; None where it follows nothing."""
    model_trouble: str = ""
    """Why the published model is not in force; empty where it is, or where there is none."""
    _opening: Opening[Shelf] = field(default_factory=Opening)
    _prices: SalePrices = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_prices", SalePrices(self.columns))

    def __repr__(self) -> str:
        return f"<Shelf {self.snapshot_id}: {self.size} products>"

    @classmethod
    def open(cls, folder: Storage | Path | str) -> Shelf:
        """Open what is published in a folder or at an address; raises NoSnapshot where nothing is."""
        storage = Storage.at(folder)
        stamps = _stamps(storage)  # before reading: what changes meanwhile is seen by the next refreshed()
        name = current_name(storage)  # once: a pointer that swings now must not give one snapshot another's name
        return cls._of(files_of(storage, name), name, storage, stamps)._with_news()

    @classmethod
    def of_snapshot(cls, snapshot: Path) -> Shelf:
        """Open a snapshot's files alone, published or not: with nothing learnt."""
        return cls._of(snapshot, snapshot.name, None, ())

    @classmethod
    def _of(cls, snapshot: Path, name: str, storage: Storage | None, stamps: tuple[object, ...]) -> Shelf:
        """Read the files of a snapshot; raises Unusable where this version cannot."""
        try:
            return cls._read(snapshot, name, storage, stamps)
        except (OSError, ValueError, LookupError, TypeError) as error:
            why = unusable_form(snapshot) or f"it is damaged ({error})"
            raise Unusable(f"snapshot {name} cannot be read: {why}; import the catalogue again") from error

    @classmethod
    def _read(cls, snapshot: Path, name: str, storage: Storage | None, stamps: tuple[object, ...]) -> Shelf:
        about = read_about(snapshot)
        if about["form"] != FORM:
            raise ValueError("another form")
        records = Records.open(snapshot)
        terms = GiftTerms.load(snapshot / "terms.json")
        text = open_text(snapshot)
        confirmed = confirmed_day(storage, name) if storage is not None else None
        columns = Columns.open(snapshot).told_on(confirmed)
        currencies = about["currencies"]
        assert isinstance(currencies, list)
        fitted, trouble = _fitted(storage, snapshot, records)
        return cls(
            snapshot_id=name,
            positions=Positions.open(snapshot, records),
            records=records,
            columns=columns,
            currencies=tuple(currencies),
            text=text,
            fitted=fitted,
            terms=terms,
            suitability=Suitability.of(terms, text, Told(columns.ages_from, columns.ages_to, columns.gender)),
            storage=storage,
            stamps=stamps,
            confirmed=confirmed,
            news=News.since_fit(storage, fitted) if storage is not None else None,
            model_trouble=trouble,
        )

    def refreshed(self, patience_s: float | None = None) -> Shelf:
        """Return this shelf where nothing came since, else one that knows: asked between turns.

        A new snapshot or model is opened aside, for at most ``patience_s`` seconds (None: as long as it takes): where
        that is not enough, a later call returns it. What shoppers did meanwhile is laid over the model that is there.
        """
        if self.storage is None:
            return self
        if _stamps(self.storage) != self.stamps:
            fresh = self._opening.take(partial(Shelf.open, self.storage), patience_s)
            return self._with_news() if fresh is None else fresh
        return self._with_news()

    def _with_news(self) -> Shelf:
        if self.news is None:
            return self
        fitted, news = self.news.taken_up(self.fitted, self.positions)
        if fitted is self.fitted and news is self.news:
            return self
        fresh = replace(self, fitted=fitted, news=news)
        fresh.__dict__["worked_out"] = self.worked_out  # of the products alone: as true as before
        return fresh

    @property
    def size(self) -> int:
        """Number of products."""
        return len(self.records)

    def prices_at(self, now: datetime) -> NDArray[np.int64]:
        """Return what every product costs at ``now``, in PRICE_UNIT, sales included; not to be written to."""
        return self._prices.at(now)

    @property
    def model(self) -> ItemModel:
        """What goes with what."""
        return self.fitted.model

    @property
    def popularity(self) -> Popularity:
        """What sells, and when."""
        return self.fitted.popularity

    @property
    def histories(self) -> Histories:
        """What each shopper bought."""
        return self.fitted.histories

    @property
    def prices(self) -> NDArray[np.int64]:
        """What every product costs outside sales, in PRICE_UNIT."""
        return self.columns.prices

    @property
    def in_stock(self) -> NDArray[np.bool_]:
        """What can be ordered, as far as the feed said."""
        return self.columns.in_stock

    def sold_at(self, now: datetime) -> NDArray[np.bool_]:
        """Tell what can be ordered at ``now``: in stock, and not past its last day; not to be written to."""
        if self.columns.first_last_day is None:
            return self.columns.in_stock
        return np.asarray(
            self.columns.in_stock & (self.columns.last_day >= day_number(now.astimezone(timezone.utc).date()))
        )

    @cached_property
    def currency(self) -> NDArray[np.str_]:
        """The three-letter code each product is sold in."""
        return np.array(self.currencies or ("",), dtype="U3")[self.columns.currency_code]

    def sold_in(self, currency: str) -> NDArray[np.bool_]:
        """Tell which products are sold in a currency."""
        code = self.currencies.index(currency) if currency in self.currencies else len(self.currencies)
        return np.asarray(self.columns.currency_code == code)

    @cached_property
    def worked_out(self) -> dict[object, Any]:
        """What ranking worked out for this shelf and keeps: nothing in it is ever wrong, only missing."""
        return {}

    @cached_property
    def main_currency(self) -> str:
        """The currency most products are sold in."""
        counts = np.bincount(self.columns.currency_code, minlength=len(self.currencies))
        return self.currencies[int(np.argmax(counts))]

    def at(self, position: int) -> Product:
        """Return the product at a position of the arrays, its sale not yet resolved (``offer.at(now)`` does)."""
        return told_on(product_of(self.records[position]), self.confirmed)

    def product(self, product_id: ProductId) -> Product | None:
        """Return the product of this id, or None where this snapshot has none."""
        position = self.positions.get(product_id)
        return None if position is None else self.at(position)

    def knows(self, shopper_id: str) -> bool:
        """Tell whether this shopper has a past to rank by."""
        return bool(len(self.histories.of_shopper(shopper_id)[0]))


def open_text(snapshot: Path) -> TextIndex:
    """Open the words of a snapshot."""
    words = tuple((snapshot / "words.txt").read_text(encoding="utf-8").split("\n"))
    parts = {name: mapped(snapshot / f"text_{name}.npy") for name in _TEXT}
    return TextIndex.opened(words, **parts)


def read_size(snapshot: Path) -> int:
    """Return the number of products of a snapshot."""
    return int(np.load(snapshot / "prices.npy", mmap_mode="r").shape[0])


def _stamps(storage: Storage) -> tuple[object, ...]:
    return storage.stamp(POINTER), storage.stamp(MODEL_POINTER), storage.stamp(CONFIRMED)


def _fitted(storage: Storage | None, snapshot: Path, records: Records) -> tuple[Fitted, str]:
    """Open the published model and lay it over a snapshot; without any, nothing was learnt yet.

    A model that cannot be read does not keep the catalogue from being shown: the second is why it is not in force.
    """
    ids = (snapshot / "ids.txt").read_bytes()
    name = storage.read_pointer(MODEL_POINTER) if storage else None
    if storage is None or name is None:
        return Fitted.nothing(ids, len(records)), ""
    try:
        fitted = Fitted.open(storage.local_copy(f"{MODELS}/{name}"))
        told = snapshot / "title_digests.npy"  # snapshots of before have none
        titles = np.load(told, mmap_mode="r") if told.is_file() else None
        return fitted.aligned(ids, lambda at: product_of(records[at]).title, titles), ""
    except (OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        trouble = (
            f"the model {name} is damaged, or of another version of giftbot ({error}): ideas are ranked without what "
            "shoppers did until giftbot interactions fit makes one anew"
        )
        return Fitted.nothing(ids, len(records)), trouble
