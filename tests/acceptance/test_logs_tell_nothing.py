"""T20: whatever is said to the whole product, by friend or foe, no log and no metric holds a word of it."""

from __future__ import annotations

import asyncio
import io
import json
import os
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest
from running_demo import Demo

from bot.demo.folder import RunFolder
from bot.demo.plan import ROLES, Plan, make_plan, store_settings
from bot.demo.progress import Progress
from bot.demo.stack import running
from bot.demo.xside import XSide
from bot.model import ShopperId
from bot.store.connection import Store
from bot.x.signature import SIGNATURE_HEADER, sign

ROOT = Path(__file__).resolve().parents[2]
EVE, BOB, SAM = ShopperId("7203944118211"), ShopperId("5550001112223"), ShopperId("6661112223334")
MARK, HANDLE, MAIL = "zeppelinlavender", "@eve_of_the_marks", "eve.marks@mail.example"
LIMIT_S = 60


@pytest.fixture
async def stack(tmp_path: Path) -> AsyncIterator[tuple[Plan, RunFolder, aiohttp.ClientSession]]:
    """Every role in a process of its own, at its most talkative."""
    plan, folder = make_plan(ROOT), RunFolder(tmp_path / "run")
    folder.path.mkdir()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIFTBOT_")}
    loud = inherited | {"GIFTBOT_OPS_LOG_LEVEL": "debug", "PYTHONASYNCIODEBUG": "1"}
    async with running(plan, folder, Progress(io.StringIO()), loud, fresh=True) as (stack, session):
        await stack.start_beside(session)
        yield plan, folder, session


@pytest.mark.chaos  # a stack of its own; `make test` has the small form below
async def test_no_log_and_no_metric_holds_what_was_said_or_who_said_it(
    stack: tuple[Plan, RunFolder, aiohttp.ClientSession],
) -> None:
    """Words, ids, handles, addresses, tokens, secrets: in messages, in forged and broken deliveries, in X's errors."""
    plan, folder, session = stack
    x = XSide(session, plan.sandbox_url)
    await _answered(x, EVE, f"a present for my mum who likes {MARK}, {HANDLE} {MAIL}, £20 to £30")
    await _answered(x, BOB, f"hello {MARK}")
    await _knocks(session, plan)
    faults = [{"kind": kind, "count": 1} for kind in ("html_after", "server_error_before")]
    async with session.put(f"{plan.sandbox_url}/sandbox/faults", json={"send": faults}) as answer:
        assert answer.status == 200
    for number in range(3):
        await x.write(SAM, f"my {MARK} wants a gift, try {number}")
    await _answered(x, EVE, "forget me", bubbles=4)
    await _forgotten(plan)

    metrics = [await (await session.get(plan.ready_url(role).replace("readyz", "metrics"))).text() for role in ROLES]
    logs = {path.name: path.read_text("utf-8", "replace") for path in folder.log("x").parent.iterdir()}
    keys = plan.keys
    marks = [
        MARK, HANDLE, HANDLE[1:], MAIL, EVE, BOB, SAM, keys.consumer_secret, keys.access_token,
        keys.access_token_secret, keys.redis_password, "Reply STOP",
    ]  # fmt: skip
    assert {f"{role}.log" for role in ROLES} <= logs.keys()
    assert [(name, mark) for name, text in logs.items() for mark in marks if mark in text] == []
    assert [mark for text in metrics for mark in marks if mark in text] == []
    assert '"shopper": "' in logs["intake.log"], "a shopper's lines can still be followed, by a keyed name"
    assert "turn_done" in logs["dialogue.log"]


def test_no_log_of_the_running_demo_holds_what_was_said_or_who_said_it(demo: Demo) -> None:
    """The small form: one talk, and "forget me", which is carried out within the bar."""
    for text in (f"a present for my mum who likes {MARK}, {HANDLE} {MAIL}, £20 to £30", "forget me"):
        before = len(demo.call(f"/api/talks/{EVE}?after=0")["messages"])
        demo.call(f"/api/talks/{EVE}", {"text": text})
        _wait(lambda seen=before: len(demo.call(f"/api/talks/{EVE}?after=0")["messages"]) > seen + 1)
    redis_url = json.loads((demo.folder / "state.json").read_text("utf-8"))["redis_url"]

    async def held() -> dict[str, int]:
        async with Store(store_settings(redis_url)) as store:
            return (await store.finding.held(EVE)).counts()

    _wait(lambda: not any(asyncio.run(held()).values()))
    logs = {path.name: path.read_text("utf-8", "replace") for path in (demo.folder / "logs").iterdir()}
    assert {f"{role}.log" for role in ROLES} <= logs.keys()
    marks = [MARK, HANDLE, HANDLE[1:], MAIL, EVE, "Reply STOP"]
    assert [(name, mark) for name, text in logs.items() for mark in marks if mark in text] == []
    assert "turn_done" in logs["dialogue.log"]
    assert '"event": "forgotten"' in logs["dialogue.log"]


def _wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + LIMIT_S
    while not done():
        assert time.monotonic() < until
        time.sleep(0.2)


async def _answered(x: XSide, shopper_id: ShopperId, text: str, bubbles: int = 2) -> None:
    """Say it, and wait until the talk has so many messages."""
    await x.write(shopper_id, text)
    until = asyncio.get_running_loop().time() + LIMIT_S
    while len(await x.talk(shopper_id, after=bubbles - 1, wait_s=5)) < 1:
        assert asyncio.get_running_loop().time() < until, "no answer"


async def _knocks(session: aiohttp.ClientSession, plan: Plan) -> None:
    """What is refused at the door: forged, broken, unknown; the marks in body, header, path and query."""
    secret = plan.keys.consumer_secret
    odd = {"for_user_id": "1", MARK: [{"id": EVE, "text": MARK}], "data": {"event_type": MARK, "payload": MARK}}
    bodies = [json.dumps(odd).encode(), f'{{"{MARK}'.encode(), MARK.encode() * 10, f'["{EVE}"]'.encode()]
    for body in bodies:
        for headers in ({}, {SIGNATURE_HEADER: f"sha256={MARK}"}, {SIGNATURE_HEADER: sign(secret, body).decode()}):
            url = f"{plan.webhook_url}?{MARK}={EVE}"
            async with session.post(url, data=body, headers={**headers, "X-Note": MARK, "User-Agent": MARK}):
                pass
    async with session.get(f"{plan.webhook_url}/{MARK}?crc_token={MARK}"):
        pass


async def _forgotten(plan: Plan) -> None:
    """The dialogue role carries out what was asked for in the chat; the bar is 60 seconds."""
    async with Store(store_settings(plan.redis_url)) as store:
        until = asyncio.get_running_loop().time() + LIMIT_S
        while any((await store.finding.held(EVE)).counts().values()):
            assert asyncio.get_running_loop().time() < until, (await store.finding.held(EVE)).counts()
            await asyncio.sleep(0.2)
