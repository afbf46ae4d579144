"""A feed is read as it stands: text only, line numbers true, limits kept."""

from __future__ import annotations

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.feeds.delimited import MAX_LINE_BYTES, read_bytes
from catalog.feeds.rows import FeedError

_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(st.lists(st.tuples(_text, _text, _text), max_size=20), st.sampled_from(",;\t"))
def test_whatever_is_written_is_read_back_as_text(rows: list[tuple[str, str, str]], separator: str) -> None:
    """Separators, quotes and odd characters inside values must not move a price into a title."""
    written = io.StringIO()
    out = csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL)
    out.writerow(["id", "title", "price"])
    out.writerows(rows)
    read = [tuple(row.values.values()) for row in read_bytes(written.getvalue().encode())]
    assert read == [tuple(v.strip() for v in row) for row in rows if any(v.strip() for v in row)]


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader_otherwise_than_by_a_feed_error(content: bytes) -> None:
    """A broken upload is told to the merchandiser, it does not crash the import."""
    with contextlib.suppress(FeedError):
        list(read_bytes(content))


def test_a_leading_zero_stays() -> None:
    """00123 is an id, not a number."""
    assert next(read_bytes(b"id,price\n00123,007.50\n")).values == {"id": "00123", "price": "007.50"}


def test_a_row_knows_its_line_also_after_a_value_of_two_lines() -> None:
    """The merchandiser looks up the line we name."""
    rows = list(read_bytes(b'id,title\n1,"two\nlines"\n2,b\n'))
    assert [row.number for row in rows] == [3, 4]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"id,id\n1,2\n", "more than once"),
        (b"id,title\n1,\xff\n", "line 2 is not UTF-8"),
        (b"id,title\n1,a\x00b\n", "zero byte"),
        (b"id,title\n1," + b"a" * (MAX_LINE_BYTES + 5), "longer than"),
        (",".join(f"c{n}" for n in range(300)).encode() + b"\n", "columns"),
    ],
)
def test_a_feed_that_cannot_be_read_says_why(content: bytes, told: str) -> None:
    """Each limit has its own words."""
    with pytest.raises(FeedError, match=told):
        list(read_bytes(content))


def test_google_names_and_tabs_are_understood() -> None:
    """Google Merchant's text feeds write g:id and separate by tabs."""
    assert next(read_bytes(b"\xef\xbb\xbfg:id\tImage link\n7\thttps://a.example/x\n")).values == {
        "id": "7",
        "image_link": "https://a.example/x",
    }
