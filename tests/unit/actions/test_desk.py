"""Between turns the action server takes up what was published; within one nothing changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Event
from threading import enumerate as enumerate_threads
from zoneinfo import ZoneInfo

import pytest
from gift_chat import NOW, PRODUCTS, Chat, gardening_for_mum

from actions.desk import Desk, configure
from catalog.publishing.prepare import prepare
from catalog.ranking.house_rules import HouseRules
from catalog.shelf.shelf import Shelf
from catalog.steering.reach import Reaches
from catalog.steering.steering_file import SteeringFile
from catalog.wanted import Wanted

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


def _add(folder: Path, name: str, does: str, **fields: object) -> None:
    whole = {"author": "Ada", "reason": "recalled", "from": "2026-11-01", "until": "2026-12-31", **fields}
    SteeringFile.at(folder / "catalog", None, LONDON).add({"id": name, "do": does, **whole}, now=NOW)


@pytest.mark.parametrize(
    ("action", "intent", "said"),
    [
        ("action_select", "select", ["utter_withdrawn"]),
        ("action_product", "ask_product", ["utter_withdrawn"]),
        ("action_explain", "why", ["utter_withdrawn"]),
    ],
)
async def test_what_is_hidden_after_it_was_shown_is_not_sold(
    shop: Desk, tmp_path: Path, action: str, intent: str, said: list[str]
) -> None:
    """ "The second one" of a talk in progress may have been recalled since."""
    chat = Chat(shop)
    shown = [one["id"] for one in (await gardening_for_mum(chat))["suggestions"]]
    _add(tmp_path, "recall", "hide", products=[shown[1]])

    assert (await chat.says(action, intent, position=2))["said"] == said
    assert (await chat.says("action_compare", "compare"))["said"].count("utter_withdrawn") == 1


async def test_what_is_hidden_from_other_requests_is_still_sold(shop: Desk, tmp_path: Path) -> None:
    """Not for weddings, says the merchandiser; this is none."""
    chat = Chat(shop)
    shown = [one["id"] for one in (await gardening_for_mum(chat))["suggestions"]]
    _add(tmp_path, "weddings", "hide", products=[shown[0]], **{"for": {"occasion": "wedding"}})
    _add(tmp_path, "mothers", "hide", products=[shown[1]], **{"for": {"recipient": "mum"}})

    assert (await chat.says("action_select", "select", position=1))["said"] == ["utter_selected"]
    assert (await chat.says("action_select", "select", position=2))["said"] == ["utter_withdrawn"]


def test_no_shopper_waits_for_the_products_of_a_boost(
    shop: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What hides is in force at once, what ranks when its products were found in the background."""
    go_on, search = Event(), Reaches.__dict__["_where"]

    def slow(self: Reaches, where: dict[str, str]) -> object:
        if where == {"title": "candle"}:
            go_on.wait(30)
        return search(self, where)

    shop.between_turns()
    monkeypatch.setattr(Reaches, "_where", slow)
    _add(tmp_path, "candles", "boost", where={"title": "candle"})
    _add(tmp_path, "mugs", "hide", where={"title": "mug"})
    shop.between_turns()
    shop.between_turns()
    before = _steered(shop)
    go_on.set()
    (searching,) = [one for one in enumerate_threads() if one.name == "steering-search"]
    searching.join()
    shop.between_turns()

    assert before == {"m1": ("hidden",)}
    assert _steered(shop) == {"m1": ("hidden",), "c1": ("boosted",), "c2": ("boosted",)}


def test_a_start_waits_for_all_steers(shop: Desk, tmp_path: Path) -> None:
    """The first shopper is not served worse than the second."""
    _add(tmp_path, "candles", "boost", where={"title": "candle"})
    shop.between_turns()

    assert set(_steered(shop)) == {"c1", "c2"}


def _steered(desk: Desk) -> dict[str, tuple[str, ...]]:
    assert desk.rules.steers is not None
    effects = desk.rules.steers.effects(desk.shelf, Wanted(), NOW)
    told = {str(name): effects.named(at) for name, at in desk.shelf.positions.items()}
    return {name: tuple(one.split()[0] for one in named) for name, named in told.items() if named}


async def test_a_catalogue_that_cannot_be_opened_leaves_the_old_one_in_use(shop: Desk, tmp_path: Path) -> None:
    """Half a disk error must not silence the bot."""
    before = shop.shelf.snapshot_id
    (tmp_path / "catalog" / "current").write_text("gone\n")

    answer = await gardening_for_mum(Chat(shop))

    assert len(answer["suggestions"]) == 3
    assert shop.shelf.snapshot_id == before
