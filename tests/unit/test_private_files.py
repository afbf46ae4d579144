"""An export of a shopper's talk, or a token, is for its owner's eyes, at every instant."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from bot.private_files import write_private


@pytest.fixture(autouse=True)
def _generous() -> object:
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_private_file_is_its_owners_alone_also_in_place_of_an_open_one(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    path.write_text("read by all")
    path.with_name("export.json.part").write_text("left by a crash, read by all")
    write_private(path, "secret")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("secret", 0o600)
    assert [one.name for one in tmp_path.iterdir()] == ["export.json"]


def test_a_file_that_cannot_be_written_leaves_the_one_before_whole(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    write_private(path, "before")
    with pytest.raises(UnicodeEncodeError):
        write_private(path, "after \udcff")
    assert path.read_text() == "before"
