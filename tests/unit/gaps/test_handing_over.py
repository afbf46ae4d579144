"""What was read back reaches everybody whose node is there, soon."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

import pytest

from bot.errors import Unavailable
from bot.gaps.handing_over import hand_over
from bot.model import InboundMessage, MessageId, ShopperId
from bot.x.events import Happening

NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


def _said(number: int, shopper: int, text: str) -> InboundMessage:
    sent = NOON + timedelta(seconds=number)
    return InboundMessage(MessageId(str(number)), ShopperId(str(shopper)), text, sent)


async def test_stops_of_a_node_that_is_away_cost_a_time_out_and_not_a_hundred() -> None:
    """A silent node answers after seconds; a hundred one after the other would keep everybody else for minutes."""
    found = [said for one in range(100, 0, -1) for said in (_said(2 * one + 1, one, "STOP"), _said(2 * one, one, "hi"))]
    found += [_said(1, 777, "a gift for mum?")]
    at_once, most, asked, taken = 0, 0, 0, []

    async def take(talk: list[Happening], now: datetime) -> None:
        nonlocal at_once, most, asked
        (said, *_) = talk
        assert isinstance(said, InboundMessage)
        if said.shopper_id == "777":
            taken.append(said.text)
            return
        at_once, asked = at_once + 1, asked + 1
        most = max(most, at_once)
        await asyncio.sleep(0)
        at_once -= 1
        raise Unavailable("away")

    left = await hand_over(found, take, lambda: NOON)
    assert taken == ["a gift for mum?"]
    assert left == found[:-1]
    assert most == 16
    assert asked == 100, "who is away is asked once"


@pytest.mark.parametrize("away", [set(), {"2"}])
async def test_stops_come_first_and_each_talk_as_it_went_on(away: set[str]) -> None:
    """Which wish counts is told by when it was written."""
    found: list[Happening] = [
        _said(5, 2, "well"),
        _said(4, 1, "STOP"),
        _said(3, 2, "hi"),
        _said(2, 1, "STOP"),
        _said(1, 1, "hello"),
    ]
    taken: list[list[str]] = []

    async def take(talk: list[Happening], now: datetime) -> None:
        if talk[0].shopper_id in away:  # type: ignore[union-attr]
            raise Unavailable("away")
        taken.append([one.text for one in talk if isinstance(one, InboundMessage)])

    left = await hand_over(found, take, lambda: NOON)
    assert taken[0] == ["STOP", "STOP"]
    assert sorted(taken[1:]) == sorted([["hello", "STOP", "STOP"], *([] if away else [["hi", "well"]])])
    assert left == ([found[0], found[2]] if away else [])
