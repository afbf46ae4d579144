"""What a turn tells the interactions ledger: what was shown with which chance, what was liked, what was turned down."""

from __future__ import annotations

from gift_chat import NOW, Chat, gardening_for_mum

from actions.desk import Desk
from catalog.ranking.house_rules import HouseRules


async def test_what_is_shown_is_told_with_place_and_chance(chat: Chat) -> None:
    """Learning from clicks is honest only with the chance each product had."""
    answer = await gardening_for_mum(chat)

    assert [(one["kind"], one["product_id"], one["rank"]) for one in answer["interactions"]] == [
        ("shown", one["id"], rank) for rank, one in enumerate(answer["suggestions"], start=1)
    ]
    assert all(0 < one["propensity"] <= 1 for one in answer["interactions"])


async def test_what_is_liked_or_turned_down_is_told_before_what_follows(chat: Chat) -> None:
    """ "More like the second" and "not the first" say more than any click."""
    asked = {"recipient": "mom", "interests": ("gardening",)}
    first = (await chat.says("action_suggest", "ask_gift", message_id="m1", **asked))["suggestions"]
    more = await chat.says("action_refine", "more_like", message_id="m2", position=2)
    less = await chat.says("action_refine", "not_that", message_id="m3", position=1)
    taken = await chat.says("action_select", "select", message_id="m4", position=1)

    assert more["interactions"][0] == {"kind": "liked", "product_id": first[1]["id"], "group_id": "m1"}
    refused = more["suggestions"][0]["id"]
    assert less["interactions"][0] == {"kind": "dismissed", "product_id": refused, "group_id": "m2"}
    assert [(one["kind"], one["group_id"]) for one in taken["interactions"]] == [("liked", "m3")]


async def test_a_turn_taken_again_after_a_crash_draws_the_same(small_shop: Desk) -> None:
    """Else the ledger would hold another list than the shopper read."""
    exploring = Desk(small_shop.shelf, lambda: NOW, HouseRules(explore=1.0))
    seen = set()
    for number in range(30):
        lists = [tuple(one["id"] for one in (await _asked(exploring, f"m{number}"))["suggestions"]) for _ in range(2)]
        assert lists[0] == lists[1]
        seen.add(lists[0])
    assert len(seen) > 1


async def _asked(desk: Desk, message_id: str) -> dict[str, list[dict[str, str]]]:
    return await Chat(desk).says(
        "action_suggest", "ask_gift", message_id=message_id, recipient="mom", interests=("gardening",)
    )
