"""A small shop, published once: enough to ask for, to run out of, and to compare."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gift_chat import NOW, PRODUCTS, Chat

from actions.desk import Desk, configure
from catalog.publishing.prepare import prepare
from catalog.shelf.shelf import Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder: Path = tmp_path_factory.mktemp("shop")
    (folder / "feed.csv").write_text(PRODUCTS)
    prepare(folder / "feed.csv", None, folder / "catalog", as_of=date(2026, 11, 22))
    return Shelf.open(folder / "catalog")


@pytest.fixture(autouse=True)
def small_shop(shelf: Shelf) -> Desk:
    desk = Desk(shelf=shelf, clock=lambda: NOW)
    configure(desk)
    return desk


@pytest.fixture
def chat(small_shop: Desk) -> Chat:
    return Chat(small_shop)
