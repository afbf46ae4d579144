"""What is kept and let go, what is known of a product, one question where a message may mean two things."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from gift_chat import Chat, gardening_for_mum

from actions.besides import ANSWERS, COURTESIES


async def test_what_is_kept_is_shown_and_then_let_go(chat: Chat) -> None:
    """Asking what the bot knows is answered with just that; forgetting leaves nothing in the talk."""
    await gardening_for_mum(chat, budget_max=Decimal(30), currency="GBP", exclusions=("candles",))
    shown = await chat.says("action_privacy_show", "privacy_show")
    told = {one["response"]: one.get("value") for one in shown["values"] if one["response"]}
    assert told["utter_known_recipient"] == "mom"
    assert told["utter_known_interests"] == "gardening"
    assert told["utter_known_budget"] == "≤ £30"
    assert told["utter_known_exclusions"] == "candles"

    await chat.says("action_privacy_forget", "privacy_forget")

    assert chat.kept("shown") == []
    assert chat.kept("brief")["recipient"] is None
    after = await chat.says("action_privacy_show", "privacy_show")
    assert after["said"][0] == "utter_known_nothing"


async def test_sensitive_words_serve_the_turn_and_are_in_no_slot_and_no_record(chat: Chat) -> None:
    """X forbids to store them; a gardener who is Sikh gets an answer for both, and only gardening is kept."""
    answer = await gardening_for_mum(chat, occasion="diwali", passing=("gardening", "diwali"))

    assert "utter_reason_matches" in answer["said"]
    kept = json.dumps([chat.kept(slot) for slot in ("brief", "shown")])
    assert "diwali" not in kept
    assert "gardening" not in kept
    marks = {one["mark"] for one in answer["values"] if one["response"] == "utter_reason_matches"}
    assert marks == {"reason_passing"}
    assert "diwali" not in json.dumps(answer["brief"])


async def test_what_tells_something_sensitive_is_not_repeated_as_missing_nor_recorded(chat: Chat) -> None:
    """ "I have nothing for adhd" would be rude, and the record of the turn would keep it."""
    unmatched = await chat.says(
        "action_suggest",
        "ask_gift",
        recipient="mom",
        interests=("rosary",),
        exclusions=("pork",),
        passing=("rosary", "pork"),
    )

    assert "utter_ideas" in unmatched["said"]
    assert "rosary" not in json.dumps(unmatched["values"])
    assert {one["mark"] for one in unmatched["values"] if "pork" in json.dumps(one)} == {"passing"}


async def test_a_question_about_one_is_answered_with_price_stock_and_page(chat: Chat) -> None:
    """ "How much is the second?" needs no person."""
    await gardening_for_mum(chat)

    answer = await chat.says("action_product", "ask_product", position=2)

    assert answer["said"] == ["utter_product"]
    assert answer["values"][0]["link"].startswith("https://shop.example/p/")


async def test_do_you_sell_is_a_search(chat: Chat) -> None:
    """Who asks for a thing by name wants to see it."""
    answer = await chat.says("action_product", "ask_product", interests=("candle",))

    assert {one["id"] for one in answer["suggestions"]} >= {"c1", "c2"}


async def test_the_shown_ones_stand_beside_each_other(chat: Chat) -> None:
    """Prices as they are now, and which is the cheapest."""
    first = await gardening_for_mum(chat)
    answer = await chat.says("action_compare", "compare")

    assert answer["said"].count("utter_suggestion") == 3
    cheapest = min(first["suggestions"], key=lambda one: one["price"])
    assert answer["values"][-2]["rank"] == cheapest["rank"]


async def test_more_special_is_dearer_than_the_middle_one(chat: Chat) -> None:
    """One step up, not only beyond the dearest."""
    first = await gardening_for_mum(chat)
    middle = sorted(one["price"] for one in first["suggestions"])[1]

    answer = await chat.says("action_refine", "more_special")

    assert answer["said"][0] == "utter_ideas_more_special"
    assert all(one["price"] > middle for one in answer["suggestions"])


@pytest.mark.parametrize("shown", [True, False])
async def test_an_unclear_message_gets_one_question_with_the_two_likeliest_readings(chat: Chat, shown: bool) -> None:
    """Readings that mean nothing yet, or that nobody can choose, are not offered."""
    if shown:
        await gardening_for_mum(chat)

    answer = await chat.says(
        "action_unsure", "nlu_fallback", likely=("nlu_fallback", "chitchat", "cheaper", "ask_person", "why", "opt_out")
    )

    first = "cheaper" if shown else "ask_person"
    second = "ask_person" if shown else "opt_out"
    assert answer["said"] == ["utter_which_reading", f"utter_meant_{first}", f"utter_meant_{second}"]


async def test_a_second_wish_in_the_same_message_is_answered_too(chat: Chat) -> None:
    """ "Something cheaper, and do you deliver to Spain?" """
    await gardening_for_mum(chat, budget_min=Decimal(20), currency="GBP")

    answer = await chat.says("action_refine", "cheaper", also=("ask_delivery", "ask_person"))

    assert answer["said"][0] == "utter_ideas_cheaper"
    assert "utter_delivery" in answer["said"]
    assert answer["said"][-1] == "utter_handover"
    assert answer["hand_over"] is True


async def test_a_question_about_an_order_that_asks_for_a_person_gets_one(chat: Chat) -> None:
    """ "Where is my order, I want to talk to someone": the second half counts most."""
    answer = await chat.says("action_service", "order_help", also=("ask_person",))

    assert answer["said"] == ["utter_order_help", "utter_handover"]
    assert answer["hand_over"] is True


async def test_who_asks_whether_we_are_a_person_is_answered_and_not_handed_over(chat: Chat) -> None:
    """A hand-over mutes the bot: never on a question about it."""
    answer = await chat.says("action_service", "bot_challenge", also=("ask_person",))

    assert answer["said"] == ["utter_bot"]
    assert answer["hand_over"] is False


@pytest.mark.parametrize("intent", sorted(COURTESIES))
async def test_a_question_beside_a_courtesy_is_answered(chat: Chat, intent: str) -> None:
    """ "Thanks! Do you deliver to Malta?" """
    answer = await chat.says("action_service", intent, also=("ask_delivery",))
    assert answer["said"] == [f"utter_{intent}", "utter_delivery"]


@pytest.mark.parametrize("intent", sorted(ANSWERS))
async def test_every_question_to_the_shop_has_its_answer(chat: Chat, intent: str) -> None:
    """None falls through to "that's beyond me"."""
    assert (await chat.says("action_service", intent))["said"] == [ANSWERS[intent]]


@pytest.mark.parametrize(("vague", "dearest"), [("low", 14), ("high", 29)])
async def test_a_vague_budget_leans_and_never_bounds(chat: Chat, vague: str, dearest: int) -> None:
    """ "Not too expensive" shows the cheaper ones first; nothing is out of reach for it."""
    answer = await gardening_for_mum(chat, budget_vague=vague)

    prices = [one["price"] for one in answer["suggestions"]]
    assert max(prices) <= dearest
    assert max(prices) >= (6 if vague == "low" else 27)


async def test_facts_of_an_unclear_message_are_used_where_it_may_be_about_a_gift(chat: Chat) -> None:
    """ "Where does jelly come from" names a thing and asks for none."""
    no = await chat.says("action_unsure", "nlu_fallback", likely=("chitchat", "out_of_scope"), interests=("candle",))
    yes = await chat.says("action_unsure", "nlu_fallback", likely=("ask_gift", "chitchat"), interests=("candle",))

    assert no["suggestions"] == []
    assert yes["suggestions"]
