"""The places of many products are found at once, and are the same as each product's own record tells."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from snapshot_shop import product, write_snapshot

from catalog.product import ProductId
from catalog.shelf.columns import Positions, id_digests
from catalog.shelf.records import Records, has_id, id_of, mapped, record_of

_NAMES = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=6)
_ODD = ('a","title":b', 'say "hi"', "back\\slash", "größe", "時計", "tab\there", "a b", '","title":')


def _records(names: list[str]) -> Records:
    lines = [record_of(product(name))[0] for name in names]
    starts = np.cumsum([0, *map(len, lines)])
    return Records(b"".join(lines), starts)


def _positions(names: list[str]) -> Positions:
    digests = id_digests(names)
    order = np.argsort(digests, kind="stable").astype(np.int32)
    return Positions(_records(names), digests[order], order)


@given(st.lists(_NAMES | st.sampled_from(_ODD), unique=True, max_size=8), st.lists(_NAMES | st.sampled_from(_ODD)))
def test_products_are_found_as_a_dictionary_of_their_ids_finds_them(here: list[str], asked: list[str]) -> None:
    """Whatever their ids are made of, however often one is asked for, whoever is not here."""
    places = {name: at for at, name in enumerate(here)}
    found = _positions(here)
    assert found.known([ProductId(name) for name in asked]) == [places[name] for name in asked if name in places]
    assert [found.get(ProductId(name)) for name in asked] == [places.get(name) for name in asked]
    assert dict(found) == places


@given(_NAMES | st.sampled_from(_ODD), _NAMES | st.sampled_from(_ODD))
def test_a_line_is_a_products_where_its_decoded_id_says_so(written: str, asked: str) -> None:
    """The short look at its first bytes says the same as reading it."""
    line, _ = record_of(product(written))
    assert has_id(line, asked) == (id_of(line) == asked)
    assert has_id(line, written)


def test_a_line_written_with_other_escapes_is_still_its_products() -> None:
    """Bytes of another writer differ from ours; the id is what counts."""
    line, _ = record_of(product("größe"))
    other = line.replace("größe".encode(), rb"gr\u00f6\u00dfe", 1)
    assert has_id(other, "größe")
    assert not has_id(other, "grosse")


def test_two_ids_of_one_digest_are_told_apart() -> None:
    """A digest of eight bytes may be met twice; nobody gets the other's product for it."""
    found = Positions(_records(["here"]), id_digests(["stranger"]), np.zeros(1, dtype=np.int32))
    assert found.known([ProductId("stranger")]) == []
    assert ProductId("stranger") not in found


def test_arrays_of_a_snapshot_are_plain(tmp_path: Path) -> None:
    """NumPy's own kind for mapped files makes each small step on it three times as dear."""
    folder = write_snapshot(tmp_path, [product("mug"), product("clock")])
    array = mapped(folder / "prices.npy")
    assert type(array) is np.ndarray
    assert isinstance(array.base, np.memmap)
