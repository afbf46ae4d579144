"""What is stored of a product is what comes back, in every form; arrays say the same as the records."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from snapshot_shop import DAY, FULL, HOUR, NOW, PLAIN, product, write_snapshot

from catalog.product import Delivery, Offer, Product, ProductId, Sale
from catalog.publishing.array_file import ArrayFile
from catalog.publishing.snapshot_writer import read_ids, read_products
from catalog.publishing.text_writer import TextWriter
from catalog.shelf.columns import price_number, price_of
from catalog.shelf.records import id_of, product_of, product_of_row, record_of, rows_of
from catalog.shelf.shelf import Shelf, open_text
from catalog.words.text_index import TextIndex

_SPANS = st.none() | st.tuples(st.integers(0, 20), st.integers(0, 20))
_MOMENTS = st.none() | st.integers(0, 2**31).map(lambda seconds: datetime.fromtimestamp(seconds, timezone.utc))
_PRICES = st.decimals("0.0001", "999999", places=4, allow_nan=False)
_TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
_OFFERS = st.builds(
    Offer,
    _PRICES,
    st.sampled_from(["GBP", "EUR"]),
    st.booleans(),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.none(),
    st.none() | st.builds(Sale, _PRICES, _MOMENTS, _MOMENTS),
)
_PRODUCTS = st.builds(
    Product,
    _TEXTS.map(ProductId),
    _TEXTS,
    _TEXTS,
    st.none() | _TEXTS,
    st.dictionaries(_TEXTS, _TEXTS, max_size=3),
    _OFFERS,
    _SPANS,
    st.sampled_from([None, "female", "male"]),
    st.builds(Delivery, _SPANS, _SPANS).filter(lambda one: one != Delivery()) | st.none(),
    st.none() | st.decimals("-1", "1", places=3, allow_nan=False),
)


@given(_PRODUCTS)
def test_any_product_comes_back_from_a_record_and_from_a_row(one: Product) -> None:
    """No cent, no letter and no day is lost on the way."""
    record, _ = record_of(one)
    assert product_of(record) == one
    assert id_of(record) == one.id
    columns = rows_of([one])
    assert product_of_row({name: values[0] for name, values in columns.items()}) == one


@given(_PRICES)
def test_a_price_survives_its_whole_number(price: Decimal) -> None:
    """Prices are compared as whole numbers; none may change by that."""
    assert price_of(price_number(price)) == price


def test_the_digest_knows_all_but_the_day() -> None:
    """The same offer told again a day later is unchanged; another price is not."""
    _, first = record_of(product("a", as_of=DAY))
    assert record_of(product("a", as_of=DAY - timedelta(days=3)))[1] == first
    assert record_of(product("a", "10.01", as_of=DAY))[1] != first


def test_a_shelf_finds_every_product_and_nothing_else(tmp_path: Path) -> None:
    """Found by a digest of the id, checked against the id itself."""
    many = [product(f"p{at}") for at in range(300)]
    shelf = Shelf.of_snapshot(write_snapshot(tmp_path, many))
    assert [shelf.product(one.id) for one in many] == many
    assert shelf.product(ProductId("p300")) is None
    assert list(shelf.positions) == [one.id for one in many] == read_ids(tmp_path)
    assert read_products(tmp_path / "products.parquet") == many


def test_the_arrays_say_what_the_records_say(tmp_path: Path) -> None:
    """Ranking filters by the arrays and shows the records."""
    shelf = Shelf.of_snapshot(write_snapshot(tmp_path, [FULL, PLAIN]))
    columns = shelf.columns
    assert (columns.prices.tolist(), columns.in_stock.tolist()) == ([195000, 60000], [True, False])
    assert (columns.sale_price.tolist(), int(columns.sale_from[0])) == ([150000, 0], int((NOW - HOUR).timestamp()))
    assert (columns.ages_from.tolist(), columns.ages_to.tolist(), columns.gender.tolist()) == (
        [18, -1],
        [99, -1],
        [1, 0],
    )
    assert (columns.handling_most.tolist(), columns.transit_most.tolist()) == ([1, -1], [3, -1])
    assert columns.margin[0] == np.float32(0.35)
    assert np.isnan(columns.margin[1])
    assert (columns.stock_day - columns.price_day).tolist() == [1, 0]
    assert shelf.currency.tolist() == ["GBP", "EUR"]
    assert shelf.sold_in("EUR").tolist() == [False, True]
    assert not shelf.sold_in("USD").any()


@pytest.mark.parametrize(
    ("after", "price"), [(-2 * HOUR, 195000), (-HOUR, 150000), (0 * HOUR, 150000), (HOUR, 195000), (2 * HOUR, 195000)]
)
def test_a_sale_begins_and_ends_by_the_clock(tmp_path: Path, after: timedelta, price: int) -> None:
    """Without a new import; the arrays and the offer agree to the second."""
    shelf = Shelf.of_snapshot(write_snapshot(tmp_path, [FULL, PLAIN]))
    for moment in (NOW - 5 * HOUR, NOW + after, NOW, NOW + after):
        shelf.prices_at(moment)
    assert shelf.prices_at(NOW + after).tolist() == [price, 60000]
    assert price_number(FULL.offer.at(NOW + after).price) == price


def test_one_id_twice_is_no_snapshot(tmp_path: Path) -> None:
    """Which of two prices is true nobody could tell."""
    with pytest.raises(ValueError, match="two products of one id"):
        write_snapshot(tmp_path, [product("a"), product("b"), product("a", "2.00")])


@given(st.lists(st.lists(st.text("ab ", max_size=6), min_size=1, max_size=3).map(tuple), max_size=8), st.data())
def test_words_written_as_they_come_are_the_index_built_at_once(
    tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, ...]], data: st.DataObject
) -> None:
    """Streaming must not change what is found."""
    folder, built = tmp_path_factory.mktemp("words"), TextIndex.build(texts)
    writer, cut = TextWriter(folder), data.draw(st.integers(0, len(texts)))
    for piece in (texts[:cut], texts[cut:]):
        writer.add(piece)
    writer.finish()
    opened = open_text(folder)
    for phrase in {(word,) for word in built.words} | {("a", "b"), ("aa", "b")}:
        assert sorted(opened.holding(phrase).tolist()) == sorted(built.holding(phrase).tolist())
        assert sorted(opened.holding(phrase, 1).tolist()) == sorted(built.holding(phrase, 1).tolist())
    assert [opened.stems(at) for at in range(opened.size)] == [built.stems(at) for at in range(built.size)]


def test_an_array_written_in_pieces_reads_as_one(tmp_path: Path) -> None:
    """Also with nothing in it."""
    for pieces in ([], [[1, 2], [], [3]]):
        with ArrayFile(tmp_path / "a.npy", "<i4") as file:
            for piece in pieces:
                file.append(np.array(piece, dtype=np.int32))
        assert np.load(tmp_path / "a.npy", mmap_mode=None).tolist() == [each for piece in pieces for each in piece]
