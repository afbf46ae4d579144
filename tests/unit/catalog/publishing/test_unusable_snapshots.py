"""What an older version left, or what was damaged, is marked, never published again, and stands in nobody's way."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from snapshot_shop import DAY, FULL, NOW, PLAIN, publish, row, write_csv

from catalog.feeds.how import HowToRead
from catalog.publishing.history import history, roll_back
from catalog.publishing.importing import Feed, confirm_published, import_feed, must_be_read
from catalog.publishing.preview import preview
from catalog.publishing.report import Braked, ImportReport
from catalog.shelf.published import MODEL_POINTER, MODELS, NoSnapshot, Unusable
from catalog.shelf.shelf import Shelf
from catalog.storage import Storage
from catalog.storage.contents import LIST

ROWS = [row(f"p{at}") for at in range(6)]
OLD = "190996d57d8034e3caee"


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    """Six products."""
    (tmp_path / "terms.yml").write_text("interests: {}\n")
    return Feed(write_csv(tmp_path / "feed.csv", ROWS), HowToRead(as_of=DAY), tmp_path / "terms.yml")


@pytest.fixture
def storage(tmp_path: Path, feed: Feed) -> Storage:
    """A folder the feed was imported into."""
    kept = Storage.at(tmp_path / "kept")
    import_feed(kept, feed, now=NOW)
    return kept


def _folder(storage: Storage) -> Path:
    return Path(storage.address) / "snapshots" / str(storage.read_pointer("current"))


def _of_an_older_layout(storage: Storage) -> None:
    """What the release before this one wrote: no list of contents, attributes as text, arrays in one file."""
    folder = _folder(storage)
    lines = [json.loads(line) for line in (folder / "products.jsonl").read_bytes().splitlines()]
    older = folder.with_name(OLD)
    older.mkdir()
    text = [json.dumps({**line, "attributes": json.dumps(line["attributes"])}) for line in lines]
    (older / "products.jsonl").write_text("\n".join(text) + "\n")
    (older / "shelf.npz").write_bytes(b"arrays")
    shutil.rmtree(folder)
    storage.write_pointer("current", OLD)


def _without_digests(storage: Storage) -> None:
    (_folder(storage) / "content.npy").unlink()


def _of_another_form(storage: Storage) -> None:
    about = _folder(storage) / "about.json"
    about.write_text(json.dumps({**json.loads(about.read_text()), "form": 1}))


def _cut_short(storage: Storage) -> None:
    records = _folder(storage) / "id_order.npy"
    records.write_bytes(records.read_bytes()[:-4])


WAYS = [_of_an_older_layout, _without_digests, _of_another_form, _cut_short]


@pytest.mark.parametrize("spoil", WAYS)
def test_an_import_goes_on_and_compares_with_the_list_of_products(storage: Storage, feed: Feed, spoil: object) -> None:
    """Nobody has to delete a folder by hand, and the brake still knows what was there."""
    spoil(storage)  # type: ignore[operator]
    other = replace(feed, path=write_csv(feed.path.with_name("other.csv"), [*ROWS, row("new")]))
    found = preview(storage, other, [], now=NOW)
    report = import_feed(storage, other, now=NOW)
    for one in (found.report, report):
        assert (one.added, one.unchanged, one.removed, one.products_before) == (1, 6, 0, 6)
        assert "cannot be read" in one.before_trouble
        assert "list of products" in one.before_trouble
    assert Shelf.open(storage).size == 7


def test_the_same_feed_mends_a_damaged_snapshot(storage: Storage, feed: Feed) -> None:
    """It is not "unchanged" where what it was published as cannot be read."""
    _without_digests(storage)
    report = import_feed(storage, feed, now=NOW)
    assert (report.skipped, report.unchanged, report.snapshot_id[:6]) == (False, 6, "000002")


def test_where_nothing_can_be_saved_everything_is_added(storage: Storage, feed: Feed) -> None:
    """And it says so; half a list of products is no list."""
    (_folder(storage) / "content.npy").unlink()
    for name in ("products.jsonl", "products.parquet"):
        file = _folder(storage) / name
        file.write_bytes(file.read_bytes()[:-20])
    report = import_feed(storage, feed, now=NOW)
    assert (report.added, report.products_before) == (6, 0)
    assert "as if for the first time" in report.before_trouble


def test_half_a_feed_is_held_back_also_then(storage: Storage, feed: Feed) -> None:
    """An upgrade is no moment to lose half a shop."""
    _of_an_older_layout(storage)
    half = replace(feed, path=write_csv(feed.path.with_name("half.csv"), ROWS[:3]))
    with pytest.raises(Braked, match="3 products instead of 6"):
        import_feed(storage, half, now=NOW)


@pytest.mark.parametrize("spoil", WAYS)
def test_nobody_goes_back_to_what_cannot_be_read(storage: Storage, feed: Feed, spoil: object) -> None:
    """It is marked, refused by name, and passed over without one."""
    spoil(storage)  # type: ignore[operator]
    bad = str(storage.read_pointer("current"))
    publish(storage, "000007-aaaaaaaa", [FULL])
    publish(storage, "000008-aaaaaaaa", [FULL, PLAIN])
    assert [bool(entry.trouble) for entry in history(storage)] == [False, False, True]
    with pytest.raises(NoSnapshot):
        roll_back(storage, bad)
    assert roll_back(storage) == "000007-aaaaaaaa"
    with pytest.raises(NoSnapshot, match="none before it"):
        roll_back(storage)
    assert Shelf.open(storage).snapshot_id == "000007-aaaaaaaa"


def test_a_shelf_says_what_is_wrong_with_its_snapshot(storage: Storage) -> None:
    """Not that nothing is published, and no stack of file errors."""
    _of_another_form(storage)
    with pytest.raises(Unusable, match="another version"):
        Shelf.open(storage)
    (_folder(storage) / LIST).unlink()
    with pytest.raises(Unusable, match="another version"):
        Shelf.open(storage)


@pytest.mark.parametrize("spoil", WAYS)
def test_a_feed_the_server_calls_unchanged_is_read_all_the_same(storage: Storage, spoil: object) -> None:
    """Else a shop would wait for its feed to change before it could answer again."""
    assert not must_be_read(storage, DAY)
    spoil(storage)  # type: ignore[operator]
    assert must_be_read(storage, DAY)
    confirm_published(storage, DAY)  # and nothing breaks who asks


@pytest.mark.parametrize("content", ["", "{", '{"form": 99}'])
def test_a_model_nobody_can_read_leaves_the_catalogue_open(storage: Storage, content: str) -> None:
    """Ideas are ranked without it until there is a new one, and it says so."""
    with storage.only_one("model"), storage.building(f"{MODELS}/broken") as folder:
        (folder / "fitted.json").write_text(content)
    storage.write_pointer(MODEL_POINTER, "broken")
    shelf = Shelf.open(storage)
    assert shelf.size == 6
    assert "interactions fit" in shelf.model_trouble
    storage.write_pointer(MODEL_POINTER, "gone")
    assert Shelf.open(storage).model_trouble


def test_a_report_of_before_says_nothing_of_what_it_did_not_know(storage: Storage) -> None:
    """Reports are kept with their snapshots, and read by later versions."""
    kept = json.loads((_folder(storage) / "report.json").read_text())
    older = {name: value for name, value in kept.items() if name not in {"kept", "in_stock", "first_last_day"}}
    assert ImportReport.read(older).kept is None
