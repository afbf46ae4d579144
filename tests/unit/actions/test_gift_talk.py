"""What the bot does with each wish, on a small real shelf through rasa_sdk's own executor."""

from __future__ import annotations

from decimal import Decimal

from gift_chat import Chat, gardening_for_mum


async def test_three_ideas_with_price_reason_and_link(chat: Chat) -> None:
    """The main job."""
    answer = await gardening_for_mum(chat, budget_min=Decimal(20), budget_max=Decimal(30), currency="GBP")

    assert [one["id"] for one in answer["suggestions"] if 20 <= one["price"] <= 30] != []
    assert {one["id"] for one in answer["suggestions"]} == {"t4", "t5", "t6"}
    assert answer["said"].count("utter_link") == 3
    assert "utter_reason_matches" in answer["said"]


async def test_cheaper_means_cheaper_than_the_cheapest_shown(chat: Chat) -> None:
    """Each of them, also where a minimum was said before."""
    first = await gardening_for_mum(chat, budget_min=Decimal(20), budget_max=Decimal(30), currency="GBP")
    cheapest = min(one["price"] for one in first["suggestions"])

    answer = await chat.says("action_refine", "cheaper")

    assert answer["suggestions"]
    assert all(one["price"] < cheapest for one in answer["suggestions"])


async def test_cheaper_twice_goes_on_down_to_an_honest_end(chat: Chat) -> None:
    """No dead end: at the bottom it says so and what else there is."""
    await gardening_for_mum(chat)
    for _ in range(6):
        answer = await chat.says("action_refine", "cheaper")

    assert answer["suggestions"] == []
    assert answer["said"][0] == "utter_nothing_cheaper"
    assert any(name.startswith("utter_relax_") for name in answer["said"])


async def test_a_figure_says_more_than_cheaper(chat: Chat) -> None:
    """ "Cheaper, up to £10" is a budget; and "any price" lifts what cheaper had set."""
    await gardening_for_mum(chat)
    await chat.says("action_refine", "cheaper")
    answer = await chat.says("action_refine", "cheaper", no_budget=True)

    assert answer["brief"]["no_budget"] is True
    assert answer["suggestions"]


async def test_a_list_that_misses_the_interest_says_so_first(chat: Chat) -> None:
    """A shopper must not take a cake tin for the best the shop has for a gardener."""
    answer = await chat.says(
        "action_suggest", "ask_gift", interests=("gardening",), budget_max=Decimal("4.50"), currency="GBP"
    )

    assert answer["said"][0] == "utter_ideas_unmatched"
    assert "utter_relax_raise_max_for" in answer["said"]


async def test_nothing_is_shown_twice(chat: Chat) -> None:
    """Something else means something else."""
    seen = [one["id"] for one in (await gardening_for_mum(chat))["suggestions"]]
    for _ in range(4):
        answer = await chat.says("action_refine", "something_else")
        seen += [one["id"] for one in answer["suggestions"]]

    assert len(seen) == len(set(seen))


async def test_an_exclusion_holds_from_then_on(chat: Chat) -> None:
    """Not candles is not candles, in this list and the next."""
    await chat.says("action_suggest", "ask_gift", interests=("candles",))
    answer = await chat.says("action_refine", "not_that", exclusions=("candles",))
    later = await chat.says("action_refine", "something_else")

    titles = [one["title"] for one in [*answer["suggestions"], *later["suggestions"]]]
    assert titles
    assert not [title for title in titles if "candle" in title.lower()]


async def test_more_like_one_needs_to_know_which(chat: Chat) -> None:
    """Rather one short question than a guess."""
    await gardening_for_mum(chat)

    assert (await chat.says("action_refine", "more_like"))["said"] == ["utter_which"]
    answer = await chat.says("action_refine", "more_like", position=2)
    assert answer["said"][0] == "utter_ideas_more_like"
    assert answer["suggestions"]


async def test_another_recipient_begins_a_new_search(chat: Chat) -> None:
    """Mum's gardening must not follow into the brother's present."""
    await gardening_for_mum(chat)
    answer = await chat.says("action_suggest", "ask_gift", recipient="brother", interests=("baking",))

    assert answer["brief"]["recipient"] == "brother"
    assert answer["brief"]["interests"] == ["baking"]


async def test_why_is_answered_from_the_reasons_of_the_score(chat: Chat) -> None:
    """And for the one that was asked about only."""
    await gardening_for_mum(chat)
    answer = await chat.says("action_explain", "why", position=2)

    assert answer["said"].count("utter_explain") == 1
    assert "utter_reason_matches" in answer["said"]


async def test_choosing_gives_price_and_link_again(chat: Chat) -> None:
    """The way to the shop is never more than one message away."""
    shown = (await gardening_for_mum(chat))["suggestions"]
    answer = await chat.says("action_select", "select", position=2)

    assert answer["values"][0]["link"] == shown[1]["link"]


async def test_a_person_is_asked_for_once_and_clearly(chat: Chat) -> None:
    """The worker mutes the bot by the flag, not by words."""
    answer = await chat.says("action_hand_over", "ask_person")

    assert answer["hand_over"] is True
    assert answer["said"] == ["utter_handover"]


async def test_a_fresh_start_forgets_the_search(chat: Chat) -> None:
    """And does not ask twice for what its own sentence asks."""
    await gardening_for_mum(chat)
    await chat.says("action_start_over", "start_over")
    answer = await chat.says("action_suggest", "ask_gift", interests=("candles",))

    assert answer["brief"]["interests"] == ["candles"]
    assert answer["brief"]["recipient"] is None
    assert answer["suggestions"]


async def test_not_minding_brings_ideas_instead_of_another_question(chat: Chat) -> None:
    """A shopper without an answer must still get presents."""
    await chat.says("action_suggest", "ask_gift", recipient="mom")
    answer = await chat.says("action_answer", "dont_mind")

    assert len(answer["suggestions"]) == 3


async def test_a_message_in_another_currency_is_not_converted_silently(chat: Chat) -> None:
    """A budget in dollars says nothing about pounds."""
    answer = await gardening_for_mum(chat, budget_max=Decimal(30), currency="USD")

    assert answer["suggestions"] == []
    assert "utter_relax_other_currency" in answer["said"]
