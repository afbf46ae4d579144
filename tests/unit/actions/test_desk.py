"""Between turns the action server takes up what was published; within one nothing changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from gift_chat import NOW, PRODUCTS, Chat, gardening_for_mum

from actions.desk import Desk, configure
from catalog.publishing.prepare import prepare
from catalog.ranking.house_rules import HouseRules
from catalog.shelf.shelf import Shelf
from catalog.steering.steering_file import SteeringFile

LONDON = ZoneInfo("Europe/London")


def _publish(folder: Path, products: str = PRODUCTS) -> None:
    (folder / "feed.csv").write_text(products)
    prepare(folder / "feed.csv", None, folder / "catalog", as_of=date(2026, 11, 22))


@pytest.fixture
def shop(tmp_path: Path) -> Desk:
    """A desk that follows a catalogue and a steering file of its own."""
    _publish(tmp_path)
    steering = SteeringFile.at(tmp_path / "catalog", None, LONDON)
    desk = Desk(Shelf.open(tmp_path / "catalog"), lambda: NOW, HouseRules(), steering.steers)
    configure(desk)
    return desk


async def test_a_new_catalogue_is_used_from_the_next_turn_on(shop: Desk, tmp_path: Path) -> None:
    """No restart between a merchandiser's import and a shopper's answer."""
    chat = Chat(shop)
    place = [one["id"] for one in (await gardening_for_mum(chat))["suggestions"]]
    first = PRODUCTS.splitlines()
    _publish(tmp_path, "\n".join(line for line in first if not line.startswith(f"{place[0]},")) + "\n")

    answer = await chat.says("action_select", "select", position=1)

    assert answer["said"] == ["utter_withdrawn"]


async def test_what_merchandisers_hide_is_hidden_from_the_next_turn_on(shop: Desk, tmp_path: Path) -> None:
    """A recalled product cannot wait for a restart."""
    chat = Chat(shop)
    shown = [one["id"] for one in (await gardening_for_mum(chat))["suggestions"]]
    SteeringFile.at(tmp_path / "catalog", None, LONDON).add(
        {
            "id": "recall", "do": "hide", "products": [shown[0]], "author": "Ada", "reason": "recalled",
            "from": "2026-11-01", "until": "2026-12-31",
        },
        now=NOW,
    )  # fmt: skip

    again = await Chat(shop).says("action_suggest", "ask_gift", recipient="mom", interests=("gardening",))

    assert shown[0] not in [one["id"] for one in again["suggestions"]]


async def test_a_catalogue_that_cannot_be_opened_leaves_the_old_one_in_use(shop: Desk, tmp_path: Path) -> None:
    """Half a disk error must not silence the bot."""
    before = shop.shelf.snapshot_id
    (tmp_path / "catalog" / "current").write_text("gone\n")

    answer = await gardening_for_mum(Chat(shop))

    assert len(answer["suggestions"]) == 3
    assert shop.shelf.snapshot_id == before
