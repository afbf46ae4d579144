"""Where the time of one turn goes: the production parts in one process, on a real Redis, with stop-watches between."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.rasa_host import prepare

prepare()

from actions import showing  # noqa: E402
from bot.clock import utc_now  # noqa: E402
from bot.demo.plan import PRIVACY_KEY, free_ports, store_settings  # noqa: E402
from bot.demo.stack import redis_server  # noqa: E402
from bot.dialogue import tracker_store  # noqa: E402
from bot.dialogue.action_endpoints import LocalActions, RemoteActions  # noqa: E402
from bot.dialogue.agent import GiftAgent  # noqa: E402
from bot.dialogue.worker import answer_to  # noqa: E402
from bot.errors import Unavailable  # noqa: E402
from bot.model import InboundMessage, MessageId, ShopperId, TurnRecord  # noqa: E402
from bot.store.connection import Store  # noqa: E402
from bot.store.inbound.turns import Talk  # noqa: E402
from nlu.optout.wishes import OptWish  # noqa: E402
from tests.bench.script import SCRIPT  # noqa: E402
from tests.bench.sides import anything_goes  # noqa: E402

Watch = dict[str, list[float]]


class Stopwatch:
    """Adds up the time of parts, turn by turn."""

    def __init__(self) -> None:
        self.turns: list[dict[str, float]] = []

    def begin(self) -> None:
        """A new turn."""
        self.turns.append(defaultdict(float))

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Time the block as part of the present turn."""
        began = time.perf_counter()
        try:
            yield
        finally:
            if self.turns:
                self.turns[-1][name] += time.perf_counter() - began

    def wrap(self, owner: Any, name: str, part: str) -> None:
        """Time every call of ``owner.name``."""
        original = getattr(owner, name)

        if asyncio.iscoroutinefunction(original):

            async def timed(*args: Any, **kwargs: Any) -> Any:
                with self.part(part):
                    return await original(*args, **kwargs)

        else:

            def timed(*args: Any, **kwargs: Any) -> Any:
                with self.part(part):
                    return original(*args, **kwargs)

        setattr(owner, name, timed)


@contextmanager
def redis() -> Iterator[str]:
    """A redis-server with an append-only file that is synced at every write, as production wants it."""
    port = free_ports(1)[0]
    with tempfile.TemporaryDirectory() as folder:
        command = [redis_server(), "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
        command += ["--appendonly", "yes", "--appendfsync", "always", "--save", ""]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait()


async def measure(models: Path, actions: RemoteActions | LocalActions, *, talks: int) -> list[dict[str, float]]:
    """Turns of ``talks`` talks, each the time of its parts in seconds."""
    watch = Stopwatch()
    agent = await GiftAgent.load(models, actions, kept_events=40)
    rasa = agent._agent  # the bench looks inside; the product does not
    watch.wrap(rasa.processor, "parse_message", "understanding (NLU pipeline)")
    watch.wrap(rasa.processor, "_predict_next_with_tracker", "policies")
    watch.wrap(actions, "request", "action, ranking included")
    watch.wrap(showing, "suggest", "ranking")
    watch.wrap(rasa.processor.nlg, "generate", "wording (responses)")
    watch.wrap(tracker_store, "dump", "talk written")
    watch.wrap(tracker_store, "load", "talk read")
    with redis() as url:
        async with Store(store_settings(url), PRIVACY_KEY) as store:
            await _reachable(store.ping)
            for number in range(talks + 1):
                if number == 1:
                    watch.turns.clear()  # the first talk warms up
                await _talk(store, agent, watch, ShopperId(str(10_000 + number)))
    await agent.close()
    return watch.turns


async def _talk(store: Store, agent: GiftAgent, watch: Stopwatch, shopper: ShopperId) -> None:
    partition = store.partition_of(shopper)
    lease = await store.turns.take_lease(partition, "bench", 60_000)
    assert lease is not None
    for index, text in enumerate(SCRIPT):
        now = utc_now()
        message = InboundMessage(MessageId(f"{shopper}{index:03}"), shopper, text, now)
        watch.begin()
        began = time.perf_counter()
        with watch.part("door (stored before 200)"):
            await store.door.accept(message, wish=OptWish.NONE, too_old=False, now=now)
        with watch.part("queue read, try counted"):
            await store.turns.wait(lease, 1000)
            turn = await store.turns.begin(lease)
        assert turn is not None
        with watch.part("Rasa's turn, all of it"):
            handled = await agent.handle(turn.message, tracker=turn.talk.tracker, with_person=turn.talk.with_person)
        said = handled.said
        record = TurnRecord(message.id, shopper, (said.text,), said.brief, said.suggestions, 0.0)
        with watch.part("commit"):
            await store.turns.commit(
                lease,
                turn,
                talk=Talk(handled.tracker, handled.with_person),
                send=answer_to(message, said.text, now),
                record=record,
                now=now,
            )
        with watch.part("claim"):
            claim = await store.outbox.claim(
                partition, token=str(index), now=utc_now(), revisit_at=now, judge=anything_goes
            )
        assert claim is not None
        with watch.part("settle"):
            await store.outbox.settle_sent(claim, dm_event_id=f"9{message.id}", now=utc_now())
        watch.turns[-1]["whole turn, without X"] = time.perf_counter() - began


async def _reachable(ping: Callable[[], Awaitable[None]]) -> None:
    for _ in range(100):
        try:
            return await ping()
        except Unavailable:
            await asyncio.sleep(0.05)
    raise Unavailable("the bench's Redis did not start")
