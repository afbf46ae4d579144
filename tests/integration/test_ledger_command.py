"""``giftbot interactions`` from the outside: import, count, show, forget."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import giftbot
from catalog.interactions.ledger import Ledger
from catalog.storage import Storage

EVENTS = """\
{"type": "track", "event": "Order Completed", "userId": "u1", "messageId": "m1", "timestamp": "2026-10-13T09:30:00Z", \
"properties": {"order_id": "o1", "products": [{"sku": "mug", "quantity": 2}, {"sku": "=tin", "quantity": -1}]}}
{"type": "track", "event": "Product Viewed", "anonymousId": "a", "timestamp": "2026-10-13T09:30:00Z", "properties": {}}
{"type": "page", "userId": "u1"}
{"type": "track", "event": "Product Viewed", "userId": "u2", "messageId": "m2", "timestamp": "2026-10-13T09:30:00Z", \
"properties": {"product_id": "mug"}, "source": "facebook"}
not json
"""


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIFTBOT_CATALOG_DIR", str(tmp_path / "catalog"))
    (tmp_path / "events.jsonl").write_text(EVENTS, encoding="utf-8")
    return tmp_path / "events.jsonl"


def _run(*arguments: str | Path) -> Result:
    found = CliRunner().invoke(giftbot, ["interactions", *map(str, arguments)])
    assert found.exit_code == 0, found.output
    return found


def test_an_import_tells_what_was_kept_and_why_the_rest_was_not(events: Path, tmp_path: Path) -> None:
    report = json.loads(_run("import", events, "--json", "--rejections", tmp_path / "no.csv").stdout.splitlines()[-1])

    assert report["appended"] | {"anonymous": report["anonymous"], "passed": report["passed"]} == {
        "accepted": 1,
        "doubled": 0,
        "refused_no_consent": 1,
        "no_consent_by_source": {"facebook": 1},
        "refused_forgotten": 0,
        "refused_bad": 0,
        "anonymous": 1,
        "passed": {"page": 1},
    }
    with (tmp_path / "no.csv").open(encoding="utf-8") as file:
        assert [(one["row"], one["field"], one["rule"]) for one in csv.DictReader(file)] == [
            ("1", "products[1].quantity", "not_a_quantity"), ("5", "", "not_json"),
        ]  # fmt: skip


def test_a_shopper_is_shown_counted_and_forgotten(events: Path) -> None:
    _run("import", events)
    assert json.loads(_run("show", "u1").stdout)["product_id"] == "mug"
    assert json.loads(_run("stats", "--json").stdout)["kinds"] == {"bought": 1}

    assert json.loads(_run("forget", "u1", "--json").stdout) == {"removed": 1, "of_the_model": 0}

    assert _run("show", "u1").stdout == ""
    assert "1" in _run("stats").stdout


def test_a_consent_of_one_shopper_lets_their_rows_in_and_a_withdrawal_takes_them_out(
    events: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    consent = tmp_path / "consent.csv"
    monkeypatch.setenv("GIFTBOT_CATALOG_CONSENT_FILE", str(consent))
    consent.write_text("shopper_id,source,granted_at,withdrawn_at\nu2,facebook,2026-10-01,\n", encoding="utf-8")
    _run("import", events)
    assert _run("show", "u2").stdout

    consent.write_text(
        "shopper_id,source,granted_at,withdrawn_at\nu2,facebook,2026-10-01,2026-11-01\n", encoding="utf-8"
    )
    _run("compact")

    assert _run("show", "u2").stdout == ""


def test_a_file_that_cannot_be_read_says_what_to_do_and_keeps_nothing(events: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("shopper_id,product_id,at\nu1,mug,2026-10-13\n", encoding="utf-8")
    found = CliRunner().invoke(giftbot, ["interactions", "import", str(tmp_path / "bad.csv")])
    assert found.exit_code == 1
    assert "--source" in found.output
    assert json.loads(_run("stats", "--json").stdout)["rows"] == 0


@pytest.fixture
def fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue with a model that knows u4711."""
    folder = tmp_path / "catalog"
    monkeypatch.setenv("GIFTBOT_CATALOG_DIR", str(folder))
    ids = ("mug", "tin", "can")
    lines = [f"{one},A {one} of clay,3.00 GBP,in_stock,https://shop.example/{one}" for one in ids]
    (tmp_path / "feed.csv").write_text("\n".join(["id,title,price,availability,link", *lines]), encoding="utf-8")
    bought = [
        f"{who},{one},2026-10-0{day},purchase"
        for who in ("u4711", *map(str, range(30)))
        for day, one in enumerate(ids, 1)
    ]
    (tmp_path / "rows.csv").write_text("\n".join(["shopper_id,product_id,at,source", *bought]), encoding="utf-8")
    assert CliRunner().invoke(giftbot, ["catalog", "import", str(tmp_path / "feed.csv")]).exit_code == 0
    _run("import", tmp_path / "rows.csv")
    _run("fit")
    return folder


def _files_with(folder: Path, shopper: bytes) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and shopper in file.read_bytes()]


def test_forgetting_reaches_the_files_of_the_model(fitted: Path) -> None:
    assert _files_with(fitted / "models", b"u4711")

    assert json.loads(_run("forget", "u4711", "--json").stdout) == {"removed": 3, "of_the_model": 1}

    assert not _files_with(fitted, b"u4711")


def test_what_a_killed_forgetting_left_of_somebody_in_the_model_goes_with_the_next_command(fitted: Path) -> None:
    """Killed between ledger and model, nobody would know that the model still holds them."""
    Ledger.open(Storage.at(fitted).below("interactions")).forget("u4711")
    assert _files_with(fitted / "models", b"u4711")

    _run("compact")

    assert not _files_with(fitted, b"u4711")
    assert _files_with(fitted / "models", b"29")


def test_a_slip_in_the_name_of_a_source_forgets_nobody_and_is_told(fitted: Path) -> None:
    found = _run("forget", "u4711", "--source", "purchse")
    assert "forgotten: 0 rows, 0 shoppers of the model" in found.output
    assert "“purchse”; the ledger has: purchase" in found.output
    assert _files_with(fitted / "models", b"u4711")


def test_who_reads_only_the_beginning_of_what_is_shown_gets_no_complaint(fitted: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    shown = subprocess.run(
        [sys.executable, "-m", "bot", "interactions", "show", "u4711"],
        stdout=write,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    os.close(write)
    assert shown.stderr == b""
