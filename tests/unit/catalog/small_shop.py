"""A small shop: twenty products and three shoppers, as a feed and as purchases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timezone
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)
PRODUCTS = [
    ("trowel", "Garden trowel ash handle", "8.00", "in_stock"),
    ("can", "Watering can zinc", "14.50", "in_stock"),
    ("can-red", "Watering can red", "14.50", "in_stock"),
    ("can-blue", "Watering can blue", "14.50", "in_stock"),
    ("planter", "Herb planter", "31.00", "in_stock"),
    ("gloves-child", "Child's garden gloves", "6.00", "in_stock"),
    ("seeds", "Flower seed box", "4.00", "out_of_stock"),
    ("cutters", "Set of 3 cookie cutters", "5.50", "in_stock"),
    ("stand", "Cake stand 3 tier", "25.00", "in_stock"),
    ("tin", "Cake tin vintage", "12.00", "in_stock"),
    ("mould", "Baking mould rose", "7.25", "in_stock"),
    ("tealight", "Tea light holder glass", "3.00", "in_stock"),
    ("candle", "Rose scented candle", "9.00", "in_stock"),
    ("teapot", "Bone china teapot", "22.00", "in_stock"),
    ("mug", "Coffee mug dog design", "6.50", "in_stock"),
    ("necklace", "Pearl necklace", "18.00", "in_stock"),
    ("xmas", "Christmas bauble red", "2.50", "in_stock"),
    ("robot", "Robot soft toy", "8.50", "in_stock"),
    ("clock", "Wall clock station", "19.00", "in_stock"),
    ("dad", "Best dad metal sign", "6.00", "in_stock"),
]
GARDENER, BAKER, NEWCOMER = "9000000000000011", "9000000000000012", "9000000000000019"
BOUGHT = [
    *((GARDENER, product, day) for product, day in (("trowel", 1), ("can", 9), ("seeds", 20), ("clock", 2))),
    *((BAKER, product, day) for product, day in (("cutters", 3), ("tin", 12), ("stand", 25))),
    *((f"91{n:014d}", product, 1 + n) for n in range(12) for product in ("trowel", "planter", "can")),
    *((f"92{n:014d}", product, 1 + n) for n in range(12) for product in ("cutters", "mould", "tin")),
]


def write_feed(path: Path, products: Sequence[tuple[str, str, str, str]] = PRODUCTS) -> Path:
    """Write products as a feed a merchant would send."""
    lines = ["id,title,price,currency,availability,link,image_link"]
    lines += [f"{i},{title},{price},GBP,{stock},https://shop.example/p/{i}," for i, title, price, stock in products]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_interactions(path: Path, bought: Sequence[tuple[str, str, int]] = BOUGHT) -> Path:
    """Write purchases of October 2026, given as shopper, product and day."""
    columns = {
        "shopper_id": [shopper for shopper, _, _ in bought],
        "product_id": [product for _, product, _ in bought],
        "at": [date(2026, 10, day) for _, _, day in bought],
        "kind": ["bought"] * len(bought),
        "quantity": [1] * len(bought),
        "source": ["purchase"] * len(bought),
    }
    pq.write_table(pa.table(columns), path)
    return path
