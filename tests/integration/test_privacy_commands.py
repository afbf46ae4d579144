"""`giftbot privacy` and `giftbot consent`, over Redis and a catalogue that learnt from the shopper."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import giftbot
from bot.settings import StoreSettings
from bot.store.connection import Store
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.redis_server import RedisServer
from tests.integration.shopper_everywhere import BOB, EVE, PHRASE, fill, traces, uncompressed

IDS = ("mug", "tin", "can")


def _run(*arguments: str | Path) -> Result:
    found = CliRunner().invoke(giftbot, list(map(str, arguments)))
    assert found.exit_code == 0, found.output
    return found


@pytest.fixture
def everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[RedisServer, Path]]:
    """Eve in Redis, in the interactions, in the item model and in the demo's page; Bob in the same files."""
    catalogue = tmp_path / "catalog"
    lines = [f"{one},A {one} of clay,3.00 GBP,in_stock,https://shop.example/{one}" for one in IDS]
    (tmp_path / "feed.csv").write_text("\n".join(["id,title,price,availability,link", *lines]), encoding="utf-8")
    bought = [
        f"{who},{one},2026-10-0{day},purchase"
        for who in (EVE, BOB, *map(str, range(30)))
        for day, one in enumerate(IDS, 1)
    ]
    (tmp_path / "rows.csv").write_text("\n".join(["shopper_id,product_id,at,source", *bought]), encoding="utf-8")
    demo = tmp_path / "work" / "var" / "demo"
    demo.mkdir(parents=True)
    (demo / "talks.jsonl").write_text(f'["{EVE}", {{"text": "{PHRASE}"}}]\n["{BOB}", {{"text": "hello"}}]\n', "utf-8")
    with RedisServer("everysec") as server:
        for name, value in {
            "X_ACCOUNT_ID": "1",
            "X_CONSUMER_SECRET": "only-for-this-test",
            "CATALOG_DIR": str(catalogue),
            "STORE_REDIS_URL": server.url,
            "STORE_PARTITIONS": "1",
        }.items():
            monkeypatch.setenv(f"GIFTBOT_{name}", value)
        for order in (
            ("catalog", "import", tmp_path / "feed.csv"),
            ("interactions", "import", tmp_path / "rows.csv"),
            ("interactions", "fit"),
        ):
            _run(*order)
        (tmp_path / "rows.csv").unlink()
        folder = uncompressed(server.url)
        asyncio.run(_filled(server.url))
        monkeypatch.chdir(tmp_path / "work")
        yield server, folder


async def _filled(url: str) -> None:
    async with Store(StoreSettings(redis_url=url, partitions=1, timeout_s=5.0, key_prefix="gb"), PRIVACY_KEY) as store:
        await fill(store, BOB, phrase="marigold", older=False)
        await fill(store, EVE)


def test_forget_leaves_nothing_anywhere_and_prints_the_proof(everywhere: tuple[RedisServer, Path]) -> None:
    """T19, over every store at once, as an operator does it; in a minute."""
    server, folder = everywhere
    roots = (folder, Path(os.environ["GIFTBOT_CATALOG_DIR"]), Path("var"))
    assert {one.split(":")[0].split()[0] for one in traces(server.url, [EVE], *roots)} == {"key", "file", "slow"}

    proof = json.loads(_run("privacy", "forget", EVE, "--json").stdout)

    assert traces(server.url, [EVE, PHRASE], *roots) == []
    assert [one["place"] for one in proof["places"] if not one["found"]] == [], "the test fills every place"
    assert [one for one in proof["places"] if one["left"]] == []
    assert "written anew" in proof["files"]
    assert proof["seconds"] < 60
    assert traces(server.url, [BOB], *roots) != []
    again = _run("privacy", "forget", EVE)
    assert "all is deleted" in again.stdout


def test_export_shows_what_lies_in_every_place(everywhere: tuple[RedisServer, Path], tmp_path: Path) -> None:
    """What a person may ask to see: readable, and only for the eyes of who asked for it."""
    out = tmp_path / "eve.json"
    _run("privacy", "export", EVE, "--out", out)
    told = json.loads(out.read_text("utf-8"))
    assert out.stat().st_mode & 0o077 == 0
    assert [name for name, place in told["places"].items() if not place["holds"]] == []
    sends = told["places"]["redis send:<send>"]["holds"]
    assert {one["department"] for one in sends if "department" in one} == {"giftbot", "crm"}
    assert told["places"]["redis record:<message>"]["holds"][0]["replies"]
    assert len(told["places"]["catalogue interactions"]["holds"]) == len(IDS)
    assert BOB not in out.read_text("utf-8")


def test_consent_is_granted_shown_and_withdrawn(everywhere: tuple[RedisServer, Path]) -> None:
    """What a colleague does who was told on the phone."""
    _run("consent", "grant", EVE, "--purpose", "reminder", "--source", "phone", "--wording", "v3")
    _run("consent", "withdraw", EVE, "--purpose", "all", "--source", "phone")
    shown = _run("consent", "show", EVE).stdout
    assert "said stop" in shown
    assert "granted reminder (command, phone): wording v3" in shown
    assert "withdrew all" in shown
    refused = CliRunner().invoke(
        giftbot, ["consent", "grant", EVE, "--purpose", "marketing", "--source", "form", "--wording", "v3"]
    )
    assert refused.exit_code == 2
    assert "START" in refused.output


def test_whom_is_no_id_of_x_is_told_so() -> None:
    """A handle typed instead of an id must not look like “all is deleted”."""
    for order in (["privacy", "forget", "@eve"], ["privacy", "export", "eve"]):
        found = CliRunner().invoke(giftbot, order)
        assert found.exit_code == 2
        assert "digits" in found.output
