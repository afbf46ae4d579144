"""Whole talks through Rasa's agent as trained, on the sample catalogue; actions over HTTP and in process alike."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.desk import Desk
from actions.server import serving
from bot.demo.plan import free_ports
from bot.dialogue.action_endpoints import RemoteActions
from bot.dialogue.agent import ActionUnanswered, GiftAgent, as_text
from bot.errors import GiftbotError, Unavailable
from tests.integration.understood_chat import Chat

ROOT = Path(__file__).resolve().parents[2]
REQUEST = "hi, I need a birthday present for my mum, she loves gardening, about £20 to £30"


async def test_the_main_job(agent: GiftAgent) -> None:
    """Three products in the budget; then cheaper ones, each below the cheapest shown."""
    chat = Chat(agent)
    first = (await chat.says(REQUEST)).said.suggestions
    cheaper = (await chat.says("something cheaper")).said.suggestions

    assert [20 <= one["price"] <= 30 for one in first] == [True] * 3
    assert cheaper
    assert all(one["price"] < min(shown["price"] for shown in first) for one in cheaper)


async def test_actions_over_http_and_in_process_say_the_same(models: Path, desk: Desk, agent: GiftAgent) -> None:
    """Both ways are one executor; a setting chooses."""
    texts = [REQUEST, "something cheaper", "more like the second", "why?", "I'll take the first one", "thanks"]
    port = free_ports(1)[0]
    async with serving(desk, "127.0.0.1", port):
        endpoint = RemoteActions(f"http://127.0.0.1:{port}/webhook", 8)
        remote = await GiftAgent.load(models, endpoint, kept_events=40)
        near, far = Chat(agent), Chat(remote)
        for text in texts:
            await near.says(text)
            await far.says(text)
        await remote.close()

    assert near.texts == far.texts
    assert all(near.texts)


async def test_the_first_answer_says_who_is_talking_and_only_the_first(agent: GiftAgent) -> None:
    """X asks automated accounts to say so, with the way to stop them."""
    chat = Chat(agent)
    await chat.says("hi")
    await chat.says("thanks")

    assert "automated" in chat.texts[0]
    assert "STOP" in chat.texts[0]
    assert "automated" not in chat.texts[1]


async def test_a_shopper_with_purchases_and_a_newcomer_get_different_orders_and_are_told_why(
    desk: Desk, agent: GiftAgent
) -> None:
    """Ranked by what that shopper did before."""
    people = json.loads((ROOT / "data/samples/online-retail/demo_shoppers.json").read_text())
    known = next(one["shopper_id"] for one in people if desk.shelf.knows(one["shopper_id"]))
    theirs = await Chat(agent, shopper=known).says("birthday present for a friend who likes baking, up to £15")
    new = await Chat(agent, shopper="7").says("birthday present for a friend who likes baking, up to £15")

    assert [one["id"] for one in theirs.said.suggestions] != [one["id"] for one in new.said.suggestions]
    assert any("bought_together" in one["codes"] for one in theirs.said.suggestions)
    assert not any("bought_together" in one["codes"] for one in new.said.suggestions)
    assert any("because you bought" in reason for one in theirs.said.suggestions for reason in one["reasons"])


async def test_at_most_two_questions_before_ideas(agent: GiftAgent) -> None:
    """Whatever vague answers a shopper gives."""
    chat = Chat(agent)
    for text in ("I need a present", "no idea", "dunno"):
        handled = await chat.says(text)
        if handled.said.suggestions:
            break

    assert handled.said.suggestions


async def test_a_person_takes_over_and_the_bot_is_silent_until_asked_back(agent: GiftAgent) -> None:
    """Nothing is worse than a bot that talks over a colleague."""
    chat = Chat(agent)
    assert (await chat.says("can I talk to a person please")).with_person
    assert (await chat.says("hello?")).said.text == ""
    assert (await chat.says("thanks")).said.text == ""
    assert (await chat.says("I'm looking for a gift for my mum who likes gardening")).said.text == ""
    back = await chat.says("start over")

    assert back.said.text
    assert not back.with_person


async def test_an_action_server_that_is_away_is_an_outage_and_changes_nothing(models: Path, desk: Desk) -> None:
    """The worker waits and tries the same turn again."""
    nobody = RemoteActions(f"http://127.0.0.1:{free_ports(1)[0]}/webhook", 2)
    agent = await GiftAgent.load(models, nobody, kept_events=40)
    try:
        with pytest.raises(Unavailable, match="giftbot run actions"):
            await Chat(agent).says(REQUEST)
    finally:
        await agent.close()


async def test_an_action_server_that_has_the_call_and_does_not_answer_is_told_from_one_that_is_away(
    models: Path,
) -> None:
    """Only the first can be a message's own fault; and neither keeps a worker from starting."""

    async def swallow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(1 << 16):
            pass
        writer.close()

    async with await asyncio.start_server(swallow, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        agent = await GiftAgent.load(models, RemoteActions(f"http://127.0.0.1:{port}/webhook", 0.2), kept_events=40)
        with pytest.raises(ActionUnanswered, match="action_too_slow"):
            await Chat(agent).says(REQUEST)
        await agent.close()


async def test_without_a_model_the_worker_says_what_to_do(tmp_path: Path) -> None:
    """Rather than a stack trace."""
    with pytest.raises(GiftbotError, match="giftbot rasa train"):
        await GiftAgent.load(tmp_path / "none", RemoteActions("http://127.0.0.1:1", 1), kept_events=40)


@pytest.mark.parametrize("text", ["{title}", "{0.__class__}", "gift for {brief}", "[link](https://x.example)", ""])
async def test_whatever_a_shopper_writes_is_data(agent: GiftAgent, text: str) -> None:
    """Braces are not filled in; an empty text (only a picture, say) is answered."""
    handled = await Chat(agent).says(text)

    assert handled.said.text
    assert "class" not in handled.said.text


@given(st.text(max_size=20) | st.text("/ \t\nx", max_size=8))
def test_a_leading_slash_is_no_command_to_rasa(text: str) -> None:
    """Rasa takes "/intent" for a developer's order; from a shopper it is text like any other."""
    plain = as_text(text)

    assert not plain.lstrip().startswith("/")
    assert text.endswith(plain)
    assert plain == text or text.lstrip().startswith("/")
