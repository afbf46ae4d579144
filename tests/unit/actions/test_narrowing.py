"""A day, a sum or an unwanted kind behind ideas is acted on, whatever it sounds like; arrival is told as of now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from gift_chat import NOW, Chat, gardening_for_mum

from actions.desk import Desk
from catalog.offers.arrival import DeliveryRules
from catalog.publishing.prepare import prepare
from catalog.ranking.house_rules import HouseRules
from catalog.shelf.shelf import Shelf

RULES = DeliveryRules(ZoneInfo("Europe/London"), handling=(1, 1), transit=(2, 3))
IN_TIME, TOO_SOON = date(2026, 11, 28), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("action", "intent"),
    [("action_service", "goodbye"), ("action_service", "out_of_scope"), ("action_unsure", "nlu_fallback")],
)
async def test_a_deadline_behind_ideas_is_another_search(small_shop: Desk, action: str, intent: str) -> None:
    """ "By Friday then" sounds like a goodbye."""
    chat = Chat(replace(small_shop, rules=HouseRules(delivery=RULES)))
    await gardening_for_mum(chat)
    answer = await chat.says(action, intent, deadline=IN_TIME)

    assert answer["brief"]["deadline"] == IN_TIME.isoformat()
    assert "utter_deadline_kept" in answer["said"]
    assert answer["suggestions"]


@pytest.mark.parametrize("intent", ["opt_out", "privacy_export", "order_help", "abuse"])
async def test_consent_and_orders_are_no_search(chat: Chat, intent: str) -> None:
    """ "My order should be here by Friday" asks for no ideas, and who wants no messages wants none."""
    await gardening_for_mum(chat)
    answer = await chat.says("action_service", intent, deadline=IN_TIME)

    assert answer["suggestions"] == []
    assert answer["brief"]["deadline"] is None


async def test_a_sum_before_any_ideas_is_no_reason_to_search(chat: Chat) -> None:
    """A goodbye with a figure is a goodbye."""
    answer = await chat.says("action_service", "goodbye", budget_max=Decimal(20))

    assert answer["said"] == ["utter_goodbye"]


async def test_where_stock_is_unsure_arrival_is_no_promise(small_shop: Desk) -> None:
    """ "With you by Friday" and "I can't say that it is in stock" contradict each other."""
    later = replace(small_shop, rules=HouseRules(delivery=RULES, stock_max_age_days=1))
    later.clock = lambda: NOW.replace(day=25)
    answer = await gardening_for_mum(Chat(later), deadline=date(2026, 12, 4))

    assert "utter_deadline_if_in_stock" in answer["said"]
    assert "utter_deadline_kept" not in answer["said"]


@pytest.mark.parametrize("intent", ["select", "ask_product"])
@pytest.mark.parametrize(("day", "said"), [(IN_TIME, "utter_arrives_now"), (TOO_SOON, "utter_arrives_late")])
async def test_one_taken_or_asked_about_is_held_against_the_day_again(
    small_shop: Desk, intent: str, day: date, said: str
) -> None:
    """Ideas of last week no longer arrive in time; and the day may be said with the choice."""
    chat = Chat(replace(small_shop, rules=HouseRules(delivery=RULES)))
    await gardening_for_mum(chat)
    action = "action_select" if intent == "select" else "action_product"
    answer = await chat.says(action, intent, position=1, deadline=day)

    assert answer["said"][1:] == [said]


async def test_the_cheapest_of_two_currencies_is_not_told(tmp_path: Path) -> None:
    """£20 is not more than 15 euros because 20 is more than 15."""
    (tmp_path / "feed.csv").write_text(
        "id,title,price,currency,availability,link\n"
        "a,Garden fork,20.00,GBP,in_stock,https://shop.example/a\n"
        "b,Garden lantern,15.00,EUR,in_stock,https://shop.example/b\n"
    )
    prepare(tmp_path / "feed.csv", None, tmp_path / "catalog", as_of=date(2026, 11, 22))
    chat = Chat(Desk(shelf=Shelf.open(tmp_path / "catalog"), clock=lambda: NOW))
    shown = await gardening_for_mum(chat)
    assert {one["currency"] for one in shown["suggestions"]} == {"GBP", "EUR"}

    assert "utter_compare_cheapest" not in (await chat.says("action_compare", "compare"))["said"]
