"""Turning a list another way: what is taken back, what stays, and what is said where nothing is found."""

from __future__ import annotations

from decimal import Decimal

import pytest
from gift_chat import Chat, gardening_for_mum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions import wording
from actions.showing import answer_for
from actions.talk import TalkSoFar
from actions.wording import Utterance
from nlu.brief import Brief

briefs = st.builds(
    Brief,
    recipient=st.sampled_from([None, "mom", "brother"]),
    budget_min=st.none() | st.sampled_from([Decimal(5), Decimal(300)]),
    budget_max=st.none() | st.sampled_from([Decimal("0.50"), Decimal(10), Decimal(30)]),
    currency=st.sampled_from([None, "GBP", "USD"]),
    interests=st.sampled_from([(), ("drones",), ("gardening",), ("gardening", "drones")]),
    exclusions=st.sampled_from([(), ("leather",), ("candles",)]),
)


async def test_any_price_then_cheaper_is_about_our_prices(chat: Chat) -> None:
    """The dollars said at first are gone with the budget; "cheaper" is cheaper than what was shown."""
    await gardening_for_mum(chat, budget_max=Decimal(30), currency="USD")
    await chat.says("action_suggest", "ask_gift", no_budget=True, currency="USD")
    answer = await chat.says("action_refine", "cheaper")

    assert answer["suggestions"]
    assert "utter_relax_other_currency" not in answer["said"]


async def test_a_turn_that_found_nothing_is_not_taken(chat: Chat) -> None:
    """Dearer finds nothing; something else then shows what has not been seen, at any price."""
    first = await chat.says("action_suggest", "ask_gift", recipient="mom", interests=("gardening",))
    for _ in range(4):
        dearer = await chat.says("action_refine", "dearer")
        if not dearer["suggestions"]:
            break
    answer = await chat.says("action_refine", "something_else")

    assert dearer["said"][0] == "utter_nothing_dearer"
    assert answer["suggestions"]
    assert first["suggestions"]


@pytest.mark.parametrize("intent", ["something_else", "not_that"])
async def test_turning_away_forgets_what_the_last_list_was_like(chat: Chat, intent: str) -> None:
    """ "Something else" after "more like the second" must not go on with things like the second."""
    await gardening_for_mum(chat)
    await chat.says("action_refine", "more_like", position=2)
    answer = await chat.says("action_refine", intent)

    assert answer["suggestions"]
    assert chat.kept("refined")["like"] is None
    assert "utter_reason_like_shown" not in answer["said"]


async def test_turning_down_one_rules_out_its_kind(chat: Chat) -> None:
    """And never the words that point at it."""
    shown = (await gardening_for_mum(chat))["suggestions"]
    answer = await chat.says("action_refine", "not_that", position=1, exclusions=("first one",))

    kinds = answer["brief"]["exclusions"]
    assert len(kinds) == 1
    assert kinds[0] in shown[0]["title"].lower()
    assert answer["said"][0] == "utter_ideas_unlike"
    assert not [one for one in answer["suggestions"] if kinds[0] in one["title"].lower()]


async def test_without_is_claimed_only_where_something_was_left_out(chat: Chat) -> None:
    """No title of this shop tells leather, so the bot says that instead."""
    await gardening_for_mum(chat)
    told = await chat.says("action_refine", "not_that", exclusions=("candles",))
    untold = await chat.says("action_refine", "not_that", exclusions=("leather",))

    assert told["said"][0] == "utter_ideas_without"
    assert "utter_exclusion_untold" not in told["said"]
    assert untold["said"][0] == "utter_exclusion_untold"
    assert "utter_ideas_without" not in untold["said"]


async def test_an_exclusion_of_the_request_itself_is_answered_too(chat: Chat) -> None:
    """A leather allergy is said in the first message."""
    answer = await gardening_for_mum(chat, exclusions=("leather",))
    later = await chat.says("action_refine", "something_else")

    assert answer["said"][0] == "utter_exclusion_untold"
    assert "utter_exclusion_untold" not in later["said"]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(briefs)
def test_no_answer_is_a_dead_end_and_every_price_has_its_currency(small_shop: object, brief: Brief) -> None:
    """Where nothing is found there is always a way on; offers name prices as our offers do."""
    talk = TalkSoFar(brief=brief)
    answer = answer_for(talk, "42")
    if not answer.suggestions:
        assert wording.nothing(Utterance("utter_nothing"), answer, talk)[-1].response == "utter_way_on"
    for one in wording.relaxations(answer, talk):
        for name in wording.MONEY_VALUES & set(one.values):
            assert str(one.values[name]).startswith("£")


async def test_one_price_is_not_told_as_a_span(chat: Chat) -> None:
    """ "£12 to £12" reads like a mistake."""
    answer = await chat.says("action_suggest", "ask_gift", interests=("cake tin",), budget_max=Decimal(5))

    assert "utter_relax_outside_budget_one_price" in answer["said"]
    assert "utter_relax_outside_budget" not in answer["said"]
