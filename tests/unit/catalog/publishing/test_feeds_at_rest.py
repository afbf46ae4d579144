"""A feed that is no file, or not whole yet, is told so; nobody waits without knowing for what."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from snapshot_shop import DAY, NOW, row, write_csv

from catalog.feeds.how import HowToRead
from catalog.feeds.rows import FeedError
from catalog.publishing import importing
from catalog.publishing.importing import Feed, Watch, import_feed
from catalog.publishing.preview import preview
from catalog.storage import Storage


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    """Three products."""
    (tmp_path / "terms.yml").write_text("interests: {}\n")
    rows = [row(f"p{at}") for at in range(3)]
    return Feed(write_csv(tmp_path / "feed.csv", rows), HowToRead(as_of=DAY), tmp_path / "terms.yml")


def test_a_pipe_is_refused_before_anybody_waits(tmp_path: Path, feed: Feed) -> None:
    """It would be waited for without end, by every import after it too."""
    os.mkfifo(tmp_path / "pipe")
    storage, waiting = Storage.at(tmp_path / "kept"), replace(feed, path=tmp_path / "pipe")
    with storage.only_one(), pytest.raises(FeedError, match="no file"):  # not even the lock is asked for
        import_feed(storage, waiting, now=NOW)
    with pytest.raises(FeedError, match="no file"):
        preview(storage, waiting, [], now=NOW)


@pytest.mark.parametrize("imported", [True, False], ids=["import", "dry run"])
def test_an_upload_in_progress_is_not_published(
    tmp_path: Path, feed: Feed, monkeypatch: pytest.MonkeyPatch, imported: bool
) -> None:
    """What was digested and what was read must be the same bytes."""
    read: Callable[..., Any] = importing.read_feed

    def goes_on(path: Path, how: HowToRead) -> Any:
        with path.open("a") as file:
            file.write(",".join(row("late")) + "\n")
        return read(path, how)

    monkeypatch.setattr(importing, "read_feed", goes_on)
    storage = Storage.at(tmp_path / "kept")
    with pytest.raises(FeedError, match="once it is whole"):
        import_feed(storage, feed, now=NOW) if imported else preview(storage, feed, [], now=NOW)
    assert storage.names("snapshots") == []


def test_who_waits_for_another_import_is_told(tmp_path: Path, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock tells the import, the import tells its watch."""
    storage = Storage.at(tmp_path / "kept")
    told: list[str] = []
    held = type(storage).only_one

    def busy(self: Storage, name: str = "writer", waits: Callable[[], None] | None = None) -> Any:
        if waits:
            waits()
        return held(self, name)  # type: ignore[arg-type]

    monkeypatch.setattr(type(storage), "only_one", busy)
    import_feed(storage, feed, now=NOW, watch=Watch(waits=lambda: told.append("waits")))
    assert told == ["waits"]
