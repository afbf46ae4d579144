"""Parquet judged by whole columns gives the very rows, marks and counts that judging it row by row gives."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from a_ledger import NOW, Clock, a_ledger
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.interactions import parts, tables
from catalog.interactions.consent import ShopsConsent, Word
from catalog.interactions.importing import Imported, import_file
from catalog.interactions.rows import Row

GATE = ShopsConsent(frozenset({"purchase", "x"}), {("ann", "x"): Word(None, NOW - timedelta(days=9))})
NAMES = st.sampled_from(["ann", "bob", "cÿd", "9000000000000011"])
DAYS = st.dates(date(2026, 1, 1), date(2026, 11, 22))
MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 22), timezones=st.just(timezone.utc))  # noqa: DTZ001
COLUMNS: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(["bought", "Viewed", "", None]),
    "quantity": st.one_of(st.integers(1, 3), st.just(-1), st.just(0.1), st.none()),
    "source": st.sampled_from(["purchase", "x", "youtube", "", None]),
    "message_id": st.sampled_from(["m1", "m2", "", None]),
    "order_id": st.sampled_from(["o1", "", None]),
}
FAULTS: list[dict[str, Any]] = [
    {"shopper_id": " ann"}, {"shopper_id": ""}, {"shopper_id": None}, {"product_id": "p" * 101}, {"kind": "stolen"},
    {"quantity": 0.0}, {"quantity": float("inf")}, {"source": "a\nb"}, {"at": None}, {"message_id": "m" * 301},
]  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> dict[str, list[Any]]:
    size = draw(st.integers(1, 12))
    told = draw(st.sets(st.sampled_from(sorted(COLUMNS))))
    columns = {
        "shopper_id": NAMES,
        "product_id": st.sampled_from(["p1", "p2"]),
        "at": draw(st.sampled_from([DAYS, MOMENTS])),
    }
    columns |= {name: COLUMNS[name] for name in sorted(told)}
    return {name: draw(st.lists(each, min_size=size, max_size=size)) for name, each in columns.items()}


def brought_in(folder: Path, name: str, file: Path) -> tuple[Imported, list[Row], list[tuple[int, int]]]:
    """Import into a fresh ledger that forgot bob a month ago; return the report, the rows, and marks with numbers."""
    clock = Clock(NOW - timedelta(days=30))
    ledger = a_ledger(folder / name, GATE, clock)
    ledger._files._fresh_key = lambda: b"key"
    ledger.forget("bob")
    clock.at = NOW
    report = import_file(ledger, file, now=NOW, source="purchase")
    marks = []
    for part in ledger._files.read_manifest().parts:
        table = parts.read(ledger._files.content(part), ["mark", "number"])
        marks += [(one["mark"], one["number"] + part.base) for one in table.to_pylist()]
    return report, list(ledger.rows()), sorted(marks)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files(), st.one_of(st.none(), st.sampled_from(FAULTS)))
def test_both_ways_keep_the_same(
    tmp_path_factory: pytest.TempPathFactory, columns: dict[str, list[Any]], fault: dict[str, Any] | None
) -> None:
    folder = tmp_path_factory.mktemp("ways")
    for name, value in (fault or {}).items():
        columns.setdefault(name, [None] * len(columns["at"]))[0] = value
    pq.write_table(pa.table(columns), folder / "rows.parquet")
    whole = brought_in(folder, "whole", folder / "rows.parquet")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tables, "sound_rows", lambda *_: None)
        single = brought_in(folder, "single", folder / "rows.parquet")
    for report in (whole[0], single[0]):
        object.__setattr__(report, "seconds", 0.0)
    assert whole == single


@pytest.mark.parametrize(
    "kind",
    [pa.date32(), pa.timestamp("s"), pa.timestamp("ms"), pa.timestamp("us", "UTC"), pa.timestamp("ns", "Europe/Paris")],
)
@pytest.mark.parametrize("days", [0, -400_000, 400_000])
def test_times_of_every_type_and_far_ones_are_judged_alike(tmp_path: Path, kind: Any, days: int) -> None:
    at = pa.array([20_000, 20_000 + days], pa.int32()).cast(pa.date32())
    if kind != pa.date32():
        at = at.cast(pa.timestamp("s")).cast(kind, safe=False)
    pq.write_table(pa.table({"shopper_id": ["ann", "cyd"], "product_id": [7, 8], "at": at}), tmp_path / "rows.parquet")
    whole = brought_in(tmp_path, "whole", tmp_path / "rows.parquet")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tables, "sound_rows", lambda *_: None)
        single = brought_in(tmp_path, "single", tmp_path / "rows.parquet")
    assert whole[1:] == single[1:]
    assert [one.product_id for one in whole[1]] == (["7", "8"] if not days else [one.product_id for one in single[1]])


def test_what_is_sound_does_not_go_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample of 650,000 purchases is brought in within seconds."""
    pq.write_table(
        pa.table({"shopper_id": ["ann"], "product_id": ["p"], "at": [date(2026, 1, 1)]}), tmp_path / "r.parquet"
    )
    monkeypatch.setattr(tables, "_row", lambda *_: pytest.fail("read by the row"))
    assert brought_in(tmp_path, "ledger", tmp_path / "r.parquet")[0].appended.accepted == 1
