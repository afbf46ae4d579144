"""Makes giftbot's sample catalogue and purchase history from a copy of UCI's "Online Retail II".

Usage: python make_sample.py SOURCE_FOLDER [INTO]   (SOURCE_FOLDER holds catalogue.csv.gz and transactions.parquet)
Run again on the same source it writes the same bytes.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from titles import is_nonsense, presentable

YEARS_LATER = 15
"""The source ends in October 2011. Whole years keep the season; 2026 keeps the demo's talk of months current."""
IN_STOCK_DAYS = 180


def shopper_id(customer: int) -> str:
    """An invented number of the form X gives its accounts; the same customer always gets the same one."""
    digest = hashlib.sha256(f"online-retail-ii:{customer}".encode()).digest()
    return f"9{int.from_bytes(digest[:8], 'big') % 10**15:015d}"


def products(source: Path) -> pd.DataFrame:
    """Read the source's catalogue and return rows as a merchant's feed would carry them."""
    rows = pd.read_csv(source / "catalogue.csv.gz", dtype={"stock_code": str, "title": str}, keep_default_na=False)
    rows["price"] = rows["price_gbp"].astype(float).round(2)
    rows = rows[(rows["price"] > 0) & ~rows["title"].map(is_nonsense)]
    return pd.DataFrame(
        {
            "id": rows["stock_code"],
            "title": rows["title"].map(presentable),
            "price": rows["price"].map("{:.2f}".format),
            "currency": "GBP",
            "availability": rows["sold_last_180d"].map({True: "in_stock", False: "out_of_stock"}),
            "link": "https://shop.example/p/" + rows["stock_code"],
            "image_link": "",
        }
    ).sort_values("id", ignore_index=True)


def interactions(source: Path, known: set[str]) -> pd.DataFrame:
    """One row per shopper, product and day bought; guests, cancellations and unknown products left out."""
    columns = [
        "invoice_date",
        "customer_id",
        "stock_code",
        "quantity",
        "unit_price",
        "is_product",
        "is_cancel",
    ]
    rows = pd.read_parquet(source / "transactions.parquet", columns=columns)
    usable = rows["is_product"] & ~rows["is_cancel"] & (rows["unit_price"] > 0) & rows["customer_id"].notna()
    rows = rows[usable & rows["stock_code"].isin(known)]
    numbers = {customer: shopper_id(int(customer)) for customer in rows["customer_id"].unique()}
    if len(set(numbers.values())) != len(numbers):
        raise SystemExit("two customers got one number; change the salt")
    day = (rows["invoice_date"] + pd.DateOffset(years=YEARS_LATER)).dt.normalize()
    rows = pd.DataFrame(
        {
            "shopper_id": rows["customer_id"].map(numbers),
            "product_id": rows["stock_code"],
            "at": day.dt.date,
            "quantity": rows["quantity"],
        }
    )
    return rows.groupby(["shopper_id", "product_id", "at"], as_index=False)["quantity"].sum()


def write_interactions(rows: pd.DataFrame, path: Path) -> None:
    """Write them as Parquet, sorted so that dictionaries and runs keep the file small."""
    rows = rows.sort_values(["shopper_id", "at", "product_id"])
    table = pa.table(
        {
            "shopper_id": pa.array(rows["shopper_id"], pa.string()),
            "product_id": pa.array(rows["product_id"], pa.string()),
            "at": pa.array(rows["at"], pa.date32()),
            "kind": pa.array(["bought"] * len(rows), pa.string()),
            "quantity": pa.array(rows["quantity"], pa.int32()),
            "source": pa.array(["purchase"] * len(rows), pa.string()),
        }
    )
    pq.write_table(table, path, compression="zstd", compression_level=19, use_dictionary=True)


def main(arguments: list[str]) -> None:
    """Make the sample in the folder given, or beside this program."""
    source = Path(arguments[0])
    into = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).parent
    feed = products(source)
    feed.to_csv(into / "products.csv", index=False, lineterminator="\n")
    write_interactions(interactions(source, set(feed["id"])), into / "interactions.parquet")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    main(sys.argv[1:])
