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
_DESCRIPTION = "description"
MOST_WORDS = 40
"""Of a description; what comes later is delivery, care and praise, and would be three quarters of the index."""


def texts_of(product: Product) -> tuple[str, ...]:
    """Return title, type, brand, and the merchant's labels with the beginning of the description; some may be empty."""
    told = product.attributes
    kind = next((told[name] for name in _TYPES if name in told), "")
    rest = " ; ".join((*_present(product, _LABELS), *_present(product, (_DESCRIPTION,))))
    return product.title, kind, told.get("brand", ""), " ".join(rest.split()[:MOST_WORDS])


def _present(product: Product, names: tuple[str, ...]) -> Iterator[str]:
    return (product.attributes[name] for name in names if name in product.attributes)
