"""Which network addresses a feed may be fetched from: public ones, nothing inside, nothing that tunnels inside.

From IANA's special-purpose registries (RFC 6890 and later) and the addresses under which clouds serve their secrets.
Python's own ``is_global`` is not asked: what it says differs between Python's releases.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_INSIDE_4 = {
    IPv4Network(block): why
    for block, why in {
        "0.0.0.0/8": "this host itself",
        "10.0.0.0/8": "a private network",
        "100.64.0.0/10": "a provider's inner network",
        "127.0.0.0/8": "this host itself",
        "169.254.0.0/16": "link-local (cloud metadata)",
        "172.16.0.0/12": "a private network",
        "192.0.0.0/24": "reserved",
        "192.0.2.0/24": "for documentation",
        "192.31.196.0/24": "reserved (AS112)",
        "192.52.193.0/24": "reserved (AMT)",
        "192.88.99.0/24": "a tunnel",
        "192.168.0.0/16": "a private network",
        "192.175.48.0/24": "reserved (AS112)",
        "198.18.0.0/15": "for measurements",
        "198.51.100.0/24": "for documentation",
        "203.0.113.0/24": "for documentation",
        "224.0.0.0/4": "multicast",
        "240.0.0.0/4": "reserved or broadcast",
        "168.63.129.16/32": "Azure's own (metadata)",
    }.items()
}
_PUBLIC_6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_INSIDE_6 = {
    IPv6Network(block): why
    for block, why in {
        "2001::/23": "a tunnel or reserved (Teredo and others)",
        "2001:db8::/32": "for documentation",
        "2002::/16": "a tunnel (6to4)",
        "2620:4f:8000::/48": "reserved (AS112)",
        "3fff::/20": "for documentation",
    }.items()
}
_ISATAP = (0x00005EFE, 0x02005EFE)
"""Upper half of an interface identifier that holds an IPv4 address to tunnel to."""


def why_inside(address: str) -> str | None:
    """Say why an address may not be connected to; None for a public one. What is no address is refused too."""
    if "%" in address:
        return "link-local (it names an interface)"
    try:
        found = ip_address(address)
    except ValueError:
        return "not an address"
    return _inside_4(found) if isinstance(found, IPv4Address) else _inside_6(found)


def _inside_4(address: IPv4Address) -> str | None:
    return next((why for block, why in _INSIDE_4.items() if address in block), None)


def _inside_6(address: IPv6Address) -> str | None:
    number = int(address)
    if address in _NAT64:  # how a network without IPv4 reaches the public IPv4 internet
        why = _inside_4(IPv4Address(number & 0xFFFFFFFF))
        return f"{why} behind a translation" if why else None
    if address not in _PUBLIC_6:
        return "not of the public internet (loopback, link-local, private, mapped, multicast or reserved)"
    if (number >> 32) & 0xFFFFFFFF in _ISATAP:
        return "a tunnel (ISATAP)"
    return next((why for block, why in _INSIDE_6.items() if address in block), None)
