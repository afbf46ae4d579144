"""One message over which the action server falls silent stops nobody else and is given up; an outage buries nobody."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.demo.plan import free_ports
from bot.dialogue.action_endpoints import FAILURES, RemoteActions
from bot.dialogue.agent import GiftAgent, raise_what_failed
from bot.dialogue.warm_up import PROBE
from bot.model import InboundMessage, ShopperId, TurnRecord
from bot.settings import DialogueSettings
from bot.store.connection import Store
from tests.integration.store_talk import message, say
from tests.integration.worker_talk import Thinking, dialogue_settings, done, working

POISON = "poison"


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> DialogueSettings:
    monkeypatch.setenv("GIFTBOT_DIALOGUE_LEASE_S", "5")
    return dialogue_settings(monkeypatch)


class ActionServer:
    """An action server that does one thing at a time, as the real one; it can go down and come back on its port."""

    def __init__(self) -> None:
        self.port = free_ports(1)[0]
        self.heard: list[str] = []
        self.does: Callable[[ActionServer], Awaitable[None]] | None = None
        """What it does over the poison before it answers."""
        self.hangs = False
        self.busy = asyncio.Lock()
        self._listening: asyncio.Server | None = None
        self._open: dict[asyncio.Task[Any], asyncio.StreamWriter] = {}
        self._up_again: asyncio.Task[None] | None = None

    async def up(self) -> None:
        self.busy = asyncio.Lock()
        self._listening = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    def down(self) -> None:
        if self._listening is not None:
            self._listening.close()
        for task, writer in self._open.items():
            writer.transport.abort()
            task.cancel()

    def down_for(self, seconds: float) -> None:
        async def up_again() -> None:
            await asyncio.sleep(seconds)
            await self.up()

        self.down()
        self._up_again = asyncio.create_task(up_again())

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open[task] = writer
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
                await self._act(json.loads(await reader.readexactly(length))["text"])
                body = json.dumps({"events": [], "responses": [{"text": "fine"}]}).encode()
                kind = b"Content-Type: application/json\r\n"
                writer.write(b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (kind, len(body), body))
        except (asyncio.CancelledError, asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            del self._open[task]
            writer.close()

    async def _act(self, text: str) -> None:
        self.heard.append(text)
        async with self.busy:
            while self.hangs:
                await asyncio.sleep(0.01)
            if text == POISON and self.does is not None:
                await self.does(self)


class Asking(Thinking):
    """Stands in for Rasa's agent, but asks the real endpoint and complains as the real one does."""

    def __init__(self, server: ActionServer) -> None:
        super().__init__()
        self._actions = RemoteActions(f"http://127.0.0.1:{server.port}/webhook", 0.25)
        self._server = server

    async def handle(self, message: InboundMessage, *, tracker: bytes | None, with_person: bool) -> Any:
        failures: list[str] = []
        token = FAILURES.set(failures)
        try:
            await self._actions.request(json={"text": message.text})
        except Exception:
            pass  # Rasa swallows it
        finally:
            FAILURES.reset(token)
        raise_what_failed(failures, answered=True)
        return await super().handle(message, tracker=tracker, with_person=with_person)

    _to_nobody = staticmethod(lambda text: message(1, ShopperId("nobody"), text=text))
    actions_answer = GiftAgent.actions_answer

    async def close(self) -> None:
        await self._actions.close()


@asynccontextmanager
async def at_work(store: Store, settings: DialogueSettings, server: ActionServer) -> AsyncIterator[Asking]:
    agent = Asking(server)

    async def rest(_: asyncio.Event, seconds: float) -> None:
        await asyncio.sleep(seconds / 50)

    try:
        async with working(store, settings, agent, partitions=range(1), rest=rest, doubt_waits_s=(0.02, 0.1, 0.3)):
            yield agent
    finally:
        await agent.close()


@pytest.fixture
async def server() -> AsyncIterator[ActionServer]:
    server = ActionServer()
    await server.up()
    yield server
    server.down()


async def keeps_busy(server: ActionServer) -> None:
    """Longer than a call may take; whoever called is gone by then."""
    await asyncio.sleep(0.6)


async def waits_for_ever(server: ActionServer) -> None:
    """For something of its own, while others are served."""
    server.busy.release()
    try:
        await asyncio.Event().wait()
    finally:
        await server.busy.acquire()


