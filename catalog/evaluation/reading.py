"""The three files of a contest read into one split: interactions to learn from, to be judged by, and the products."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog.evaluation.columns import (
    NO_MOMENT,
    TableError,
    as_ids,
    as_moments,
    as_numbers,
    read_columns,
)
from catalog.evaluation.split import Ints, Left, Moments, Records, Split

INTERACTIONS = ("shopper_id", "product_id", "at")


@dataclass(frozen=True)
class _Rows:
    """Interactions of one file, ids still as their own lists."""

    shopper_ids: list[str | None]
    shopper: NDArray[np.int64]
    product_ids: list[str | None]
    product: NDArray[np.int64]
    at: Moments
    quantity: NDArray[np.float32]


def read_split(train: Path, test: Path, products: Path) -> Split:
    """Read a contest from files, each Parquet or CSV.

    Args:
        train: Columns shopper_id, product_id, at, and quantity where known.
        test: The same columns, of a later time.
        products: Columns id, and title and price where known.

    Raises:
        TableError: a file or a column is missing or cannot be read, or nothing is left to learn from.
    """
    ids, titles, prices = _products(products)
    before, after = _interactions(train), _interactions(test)
    whole_before, whole_after = _whole(before), _whole(after)
    if not whole_before.any():
        raise TableError(f"{train.name}: no row has a shopper, a product and a moment. Is it the right file?")
    number = {product: at for at, product in enumerate(ids)}
    for rows, whole in ((before, whole_before), (after, whole_after)):
        for product in sorted(name for name in _said(rows.product_ids, rows.product[whole]) if name not in number):
            number[product] = len(number)
    added = len(number) - len(ids)
    shoppers = tuple(sorted(_said(before.shopper_ids, before.shopper[whole_before])))
    place = {shopper: at for at, shopper in enumerate(shoppers)}
    learnt, _ = _records(before, whole_before, place, number)
    judged, strangers = _records(after, whole_after, place, number)
    split = Split(
        tuple(number),
        (*titles, *[""] * added),
        np.append(prices, np.full(added, np.nan)),
        shoppers,
        learnt,
        judged,
        Left(
            train_rows_incomplete=int((~whole_before).sum()),
            test_rows_incomplete=int((~whole_after).sum()),
            test_rows_of_unknown_shoppers=strangers,
            test_shoppers_without_past=len(_said(after.shopper_ids, after.shopper[whole_after]) - place.keys()),
            products_added=added,
            train_rows_not_before_test=int((learnt.at >= judged.at.min()).sum()) if len(judged) else 0,
        ),
    )
    if not len(judged):
        raise TableError(f"{test.name}: no row is of a shopper with a past in {train.name}. Are the ids of one kind?")
    return split


def _products(path: Path) -> tuple[list[str], list[str], NDArray[np.float64]]:
    columns = read_columns(path, ("id",), ("title", "price"))
    names, rows = as_ids(columns["id"])
    told = [names[row] for row in rows]
    first = {name: at for at, name in reversed(list(enumerate(told))) if name is not None}
    ids = sorted(first, key=first.__getitem__)
    kept = np.array([first[name] for name in ids], dtype=np.int64)
    titles, prices = [""] * len(told), np.full(len(told), np.nan)
    if "title" in columns:
        titles = [str(title) if title is not None else "" for title in columns["title"].to_pylist()]
    if "price" in columns:
        prices = as_numbers(columns["price"], path.name, "price")
    return ids, [titles[at] for at in kept], prices[kept] if len(kept) else np.empty(0)


def _interactions(path: Path) -> _Rows:
    columns = read_columns(path, INTERACTIONS, ("quantity",))
    at = as_moments(columns["at"], path.name)
    quantity = np.ones(len(at), dtype=np.float32)
    if "quantity" in columns:
        said = as_numbers(columns["quantity"], path.name, "quantity")
        quantity = np.where(np.isnan(said), 1.0, said).astype(np.float32)
    shopper_ids, shopper = as_ids(columns["shopper_id"])
    product_ids, product = as_ids(columns["product_id"])
    return _Rows(shopper_ids, shopper, product_ids, product, at, quantity)


def _whole(rows: _Rows) -> NDArray[np.bool_]:
    """Mark rows that tell who bought what when."""
    known = np.array([name is not None for name in rows.shopper_ids] or [False])[rows.shopper]
    sold = np.array([name is not None for name in rows.product_ids] or [False])[rows.product]
    return np.asarray(known & sold & (rows.at != NO_MOMENT) & (rows.quantity > 0))


def _said(names: list[str | None], rows: NDArray[np.int64]) -> set[str]:
    return {name for at in np.unique(rows) if (name := names[int(at)]) is not None}


def _records(
    rows: _Rows, whole: NDArray[np.bool_], place: dict[str, int], number: dict[str, int]
) -> tuple[Records, int]:
    """Lay the rows out over shoppers and products; also count rows of shoppers who have no place."""
    who = _positions(rows.shopper_ids, place)[rows.shopper]
    what = _positions(rows.product_ids, number)[rows.product]
    kept = np.flatnonzero(whole & (who >= 0))
    order = kept[np.lexsort((what[kept], rows.at[kept], who[kept]))]
    return Records(who[order], what[order], rows.at[order], rows.quantity[order]), int((whole & (who < 0)).sum())


def _positions(names: list[str | None], places: dict[str, int]) -> Ints:
    return np.array([-1 if name is None else places.get(name, -1) for name in names] or [-1], dtype=np.int32)
