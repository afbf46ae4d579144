"""What the bot offers is what the shopper gets when they take it up, in the currency they spoke of."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from gift_chat import NOW, Chat, gardening_for_mum

from actions.desk import Desk
from catalog.publishing.prepare import prepare
from catalog.shelf.shelf import Shelf

GARDEN = "Rose garden trowel,25,GBP Garden gloves,28,GBP Herb garden kit,29,GBP Tin watering can,22,GBP"
ABROAD = "Garden fork,21,USD Garden bench,19,USD Garden lantern,15,EUR Garden kneeler,900,USD"


async def test_a_dearer_price_taken_up_gives_as_many_new_ideas_as_were_offered(chat: Chat) -> None:
    """ "Up to £22 I'd have 3": three garden things not seen yet, no cake tin among them."""
    first = await gardening_for_mum(chat, budget_max=Decimal(7), currency="GBP")
    offer = next(one for one in first["values"] if one.get("response") == "utter_relax_raise_max_for")
    then = await chat.says("action_suggest", "inform", budget_max=Decimal(offer["price_max"][1:]), currency="GBP")

    new = {one["id"] for one in then["suggestions"]} - {one["id"] for one in first["suggestions"]}
    assert len([name for name in new if name.startswith("t")]) == offer["count"] == 3


async def test_what_is_shown_anyway_is_not_offered_for_giving_up_the_interest(chat: Chat) -> None:
    """Candle and mug stood there already when "without gardening I'd have 3" was said."""
    first = await gardening_for_mum(chat, budget_max=Decimal(7), currency="GBP")

    assert len(first["suggestions"]) == 3
    assert "utter_relax_drop_interest" not in first["said"]


async def test_cheaper_stays_in_the_currency_of_what_was_shown(tmp_path: Path) -> None:
    """$21 and €15 are not "all below £22"."""
    rows = re.findall(r"([A-Z][a-z ]+),(\d+),([A-Z]{3})", f"{GARDEN} {ABROAD}")
    lines = [
        f"p{at},{title},{price},{code},in_stock,https://shop.example/{at}"
        for at, (title, price, code) in enumerate(rows)
    ]
    (tmp_path / "feed.csv").write_text("\n".join(["id,title,price,currency,availability,link", *lines]) + "\n")
    prepare(tmp_path / "feed.csv", None, tmp_path / "catalog", as_of=date(2026, 11, 22))
    chat = Chat(Desk(Shelf.open(tmp_path / "catalog"), lambda: NOW))
    first = await gardening_for_mum(chat, budget_max=Decimal(30), currency="GBP")
    cheaper = await chat.says("action_refine", "cheaper")

    assert {one["currency"] for one in first["suggestions"]} == {"GBP"}
    assert {one["currency"] for one in cheaper["suggestions"]} <= {"GBP"}
