"""Cuts windows for ``giftbot eval ranking`` out of a shop's transactions: train and test and products, a folder each.

    python -m tests.bench.cut_windows TRANSACTIONS.parquet CATALOGUE.csv.gz INTO 2011-08-19 2011-06-24 … [--days 56]

The transactions are Online Retail II as its columns are named (invoice_date, customer_id, stock_code, quantity,
unit_price, is_product, is_cancel); train is all before the day a window begins, test the 56 days from it.
"""

from __future__ import annotations

import argparse
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv
import pyarrow.parquet as pq


def purchases(path: Path) -> pa.Table:
    """Sales of products to known customers, under the evaluation's own column names."""
    table = pq.read_table(path)
    sold = pc.and_(pc.and_(table["is_product"], pc.invert(table["is_cancel"])), pc.greater(table["unit_price"], 0))
    table = table.filter(pc.and_(sold, pc.is_valid(table["customer_id"])))
    return pa.table(
        {
            "shopper_id": table["customer_id"].cast(pa.string()),
            "product_id": table["stock_code"].cast(pa.string()),
            "at": table["invoice_date"],
            "quantity": table["quantity"],
        }
    )


def cut(sales: pa.Table, products: pa.Table, into: Path, begins: date, days: int) -> None:
    """Write one window to a folder of its own, named by the day it begins."""
    folder = into / begins.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    start = datetime(begins.year, begins.month, begins.day)  # noqa: DTZ001 - the shop's own clock, without a zone
    first, last = (pa.scalar(at, sales["at"].type) for at in (start, start + timedelta(days=days)))
    pq.write_table(sales.filter(pc.less(sales["at"], first)), folder / "train.parquet")
    inside = pc.and_(pc.greater_equal(sales["at"], first), pc.less(sales["at"], last))
    pq.write_table(sales.filter(inside), folder / "test.parquet")
    csv.write_csv(products, folder / "products.csv")


def main() -> None:
    """Cut every window asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transactions", type=Path)
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("into", type=Path)
    parser.add_argument("begins", nargs="+", type=date.fromisoformat)
    parser.add_argument("--days", type=int, default=56)
    told = parser.parse_args()
    texts = csv.ConvertOptions(column_types={"stock_code": pa.string()})
    products = csv.read_csv(told.catalogue, convert_options=texts).select(["stock_code", "title", "price_gbp"])
    products = products.rename_columns(["id", "title", "price"])
    sales = purchases(told.transactions)
    for begins in told.begins:
        cut(sales, products, told.into, begins, told.days)


if __name__ == "__main__":
    main()
