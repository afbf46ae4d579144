"""A second question in the same message is not lost, and nothing is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.intents.side_wishes import find_side_wishes


@pytest.mark.parametrize(
    ("message", "wishes"),
    [
        ("something cheaper please, and do you deliver to Spain?", ("ask_delivery",)),
        ("more like the second. how long does delivery take", ("ask_delivery",)),
        ("gift for my dad, golf, £30. also where is my order", ("order_help",)),
        ("anything else? my last parcel still hasn't arrived btw", ("order_help",)),
        ("not candles!! can i talk to a real person", ("ask_person",)),
        ("present for mum under £20. are you a bot?", ("bot_challenge",)),
        ("cheaper, and what do you know about me", ("privacy_show",)),
        ("how much is shipping and can I speak to someone", ("ask_delivery", "ask_person")),
        ("candles for my nan. is delivery free", ("ask_delivery",)),
        ("mug for my boss do you also ship to Malta", ("ask_delivery",)),
        ("something for my aunt, a real person please", ("ask_person",)),
        ("the second one. get me a human to talk to", ("ask_person",)),
    ],
)
def test_a_second_question_is_heard(message: str, wishes: tuple[str, ...]) -> None:
    """Nobody likes to ask twice."""
    assert find_side_wishes(message) == wishes


@pytest.mark.parametrize(
    "message",
    [
        "a gift for a person who has everything",
        "she's a robot builder and loves data science",
        "model ship for my grandad",
        "something for my postman, he delivers in all weathers",
        "present for my boss, in order of price please",
        "my sister loves human anatomy",
        "a return gift for the party",
        "gift for someone special",
        "my mum is a delivery driver and likes cars",
        "what would a delivery man like",
        "can you find a model ship for my uncle",
        "what he does is shipping, he likes whisky",
        "a gift that makes him feel like a real person",
        "get me a human sized teddy",
    ],
)
def test_gifts_for_people_who_deliver_build_or_know_are_no_questions(message: str) -> None:
    """The same words are recipients and interests."""
    assert find_side_wishes(message) == ()


@pytest.mark.parametrize(
    "message",
    [
        "Are you a real person?",
        "am I speaking to a real person or a bot?",
        "is it a real person im talking to",
        "is this an actual human",
    ],
)
def test_who_asks_what_they_talk_to_does_not_ask_for_a_colleague(message: str) -> None:
    """A colleague who was not asked for would silence the bot."""
    assert find_side_wishes(message) == ("bot_challenge",)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """Never an exception."""
    assert isinstance(find_side_wishes(text), tuple)
