"""Which texts of a product are searched, the telling ones first: what a thing is called says more than its blurb."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.product import Product

KIND_FIELDS = 2
"""The first fields: title and type. Only these say what a thing is and whom it is for."""
NAME_FIELDS = 3
"""Title, type and brand: a wish met here is met; one met in the rest is met nearly."""
_TYPES = ("product_type", "google_product_category")
_LABELS = tuple(f"custom_label_{at}" for at in range(5))
_BESIDE = ("tags", "material")
_DESCRIPTION = "description"
MOST_WORDS = 40
"""Of labels and description, and again of tags and material.

What comes later is delivery, care and praise, and would be three quarters of the index.
"""


def texts_of(product: Product) -> tuple[str, ...]:
    """Return title, type, brand, and the rest: labels, tags, material and the beginning of the description."""
    told = product.attributes
    kind = next((told[name] for name in _TYPES if name in told), "")
    parts = ((*_LABELS, _DESCRIPTION), _BESIDE)  # each with words of its own, so that many tags push out no blurb
    rest = (" ".join(" ; ".join(_present(product, names)).split()[:MOST_WORDS]) for names in parts)
    return product.title, kind, told.get("brand", ""), " ; ".join(filter(None, rest))


def _present(product: Product, names: tuple[str, ...]) -> Iterator[str]:
    return (product.attributes[name] for name in names if name in product.attributes)
