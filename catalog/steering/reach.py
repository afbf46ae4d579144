"""Which products of a shelf a steer reaches: by id, by words of the title, by type or by any attribute."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from catalog.feeds.cleaning.text import defused
from catalog.product import Product, ProductId
from catalog.steering.steer import Steer
from catalog.words.stems import phrase
from catalog.words.terms import GiftTerms
from catalog.words.text_index import TextIndex

Positions = NDArray[np.int32]
TITLE, TYPE = "title", "product_type"
_WORD = re.compile(r"[a-z0-9]+", re.IGNORECASE)


class ShelfLike(Protocol):
    """What steering needs of a shelf."""

    @property
    def snapshot_id(self) -> str: ...
    @property
    def positions(self) -> Mapping[ProductId, int]: ...
    @property
    def records(self) -> Sequence[bytes]: ...
    @property
    def text(self) -> TextIndex: ...
    @property
    def terms(self) -> GiftTerms: ...
    @property
    def size(self) -> int: ...
    @property
    def main_currency(self) -> str: ...
    def at(self, position: int) -> Product: ...


class Reaches:
    """The reaches found on one shelf; kept, so that a changed steering file costs only what is new in it."""

    def __init__(self, shelf: ShelfLike) -> None:
        self.shelf = shelf
        self._found: dict[tuple[tuple[str, str], ...], Positions] = {}

    def are_of(self, shelf: ShelfLike) -> bool:
        """Tell whether they hold for this shelf: it shows the same snapshot, whatever was learnt since."""
        return self.shelf is shelf or (shelf.snapshot_id, shelf.size) == (self.shelf.snapshot_id, self.shelf.size)

    def knows(self, steer: Steer) -> bool:
        """Tell whether its products are known without looking at every product of the shelf."""
        return bool(steer.products) or _asked(steer) in self._found

    def of(self, steer: Steer) -> Positions:
        """Return the positions a steer reaches, sorted; empty where the shelf has none of what it names."""
        if steer.products:
            return _sorted(self.shelf.positions[name] for name in steer.products if name in self.shelf.positions)
        asked = _asked(steer)
        if asked not in self._found:
            self._found[asked] = self._where(steer.where)
        return self._found[asked]

    def _where(self, where: Mapping[str, str]) -> Positions:
        """Products of which all of it holds; reading each takes 20 microseconds, so the likely ones are told first."""
        likely: Iterable[int] = range(self.shelf.size)
        if TITLE in where:
            likely = np.unique(self.shelf.text.holding(phrase(where[TITLE]), fields=1)).tolist()
        told = {name: value for name, value in where.items() if name != TITLE}
        for value in told.values():
            likely = _holding_words(self.shelf.records, likely, value)
        return _sorted(at for at in likely if not told or _all_hold(told, self.shelf.at(at).attributes))


def _asked(steer: Steer) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(steer.where.items()))


def _holding_words(records: Sequence[bytes], likely: Iterable[int], value: str) -> Iterable[int]:
    """Keep the records that hold the value's plain words one after the other somewhere."""
    words = _WORD.findall(value)
    if not words:
        return likely
    search = re.compile(b"[^a-z0-9]+".join(word.encode() for word in words), re.IGNORECASE).search
    return [at for at in likely if search(records[at])]


def _all_hold(told: Mapping[str, str], attributes: Mapping[str, str]) -> bool:
    return all(_holds(name, value, attributes.get(name)) for name, value in told.items())


def _holds(name: str, value: str, found: str | None) -> bool:
    """Compare without regard to case and blanks; a type includes all below it ("Home > Kitchen")."""
    if found is None:
        return False
    if name == TYPE:
        asked, has = _path(value), _path(found)
        return has[: len(asked)] == asked
    return _plain(found) == _plain(value)


def _path(product_type: str) -> list[str]:
    return [_plain(part) for part in product_type.split(">")]


def _plain(text: str) -> str:
    """The text as a feed's cleaning leaves it, without regard to case and blanks."""
    return " ".join(defused(text).lower().split())


def _sorted(positions: Iterable[int]) -> Positions:
    return np.unique(np.fromiter(positions, dtype=np.int32))
