"""Whoever is forgotten is in no byte of the ledger any more, and stays out."""

from __future__ import annotations

import os
import time
from pathlib import Path
from unittest.mock import Mock

import pytest
from a_ledger import NOW, Clock, a_ledger, killed_while_importing, row

from catalog.interactions import forgetting, parts
from catalog.interactions.following import Mark
from catalog.interactions.manifest import Forgotten

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
    killed_while_importing(ledger, [row(SECRET, "mug")])
    assert _found_in(tmp_path)

    ledger.forget(SECRET)

    assert _found_in(tmp_path) == []


def test_a_writer_killed_within_a_file_leaves_nothing_of_somebody_behind_forgetting(tmp_path: Path) -> None:
    """What is half-written has a name that no listing shows."""
    ledger = a_ledger(tmp_path)
    ledger.append([row("ann", "mug")])
    ledger.compact()

    with pytest.MonkeyPatch.context() as dies, pytest.raises(KeyboardInterrupt):  # noqa: PT012
        dies.setattr(os, "replace", Mock(side_effect=KeyboardInterrupt))
        with ledger.importing() as add:
            add([row(SECRET, "mug")])
    assert _found_in(tmp_path)

    ledger.forget(SECRET)

    assert _found_in(tmp_path) == []


def test_an_import_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path)
    ledger.append([row("ann", "mug")])
    ledger.compact()
    before = {file.name for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(ValueError, match="torn"), ledger.importing() as add:  # noqa: PT012
        add([row("bob", "mug")])
        add._bulk.finish()
        raise ValueError("torn")
    assert {file.name for file in tmp_path.rglob("*") if file.is_file()} == before


def test_forgetting_many_takes_about_as_long_for_each_as_forgetting_few(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notes are found by their digest: no list is walked for each."""
    made = Mock(wraps=Forgotten)
    monkeypatch.setattr(forgetting, "Forgotten", made)
    ledger = a_ledger(tmp_path)
    names = [f"s{number}" for number in range(3000)]
    ledger.forget_all({name: frozenset({"purchase"}) for name in names})
    began = time.process_time()
    assert all(ledger.is_forgotten(name, "purchase", NOW) for name in names)
    ledger.forget_all({name: frozenset({"giftbot"}) for name in names})
    assert time.process_time() - began < 2  # a walk through the list for each takes more than ten times as long
    assert made.call_count == 2 * len(names)


def test_forgetting_what_no_source_told_keeps_old_exports_out_and_troubles_no_model(tmp_path: Path) -> None:
    """A slip in the name of a source must not take a shopper out of the ranking."""
    ledger = a_ledger(tmp_path)
    ledger.append([row("ann", "mug")])
    mark = ledger.now()
    assert ledger.forget("ann", "giftbot") == 0
    assert ledger.live_since(mark).forgotten == ()
    assert ledger.append([row("ann", "mug", 1, source="giftbot")]).refused_forgotten == 1


def test_forgetting_again_does_not_hide_from_a_model_that_there_was_something(tmp_path: Path) -> None:
    """The first may have been killed before it reached the model."""
    ledger = a_ledger(tmp_path)
    ledger.append([row("ann", "mug")])
    mark = ledger.now()
    assert [ledger.forget("ann", "purchase"), ledger.forget("ann", "purchase")] == [1, 0]
    assert ledger.known_by(ledger.live_since(mark).forgotten, [b"ann"]) == ["ann"]


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
