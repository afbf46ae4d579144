"""The file steers are kept in: edits leave the rest alone, faults leave in force what was, history tells who."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from catalog.steering.entries import SteeringError
from catalog.steering.steering_file import NoSuchSteer, SteeringFile
from catalog.storage.folder import FolderStorage

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
BY_HAND = """# Ünser plan 🎁 for autumn
- id: tins   # too many
  do: boost
  products: [tin]
  author: Änna
  reason: "stock: 400 🎁"
  from: 2026-11-01
  until: 2026-11-30   # then we look again
  strength: 0.5
- {id: lamps, do: hide, products: [lamp], author: Bo, reason: broken, from: 2026-12-01, until: 2026-12-05}
"""
NEW = {
    "id": "mugs", "do": "bury", "where": {"brand": "Acme"}, "author": "Cy", "reason": "late: 3 weeks",
    "from": "2026-11-22", "until": "2026-11-25", "strength": "", "products": [],
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> SteeringFile:
    """A file somebody wrote by hand."""
    (tmp_path / "steering.yml").write_text(BY_HAND, encoding="utf-8")
    return SteeringFile.at(tmp_path, None, LONDON)


def _text(folder: Path) -> str:
    return (folder / "steering.yml").read_text(encoding="utf-8")


def test_adding_leaves_every_line_of_others_as_it_was(file: SteeringFile, tmp_path: Path) -> None:
    """Comments and order are somebody's thoughts."""
    file.add(NEW, now=NOW)

    assert _text(tmp_path).startswith(BY_HAND)
    assert [steer.id for steer in file.steers().entries] == ["tins", "lamps", "mugs"]


def test_the_first_entry_can_be_added_to_no_file_at_all(tmp_path: Path) -> None:
    """Nobody has to begin with an editor."""
    file = SteeringFile.at(tmp_path / "catalog", None, LONDON)
    file.add(NEW, now=NOW)
    file.end("mugs", by="Cy", now=NOW)

    assert [steer.is_on(NOW) for steer in file.steers().entries] == [False]


def test_what_would_be_faulty_is_not_written(file: SteeringFile, tmp_path: Path) -> None:
    """Neither an unsound entry nor a second one of the same id."""
    for fields in ({**NEW, "until": "soon"}, {**NEW, "id": "tins"}):
        with pytest.raises(SteeringError):
            file.add(fields, now=NOW)

    assert _text(tmp_path) == BY_HAND
    assert file.history() == []


@pytest.mark.parametrize(("name", "other"), [("tins", "lamps"), ("lamps", "tins")])
def test_ending_changes_one_value_and_nothing_else(file: SteeringFile, tmp_path: Path, name: str, other: str) -> None:
    """Also in a file with emoji, comments and entries on one line; one not begun never begins."""
    before = {steer.id: steer for steer in file.steers().entries}
    file.end(name, by="Bo", now=NOW)
    after = {steer.id: steer for steer in file.steers().entries}

    changed = [a for a, b in zip(BY_HAND.splitlines(), _text(tmp_path).splitlines(), strict=True) if a != b]
    assert len(changed) == 1
    assert after[other] == before[other]
    assert not any(after[name].is_on(NOW + timedelta(days=days)) for days in range(60))


def test_ending_what_is_unknown_names_what_there_is(file: SteeringFile) -> None:
    """A slip is mended at once."""
    with pytest.raises(NoSuchSteer, match="tins, lamps"):
        file.end("tin", by="Bo", now=NOW)


def test_history_tells_who_did_what_when_and_of_changes_by_hand(file: SteeringFile, tmp_path: Path) -> None:
    """Whoever wonders why a product vanished finds a name."""
    file.add(NEW, now=NOW)
    file.end("tins", by="Bo", now=NOW + timedelta(hours=1))
    (tmp_path / "steering.yml").write_text(_text(tmp_path) + "# seen\n", encoding="utf-8")
    file.end("mugs", by="Änna", now=NOW + timedelta(hours=2))

    told = [(edit.did, edit.id, edit.by) for edit in file.history()]
    assert told == [
        ("edited by hand", "", ""),
        ("added", "mugs", "Cy"),
        ("ended", "tins", "Bo"),
        ("edited by hand", "", ""),
        ("ended", "mugs", "Änna"),
    ]
    assert file.history()[1].at == NOW


def test_a_file_broken_while_giftbot_runs_leaves_in_force_what_was(file: SteeringFile, tmp_path: Path) -> None:
    """A slip in an editor is no outage; it is told, and mended files are taken at once."""
    assert len(file.steers().entries) == 2
    for broken in (b"- id: [", b"\xff\xfe"):
        (tmp_path / "steering.yml").write_bytes(broken)
        assert len(file.steers().entries) == 2
        assert file.trouble is not None
        with pytest.raises(SteeringError):
            file.check()

    (tmp_path / "steering.yml").write_text(BY_HAND + "# mended\n", encoding="utf-8")
    assert len(file.steers().entries) == 2
    assert file.trouble is None


