"""Feeds are read in a process that can harm nobody, and the samples of docs/feeds.md are what the page says."""

from __future__ import annotations

import gzip
import os
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import psutil
import pytest

from catalog.feeds import wire
from catalog.feeds.how import HowToRead
from catalog.feeds.limits import Limits
from catalog.feeds.offer_update import OfferUpdate
from catalog.feeds.reading import read_feed
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError
from catalog.product import Product

SAMPLES = Path(__file__).resolve().parents[4] / "data/samples/feeds"
HOW = HowToRead(date(2026, 11, 22), currency="GBP", link_template="https://shop.example/products/{handle}")
FORMATS = {
    "google-rss.xml": ("google-xml", 2), "google-atom.xml": ("google-xml", 2), "google.tsv": ("google-tsv", 3),
    "shopify-legacy.csv": ("shopify-csv", 2), "shopify-new.csv": ("shopify-csv", 1), "meta.csv": ("meta-csv", 3),
    "plain.csv": ("csv", 2), "plain-semicolon.csv": ("csv", 2), "products.jsonl": ("jsonl", 2),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_each_sample_is_known_by_its_content_and_taken_whole(name: str, read: Any) -> None:
    """No file name is looked at, and no good row is refused."""
    how = {"currency": HOW.currency, "link_template": HOW.link_template}
    feed = read((SAMPLES / name).read_bytes(), **how)
    assert (feed.format, len(feed.results)) == FORMATS[name]
    assert all(isinstance(result, Product) for result in feed.results)


def test_every_sample_file_is_tried() -> None:
    """A sample nobody reads would rot."""
    assert {path.name for path in SAMPLES.iterdir()} == {*FORMATS, "update.csv"}


@pytest.mark.parametrize("packing", ["gzip", "zip", "zip of a Mac"])
def test_a_packed_feed_gives_what_the_plain_one_gives(packing: str, tmp_path: Path) -> None:
    """Gzip, zip, and what macOS puts beside the one file."""
    plain = SAMPLES / "google-rss.xml"
    packed = tmp_path / "feed"
    if packing == "gzip":
        half = len(plain.read_bytes()) // 2
        packed.write_bytes(gzip.compress(plain.read_bytes()[:half]) + gzip.compress(plain.read_bytes()[half:]))
    else:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(plain, "feed/products.xml")
            if packing == "zip of a Mac":
                archive.writestr("__MACOSX/feed/._products.xml", b"\0\5\x16\7")
    assert list(read_feed(packed, HOW)) == list(read_feed(plain, HOW))


def test_what_travels_from_the_reading_process_arrives_as_it_left(read: Any) -> None:
    """Every field of a product, an update and a rejection, to the cent and the second."""
    how = {"currency": HOW.currency, "link_template": HOW.link_template}
    results = [one for name in FORMATS for one in read((SAMPLES / name).read_bytes(), **how).results]
    results += read((SAMPLES / "update.csv").read_bytes(), kind="update").results
    results += read("id,title,price,availability,link\n1,Ü,x,in_stock,https://shop.example/\n").results
    assert {type(one) for one in results} == {Product, OfferUpdate, Rejection}
    line = f"[{','.join(map(wire.packed, results))}]"
    assert [wire.unpacked(parts, HOW.as_of) for parts in wire.json.loads(line)] == results


def test_the_figures_of_a_reading_are_known_at_its_end() -> None:
    """Format, rows, what was skipped and memory: the import's report is made of them."""
    with read_feed(SAMPLES / "shopify-legacy.csv", HOW) as feed:
        assert len(list(feed)) == 2
    assert (feed.format, feed.rows, feed.skipped) == ("shopify-csv", 2, {"gift_card": 1, "draft": 1})
    assert feed.bytes_read == feed.bytes_in_all == (SAMPLES / "shopify-legacy.csv").stat().st_size
    assert 0 < feed.peak_memory < 100 << 20


def _big(path: Path, rows: int) -> Path:
    line = "{},Tea cosy,4.95,GBP,in_stock,https://shop.example/p/1\n"
    path.write_text("id,title,price,currency,availability,link\n" + "".join(line.format(n) for n in range(rows)))
    return path


def _readers() -> list[int]:
    children = psutil.Process().children()
    return [one.pid for one in children if "catalog.feeds.child" in one.cmdline()]


def test_a_reading_given_up_leaves_no_process_behind(tmp_path: Path) -> None:
    """An import that fails half-way must not leave a parser running."""
    with read_feed(_big(tmp_path / "feed", 20_000), HOW) as feed:
        results = iter(feed)
        assert isinstance(next(results), Product)
        assert len(_readers()) == 1
    assert not _readers()


def test_a_reader_that_is_killed_is_a_feed_error(tmp_path: Path) -> None:
    """Whatever ends it, the import is told and goes on."""
    with read_feed(_big(tmp_path / "feed", 60_000), HOW) as feed:
        results = iter(feed)
        next(results)
        psutil.Process(_readers()[0]).kill()
        with pytest.raises(FeedError, match=r"ended \(code -9\)"):
            list(results)


def test_the_reading_process_has_neither_our_secrets_nor_our_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed that took the parser over would find no key and no file of ours open."""
    monkeypatch.setenv("GIFTBOT_X_CONSUMER_SECRET", "do-not-tell")
    with read_feed(_big(tmp_path / "feed", 60_000), HOW) as feed:
        results = iter(feed)
        next(results)
        reader = psutil.Process(_readers()[0])
        assert not [name for name in reader.environ() if name.startswith("GIFTBOT")]
        assert reader.cwd() == "/"
        handles = set(os.listdir(f"/proc/{reader.pid}/fd"))
        assert handles <= {"0", "1", "2"}


def test_a_feed_that_is_no_file_is_refused_in_words(tmp_path: Path) -> None:
    """A named pipe cannot be read twice, and a missing file is the system's own error."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FeedError, match="no file"):
        list(read_feed(tmp_path / "pipe", HOW))
    with pytest.raises(FileNotFoundError):
        list(read_feed(tmp_path / "nothing", HOW))


def test_how_to_read_travels_whole() -> None:
    """Limits and wishes reach the reading process as they were said."""
    how = HowToRead(
        date(2026, 1, 2), "EUR", "https://shop.example/{id}", Limits(rows=7), "update", "csv", "IE", "Asia/Tokyo"
    )
    assert wire.how_of(wire.told(how)) == how


@pytest.mark.parametrize("currency", ["gbp", "£", "GBPX", "", "QQQ"])
def test_a_currency_that_is_none_is_refused_before_reading(currency: str) -> None:
    """Not once a row."""
    with pytest.raises(ValueError, match="capital letters"):
        HowToRead(date(2026, 1, 2), currency=currency)


def test_a_time_zone_that_is_none_is_refused_before_reading() -> None:
    """Not once a row."""
    with pytest.raises(ValueError, match="write it like Europe/London"):
        HowToRead(date(2026, 1, 2), time_zone="London/../x")
