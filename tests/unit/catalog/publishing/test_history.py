"""There is always one to go back to, and going back is one step."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from snapshot_shop import FULL, PLAIN, product, publish

from catalog.publishing.history import KEPT, find, forget_oldest, history, names_of, next_name, roll_back
from catalog.shelf.published import NoSnapshot, current_name
from catalog.shelf.shelf import Shelf
from catalog.storage import Storage

FIRST, SECOND, THIRD = "000001-aaaaaaaa", "000002-bbbbbbbb", "000010-cccccccc"


@pytest.fixture(params=["path", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """Three snapshots, the newest published."""
    address = str(tmp_path / "kept") if request.param == "path" else f"memory://{uuid.uuid4().hex}"
    kept = Storage.at(address, cache=tmp_path / "cache")
    for name, products in ((FIRST, [FULL]), (SECOND, [FULL, PLAIN]), (THIRD, [PLAIN])):
        publish(kept, name, products)
    return kept


def test_going_back_publishes_the_one_before(storage: Storage) -> None:
    """And again the one before that, until there is none."""
    assert roll_back(storage) == SECOND
    assert roll_back(storage) == FIRST
    with pytest.raises(NoSnapshot, match="oldest"):
        roll_back(storage)
    assert current_name(storage) == FIRST
    assert roll_back(storage, "10") == THIRD


def test_a_running_worker_sees_what_was_published_since(tmp_path: Path) -> None:
    """Between turns, without a restart; and keeps its shelf where nothing was."""
    storage = Storage.at(tmp_path)
    publish(storage, SECOND, [FULL, PLAIN])
    publish(storage, THIRD, [PLAIN])
    shelf = Shelf.open(storage)
    assert shelf.refreshed() is shelf
    roll_back(storage)
    fresh = shelf.refreshed()
    assert (shelf.snapshot_id, fresh.snapshot_id, fresh.size) == (THIRD, SECOND, 2)
    assert shelf.product(PLAIN.id) == PLAIN


def test_a_shelf_is_opened_at_any_address(storage: Storage) -> None:
    """The same products from a folder and from a bucket."""
    shelf = Shelf.open(storage)
    assert (shelf.snapshot_id, shelf.product(PLAIN.id)) == (THIRD, PLAIN)


@pytest.mark.parametrize(("said", "name"), [("1", FIRST), ("000002", SECOND), ("000010-c", THIRD), ("current", THIRD)])
def test_a_snapshot_is_found_by_what_a_person_would_type(storage: Storage, said: str, name: str) -> None:
    """Number, name, or enough of it."""
    assert find(storage, said) == name


@pytest.mark.parametrize("said", ["7", "0000", "../x", ""])
def test_a_name_that_means_none_or_several_says_what_there_is(storage: Storage, said: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(NoSnapshot, match=THIRD):
        find(storage, said)


def test_the_last_ten_are_kept_and_the_published_one_always(storage: Storage) -> None:
    """Older ones go, and what never became whole; numbers go on."""
    roll_back(storage, "1")
    for number in range(11, 11 + KEPT):
        with storage.only_one(), storage.building(f"snapshots/{number:06d}-dddddddd") as folder:
            (folder / "report.json").write_text("{}")
    storage.write("snapshots/000099-eeeeeeee/products.jsonl", b"half")
    forget_oldest(storage)
    assert names_of(storage) == [FIRST, *(f"{number:06d}-dddddddd" for number in range(11, 11 + KEPT))]
    assert next_name(storage, "f" * 64) == "000021-ffffffff"
    assert Shelf.open(storage).product(FULL.id) == FULL


def test_history_tells_what_is_published(storage: Storage) -> None:
    """The newest first."""
    assert [(entry.name, entry.published, entry.report["products"]) for entry in history(storage)] == [
        (THIRD, True, 1),
        (SECOND, False, 2),
        (FIRST, False, 1),
    ]


def test_a_pointer_to_nothing_says_what_to_do(tmp_path: Path) -> None:
    """Somebody deleted the folder by hand."""
    storage = Storage.at(tmp_path)
    publish(storage, FIRST, [product("a")])
    for name in ("000005-aaaaaaaa", "../../etc"):
        storage.write_pointer("current", name)
        with pytest.raises(NoSnapshot, match=r"import|history"):
            Shelf.open(storage)


def test_a_shelf_is_called_by_the_name_of_what_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Steers are looked up by that name: a pointer that swings while it opens must not hide another product."""
    storage = Storage.at(tmp_path)
    publish(storage, FIRST, [FULL])
    publish(storage, SECOND, [PLAIN])
    storage.write_pointer("current", FIRST)
    asked: list[str | None] = []
    read = type(storage).read_pointer

    def swings(self: Storage, name: str) -> str | None:
        found = read(self, name)
        if name == "current":
            asked.append(found)
            self.write_pointer("current", SECOND)
        return found

    monkeypatch.setattr(type(storage), "read_pointer", swings)
    shelf = Shelf.open(storage)
    assert (shelf.snapshot_id, shelf.product(FULL.id), asked) == (FIRST, FULL, [FIRST])
    assert shelf.refreshed().product(PLAIN.id) == PLAIN  # seen by the next look
