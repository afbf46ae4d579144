"""``giftbot interactions fit`` from the outside: learns, skips what it knows, and says what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import giftbot


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of three products; the ledger knows eight shoppers, and a product the catalogue does not have."""
    monkeypatch.setenv("GIFTBOT_CATALOG_DIR", str(tmp_path / "catalog"))
    monkeypatch.setenv("GIFTBOT_CATALOG_CONSENTED_SOURCES", "purchase")
    ids = ("mug", "tin", "can")
    lines = [f"{one},A {one} of clay,3.00 GBP,in_stock,https://shop.example/{one}" for one in ids]
    (tmp_path / "feed.csv").write_text("\n".join(["id,title,price,availability,link", *lines]), encoding="utf-8")
    bought = [f"{who},{one},2026-10-01,purchase" for who in range(8) for one in (*ids[: 1 + who % 3], "gone")]
    (tmp_path / "rows.csv").write_text("\n".join(["shopper_id,product_id,at,source", *bought]), encoding="utf-8")
    assert CliRunner().invoke(giftbot, ["catalog", "import", str(tmp_path / "feed.csv")]).exit_code == 0
    assert CliRunner().invoke(giftbot, ["interactions", "import", str(tmp_path / "rows.csv")]).exit_code == 0
    return tmp_path / "catalog"


def fit(*arguments: str) -> Result:
    return CliRunner().invoke(giftbot, ["interactions", "fit", *arguments])


def test_it_tells_what_was_learnt_and_skips_what_it_knows(shop: Path) -> None:
    first = json.loads(fit("--json").stdout)
    assert (first["purchases"], first["shoppers"], first["unknown"], first["products"]) == (15, 8, 8, 3)
    assert (shop / "current-model").read_text().strip() == first["name"]
    again = fit()
    assert again.exit_code == 0
    assert "nothing changed" in again.stdout


@pytest.mark.parametrize(
    ("arguments", "told"), [(["--engine", "dask"], "--scheduler"), (["--engine", "dask", "--scheduler", "x"], "x")]
)
def test_without_a_cluster_it_says_what_to_give(shop: Path, arguments: list[str], told: str) -> None:
    found = fit(*arguments)
    assert found.exit_code in (1, 2)
    assert told in found.output
    assert not (shop / "current-model").exists()


def test_without_a_catalogue_nothing_is_fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIFTBOT_CATALOG_DIR", str(tmp_path))
    found = fit()
    assert found.exit_code == 1
    assert "no catalogue has been imported" in found.output


def test_it_goes_on_fitting_what_came_meanwhile(shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fit that fails is told, and the next one is tried."""
    waited = []

    def wait(seconds: int) -> bool:
        waited.append(seconds)
        if len(waited) == 1:
            (shop / "current").rename(shop / "away")
        elif len(waited) == 2:
            (shop / "away").rename(shop / "current")
            assert "no catalogue has been imported" in str(told[-1])
        return len(waited) < 3

    told: list[object] = []
    monkeypatch.setattr("click.ClickException.show", lambda self: told.append(self.message))
    monkeypatch.setattr("bot.cli.fitting._waited", wait)
    found = fit("--every", "60", "--json")
    assert found.exit_code == 0
    assert waited == [60, 60, 60]
    assert [json.loads(line)["skipped"] for line in found.stdout.splitlines()] == [False, True]
