"""A worker keeps what it fetches of the catalogue where the shop said, and nowhere else."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from snapshot_shop import FULL, publish

from bot import settings
from bot.wiring import catalogue
from catalog.storage import Storage


def test_a_worker_copies_the_catalogue_to_the_folder_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIFTBOT_CATALOG_CACHE may be the only place with room."""
    address, cache = f"memory://{uuid.uuid4().hex}", tmp_path / "chosen"
    publish(Storage.at(address, cache=tmp_path / "importer"), "000001-aaaaaaaa", [FULL])
    for name, value in {
        "CATALOG_DIR": address,
        "CATALOG_CACHE": str(cache),
        "X_ACCOUNT_ID": "1",
        "X_CONSUMER_SECRET": "only-for-this-test",
    }.items():
        monkeypatch.setenv(f"GIFTBOT_{name}", value)
    monkeypatch.chdir(tmp_path)
    said = settings.load()
    desk = catalogue.open_desk(said)
    assert desk.shelf.product(FULL.id) == FULL
    assert list(cache.rglob("products.jsonl"))
    assert {path.name for path in tmp_path.iterdir()} == {"importer", "chosen"}
