"""A backup is restored by the runbook: nobody is answered twice, nobody who waits is forgotten, nobody is muted."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.clock import to_ms
from bot.model import MessageId, ShopperId
from bot.settings import DialogueSettings, StoreSettings
from bot.store.connection import Store
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.gaps_talk import Outage, outage
from tests.integration.redis_server import RedisServer
from tests.integration.sending_talk import Driven
from tests.integration.worker_talk import Thinking, dialogue_settings, working

ANN, BOB, CAT, DAN, EVE, FAY, GUS, HAL, IDA, JIM = (str(number) for number in range(3001, 3011))


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> DialogueSettings:
    return dialogue_settings(monkeypatch)


@dataclass
class Drill:
    """All of giftbot on one Redis, and X's side; what happens is said step by step."""

    out: Outage
    server: RedisServer
    settings: DialogueSettings

    @property
    def store(self) -> Store:
        return self.out.store

    async def says(self, *said: tuple[str, str]) -> None:
        """Shoppers write, and intake has it."""
        for shopper_id, text in said:
            self.out.clock.now += timedelta(seconds=1)
            id_ = MessageId(await self.out.hand.says(text, shopper_id, at_ms=to_ms(self.out.clock.now)))
            keys = self.store._wire.keys
            seen = keys.seen(keys.partition_of(ShopperId(shopper_id)), id_)
            await self._until(lambda seen=seen: self._exists(seen))  # type: ignore[misc]

    async def thinks(self) -> None:
        """All that waits is answered into the outbox."""
        async with working(self.store, self.settings, Thinking(), clock=self.out.clock):
            await self._until(self._nothing_waits)

    async def sends(self) -> None:
        """All that may go goes; X reports each back."""
        self.out.clock.now += timedelta(seconds=5)
        await Driven(self.store, self.out.x, self.out.clock).settle()  # type: ignore[arg-type]

    async def everything(self) -> None:
        await self.thinks()
        await self.sends()

    def backup(self) -> bytes:
        return self.server.log_of_writes.read_bytes()

    def restore(self, backup: bytes) -> None:
        self.server.kill()
        self.server.log_of_writes.write_bytes(backup)
        self.server.start()

    async def texts(self) -> Counter[str]:
        """What X has, and how often."""
        return Counter(await self.out.hand.accepted_texts())

    async def _exists(self, key: str) -> bool:
        return bool(await self.store._wire.commands.exists(key))

    async def _nothing_waits(self) -> bool:
        return await self.store._wire.lengths("XLEN", "turns") == 0

    async def _until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        deadline = asyncio.get_running_loop().time() + 10
        while not await holds():
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.01)


@asynccontextmanager
async def drill(server: RedisServer, settings: DialogueSettings) -> AsyncIterator[Drill]:
    kept = StoreSettings(redis_url=server.url, partitions=2, timeout_s=5.0, key_prefix="gb")
    async with Store(kept, PRIVACY_KEY) as store, outage(store) as out:
        yield Drill(out, server, settings)


async def test_after_a_restore_nothing_goes_twice_and_who_waits_is_answered(
    own_server: RedisServer, settings: DialogueSettings
) -> None:
    """The drill of the runbook, with what the backup knows of each talk in another state."""
    async with drill(own_server, settings) as at:
        await at.says((ANN, "a1"), (HAL, "hi"), (FAY, "f1"))
        await at.everything()
        await at.says((CAT, "c1"))
        await at.thinks()
        await at.says((BOB, "b1"))
        await at.out.intake_seen()
        backup = at.backup()

        at.out.clock.now += timedelta(minutes=20)
        await at.says((DAN, "d1"))
        await at.everything()
        await at.says((DAN, "d2"), (GUS, "g1"), (HAL, "hi"), (FAY, "STOP"))
        await at.everything()
        await at.says((IDA, "i1"))
        await at.out.x.send_dm(ShopperId(IDA), "Anna here, let me help")
        await at.says((GUS, "g2"), (EVE, "e1"))
        await at.thinks()
        at.out.clock.now += timedelta(minutes=5)
        sent = await at.texts()
        answers = ("a1", "hi", "f1", "c1", "b1", "d1", "d2", "g1", "hi")
        assert sent == Counter([*(f"answer to {text}" for text in answers), "Anna here, let me help"])

        at.restore(backup)
        await at.store.restored.begin(at.out.clock())
        await at.out.missed("j1", at.out.clock.ago(seconds=1), JIM)
        await at.out.hand.faults()
        await at.out.fill()
        await at.thinks()
        await at.sends()
        assert await at.texts() == sent, "it is paused"

        await at.store.outbox.holds.resume()
        await at.sends()
        missing = Counter(f"answer to {text}" for text in ("g2", "e1", "j1"))
        assert await at.texts() == sent + missing

        everybody = (ANN, BOB, CAT, DAN, EVE, GUS, HAL, IDA, JIM)
        await at.says(*((one, f"again {one}") for one in everybody), (FAY, "f2"))
        await at.everything()
        again = Counter(f"answer to again {one}" for one in everybody)
        assert await at.texts() == sent + missing + again, "nobody is muted but who said STOP"
