"""A sender process to be killed: claims by a cap, appends to a file that stands for X, settles, dies at random.

python -m tests.chaos.cap_sender ADDRESS PREFIX LEDGER SEED
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import time
from datetime import timedelta
from pathlib import Path

from bot.clock import utc_now
from bot.governance.facts import ConsentFacts, Spent
from bot.governance.verdict import May, Verdict
from bot.model import Send, ShopperId
from bot.settings import StoreSettings
from bot.store.connection import Store
from bot.store.outbound.outbox import Claim

PARTITIONS = 4
REVISIT = timedelta(seconds=8)
_DIES = 0.004
_CALL_WITHIN_S = 2.0


def cap_of(shopper_id: ShopperId) -> int:
    """How many messages a shopper may get in this test; some none."""
    return int(shopper_id) * 7919 % 5


def judge(send: Send, consent: ConsentFacts, spent: Spent) -> Verdict:
    """Over the cap: tomorrow."""
    if len(spent.handed) < cap_of(send.shopper_id):
        return Verdict(May.GO, "allowed", "")
    return Verdict(May.WAIT, "cap", "They got as many as the rule allows.", utc_now() + timedelta(days=1))


class Sender:
    """One process; ``chance`` decides where it dies."""

    def __init__(self, store: Store, ledger: Path, chance: random.Random) -> None:
        self._store = store
        self._ledger = os.open(ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._path = ledger
        self._chance = chance

    async def run(self) -> None:
        """Send until killed."""
        partitions = list(range(PARTITIONS))
        while True:
            self._chance.shuffle(partitions)
            done = [await self._one(partition, others) for partition in partitions for others in (True, False)]
            if not any(done):
                await asyncio.sleep(0.05)

    async def _one(self, partition: int, others: bool) -> bool:
        started, now = time.monotonic(), utc_now()
        claim = await self._store.outbox.claim(
            partition,
            token=f"{os.getpid()}.{self._chance.random()}",
            now=now,
            revisit_at=now + REVISIT,
            judge=judge,
            others=others,
        )
        if claim is None:
            return False
        if claim.look:
            await self._look(claim)
        elif time.monotonic() - started < _CALL_WITHIN_S:
            self._may_die()
            line = f"{claim.send.shopper_id} {claim.send.id}\n".encode()
            os.write(self._ledger, line)
            self._may_die()
            await self._store.outbox.settle_sent(claim, dm_event_id=f"x{claim.send.id}", now=utc_now())
        return True

    async def _look(self, claim: Claim) -> None:
        sent = {line.split()[1] for line in self._path.read_text().splitlines()}
        if claim.send.id in sent:
            await self._store.outbox.settle_sent(claim, dm_event_id=f"x{claim.send.id}", now=utc_now())
        else:
            await self._store.outbox.settle_refused(claim, reason="not_found", now=utc_now())

    def _may_die(self) -> None:
        if self._chance.random() < _DIES:
            os._exit(9)


async def main(address: str, prefix: str, ledger: str, seed: str) -> None:
    """Open the store and send."""
    settings = StoreSettings(redis_url=address, partitions=PARTITIONS, timeout_s=30.0, key_prefix=prefix)
    async with Store(settings) as store:
        await Sender(store, Path(ledger), random.Random(seed)).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