def test_every_fault_is_told_once_and_not_in_every_turn(tmp_path: Path) -> None:
    """Whoever reads the log learns of a slip made while giftbot runs."""
    told: list[SteeringError] = []
    file = SteeringFile.at(tmp_path, None, LONDON, tell=told.append)
    for text in ("- id: [", BY_HAND, "- do: lift"):
        (tmp_path / "steering.yml").write_text(text, encoding="utf-8")
        for _ in range(3):
            file.steers()

    assert ["not YAML" in str(error) for error in told] == [True, False]


def test_an_unchanged_file_is_not_read_again(file: SteeringFile) -> None:
    """Asked in every turn."""
    assert file.steers() is file.steers()


def test_a_path_of_ones_own_is_used(tmp_path: Path) -> None:
    """Steers may live in a repository beside the catalogue."""
    own = tmp_path / "elsewhere" / "wishes.yml"
    file = SteeringFile.at(tmp_path, own, LONDON)
    file.add(NEW, now=NOW)

    assert own.is_file()
    assert (tmp_path / "elsewhere" / "wishes-history.jsonl").is_file()


def _faulty(folder: Path) -> None:
    (folder / "steering.yml").write_text("- id: [", encoding="utf-8")


@pytest.mark.parametrize("seen_by", ["worker", "command"])
def test_a_process_started_beside_a_faulty_file_has_in_force_what_the_others_have(
    file: SteeringFile, tmp_path: Path, seen_by: str
) -> None:
    """A restart must not sell what is recalled: a sound file is kept by who reads it, or who edits it."""
    running = file.steers() if seen_by == "worker" else file.add(NEW, now=NOW)
    _faulty(tmp_path)
    started = SteeringFile.at(tmp_path, None, LONDON)

    assert started.steers().entries == running.entries
    assert started.trouble is not None


def test_a_process_started_beside_a_faulty_file_and_nothing_kept_goes_on_without(tmp_path: Path) -> None:
    """Also where what was kept is broken itself."""
    _faulty(tmp_path)
    assert SteeringFile.at(tmp_path, None, LONDON).steers().entries == ()
    (tmp_path / "steering-in-force.yml").write_bytes(b"\xff")
    assert SteeringFile.at(tmp_path, None, LONDON).steers().entries == ()


def test_a_file_that_cannot_be_kept_is_in_force_all_the_same(
    file: SteeringFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker may have no right to write."""

    def full(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(FolderStorage, "write", full)
    assert len(file.steers().entries) == 2


def test_a_file_that_could_not_be_read_is_read_once_it_can_be(
    file: SteeringFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error of the disk is not the next edit's business."""
    file.steers()
    (tmp_path / "steering.yml").write_text("", encoding="utf-8")
    with monkeypatch.context() as broken:
        broken.setattr(FolderStorage, "read", _no_disk)
        with pytest.raises(OSError, match="disk"):
            file.steers()

    assert file.steers().entries == ()


def _no_disk(*_: object) -> None:
    raise OSError("disk")


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029", "\x0b", "\x1c", "\ud800"])
def test_no_sign_breaks_the_history(file: SteeringFile, sign: str) -> None:
    """Whoever ends an entry may be called anything: entries are added and ended after it."""
    file.end("tins", by=f"B{sign}o", now=NOW)
    file.add(NEW, now=NOW)
    file.end("mugs", by="Cy", now=NOW)

    assert [edit.by for edit in file.history()] == ["", f"B{sign}o", "Cy", "Cy"]


def test_a_broken_line_of_the_history_stops_nobody(file: SteeringFile, tmp_path: Path) -> None:
    """It is a memory, not a lock."""
    file.add(NEW, now=NOW)
    history = tmp_path / "steering-history.jsonl"
    history.write_bytes(history.read_bytes() + b'{"at": "2026-11\xff')
    file.end("mugs", by="Bo", now=NOW)

    assert [edit.did for edit in file.history()] == ["edited by hand", "added", "ended"]


def test_a_linked_file_is_edited_where_it_lies(tmp_path: Path) -> None:
    """The repository it comes from must see the edit."""
    own = tmp_path / "repository" / "wishes.yml"
    own.parent.mkdir()
    own.write_text(BY_HAND, encoding="utf-8")
    (tmp_path / "steering.yml").symlink_to(own)
    file = SteeringFile.at(tmp_path, None, LONDON)
    file.end("tins", by="Bo", now=NOW)

    assert (tmp_path / "steering.yml").is_symlink()
    assert own.read_text(encoding="utf-8") != BY_HAND


def test_a_file_at_the_root_is_not_one_of_the_working_folder() -> None:
    """As containers mount it."""
    assert SteeringFile.at("var/catalog", "/steering.yml", LONDON).address.startswith("/")


def test_what_is_over_already_is_not_added(file: SteeringFile, tmp_path: Path) -> None:
    """A slip in the year would do nothing, and nobody would notice."""
    with pytest.raises(SteeringError, match="over"):
        file.add({**NEW, "from": "2025-11-22", "until": "2025-11-25"}, now=NOW)

    assert _text(tmp_path) == BY_HAND
