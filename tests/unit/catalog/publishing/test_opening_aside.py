"""A catalogue that takes long to open holds up no turn: it is there in a later one."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from snapshot_shop import FULL, PLAIN, publish

from catalog.shelf.opening import Opening
from catalog.shelf.shelf import Shelf
from catalog.storage import Storage


def test_who_has_no_patience_gets_it_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers go on from the old one; the new one is opened once."""
    storage = Storage.at(tmp_path)
    publish(storage, "000001-aaaaaaaa", [FULL])
    shelf, ready, opened = Shelf.open(storage), Event(), []
    publish(storage, "000002-aaaaaaaa", [PLAIN])
    open_ = Shelf.open

    def slow(folder: Storage) -> Shelf:
        opened.append(folder)
        assert ready.wait(20)
        return open_(folder)

    monkeypatch.setattr(Shelf, "open", slow)
    assert shelf.refreshed(0) is shelf
    assert shelf.refreshed(0) is shelf
    ready.set()
    fresh = shelf.refreshed()
    assert (fresh.snapshot_id, fresh.product(PLAIN.id), len(opened)) == ("000002-aaaaaaaa", PLAIN, 1)
    assert fresh.refreshed(0) is fresh


def test_what_cannot_be_opened_is_told_and_tried_again() -> None:
    """A store that was away for a moment must not keep the old catalogue for good."""
    opening: Opening[str] = Opening()

    def fails() -> str:
        raise OSError("away")

    with pytest.raises(OSError, match="away"):
        opening.take(fails, None)
    assert opening.take(lambda: "new", None) == "new"