async def takes_down(server: ActionServer) -> None:
    """Somebody starts it again."""
    server.down_for(0.2)
    await asyncio.sleep(0)


def shopper(number: int) -> ShopperId:
    return ShopperId(str(number))


async def ended(store: Store, *waiting: InboundMessage) -> list[TurnRecord]:
    return [await done(store, one) for one in waiting]


@pytest.mark.parametrize(
    ("does", "reason"),
    [(waits_for_ever, "action_too_slow"), (keeps_busy, "action_too_slow"), (takes_down, "action_cut_off")],
    ids=["waits for ever", "keeps the server busy", "takes the server down"],
)
async def test_one_message_the_action_server_falls_silent_over_stops_nobody_and_is_given_up(
    one_partition: Store, settings: DialogueSettings, server: ActionServer, does: Any, reason: str
) -> None:
    """Everybody else of its partition would wait until a person takes it out."""
    server.does = does
    poison = message(1, shopper(1), text=POISON)
    others = [message(1, shopper(number), text=f"hello {number}") for number in range(2, 7)]
    await say(one_partition, poison)
    for one in others:
        await say(one_partition, one)
    async with at_work(one_partition, settings, server):
        records = await ended(one_partition, *others)
        given_up = await done(one_partition, poison)

    assert [one.outcome for one in records] == ["answered"] * 5
    assert given_up.outcome == "buried"
    assert server.heard.count(POISON) == settings.max_tries
    assert [one.reason for one in await one_partition.dead.listed()] == [reason]


async def test_alone_in_the_night_such_a_message_is_given_up_too(
    one_partition: Store, settings: DialogueSettings, server: ActionServer
) -> None:
    """Nobody else shows that the server is well: it is asked."""
    server.does = waits_for_ever
    await say(one_partition, message(1, text=POISON))
    async with at_work(one_partition, settings, server):
        assert (await done(one_partition, message(1))).outcome == "buried"

    assert PROBE in server.heard


@pytest.mark.parametrize("how", ["hangs", "is away"])
async def test_an_outage_of_the_action_server_buries_nobody_however_long(
    one_partition: Store, settings: DialogueSettings, server: ActionServer, how: str
) -> None:
    """It is no message's fault."""
    waiting = [message(1, shopper(number), text=f"hello {number}") for number in range(1, 5)]
    if how == "hangs":
        server.hangs = True
    else:
        server.down()
    for one in waiting:
        await say(one_partition, one)
    async with at_work(one_partition, settings, server):
        await asyncio.wait_for(_tried_often(one_partition, server, how), 20)
        still = await one_partition.turns.waiting()
        server.hangs = False
        if how == "is away":
            await server.up()
        records = await ended(one_partition, *waiting)

    assert still == 4
    assert [one.outcome for one in records] == ["answered"] * 4


async def _tried_often(store: Store, server: ActionServer, how: str) -> None:
    """Longer than all tries of all of them would take."""
    if how == "hangs":
        while server.heard.count(PROBE) < 12:
            await asyncio.sleep(0.02)
    else:
        await asyncio.sleep(1.5)


async def test_what_a_shopper_wrote_after_such_a_message_waits_for_it(
    one_partition: Store, settings: DialogueSettings, server: ActionServer
) -> None:
    """Order within a talk holds."""
    server.does = waits_for_ever
    first, second = message(1, text=POISON), message(2, sent=60)
    await say(one_partition, first)
    await say(one_partition, second)
    async with at_work(one_partition, settings, server) as agent:
        await ended(one_partition, second)

    assert (await done(one_partition, first)).outcome == "buried"
    assert [one.text for one, _, _ in agent.heard if one.text != PROBE] == [second.text]


async def test_tries_counted_in_doubt_outlive_the_worker(
    one_partition: Store, settings: DialogueSettings, server: ActionServer
) -> None:
    """A worker that is restarted each time must not begin to count anew each time."""
    server.does = waits_for_ever
    await say(one_partition, message(1, text=POISON))
    for _ in range(settings.max_tries + 2):
        before = server.heard.count(POISON)
        async with at_work(one_partition, settings, server):
            while server.heard.count(POISON) < before + 2 and await one_partition.turns.waiting():
                await asyncio.sleep(0.01)

    assert (await done(one_partition, message(1))).outcome == "buried"
