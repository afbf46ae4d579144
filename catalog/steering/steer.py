"""A steer: what a merchandiser wants of some products for a while."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from catalog.product import ProductId
from catalog.steering.for_brief import ForBrief

Does = Literal["boost", "bury", "pin", "hide"]


@dataclass(frozen=True)
class Steer:
    """One wish of a merchandiser."""

    id: str
    does: Does
    products: tuple[ProductId, ...]
    """These, or where none is named:"""
    where: Mapping[str, str]
    """products of which all of this holds: ``title`` (words), ``product_type`` (with all below it), attributes."""
    brief: ForBrief | None
    """Only for briefs like this; None: for all."""
    strength: float
    """Of a boost or a bury, above 0 and up to 1."""
    author: str
    reason: str
    starts: datetime
    ends: datetime

    def is_on(self, now: datetime) -> bool:
        """Tell whether it is in force at this moment."""
        return self.starts <= now < self.ends
