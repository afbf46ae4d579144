"""What was understood, felt in whole talks through Rasa's agent as trained, on the sample catalogue."""

from __future__ import annotations

import json

import pytest

from tests.integration.understood_chat import Chat

SENSITIVE_TALK = (
    "eid present for my brother, he's recovering from chemo and loves halal cooking, under £20",
    "cheaper",
    "he votes labour and is into jazz",
    "something else",
)
TOLD = ("eid", "chemo", "halal", "labour")


async def test_what_x_forbids_to_store_serves_its_turn_and_is_kept_nowhere(chat: Chat) -> None:
    """Neither in the talk as it is stored nor in the record of any turn; the rest of the wish is."""
    for text in SENSITIVE_TALK:
        handled = await chat.says(text)
        stored = (chat.tracker or b"").decode().lower()
        record = json.dumps([handled.said.brief, handled.said.suggestions]).lower()
        assert [word for word in TOLD if word in stored] == []
        assert [word for word in TOLD if word in record] == []

    assert handled.said.brief["recipient"] == "brother"
    assert "jazz" in handled.said.brief["interests"]


async def test_two_recipients_are_served_one_after_the_other(chat: Chat) -> None:
    """Each by what was said of them, the money said for both standing."""
    first = await chat.says("gifts for my mum, she loves gardening, and my dad who bakes, £15 each")
    assert first.said.brief["interests"] == ["gardening"]
    assert "“dad”" in first.said.text

    second = await chat.says("dad")
    assert (second.said.brief["recipient"], second.said.brief["budget_max"]) == ("dad", "15")
    assert any("bak" in like for like in second.said.brief["interests"])
    assert all(one["price"] <= 15 for one in second.said.suggestions)


async def test_half_a_sentence_waits_for_the_other_half(chat: Chat) -> None:
    """People send as they type."""
    await chat.says("need a birthday gift for my")
    handled = await chat.says("nan who loves tea, not too dear")

    assert handled.said.brief["recipient"] == "grandmother"
    assert handled.said.brief["occasion"] == "birthday"
    assert handled.said.suggestions


async def test_a_second_question_in_the_message_is_answered_with_the_ideas(chat: Chat) -> None:
    """Cheaper ideas, and how delivery works, in one message."""
    await chat.says("birthday present for my mum, she loves gardening, £10 to £30")
    handled = await chat.says("anything cheaper? and do you deliver to Ireland")

    assert handled.said.suggestions
    assert "Delivery" in handled.said.text


@pytest.mark.parametrize("text", ["hmm", "blah blah", "qwertz asdf", "🙃", "the thing with the thing"])
async def test_what_is_not_understood_gets_one_short_question_or_an_honest_word(chat: Chat, text: str) -> None:
    """No guess is acted upon, and nobody meets silence."""
    handled = await chat.says(text)

    assert handled.said.text
    assert handled.said.suggestions == ()


@pytest.mark.parametrize("text", ["something by tomorrow", "by Friday then"])
async def test_a_day_said_behind_ideas_is_acted_on(chat: Chat, text: str) -> None:
    """Whatever the classifier takes it for: a goodbye, or nothing it knows."""
    await chat.says("birthday present for my mum, she loves gardening, £10 to £30")
    handled = await chat.says(text)

    assert handled.said.brief["deadline"]
    assert handled.said.suggestions


async def test_where_a_gift_goes_is_kept_and_told(chat: Chat) -> None:
    """And it is no like."""
    first = await chat.says("birthday present for my sister in Spain, she loves gardening, £10 to £30")
    assert (first.said.brief["deliver_to"], first.said.brief["interests"]) == ("ES", ["gardening"])

    assert "Spain" in (await chat.says("what do you know about me?")).said.text


async def test_what_is_known_is_shown_and_forgotten_on_request(chat: Chat) -> None:
    """In the chat, at once."""
    await chat.says("birthday present for my mum, she loves gardening, £10 to £30")
    shown = await chat.says("what do you know about me?")
    assert "gardening" in shown.said.text

    await chat.says("delete everything you know about me")
    assert "gardening" not in (chat.tracker or b"").decode()
