"""A dialogue worker as a process of its own that thinks for as long as it is told: `... URL PREFIX PARTITION LEASE_S`.

It prints ``thinking MESSAGE STALE`` (how often a commit of it was refused so far) when it begins a turn, and ends the
thinking when it reads a line.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace

from bot.rasa_host import prepare

prepare()

from bot import metrics  # noqa: E402
from bot.clock import utc_now  # noqa: E402
from bot.dialogue.agent import Handled  # noqa: E402
from bot.dialogue.replies import Folded  # noqa: E402
from bot.dialogue.worker import Worker  # noqa: E402
from bot.model import InboundMessage  # noqa: E402
from bot.settings import DialogueSettings, StoreSettings, load  # noqa: E402
from bot.store.connection import Store  # noqa: E402


class Told:
    """Stands in for Rasa's agent."""

    async def handle(self, message: InboundMessage, *, tracker: bytes | None, with_person: bool) -> Handled:
        stale = int(metrics.STALE_LEASES._value.get())
        print(f"thinking {message.id} {stale}", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        return Handled(Folded("from the process", {}, (), False, ("from the process",)), b"talk", False)

    async def say(self, response: str) -> str:
        return response


async def main(url: str, prefix: str, partition: int, lease_s: float) -> None:
    dialogue: DialogueSettings = replace(
        load().dialogue, lease_s=lease_s, turn_timeout_s=60.0, burst_s=0.0, burst_gap_s=0.0, max_tries=1000
    )
    settings = StoreSettings(redis_url=url, partitions=2, timeout_s=5.0, key_prefix=prefix, replicas=0)
    async with Store(settings) as store:
        worker = Worker(
            turns=store.turns,
            agent=Told(),  # type: ignore[arg-type]
            settings=dialogue,
            owner="process",
            partitions=range(partition, partition + 1),
            clock=utc_now,
        )
        await worker.run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
