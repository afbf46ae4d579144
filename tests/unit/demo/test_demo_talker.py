"""A message counts as answered only when its own answer arrived."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from bot.demo.talker import Exchange, Talker
from bot.model import ShopperId

MakeX = Callable[[Any], Any]


def _talker(x: Any) -> Talker:
    ticks = count()
    return Talker(x, x, ShopperId("1"), clock=lambda: float(next(ticks)))


def _echo(text: str) -> tuple[tuple[str, ...], str]:
    return (f"about {text}", "what else?"), "answered"


async def test_each_message_gets_its_own_answer(fake_x: MakeX) -> None:
    """The second message must not be paired with the first one's answer."""
    talker = _talker(fake_x(_echo))
    first, second = await talker.say("tea", 20), await talker.say("cake", 20)
    assert first.replies == ("about tea\n\nwhat else?",)
    assert second.replies == ("about cake\n\nwhat else?",)
    assert first.handled
    assert second.record is not None


async def test_an_answer_of_another_turn_does_not_count(fake_x: MakeX) -> None:
    """A late answer to something else would hide that this message got none."""
    x = fake_x(lambda text: (("unsent",), "answered"))
    talker = _talker(x)
    write = x.write

    async def write_and_lose(shopper_id: ShopperId, text: str) -> Any:
        message_id = await write(shopper_id, text)
        x.messages.pop()
        x._add("brand", "an older answer")
        return message_id

    x.write = write_and_lose
    exchange = await talker.say("tea", 20)
    assert exchange.outcome == "unanswered"
    assert not exchange.handled


async def test_no_answer_at_all_is_told_after_the_time_out(fake_x: MakeX) -> None:
    """A hung worker must end --say with a reason, not hang it too."""
    exchange = await _talker(fake_x(lambda _: None)).say("tea", 20)
    assert exchange.outcome == "unanswered"
    assert exchange.ms >= 20_000


async def test_silence_after_stop_is_an_answer(fake_x: MakeX) -> None:
    """Opt-out is obeyed by silence, until START."""
    x = fake_x(lambda text: _echo(text) if text in ("START", "tea") else None)
    talker = _talker(x)
    outcomes = [(await talker.say(text, 20)).outcome for text in ("STOP", "hello?", "START", "tea")]
    assert outcomes == ["opted_out", "opted_out", "answered", "answered"]


async def test_silence_after_stop_counts_only_when_giftbot_took_the_message(fake_x: MakeX) -> None:
    """A STOP that never arrived is not obeyed: the next message would be answered."""
    x = fake_x(lambda _: None)
    x.taken = False
    assert (await _talker(x).say("STOP", 2)).outcome == "unanswered"


@pytest.mark.parametrize(("outcome", "handled"), [("silent", True), ("buried", False)])
async def test_what_the_worker_decided_is_told(fake_x: MakeX, outcome: str, handled: bool) -> None:
    """A person has the talk: silence is right. Given up: it is not."""
    replies = () if outcome == "silent" else ("sorry",)
    exchange: Exchange = await _talker(fake_x(lambda _: (replies, outcome))).say("tea", 20)
    assert (exchange.outcome, exchange.handled) == (outcome, handled)
