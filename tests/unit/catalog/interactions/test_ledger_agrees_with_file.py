"""A shop's purchases are the same arrays whether read from the file or from the ledger the file was imported into."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from a_ledger import NOW, a_ledger

from catalog.interactions.importing import import_file
from catalog.interactions.purchases_file import read_interactions

PRODUCTS = [f"p{number}" for number in range(20)]


def test_the_file_and_its_ledger_give_the_same_interactions(tmp_path: Path) -> None:
    chance, rows = np.random.default_rng(4), 2000
    pairs = chance.choice(50 * 25 * 400, rows, replace=False)  # each shopper, product and day once
    table = pa.table(
        {
            "shopper_id": [f"s{pair % 50}" for pair in pairs],
            "product_id": [f"p{pair // 50 % 25}" for pair in pairs],  # five are not in the catalogue
            "at": pa.array(20_000 + pairs // 1250, pa.int32()).cast(pa.date32()),
            "kind": ["bought"] * rows,
            "quantity": chance.integers(1, 9, rows).astype(np.int32),
            "source": ["purchase"] * rows,
        }
    )
    pq.write_table(table, tmp_path / "bought.parquet")

    assert import_file(a_ledger(tmp_path / "ledger"), tmp_path / "bought.parquet", now=NOW).appended.accepted == rows

    of_file = read_interactions(tmp_path / "bought.parquet", PRODUCTS)
    of_ledger = a_ledger(tmp_path / "ledger").interactions(PRODUCTS)
    assert of_ledger.shoppers == of_file.shoppers
    assert of_ledger.unknown == of_file.unknown > 0
    for name in ("shopper", "product", "day", "quantity", "kind"):
        assert np.array_equal(getattr(of_ledger, name), getattr(of_file, name)), name
