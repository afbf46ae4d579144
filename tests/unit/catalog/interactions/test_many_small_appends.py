"""Appends stay short: for others at work beside them, and after many of them."""

from __future__ import annotations

import threading
from pathlib import Path

import fsspec
import pytest
from a_ledger import a_ledger, row

from catalog.interactions import ledger as ledgers
from catalog.interactions import parts
from catalog.interactions.files import LedgerFiles


def test_appends_at_an_address_leave_few_parts_and_read_none_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each append is a part there; in a week of a worker they would be a hundred thousand."""
    monkeypatch.setattr(ledgers, "MOST_SMALL_PARTS", 8)
    read: list[str] = []
    content = LedgerFiles.content
    monkeypatch.setattr(LedgerFiles, "content", lambda self, part: (read.append(part.name), content(self, part))[1])
    ledger = a_ledger("memory://many-small")
    for number in range(30):
        ledger.append([row(f"s{number}", "mug")])
    assert ledger.append([row("s3", "mug")]).doubled == 1
    reads = len(read)
    held = set(ledger._files._marks)

    assert ledger.counted().parts <= 9
    assert reads <= 30  # each part once, to be merged; not each at each append
    assert held <= {part.name for part in ledger._files.manifest().parts}
    fsspec.filesystem("memory").store.clear()


def test_marks_beyond_what_memory_should_hold_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("catalog.interactions.files.MARKS_REMEMBERED", 5)
    monkeypatch.setattr(parts, "ROWS_IN_A_PART", 4)
    ledger = a_ledger(tmp_path)
    rows = [row(f"s{number}", "mug") for number in range(20)]
    for _ in range(2):
        with ledger.importing() as add:
            add(rows)
    assert (add.appended().accepted, add.appended().doubled) == (0, 20)
    assert sum(map(len, ledger._files._marks.values())) <= 5


def test_a_large_append_does_not_wait_for_an_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An import takes minutes; what shoppers do meanwhile must reach the ledger, and ten thousand rows more too."""
    monkeypatch.setattr(ledgers, "MOST_LIVE", 1000)
    found = []
    with a_ledger(tmp_path).importing() as add:
        add([row("ann", "mug")])
        many = [row(f"s{number}", "tin") for number in range(2500)]
        beside = threading.Thread(target=lambda: found.append(a_ledger(tmp_path).append(many)), daemon=True)
        beside.start()
        beside.join(30)
        assert not beside.is_alive()
    assert found[0].accepted == 2500
    assert a_ledger(tmp_path).counted().rows == 2501
