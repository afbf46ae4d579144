"""Merchandisers steer from the command line, and are told what they did."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import giftbot

Steer = Callable[..., Result]
TELLS = ("--author", "Anna", "--reason", "too many")


@pytest.fixture
def steer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steer:
    """Run ``giftbot catalog steer`` on a catalogue's folder of its own."""
    monkeypatch.setenv("GIFTBOT_CATALOG_DIR", str(tmp_path))
    return lambda *arguments: CliRunner().invoke(giftbot, ["catalog", "steer", *arguments])


def test_what_is_added_is_listed_in_force_and_over_once_ended(steer: Steer) -> None:
    """The whole life of an entry."""
    assert steer("list").output.startswith("nothing is in force or coming")
    added = steer("add", "tins", "boost", "--where", "brand=Acme", "--until", "2126-01-01", *TELLS)
    assert added.exit_code == 0, added.output
    assert "in force  tins: boost brand=Acme" in steer("list").output

    assert steer("end", "tins", "--by", "Bo").exit_code == 0
    assert "nothing" in steer("list").output
    (one,) = json.loads(steer("list", "--all", "--json").output)
    assert (one["id"], one["state"]) == ("tins", "over")
    assert "Anna: added tins" in steer("list", "--history").output
    assert "Bo: ended tins" in steer("list", "--history").output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--until", "someday", "--product", "tin"), "no day or moment"),
        (("--until", "2126-01-01"), "name products"),
        (("--until", "2126-01-01", "--where", "brand"), "NAME=VALUE"),
        (("--until", "2126-01-01", "--product", "tin", "--strength", "5"), "up to 1"),
    ],
)
def test_what_cannot_be_added_is_told_and_leaves_no_file(
    steer: Steer, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    """A slip changes nothing."""
    result = steer("add", "tins", "boost", *arguments, *TELLS)

    assert result.exit_code != 0
    assert told in result.output
    assert not (tmp_path / "steering.yml").exists()


def test_a_file_written_by_hand_is_checked_with_line_and_hint(steer: Steer, tmp_path: Path) -> None:
    """Before it goes anywhere."""
    (tmp_path / "steering.yml").write_text("- id: tins\n  do: lift\n", encoding="utf-8")
    result = steer("check")

    assert result.exit_code == 1
    assert "line 2, tins, do: unknown ('lift'); boost, bury, pin or hide" in result.output


def test_check_tells_what_each_entry_reaches_in_the_published_catalogue(
    steer: Steer, publish: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that reaches nothing is a slip nobody would notice."""
    monkeypatch.setenv("GIFTBOT_CATALOG_DIR", str(publish(tmp_path)))
    steer("add", "cans", "hide", "--where", "title=watering can", "--until", "2126-01-01", *TELLS)
    steer("add", "gone", "bury", "--product", "no-such", "--until", "2126-01-01", *TELLS)
    told = steer("check").output

    assert "✔ cans: hide reaches 3 products" in told
    assert "! gone: bury reaches 0 products; not in the catalogue: no-such" in told


def test_times_are_told_by_the_clock_of_the_shop(steer: Steer, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the file means them."""
    monkeypatch.setenv("GIFTBOT_CATALOG_TIME_ZONE", "America/New_York")
    added = steer("add", "tins", "hide", "--product", "tin", "--from", "2126-07-01", "--until", "2126-07-02", *TELLS)
    listed = steer("list")

    for told in (added.output, listed.output):
        assert "2126-07-01 00:00 EDT to 2126-07-03 00:00 EDT" in told
