"""What is inside stays out of reach, however it is written; what is public can be reached."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.pulling.addresses import why_inside

INSIDE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.254",
    "127.0.0.1", "127.1.2.3", "127.255.255.255", "169.254.0.1", "169.254.169.254", "169.254.170.2", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255",
    "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "168.63.129.16",
    "::", "::1", "::2", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "::ffff:8.8.8.8", "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254",
    "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1", "2001:20::1",
    "2001:db8::1", "2002:7f00:1::1", "2002:a00:1::1", "2002:808:808::1", "2620:4f:8000::1", "3fff::1", "5f00::1",
    "fc00::1", "fd00:ec2::254", "fd20:ce::254", "fe80::1", "fe80::1%eth0", "fe80::5efe:127.0.0.1", "fec0::1",
    "ff02::1", "ff0e::1", "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:a00:1", "localhost", "",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "192.167.1.1",
          "193.0.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "64:ff9b::8.8.8.8"]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_an_inner_network_may_be_connected_to(address: str) -> None:
    """Private, loopback, link-local, shared, reserved, metadata, mapped, translated or tunnelled."""
    assert why_inside(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_connected_to(address: str) -> None:
    """A rule that refuses all would be safe and useless."""
    assert why_inside(address) is None


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
@settings(deadline=None)
def test_nothing_python_calls_private_is_ever_allowed(address: IPv4Address) -> None:
    """Two lists made by different people agree on what is inside."""
    if not address.is_global or address.is_multicast:
        assert why_inside(str(address))


STARTS = ["::", "::ffff:0:0", "64:ff9b:1::", "100::", "2001::", "2001:db8::", "2002::", "3fff::", "5f00::", "fc00::",
          "fd00::", "fe80::", "fec0::", "ff00::", "2606:4700::"]  # fmt: skip


@given(st.sampled_from(STARTS), st.integers(0, 2**96 - 1))
@settings(deadline=None)
def test_nor_of_version_six(start: str, rest: int) -> None:
    """The same for the larger half, near where it is special."""
    address = IPv6Address(int(IPv6Address(start)) | rest)
    embeds = address.ipv4_mapped or address.sixtofour or address.teredo
    if not address.is_global or address.is_multicast or embeds:
        assert why_inside(str(address))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
@settings(deadline=None)
def test_a_translated_address_is_what_it_translates_to(address: IPv4Address) -> None:
    """64:ff9b::/96 leads where its last four bytes say."""
    translated = str(IPv6Address(int(ip_address("64:ff9b::")) | int(address)))

    assert bool(why_inside(translated)) is bool(why_inside(str(address)))
