"""Columns are found by name: Google's names, Meta's, and those spreadsheets use (columns.json)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

KNOWN: dict[str, list[str]] = json.loads(Path(__file__).with_name("columns.json").read_text(encoding="utf-8"))
"""By our name: the names a feed may use, the better ones first."""
OURS: dict[str, str] = {name: ours for ours, theirs in KNOWN.items() for name in theirs}
"""Our name by any of the names a feed may use."""
REPEATED = frozenset(
    ("additional_image_link", "shipping", "promotion_id", "product_highlight", "product_detail", "product_type", "tags",
     "included_destination", "excluded_destination", "certification", "tax", "size_type", "color", "gtin")
)  # fmt: skip
"""Names a product may have several times; their values are joined by a comma."""
SHIPPING = (
    "country", "region", "service", "price", "min_handling_time", "max_handling_time", "min_transit_time",
    "max_transit_time",
)  # fmt: skip
"""Google's order of the parts of a shipping entry."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_META_FIELD = re.compile(r"\s*\(product\.metafields\.[^)]*\)$")
_OTHER = re.compile(r"[^\w]+")


def plain_name(name: str) -> str:
    """A column's name in lower case with underscores: ``g:Image Link``, ``imageLink``, ``Image-Link`` are one."""
    name = _META_FIELD.sub("", name.strip())
    name = name[2:] if name[:2].casefold() in ("g:", "c:") else name
    return _OTHER.sub("_", _CAMEL.sub("_", name).casefold()).strip("_")[:80]


def shipping_in_order(value: str, parts: Sequence[str]) -> str:
    """Put shipping entries into Google's order where the header names another, as in ``shipping(country:price)``."""
    entries = [dict(zip(parts, entry.split(":"))) for entry in value.split(",")]  # noqa: B905  (entries may be short)
    return ",".join(":".join(entry.get(part, "") for part in SHIPPING) for entry in entries)


def our_names(names: Sequence[str]) -> list[str]:
    """Replace synonyms by our names. Where two columns could be one of ours, the better name gets it."""
    present = set(names)
    taken = {}
    for ours, theirs in KNOWN.items():
        found = next((name for name in theirs if name in present and name not in taken), None)
        if found:
            taken[found] = ours
    return [taken.get(name, name) for name in names]
