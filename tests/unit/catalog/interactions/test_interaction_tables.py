"""CSV and Parquet files of interactions, told apart by content, wrong rows named."""

from __future__ import annotations

import contextlib
import gzip
import io
from collections.abc import Iterator
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from a_ledger import NOW, a_ledger
from hypothesis import given
from hypothesis import strategies as st

from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError
from catalog.interactions.door import Appended
from catalog.interactions.importing import Imported, import_file
from catalog.interactions.moments import BadMoment, moment
from catalog.interactions.rows import NOBODY, Row
from catalog.interactions.tables import read_csv

HEADER = "shopper_id,product_id,kind,at,quantity,source\n"


def _brought(folder: Path, content: bytes | str, source: str = "") -> Imported:
    file = folder / "file"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_file(a_ledger(folder / "ledger"), file, now=NOW, source=source)


def _kept(folder: Path) -> list[tuple[object, ...]]:
    rows = a_ledger(folder / "ledger").rows()
    return [(one.shopper_id, one.product_id, one.kind, one.at, one.quantity, one.source) for one in rows]


DAY = datetime(2026, 10, 13, tzinfo=timezone.utc)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_with_any_usual_separator_is_read(tmp_path: Path, separator: str) -> None:
    text = (HEADER + "007,NA,clicked,2026-10-13,2,purchase\n").replace(",", separator)
    assert _brought(tmp_path, text).format == "csv"
    assert _kept(tmp_path) == [("007", "NA", "clicked", DAY, 2.0, "purchase")]


def test_a_packed_file_is_unpacked(tmp_path: Path) -> None:
    _brought(tmp_path, gzip.compress((HEADER + "ann,mug,,2026-10-13,,purchase\n").encode()))
    assert _kept(tmp_path) == [("ann", "mug", "bought", DAY, 1.0, "purchase")]


def test_parquet_with_days_numbers_and_dictionaries_is_read(tmp_path: Path) -> None:
    table = pa.table(
        {
            "shopper_id": pa.array([9_000_000_000_000_011]),
            "product_id": pa.array(["mug"]).dictionary_encode(),
            "at": pa.array([date(2026, 10, 13)]),
            "quantity": pa.array([3], pa.int32()),
        }
    )
    pq.write_table(table, tmp_path / "rows.parquet")
    found = _brought(tmp_path, (tmp_path / "rows.parquet").read_bytes(), source="purchase")
    assert (found.format, found.appended.accepted) == ("parquet", 1)
    assert _kept(tmp_path) == [("9000000000000011", "mug", "bought", DAY, 3.0, "purchase")]


def _brought_table(folder: Path, columns: dict[str, object]) -> Imported:
    pq.write_table(pa.table(columns), folder / "rows.parquet")
    return _brought(folder, (folder / "rows.parquet").read_bytes(), source="purchase")


def test_ids_a_table_holds_as_floats_are_the_whole_numbers_they_were(tmp_path: Path) -> None:
    """A data frame with one gap in a column of numbers writes all of them as 17850.0, and the gap as NaN."""
    found = _brought_table(
        tmp_path,
        {
            "shopper_id": pa.array([17850.0, float("nan"), 1.5, 2.0**60, 17850.0]),
            "product_id": pa.array([Decimal("84077.00")] * 5),
            "at": pa.array([date(2026, 10, 13)] * 5),
            "quantity": pa.array([1.0, 1.0, 1.0, 1.0, float("nan")]),
            "message_id": pa.array([1.0, float("nan"), 1.0, 1.0, 2.0]),
        },
    )
    assert [(one.row, one.field, one.rule) for one in found.rejections] == [
        (2, "shopper_id", "missing"), (3, "shopper_id", "not_text"), (4, "shopper_id", "not_text"),
    ]  # fmt: skip
    assert _kept(tmp_path) == [("17850", "84077", "bought", DAY, 1.0, "purchase")] * 2


