"""One folder, one demo."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.demo.folder import Address, AlreadyRunning, RunFolder

ADDRESS = Address(7, "http://127.0.0.1:1", "redis://:pw@127.0.0.1:2/0", "http://127.0.0.1:3/")


def test_a_second_start_says_which_one_runs(tmp_path: Path) -> None:
    """Two Redis servers over one data folder would write over each other."""
    folder = RunFolder(tmp_path / "run")
    with folder.held():
        folder.announce(ADDRESS)
        with (
            pytest.raises(AlreadyRunning, match=r"http://127\.0\.0\.1:3/ \(process 7\)"),
            RunFolder(folder.path).held(),
        ):
            pytest.fail("held twice")
    with folder.held():
        assert folder.is_held()


def test_a_demo_is_found_only_while_it_runs(tmp_path: Path) -> None:
    """An address left behind by a killed demo must not be talked to."""
    folder = RunFolder(tmp_path)
    assert folder.running() is None
    with folder.held():
        assert folder.running() is None
        folder.announce(ADDRESS)
        assert folder.running() == ADDRESS
        left = (tmp_path / "state.json").read_text()
    (tmp_path / "state.json").write_text(left)
    assert folder.running() is None


def test_only_its_owner_reads_the_password_in_the_address(tmp_path: Path) -> None:
    """Other accounts of the machine reach loopback too."""
    folder = RunFolder(tmp_path)
    with folder.held():
        folder.announce(ADDRESS)
        assert stat.S_IMODE((tmp_path / "state.json").stat().st_mode) == 0o600


def test_what_a_shell_reads_goes_with_the_run(tmp_path: Path) -> None:
    """Its ports may be another program's by then; its secrets are nobody's."""
    folder = RunFolder(tmp_path)
    with folder.held():
        folder.env.write_text("export TOKEN=x")
        folder.tokens.write_text("[]")
    assert not folder.env.exists()
    assert not folder.tokens.exists()


def test_fresh_forgets_the_talks_and_nothing_else(tmp_path: Path) -> None:
    """--fresh starts over; without it the talk goes on."""
    folder = RunFolder(tmp_path)
    folder.make(fresh=False)
    (folder.redis / "appendonly.aof").write_text("talk")
    folder.talks.write_text("talk")
    folder.log("redis").write_text("log")
    folder.make(fresh=False)
    assert (folder.redis / "appendonly.aof").exists()
    folder.make(fresh=True)
    assert not list(folder.redis.iterdir())
    assert not folder.talks.exists()
    assert folder.log("redis").exists()
