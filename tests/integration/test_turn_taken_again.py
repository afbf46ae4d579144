"""A turn taken again after a crash, through Rasa's agent as the worker runs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from actions.desk import Desk
from bot.dialogue.agent import GiftAgent
from bot.model import InboundMessage, MessageId, ShopperId


@pytest.fixture
def exploring(desk: Desk) -> Iterator[Desk]:
    before = desk.rules
    desk.rules = replace(before, explore=1.0)
    yield desk
    desk.rules = before


async def test_what_was_drawn_is_drawn_again(agent: GiftAgent, exploring: Desk) -> None:
    """Else the shopper reads one list and the ledger holds another, with another chance."""

    async def shown(message_id: str) -> tuple[tuple[str, float], ...]:
        said = "a birthday present for my mum, she loves gardening"
        inbound = InboundMessage(MessageId(message_id), ShopperId("77"), said, datetime.now(timezone.utc))
        handled = await agent.handle(inbound, tracker=None, with_person=False)
        return tuple((one["product_id"], one["propensity"]) for one in handled.said.interactions)

    lists = {number: await shown(f"1{number}") for number in range(6)}
    assert {number: await shown(f"1{number}") for number in range(6)} == lists
    assert len(set(lists.values())) > 1
    assert all(len(one) == 3 for one in lists.values())
