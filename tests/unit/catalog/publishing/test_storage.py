"""Published folders are whole or not there, at a path and at an address alike, and one process publishes at a time."""

from __future__ import annotations

import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fsspec
import pytest

from catalog.storage import Storage
from catalog.storage import lease as lease_module
from catalog.storage.contents import LIST, read_contents
from catalog.storage.lease import Lease, LeaseLost
from catalog.storage.remote import RemoteStorage
from catalog.storage.storage import BrokenCopy


@pytest.fixture(params=["path", "file", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """Each kind of address, empty."""
    address = {
        "path": str(tmp_path / "kept"),
        "file": f"file://{tmp_path / 'kept'}",
        "memory": f"memory://{uuid.uuid4().hex}/kept",
    }[request.param]
    return Storage.at(address, cache=tmp_path / "cache")


def _publish(storage: Storage, name: str, content: str) -> None:
    with storage.only_one(), storage.building(name) as folder:
        (folder / "part").mkdir()
        (folder / "part" / "a.txt").write_text(content)


def test_what_was_published_is_read_back(storage: Storage) -> None:
    """Folders with folders in them, and pointers, at every kind of address."""
    assert storage.read_pointer("current") is None
    _publish(storage, "snapshots/one", "first")
    storage.write_pointer("current", "one")
    assert storage.read_pointer("current") == "one"
    assert (storage.local_copy("snapshots/one") / "part" / "a.txt").read_text() == "first"
    assert storage.names("snapshots") == ["one"]
    assert storage.below("snapshots").is_whole("one")


def test_a_folder_that_failed_while_it_was_built_is_not_there(storage: Storage) -> None:
    """Half a catalogue is none."""

    def fails() -> None:
        with storage.only_one(), storage.building("snapshots/one") as folder:
            (folder / "a.txt").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert storage.names("snapshots") == []
    assert not storage.is_whole("snapshots/one")
    with pytest.raises(FileNotFoundError):
        storage.local_copy("snapshots/one")


def test_a_removed_folder_is_gone(storage: Storage) -> None:
    """And removing what is not there is no error."""
    _publish(storage, "snapshots/one", "first")
    storage.remove("snapshots/one")
    storage.remove("snapshots/one")
    assert storage.names("snapshots") == []


def test_a_pointer_that_swings_changes_its_stamp(storage: Storage, tmp_path: Path) -> None:
    """This is how a running worker notices a new catalogue."""
    storage.write_pointer("current", "one")
    before = storage.stamp("current")
    assert storage.stamp("current") == before
    storage.write_pointer("current", "two")
    assert storage.stamp("current") != before
    assert storage.stamp("never") is None


def test_a_remote_folder_is_fetched_once(tmp_path: Path) -> None:
    """Opening the shelf again, or in a second worker, must not load gigabytes again."""
    address = f"memory://{uuid.uuid4().hex}"
    _publish(Storage.at(address, cache=tmp_path / "a"), "one", "first")
    reader = Storage.at(address, cache=tmp_path / "b")
    copy = reader.local_copy("one")
    fsspec.filesystem("memory").rm_file(f"{address}/one/part/a.txt")
    assert (reader.local_copy("one") / "part" / "a.txt").read_text() == "first"
    assert reader.local_copy("one") == copy


def test_a_remote_folder_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    """Half an upload, a bad disk, a stranger: the copy must be what was published."""
    address = f"memory://{uuid.uuid4().hex}"
    _publish(Storage.at(address, cache=tmp_path / "a"), "one", "first")
    fsspec.filesystem("memory").pipe_file(f"{address}/one/part/a.txt", b"other")
    with pytest.raises(BrokenCopy, match=r"part/a\.txt"):
        Storage.at(address, cache=tmp_path / "b").local_copy("one")
    assert not list((tmp_path / "b").rglob("a.txt"))


def test_a_list_of_contents_cannot_name_files_outside() -> None:
    """A bucket somebody else wrote to must not write over this machine's files."""
    for name in ("../../a", "/etc/a", "b/../../a"):
        with pytest.raises(ValueError, match="outside"):
            read_contents(json.dumps({name: [1, "aa"]}).encode())


def test_an_address_nobody_can_reach_says_so() -> None:
    """Not a stack of import errors."""
    with pytest.raises(OSError, match="cannot be reached"):
        Storage.at("nonsense://bucket/catalogue")


def test_the_lease_of_a_killed_process_ends_by_itself() -> None:
    """An import that died must not keep the next one out for good."""
    files, now = fsspec.filesystem("memory"), [1000.0]
    path = f"/{uuid.uuid4().hex}/.writer.lease"
    dead = Lease(files, path, clock=lambda: now[0])
    assert dead._taken()
    other = Lease(files, path, clock=lambda: now[0])
    assert not other._taken()
    now[0] += lease_module.SECONDS + 1
    assert other._taken()
    assert not dead.still_held()


def test_who_lost_the_lease_publishes_nothing_more(tmp_path: Path) -> None:
    """A process that slept through its lease must not swing the pointer back."""
    address, files = f"memory://{uuid.uuid4().hex}", fsspec.filesystem("memory")
    storage = RemoteStorage(address, tmp_path)
    with storage.only_one():
        files.pipe_file(f"{address}/.writer.lease", json.dumps({"owner": "other", "until": 9e12}).encode())
        with pytest.raises(LeaseLost):
            storage.write_pointer("current", "mine")
    assert storage.read_pointer("current") is None
    assert json.loads(files.cat_file(f"{address}/.writer.lease"))["owner"] == "other"


def test_the_list_is_written_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upload that stops half-way has no list, so nobody takes it for whole."""
    address = f"memory://{uuid.uuid4().hex}"
    storage = RemoteStorage(address, tmp_path)
    sent: list[str] = []
    put = storage._files.put_file
    monkeypatch.setattr(storage._files, "put_file", lambda near, far: (sent.append(far), put(near, far)))
    _publish(storage, "one", "first")
    assert sent[-1].endswith(LIST)
    assert len(sent) == 2


def test_an_import_and_a_fit_are_built_beside_each_other(storage: Storage) -> None:
    """They hold different rights, so neither may clear what the other builds."""
    with storage.building("snapshots/one") as snapshot:
        (snapshot / "a.txt").write_text("products")
        with storage.building("models/two") as model:
            (model / "b.txt").write_text("sums")
        assert (snapshot / "a.txt").read_text() == "products"
    assert storage.is_whole("snapshots/one")
    assert storage.is_whole("models/two")


def test_who_waits_for_another_is_told_once(storage: Storage) -> None:
    """An import that does nothing visible looks broken."""
    told: list[str] = []
    with ThreadPoolExecutor(1) as other:
        with storage.only_one():
            waits = threading.Event()
            reached = Storage.at(storage.address, cache=Path("unused"))

            def second() -> None:
                def tell() -> None:
                    told.append("waits")
                    waits.set()

                with reached.only_one(waits=tell):
                    told.append("works")

            done = other.submit(second)
            assert waits.wait(5)
            assert told == ["waits"]
        done.result(5)
    assert told == ["waits", "works"]
