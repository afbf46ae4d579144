"""What is said of a thing that is not among the ideas is said of what stands on the screen, and of that very thing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gift_chat import Chat, gardening_for_mum

from actions.desk import Desk
from catalog.ranking.house_rules import HouseRules

BY_NAME = {"t1": "trowel", "t2": "gloves", "t3": "planter", "t4": "watering can", "t5": "cushion", "t6": "parasol"}


@pytest.mark.parametrize("message", [f"m{number}" for number in range(6)])
async def test_what_stands_above_is_what_was_shown(small_shop: Desk, message: str) -> None:
    """Where places are drawn to learn from, the list of certainty is not the list on the screen."""
    chat = Chat(replace(small_shop, rules=HouseRules(explore=1.0)))
    shown = {one["id"] for one in (await gardening_for_mum(chat, message_id=message))["suggestions"]}
    for product, name in BY_NAME.items():
        answer = await chat.says("action_explain", "why_not", interests=(name,))

        assert ("utter_why_not_shown" in answer["said"]) == (product in shown)


@pytest.mark.parametrize("thing", ["islamic art", "garden art", "chocolate mug"])
async def test_a_thing_the_shop_lacks_is_not_taken_for_another(chat: Chat, thing: str) -> None:
    """One word of it is not the thing."""
    await gardening_for_mum(chat)
    answer = await chat.says("action_explain", "why_not", interests=(thing,))

    assert answer["said"] == ["utter_why_not_in_shop"]


async def test_a_sensitive_word_of_a_why_not_is_said_and_not_recorded(chat: Chat) -> None:
    """The action does not take it into the Brief; the record of the turn must be without it all the same."""
    await gardening_for_mum(chat)
    answer = await chat.says(
        "action_explain", "why_not", interests=("rosary beads",), passing=("rosary beads",),
        sensitive=(("religion", "rosary"),),
    )  # fmt: skip

    (told,) = [one for one in answer["values"] if one["response"] == "utter_why_not_in_shop"]
    assert (told["thing"], told["mark"]) == ("rosary beads", "passing")


async def test_of_half_a_thing_nothing_is_claimed(chat: Chat) -> None:
    """ "Christian books" are not any books."""
    await gardening_for_mum(chat)
    answer = await chat.says(
        "action_explain", "why_not", interests=("candle",), sensitive=(("religion", "christian"),)
    )  # fmt: skip

    assert answer["said"] == ["utter_why_not"]


async def test_what_meets_no_interest_is_not_said_to_fit_as_well(chat: Chat) -> None:
    """ "Fits too" of a cake tin for a gardener is untrue."""
    await gardening_for_mum(chat)
    tin = await chat.says("action_explain", "why_not", interests=("cake tin",))

    assert tin["said"] == ["utter_why_not_matches"]
