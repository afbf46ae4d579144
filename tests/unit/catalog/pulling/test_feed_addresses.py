"""An address is one that can be read in one way only, or it is refused with what to write."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from catalog.pulling.errors import AddressRefused
from catalog.pulling.feed_url import FeedUrl

PORTS = (443, 8443)


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("https://shop.example/feed.xml?key=1", "shop.example", 443),
        ("HTTPS://Shop.Example:8443/feed", "shop.example", 8443),
        ("https://shop.example./feed", "shop.example", 443),
        ("https://bücher.example/feed", "xn--bcher-kva.example", 443),
        ("https://a_b.shop.example/feed", "a_b.shop.example", 443),
    ],
)
def test_an_ordinary_address_is_read(address: str, host: str, port: int) -> None:
    """Nobody is kept from a feed that is where it should be."""
    read = FeedUrl.parse(address, PORTS)

    assert (read.host, read.port) == (host, port)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://shop.example/feed", "only https"),
        ("ftp://shop.example/feed", "only https"),
        ("file:///etc/passwd", "only https"),
        ("gopher://shop.example/", "only https"),
        ("//shop.example/feed", "only https"),
        ("shop.example/feed", "only https"),
        ("", "only https"),
        ("https://", "no host"),
        ("https:///feed", "no host"),
        ("https://anna:secret@shop.example/", "user name"),
        ("https://shop.example@127.0.0.1/", "user name"),
        ("https://@shop.example/", "user name"),
        ("https://shop.example:80/", "port 80"),
        ("https://shop.example:22/", "port 22"),
        ("https://shop.example:99999/", "read"),
        ("https://shop.example\\@127.0.0.1/", "backslash"),
        ("https://shop.example /feed", "blank"),
        ("https://shop.example/feed\r\nHost: inside", "blank"),
        ("https://127.0.0.1/", "number"),
        ("https://[::1]/", "number"),
        ("https://[]@", "number"),
        ("https://2130706433/", "number"),
        ("https://017700000001/", "number"),
        ("https://0x7f000001/", "number"),
        ("https://127.1/", "number"),
        ("https://0x7f.1/", "number"),
        ("https://127.0.0.0x1/", "number"),
        ("https://127。0。0。1/", "number"),
        ("https://１２７.0.0.1/", "number"),
        ("https://%31%32%37.0.0.1/", "host|number|read"),
        ("https://shop%2eexample/", "host|read|letters"),
        ("https://localhost/", "network only"),
        ("https://intranet/", "network only"),
        ("https://-shop.example/", "letters"),
        ("https://shop..example/", "host|read|letters"),
        ("https://" + "a" * 64 + ".example/", "host|read|letters"),
        ("https://shop.example/" + "a" * 3000, "longer"),
    ],
)
def test_any_other_is_refused_with_what_to_write(address: str, told: str) -> None:
    """Before any name is looked up."""
    with pytest.raises(AddressRefused, match=told):
        FeedUrl.parse(address, PORTS)


@pytest.mark.parametrize(
    ("location", "where"),
    [
        ("/other.xml", "https://shop.example/other.xml"),
        ("https://cdn.example/feed", "https://cdn.example/feed"),
        ("//cdn.example/feed", "https://cdn.example/feed"),
    ],
)
def test_a_redirect_is_read_from_where_it_was_found(location: str, where: str) -> None:
    """Relative or whole."""
    assert FeedUrl.parse("https://shop.example/feed", PORTS).redirected(location, PORTS).told == where


@pytest.mark.parametrize(
    "location",
    [
        "http://shop.example/feed", "https://127.0.0.1/", "https://[::1]/", "file:///etc/passwd", "//localhost/",
        "https://a:b@shop.example/", "https://shop.example:6379/", "\\\\inside\\share", "https://[::1", "javascript:1",
    ],
)  # fmt: skip
def test_a_redirect_is_checked_like_the_first_address(location: str) -> None:
    """The first server is not trusted to choose the second."""
    with pytest.raises(AddressRefused):
        FeedUrl.parse("https://shop.example/feed", PORTS).redirected(location, PORTS)


def test_messages_keep_the_query_to_themselves() -> None:
    """It often holds a key."""
    assert "s3cret" not in FeedUrl.parse("https://shop.example/feed?key=s3cret#x", PORTS).told


@given(st.text(alphabet="htps:/[]@.0127fx%-_aé。\\ #?", max_size=40).map("https://".__add__))
@example("https://0._")
@settings(deadline=None, max_examples=300)
def test_whatever_is_written_is_read_or_refused(address: str) -> None:
    """And what is read is a name, never a number."""
    try:
        read = FeedUrl.parse(address, PORTS)
    except AddressRefused:
        return
    assert any(letter.isalpha() for letter in read.host.rpartition(".")[2])
    assert "." in read.host