@pytest.mark.parametrize(
    "at",
    [
        pa.array([1_791_849_600, 10**15, None, -(10**15)], pa.timestamp("s")),
        pa.array([1_791_849_600_000, 2**62, None, -(2**62)], pa.timestamp("ms", "Europe/London")),
        pa.array([1_791_849_600_000_000, 2**62, None, -(2**62)], pa.timestamp("us")),
        pa.array([20_739, 2**30, None, -(2**30)], pa.int32()).cast(pa.date32()),
    ],
    ids=["s", "ms", "us", "days"],
)
def test_a_time_no_calendar_has_costs_its_row_only(tmp_path: Path, at: pa.Array) -> None:
    found = _brought_table(tmp_path, {"shopper_id": ["ann"] * 4, "product_id": ["mug"] * 4, "at": at})
    assert [(one.row, one.rule) for one in found.rejections] == [(2, "not_a_time"), (3, "missing"), (4, "not_a_time")]
    assert _kept(tmp_path) == [("ann", "mug", "bought", DAY, 1.0, "purchase")]


@pytest.mark.parametrize("name", sorted(NOBODY))
def test_what_stands_for_nobody_is_no_shopper_in_a_table_either(tmp_path: Path, name: str) -> None:
    """Else all people a shop does not know would be one."""
    at = pa.array([date(2026, 10, 13)] * 2)
    found = _brought_table(tmp_path, {"shopper_id": ["ann", name], "product_id": ["mug", "mug"], "at": at})
    assert [(one.row, one.rule) for one in found.rejections] == [(2, "nobody")]
    assert len(_kept(tmp_path)) == 1


def test_nanoseconds_are_read_to_the_microsecond(tmp_path: Path) -> None:
    at = pa.array([1_791_849_600_000_001_999, 2**63 - 2], pa.timestamp("ns"))
    found = _brought_table(tmp_path, {"shopper_id": ["ann", "bob"], "product_id": ["mug", "mug"], "at": at})
    assert [one.rule for one in found.rejections] == ["in_the_future"]
    assert _kept(tmp_path) == [("ann", "mug", "bought", DAY.replace(microsecond=1), 1.0, "purchase")]


def test_importing_a_file_again_keeps_nothing_twice(tmp_path: Path) -> None:
    text = HEADER + "ann,mug,bought,2026-10-13,1,purchase\nann,mug,bought,2026-10-14,1,purchase\n"
    assert _brought(tmp_path, text).appended.accepted == 2
    again = _brought(tmp_path, text)
    assert (again.appended.accepted, again.appended.doubled, len(_kept(tmp_path))) == (0, 2, 2)


def test_rows_without_consent_are_counted_by_source_and_not_kept(tmp_path: Path) -> None:
    found = _brought(tmp_path, HEADER + "ann,mug,bought,2026-10-13,1,youtube\nann,tin,bought,2026-10-13,1,purchase\n")
    assert found.appended.no_consent_by_source == {"youtube": 1}
    assert [one[1] for one in _kept(tmp_path)] == ["tin"]


