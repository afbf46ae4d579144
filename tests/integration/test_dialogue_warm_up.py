"""What a worker does before its first shopper: all of the model and the action server has run once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from actions.desk import Desk
from actions.server import InProcess
from bot.demo.plan import free_ports
from bot.dialogue.action_endpoints import LocalActions, RemoteActions
from bot.dialogue.agent import GiftAgent
from bot.dialogue.warm_up import WARM_UP

RULES = Path(__file__).resolve().parents[2] / "data/rules/talk.yml"


async def _called_while_loading(models: Path, desk: Desk) -> tuple[set[str], GiftAgent]:
    run, called = InProcess(desk).run, set[str]()

    async def noted(call: dict[str, Any]) -> Any:
        called.add(call["next_action"])
        return await run(call)

    agent = await GiftAgent.load(models, LocalActions(noted), kept_events=40)
    return called, agent


async def test_the_warm_up_reaches_every_action_the_rules_name(models: Path, desk: Desk) -> None:
    """The first shopper after a swap of the model must not pay for what loads lazily."""
    rules = yaml.safe_load(RULES.read_text())["rules"]
    named = {step["action"] for rule in rules for step in rule["steps"] if "action" in step}
    called, _ = await _called_while_loading(models, desk)

    assert len(WARM_UP) == 20
    assert called >= named


async def test_the_warm_up_leaves_no_talk_behind(models: Path, desk: Desk) -> None:
    """Nobody's first words meet another's slots."""
    _, agent = await _called_while_loading(models, desk)
    assert agent._store._staged == {}


async def test_the_worker_asks_the_action_server_whether_it_is_well(models: Path, desk: Desk, agent: GiftAgent) -> None:
    """By a request of nobody's; one that is away says no, and keeps no worker from loading."""
    assert await agent.actions_answer(5)

    nobody = RemoteActions(f"http://127.0.0.1:{free_ports(1)[0]}/webhook", 2)
    alone = await GiftAgent.load(models, nobody, kept_events=40)
    assert not await alone.actions_answer(5)
    await alone.close()
