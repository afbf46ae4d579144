"""``giftbot catalog`` as a merchandiser meets it: import, dry run, brake, update, history, show, diff, rollback."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import giftbot

Run = Callable[..., Result]
HEADER = "id,title,price,availability,link"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command against a catalogue of this test's own."""
    monkeypatch.setenv("GIFTBOT_CATALOG_DIR", str(tmp_path / "kept"))
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    return lambda *words: runner.invoke(giftbot, ["catalog", *words])


def _feed(path: Path, prices: dict[str, str], more: str = "") -> str:
    rows = [f"{name},Thing {name},{price},in_stock,https://shop.example/p/{name}" for name, price in prices.items()]
    path.write_text("\n".join([HEADER, *rows]) + "\n" + more)
    return str(path)


def _json(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout.splitlines()[-1])
    assert isinstance(found, dict)
    return found


def test_a_catalogue_is_brought_up_to_date_and_taken_back(run: Run, tmp_path: Path) -> None:
    """The whole way, each step seen from outside."""
    shop = {f"p{at}": f"{at + 5}.00 GBP" for at in range(30)}
    first = _feed(tmp_path / "first.csv", shop)
    assert _json(run("import", first, "--json"))["added"] == 30

    second = _feed(tmp_path / "second.csv", {**shop, "p1": "99.00 GBP", "new": "3.00 GBP"}, "x,Bad,free,in_stock,\n")
    tried = _json(run("import", second, "--dry-run", "--json"))
    assert (tried["added"], tried["changed"], tried["rejected_count"], tried["dry_run"]) == (1, 1, 1, True)
    assert len(tried["briefs"]) == 20  # type: ignore[arg-type]
    done = run("import", second, "--rejections", str(tmp_path / "refused.csv"))
    assert done.exit_code == 0
    assert "accepted 31, added 1, changed 1, unchanged 29, removed 0, rejected 1" in done.stdout
    with (tmp_path / "refused.csv").open(newline="") as file:
        assert [line["row"] for line in csv.DictReader(file)] == ["33"]

    (tmp_path / "update.csv").write_text("id,availability\np2,out_of_stock\n")
    assert _json(run("import", str(tmp_path / "update.csv"), "--update", "--json"))["changed"] == 1
    shown = _json(run("show", "p2", "--json"))
    assert shown["offer"]["in_stock"] is False  # type: ignore[index]
    assert "99.00 GBP" in run("show", "p1").stdout

    kept = json.loads(run("history", "--json").stdout)
    assert [(entry["report"]["kind"], entry["published"]) for entry in kept] == [
        ("update", True),
        ("full", False),
        ("full", False),
    ]
    differs = [json.loads(line) for line in run("diff", "1", "--json").stdout.splitlines()]
    assert [(one["kind"], one["id"]) for one in differs] == [("added", "new"), ("price", "p1"), ("stock", "p2")]
    assert "6.00 GBP → 99.00 GBP" in run("diff", "1").stdout
    assert "000001-" in run("rollback", "1").stdout
    assert run("show", "new").exit_code == 1
    assert run("rollback").exit_code == 1  # there is none older


def test_half_a_feed_is_held_back_until_it_is_forced(run: Run, tmp_path: Path) -> None:
    """It says why, what to do, and leaves what was published."""
    shop = {f"p{at}": "5.00 GBP" for at in range(30)}
    run("import", _feed(tmp_path / "all.csv", shop))
    half = _feed(tmp_path / "half.csv", {name: shop[name] for name in list(shop)[:15]})
    held = run("import", half)
    assert held.exit_code == 1
    assert "15 products instead of 30 (50% fewer" in held.stderr
    assert "--force" in held.stderr
    assert _json(run("show", "p29", "--json"))["id"] == "p29"
    assert _json(run("import", half, "--force", "--json"))["removed"] == 15


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("import", "nothere.csv"), "nothere.csv was not imported"),
        (("import", "empty.csv"), "empty"),
        (("import", "bad.csv"), "no row of the feed could be taken"),
        (("import", "bad.csv", "--currency", "pounds"), "three capital letters"),
        (("show", "p1"), "no catalogue has been imported"),
        (("diff", "1"), "'1' means no snapshots"),
        (("rollback",), "no catalogue has been imported"),
    ],
)
def test_what_cannot_be_done_says_why_in_one_line(run: Run, tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    """No stack, an exit status of 1, nothing published."""
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "bad.csv").write_text(f"{HEADER}\na,A thing,free,in_stock,https://shop.example/a\n")
    result = run(*words)
    assert result.exit_code == 1
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "kept" / "current").exists()


def test_a_program_is_told_of_the_brake_as_json(run: Run, tmp_path: Path) -> None:
    """The report on its output, the sentence for a person beside it, and a status that says no."""
    shop = {f"p{at}": "5.00 GBP" for at in range(10)}
    run("import", _feed(tmp_path / "all.csv", shop))
    held = run("import", _feed(tmp_path / "half.csv", {name: shop[name] for name in list(shop)[:5]}), "--json")
    told = json.loads(held.stdout)
    assert (held.exit_code, told["published"], told["removed"], len(told["brake"])) == (1, False, 5, 1)
    assert "--force" in held.stderr


def test_the_feed_is_never_written_over_by_what_was_refused(run: Run, tmp_path: Path) -> None:
    """A slip on the command line must not cost the feed."""
    feed = _feed(tmp_path / "feed.csv", {"p1": "5.00 GBP"})
    before = Path(feed).read_bytes()
    for words in (("import", feed, "--rejections", feed), ("import", feed, "--rejections", f"./{Path(feed).name}")):
        assert run(*words).exit_code == 1
        assert Path(feed).read_bytes() == before


def test_what_is_shown_is_what_was_asked_for(run: Run, tmp_path: Path) -> None:
    """A snapshot in place of a product is said to be one; a shop's own column called margin hides no margin."""
    rows = "1x,A thing,10.00 GBP,in_stock,https://shop.example/a,4.00 GBP,high\n"
    (tmp_path / "own.csv").write_text(f"{HEADER},cost_of_goods_sold,margin\n{rows}")
    run("import", str(tmp_path / "own.csv"))
    shown = run("show", "1x").stdout
    assert "margin: 0.6" in shown
    assert "margin: high" in shown
    other = run("show", "1")
    assert "no product of the published snapshot has this id; this is snapshot 000001-" in other.stderr


@pytest.mark.parametrize(
    "words", [("diff", "1"), ("diff", "1", "--json"), ("show", "p1"), ("steer", "check"), ("rollback", "1")]
)
def test_a_damaged_snapshot_is_told_in_one_line(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """By every command that reads one; the history marks it."""
    run("import", _feed(tmp_path / "feed.csv", {"p1": "5.00 GBP"}))
    (folder,) = (tmp_path / "kept" / "snapshots").iterdir()
    (folder / "prices.npy").unlink()
    result = run(*words)
    assert (result.exit_code, "prices.npy" in result.stderr) == (1, True)
    assert not isinstance(result.exception, FileNotFoundError)
    assert "UNUSABLE" in run("history").stdout
