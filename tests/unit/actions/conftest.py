"""A small shop, published once: enough to ask for, to run out of, and to compare."""

from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path

import pytest

from actions.desk import Desk, configure
from catalog.prepare import prepare
from catalog.shelf import Shelf

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)

PRODUCTS = """id,title,price,currency,availability,link
t1,Garden trowel,6.00,GBP,in_stock,https://shop.example/p/t1
t2,Garden gloves,8.00,GBP,in_stock,https://shop.example/p/t2
t3,Herb garden planter,14.00,GBP,in_stock,https://shop.example/p/t3
t4,Garden watering can,22.00,GBP,in_stock,https://shop.example/p/t4
t5,Garden bench cushion,27.00,GBP,in_stock,https://shop.example/p/t5
t6,Garden parasol,29.00,GBP,in_stock,https://shop.example/p/t6
c1,Vanilla candle,5.00,GBP,in_stock,https://shop.example/p/c1
c2,Rose candle,24.00,GBP,in_stock,https://shop.example/p/c2
m1,Blue mug,4.00,GBP,in_stock,https://shop.example/p/m1
k1,Cake tin,12.00,GBP,in_stock,https://shop.example/p/k1
"""


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
