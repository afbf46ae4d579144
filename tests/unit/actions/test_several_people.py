"""Several recipients named at once: one after the other, each with what was said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from gift_chat import Chat

from nlu.wish import Person

MOM = Person("mom", gender="female", interests=("gardening",))
DAD = Person("dad", gender="male", interests=("candle",))


async def test_the_first_is_served_and_the_next_is_offered(chat: Chat) -> None:
    """Nobody named is forgotten, and the shopper is told what to say."""
    both = ("gardening", "candle")
    answer = await chat.says("action_suggest", "ask_gift", recipient="mom", people=(MOM, DAD), interests=both)

    assert answer["brief"]["interests"] == ["gardening"]
    offered = [one for one in answer["values"] if one["response"] == "utter_next_person"]
    assert [one["recipient"] for one in offered] == ["dad"]


async def test_the_next_starts_with_what_was_said_of_them_and_of_all(chat: Chat) -> None:
    """The second question about what was said is what shoppers hate most."""
    await chat.says(
        "action_suggest", "ask_gift", recipient="mom", people=(MOM, DAD), budget_max=Decimal(25), occasion="christmas"
    )

    answer = await chat.says("action_suggest", "inform", recipient="dad")

    brief = answer["brief"]
    assert (brief["recipient"], brief["interests"], brief["budget_max"]) == ("dad", ["candle"], "25")
    assert brief["occasion"] == "christmas"
    assert {one["id"] for one in answer["suggestions"]} <= {"c1", "c2"} | {"t1", "t2", "t3", "t4", "m1", "k1"}
    assert answer["suggestions"][0]["id"] in ("c1", "c2")


async def test_two_children_are_told_apart_by_their_ages(chat: Chat) -> None:
    """ "And the 12 year old?" is another child, not a correction."""
    people = (Person("child", age=(8, 8), interests=("gardening",)), Person("child", age=(12, 12)))
    first = await chat.says("action_suggest", "ask_gift", recipient="child", recipient_age=(8, 8), people=people)
    assert "utter_next_person_of_age" in first["said"]

    second = await chat.says("action_suggest", "inform", recipient_age=(12, 12))

    assert second["brief"]["recipient_age"] == [12, 12]
    assert "utter_next_person_of_age" not in second["said"]


async def test_a_sum_for_all_is_shared_out(chat: Chat) -> None:
    """£24 for three nieces is £8 each: a hard bound for each gift, and said."""
    answer = await chat.says(
        "action_suggest", "ask_gift", recipient="niece", recipient_count=3, interests=("gardening",),
        budget_max=Decimal(24), currency="GBP", budget_scope="total",
    )  # fmt: skip

    assert answer["suggestions"]
    assert all(one["price"] <= 8 for one in answer["suggestions"])
    shared = [one for one in answer["values"] if one["response"] == "utter_budget_each"]
    assert [(one["price"], one["count"]) for one in shared] == [("£8", 3)]


async def test_a_deadline_that_cannot_be_checked_is_said_once(chat: Chat) -> None:
    """A promise to arrive in time that nobody checked costs the brand a customer."""
    first = await chat.says(
        "action_suggest", "ask_gift", recipient="mom", interests=("gardening",), deadline=date(2026, 12, 4)
    )
    again = await chat.says("action_refine", "cheaper")

    told = [one for one in first["values"] if one["response"] == "utter_deadline_unchecked"]
    assert [one["day"] for one in told] == ["Friday 4 December"]
    assert "utter_deadline_unchecked" not in again["said"]
    assert again["brief"]["deadline"] == "2026-12-04"


async def test_a_shared_sum_and_a_deadline_said_before_our_question_are_told_with_the_first_ideas(chat: Chat) -> None:
    """Between them stood a question; the shopper still waits for the word."""
    asked = await chat.says(
        "action_suggest", "ask_gift", recipient="niece", recipient_count=3, budget_max=Decimal(24), currency="GBP",
        budget_scope="total", deadline=date(2026, 12, 4),
    )  # fmt: skip
    assert asked["said"] == ["utter_ask_interests"]

    answer = await chat.says("action_suggest", "inform", interests=("gardening",))

    assert {"utter_budget_each", "utter_deadline_unchecked"} <= set(answer["said"])


async def test_three_of_one_name_are_called_by_their_ages(chat: Chat) -> None:
    """ "Say niece" would name the first one again."""
    people = tuple(Person("niece", age=(age, age), interests=("gardening",)) for age in (5, 8, 12))
    answer = await chat.says("action_suggest", "ask_gift", recipient="niece", recipient_age=(5, 5), people=people)

    offered = [one for one in answer["values"] if one["response"] == "utter_next_person_of_age"]
    assert [one["age"] for one in offered] == ["8"]


async def test_something_else_for_the_next_is_for_the_next_and_something_else(chat: Chat) -> None:
    """The same three again, now for dad, would be no answer."""
    people = (MOM, replace(DAD, interests=("gardening",)))
    first = await chat.says("action_suggest", "ask_gift", recipient="mom", people=people, interests=("gardening",))

    second = await chat.says("action_refine", "something_else", recipient="dad")

    assert second["brief"]["recipient"] == "dad"
    assert "utter_ideas_something_else" in second["said"]
    assert {one["id"] for one in first["suggestions"]}.isdisjoint(one["id"] for one in second["suggestions"])
