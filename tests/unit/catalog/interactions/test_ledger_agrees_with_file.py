"""A shop's purchases are the same arrays whether read from the file or from the ledger the file was imported into."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from a_ledger import NOW, a_ledger

from catalog.interactions.importing import import_file
from tests.unit.catalog.purchases_file import read_interactions

PRODUCTS = [f"p{number}" for number in range(20)]


def test_what_was_taken_back_told_twice_or_by_others_counts_as_if_it_had_never_been_in_the_file(tmp_path: Path) -> None:
    """A file of orders with its refunds, in no order, brought twice, is what is left of them, told plainly."""
    chance, count = np.random.default_rng(5), 400
    orders = [
        (f"s{at % 30}", f"p{chance.integers(20)}", 20_000 + int(chance.integers(300)), int(chance.integers(1, 5)), at)
        for at in range(count)
    ]
    fate = chance.choice(["kept", "kept", "cancelled", "one back", "all back"], count)
    rows, left = [], []
    for (who, what, day, pieces, at), end in zip(orders, fate, strict=True):
        rows.append((who, what, day, float(pieces), f"o{at}", "purchase"))
        back = {"kept": 0, "one back": 1}.get(end, pieces)
        if back:
            rows.append((who, "" if end == "cancelled" else what, day + 9, -float(back), f"o{at}", "purchase"))
        if pieces > back and who != "s7":
            left.append((who, what, day, float(pieces - back)))
    rows += [("s1", "p1", 20_100, 1.0, "o-elsewhere", "youtube")]
    rows = [rows[at] for at in chance.permutation(len(rows))]
    names = ("shopper_id", "product_id", "day", "quantity", "order_id", "source")
    table = pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    days = pa.array(table["day"].to_pylist(), pa.int32()).cast(pa.date32())
    pq.write_table(table.drop_columns(["day"]).append_column("at", days), tmp_path / "told.parquet")
    plain = pa.table(dict(zip(("shopper_id", "product_id", "day", "quantity"), zip(*left, strict=True), strict=True)))
    days = pa.array(plain["day"].to_pylist(), pa.int32()).cast(pa.date32())
    for name, value in (("at", days), ("kind", ["bought"] * len(left)), ("source", ["purchase"] * len(left))):
        plain = plain.append_column(name, pa.array(value) if isinstance(value, list) else value)
    pq.write_table(plain, tmp_path / "left.parquet")

    ledger = a_ledger(tmp_path / "ledger")
    first, again = (import_file(ledger, tmp_path / "told.parquet", now=NOW).appended for _ in range(2))
    assert (first.accepted, first.refused_no_consent, again.doubled) == (len(rows) - 1, 1, len(rows) - 1)
    assert ledger.forget("s7") > 0

    of_file, of_ledger = read_interactions(tmp_path / "left.parquet", PRODUCTS), ledger.interactions(PRODUCTS)
    assert of_ledger.shoppers == of_file.shoppers
    order = [np.lexsort((one.quantity, one.product, one.day, one.shopper)) for one in (of_file, of_ledger)]
    for name in ("shopper", "product", "day", "quantity"):
        assert np.array_equal(getattr(of_file, name)[order[0]], getattr(of_ledger, name)[order[1]]), name


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
