"""Why not that one: the bound that keeps it out, with its figure, or its place on the list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from gift_chat import NOW, Chat, gardening_for_mum

from actions.desk import Desk
from catalog.offers.arrival import DeliveryRules
from catalog.ranking.house_rules import HouseRules

RULES = DeliveryRules(ZoneInfo("Europe/London"), handling=(1, 1), transit=(2, 3))


@pytest.mark.parametrize(
    ("thing", "brief", "said", "value"),
    [
        ("parasol", {"budget_max": Decimal(20)}, "utter_why_not_too_dear", ("price", "£29")),
        ("mug", {"budget_min": Decimal(5)}, "utter_why_not_too_cheap", ("price_min", "£5")),
        ("candle", {"exclusions": ("candles",)}, "utter_why_not_ruled_out", ("term", "candles")),
        ("unicorn", {}, "utter_why_not_in_shop", ("thing", "unicorn")),
        ("cake tin", {}, "utter_why_not_matches", ("title", "Cake tin")),
    ],
)
async def test_what_keeps_a_thing_out_is_told_with_its_figure(
    chat: Chat, thing: str, brief: dict[str, Any], said: str, value: tuple[str, str]
) -> None:
    """A rule told in general is no answer to why the mug is missing."""
    await chat.says("action_suggest", "ask_gift", recipient="mom", interests=("gardening",), **brief)
    answer = await chat.says("action_explain", "why_not", interests=(thing,))

    assert answer["said"] == [said]
    assert answer["values"][0][value[0]] == value[1]


async def test_what_is_among_the_ideas_is_said_to_be(chat: Chat) -> None:
    """Not that it was shown before: it stands above."""
    await gardening_for_mum(chat)
    shown = [one["title"] for one in chat.kept("shown")]
    thing = shown[0].split()[-1].casefold()
    answer = await chat.says("action_explain", "why_not", interests=(thing,))

    assert answer["said"] == ["utter_why_not_shown"]


async def test_a_deadline_is_kept_by_what_is_shown_and_told_with_it(small_shop: Desk) -> None:
    """Wednesday's order of a shop that needs four working days is there on Friday week, not on Thursday."""
    chat = Chat(replace(small_shop, rules=HouseRules(delivery=RULES)))
    late = await chat.says(
        "action_suggest", "ask_gift", recipient="mom", interests=("gardening",), deadline=date(2026, 11, 25)
    )
    kept = await chat.says("action_suggest", "inform", deadline=date(2026, 11, 28))

    assert late["suggestions"] == []
    assert "utter_relax_later" in late["said"]
    assert NOW.date() == date(2026, 11, 22)
    assert len(kept["suggestions"]) == 3
    days = [one["day"] for one in kept["values"] if one["response"] == "utter_arrives"]
    assert days == ["Friday 27 November"] * 3
    assert "utter_deadline_kept" in kept["said"]


async def test_wishes_that_must_give_way_together_are_each_named(small_shop: Desk) -> None:
    """ "Several of your wishes" alone leaves a shopper guessing which."""
    chat = Chat(replace(small_shop, rules=HouseRules(delivery=RULES)))
    answer = await chat.says(
        "action_suggest", "ask_gift", recipient="mom", interests=("candles",), exclusions=("vanilla", "rose"),
        budget_max=Decimal(3), currency="GBP", deadline=date(2026, 11, 25),
    )  # fmt: skip

    assert answer["suggestions"] == []
    place = answer["said"].index("utter_relax_several")
    parts = [said for said in answer["said"][place + 1 :] if said.startswith("utter_relax_part_")]
    assert len(parts) >= 2


@pytest.mark.parametrize("place", ["ES", "ZZ"])
async def test_no_day_is_promised_in_a_country_the_shop_knows_no_way_to(small_shop: Desk, place: str) -> None:
    """The calendar of home says nothing of when a parcel is in Spain, or in a city of no known country."""
    chat = Chat(replace(small_shop, rules=HouseRules(delivery=RULES)))
    answer = await chat.says(
        "action_suggest", "ask_gift", recipient="sister", interests=("gardening",), deadline=date(2026, 11, 30),
        deliver_to=place,
    )  # fmt: skip

    assert len(answer["suggestions"]) == 3
    assert "utter_deadline_unchecked" in answer["said"]
    assert {"utter_deadline_kept", "utter_arrives"}.isdisjoint(answer["said"])


async def test_a_day_abroad_is_counted_by_the_way_there(small_shop: Desk) -> None:
    """Where the shop knows it, by the calendar of where it goes."""
    rules = DeliveryRules(ZoneInfo("Europe/London"), handling=(1, 1), transit=(2, 3), abroad={"ES": (5, 8)})
    chat = Chat(replace(small_shop, rules=HouseRules(delivery=rules)))
    answer = await chat.says(
        "action_suggest", "ask_gift", recipient="sister", interests=("gardening",), deadline=date(2026, 12, 24),
        deliver_to="ES",
    )  # fmt: skip

    days = {one["day"] for one in answer["values"] if one["response"] == "utter_arrives"}
    assert days == {"Friday 4 December"}
