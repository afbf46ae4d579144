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
    ],
)
def test_gifts_for_people_who_deliver_build_or_know_are_no_questions(message: str) -> None:
    """The same words are recipients and interests."""
    assert find_side_wishes(message) == ()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """Never an exception."""
    assert isinstance(find_side_wishes(text), tuple)