@pytest.mark.parametrize(
    ("row", "field", "value", "rule"),
    [
        (",mug,bought,2026-10-13,1,purchase", "shopper_id", "", "missing"),
        ("null,mug,bought,2026-10-13,1,purchase", "shopper_id", "null", "nobody"),
        ("ann,,bought,2026-10-13,1,purchase", "product_id", "", "missing"),
        ("ann,mug,eaten,2026-10-13,1,purchase", "kind", "eaten", "unknown_kind"),
        ("ann,mug,bought,,1,purchase", "at", "", "missing"),
        ("ann,mug,bought,13.10.2026,1,purchase", "at", "13.10.2026", "not_a_time"),
        ("ann,mug,bought,2026-13-10,1,purchase", "at", "2026-13-10", "not_a_time"),
        ("ann,mug,bought,2026-10-13,two,purchase", "quantity", "two", "not_a_number"),
        ("ann,mug,bought,2026-10-13,0,purchase", "quantity", "0.0", "out_of_range"),
        ("ann,mug,bought,2026-10-13,1,", "source", "", "missing"),
        (f"{'a' * 101},mug,bought,2026-10-13,1,purchase", "shopper_id", "a" * 80, "longer_than_100"),
        ("ann,mug,bought,2026-10-13,1,purchase,more", "", "more", "more_values_than_columns"),
    ],
)
def test_a_wrong_row_is_named_and_the_next_is_kept(tmp_path: Path, row: str, field: str, value: str, rule: str) -> None:
    found = _brought(tmp_path, f"{HEADER}{row}\nann,mug,bought,2026-10-13,1,purchase\n")
    [refused] = found.rejections
    assert (refused.row, refused.field, refused.value, refused.rule) == (2, field, value, rule)
    assert refused.hint
    assert len(_kept(tmp_path)) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"shopper_id,product_id\nann,mug\n", "no column at"),
        (b"shopper_id,product_id,at\nann,mug,2026-10-13\n", "no column source"),
        (b"shopper_id,product_id,at,source,at\n", "more than once"),
        (HEADER.encode() + b"\xff\n", "line 2: not UTF-8"),
        (HEADER.encode() + b"a" * 1_100_000, "line 2: longer than"),
        (b"PAR1 nonsense", "no Parquet file"),
        (b'shopper_id,product_id,at,source\n"a', "line 2"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_keeps_nothing(tmp_path: Path, content: bytes, why: str) -> None:
    with pytest.raises(FeedError, match=why):
        _brought(tmp_path, content)
    assert _kept(tmp_path) == []


@given(st.text(alphabet=st.sampled_from('a,;"\n1-2026\t '), max_size=60))
def test_any_text_is_rows_rejections_or_an_error_that_says_why(text: str) -> None:
    lines = (line for line in f"{HEADER}{text}".splitlines(keepends=True))
    try:
        assert all(isinstance(one, (Row, Rejection)) for one in read_csv(lines, "", 1000, NOW))
    except FeedError as error:
        assert error.line  # noqa: PT017


class _NoLedger:
    """Takes rows and keeps none."""

    @contextlib.contextmanager
    def importing(self, *, sound: bool) -> Iterator[_NoLedger]:
        assert sound
        yield self

    def __call__(self, rows: list[Row]) -> None:
        assert all(isinstance(one, Row) for one in rows)

    def appended(self) -> Appended:
        return Appended()


def _parquet() -> bytes:
    written = io.BytesIO()
    columns = {"shopper_id": [b"ann"] * 9, "product_id": ["mug"] * 9, "at": ["2026-10-13"] * 9, "source": ["x"] * 9}
    pq.write_table(pa.table(columns), written)
    return written.getvalue()


SOUND = [
    _parquet(),
    (HEADER + "ann,mug,bought,2026-10-13,1,x\n").encode(),
    gzip.compress(b'{"event": "Product Viewed", "userId": "u", "properties": {"sku": "a"}}\n', mtime=0),
]


@given(
    st.sampled_from(SOUND), st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=6), st.floats(0, 1)
)
def test_a_damaged_file_is_read_or_refused_with_why(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, damage: list[tuple[float, int]], cut: float
) -> None:
    damaged = bytearray(content)
    for where, byte in damage:
        damaged[int(where * len(damaged))] = byte
    file = tmp_path_factory.getbasetemp() / "damaged"
    file.write_bytes(damaged if cut > 0.5 else damaged[: int(cut * 2 * len(damaged))])
    with contextlib.suppress(FeedError):
        assert import_file(_NoLedger(), file, now=NOW).read >= 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["2026-10-13T09:30:00Z", "2026-10-13 09:30", "2026-10-13T11:30:00.000000001+02:00", "2026-10-13T04:30:00-0500",
     "2026-10-13 09:30:00 UTC"],
)  # fmt: skip
def test_times_in_usual_forms_are_the_same_moment(text: str) -> None:
    assert moment(text) == datetime(2026, 10, 13, 9, 30, tzinfo=timezone.utc)


@given(st.text(alphabet=st.sampled_from("0123456789-:TZ+. "), max_size=30))
def test_any_other_text_is_no_time(text: str) -> None:
    try:
        assert moment(text).tzinfo is timezone.utc
    except BadMoment as error:
        assert "2026-10-13T09:30:00Z" in str(error) or "away from UTC" in str(error)  # noqa: PT017
