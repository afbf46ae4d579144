"""A talk never expires, prices and stock do: what is taken or explained is read again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gift_chat import NOW, PRODUCTS, Chat, gardening_for_mum

from actions.desk import Desk, configure
from catalog.publishing.prepare import prepare
from catalog.shelf.shelf import Shelf


def _later(folder: Path, old: str, new: str) -> None:
    """The catalogue as imported anew, with one row changed."""
    assert old in PRODUCTS
    (folder / "feed.csv").write_text(PRODUCTS.replace(old, new))
    prepare(folder / "feed.csv", None, folder / "catalog", as_of=date(2026, 11, 23))
    configure(Desk(shelf=Shelf.open(folder / "catalog"), clock=lambda: NOW))


async def _shown_trowel(chat: Chat) -> int:
    """Where the trowel stands among the ideas."""
    shown = (await gardening_for_mum(chat))["suggestions"]
    while "t1" not in [one["id"] for one in shown]:
        shown = (await chat.says("action_refine", "something_else"))["suggestions"]
    return [one["id"] for one in shown].index("t1") + 1


TROWEL = "t1,Garden trowel,6.00,GBP,in_stock,https://shop.example/p/t1\n"


async def test_the_price_quoted_is_the_price_now(chat: Chat, tmp_path: Path) -> None:
    """Price and link as the shop has them, and that they changed."""
    place = await _shown_trowel(chat)
    _later(tmp_path, TROWEL, "t1,Garden trowel,7.50,GBP,in_stock,https://shop.example/new\n")
    answer = await chat.says("action_select", "select", position=place)

    assert answer["said"] == ["utter_selected_new_price"]
    assert answer["values"][0]["price"] == "£7.50"
    assert answer["values"][0]["link"] == "https://shop.example/new"


@pytest.mark.parametrize(
    ("row", "said"),
    [(TROWEL.replace("in_stock", "out_of_stock"), "utter_sold_out"), ("", "utter_withdrawn")],
)
async def test_what_is_gone_is_not_sold(chat: Chat, tmp_path: Path, row: str, said: str) -> None:
    """Neither taken nor explained as if it could be had."""
    place = await _shown_trowel(chat)
    _later(tmp_path, TROWEL, row)

    assert (await chat.says("action_select", "select", position=place))["said"] == [said]
    assert (await chat.says("action_explain", "why", position=place))["said"] == [said]


async def test_what_is_sold_out_still_leads_to_something_similar(chat: Chat, tmp_path: Path) -> None:
    """The way on that is offered works."""
    place = await _shown_trowel(chat)
    _later(tmp_path, TROWEL, TROWEL.replace("in_stock", "out_of_stock"))
    answer = await chat.says("action_refine", "more_like", position=place)

    assert answer["suggestions"]
    assert "t1" not in [one["id"] for one in answer["suggestions"]]
