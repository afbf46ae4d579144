"""Whoever is forgotten is in no byte of the ledger any more, and stays out."""

from __future__ import annotations

from pathlib import Path

import pytest
from a_ledger import Clock, a_ledger, row

from catalog.interactions import parts
from catalog.interactions.following import Mark

SECRET = "9000000000004711"


@pytest.fixture(autouse=True)
def readable_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write parts unpacked, so that a search of the files' bytes finds what is in them."""
    monkeypatch.setattr(parts, "COMPRESSION", "none")


def _found_in(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]


def _brought(folder: Path) -> None:
    ledger = a_ledger(folder)
    with ledger.importing() as add:
        add([row(who, "mug", days) for who in (SECRET, "ann") for days in range(0, 200, 20)])
    ledger.append([row(SECRET, "tin"), row("ann", "tin", kind="clicked", source="giftbot")])
    with next(folder.glob("live-*.jsonl")).open("ab") as torn:
        torn.write(b'{"n": 99, "shopper_id": "' + SECRET.encode())


def test_no_byte_of_any_file_holds_the_id_of_somebody_forgotten(tmp_path: Path) -> None:
    _brought(tmp_path)
    assert len(_found_in(tmp_path)) > 5  # the search would find it

    assert a_ledger(tmp_path).forget(SECRET) == 11

    assert _found_in(tmp_path) == []
    assert len(list(a_ledger(tmp_path).rows(shopper_id="ann"))) == 11


def test_forgetting_one_source_keeps_what_others_told(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    ledger.append([row(SECRET, "mug"), row(SECRET, "mug", kind="liked", source="giftbot")])

    assert ledger.forget(SECRET, "purchase") == 1

    assert [one.source for one in ledger.rows(shopper_id=SECRET)] == ["giftbot"]


def test_an_old_export_does_not_bring_somebody_back_and_what_they_do_later_counts(tmp_path: Path) -> None:
    clock = Clock()
    ledger = a_ledger(tmp_path, clock=clock)
    ledger.append([row(SECRET, "mug", 3)])
    ledger.forget(SECRET)
    clock.goes_on(days=1)

    found = ledger.append([row(SECRET, "mug", 3), row(SECRET, "tin", -0.5)])

    assert (found.accepted, found.refused_forgotten) == (1, 1)


def test_followers_learn_who_was_forgotten_without_the_id_being_kept(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    ledger.append([row(SECRET, "mug"), row("ann", "mug")])
    mark = ledger.now()
    ledger.forget(SECRET)

    live = ledger.live_since(mark)

    assert ledger.known_by(live.forgotten, [b"ann", SECRET.encode()]) == [SECRET]
    assert ledger.live_since(Mark(0)).rows == (row("ann", "mug"),)


def test_what_a_killed_import_left_of_somebody_goes_with_them(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    with pytest.raises(KeyboardInterrupt), ledger.importing() as add:  # noqa: PT012
        add([row(SECRET, "mug")])
        add._bulk.finish()
        raise KeyboardInterrupt
    assert _found_in(tmp_path)

    ledger.forget(SECRET)

    assert _found_in(tmp_path) == []


def test_two_ledgers_know_the_same_shopper_by_different_marks(tmp_path: Path) -> None:
    marks = []
    for name in ("one", "other"):
        ledger = a_ledger(tmp_path / name)
        ledger.forget(SECRET)
        marks.append(ledger.live_since(Mark(0)).forgotten[0].mark)
    assert marks[0] != marks[1]


def test_several_are_forgotten_at_once_each_of_what_was_asked(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    with ledger.importing() as add:
        add([row(who, "mug", source=source) for who in ("ann", "bob", "cy") for source in ("purchase", "giftbot")])
    ledger.append([row("bob", "tin"), row("cy", "tin")])

    removed = ledger.forget_all({"ann": frozenset({""}), "bob": frozenset({"purchase"})})

    left = [(one.shopper_id, one.product_id, one.source) for one in ledger.rows()]
    assert removed == 4
    assert sorted(left) == [
        ("bob", "mug", "giftbot"), ("cy", "mug", "giftbot"), ("cy", "mug", "purchase"), ("cy", "tin", "purchase"),
    ]  # fmt: skip
