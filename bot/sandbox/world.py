"""The sandbox's one mutable thing: talks, allowances, failures in force and deliveries, with the clock."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.clock import Clock
from bot.sandbox.allowance import Allowance
from bot.sandbox.config import SandboxConfig
from bot.sandbox.deliveries import Deliveries
from bot.sandbox.faults import Faults
from bot.sandbox.talks import Message, Talks


class World:
    """What every handler works on; all in one event loop."""

    def __init__(self, config: SandboxConfig, clock: Clock, faults: Faults, deliveries: Deliveries) -> None:
        self.config = config
        self.clock = clock
        self.faults = faults
        self.deliveries = deliveries
        self.talks = Talks()
        self.sends = Allowance(config.send_windows)
        self.reads = Allowance(config.read_windows)
        self.stopping = asyncio.Event()
        self._changed = asyncio.Event()

    async def accept(self, shopper_id: str, text: str) -> Message:
        """Take a message of the brand: it stands in the talk, and X reports it as ``dm.sent``."""
        message = self.talks.add(shopper_id, text, self.clock(), from_brand=True)
        self._tell()
        echo = self.faults.plan.delivery.echo
        if echo == "before":
            await self.deliveries.deliver(message)
        elif echo == "after":
            self.deliveries.start(message)
        return message

    def write(self, shopper_id: str, text: str, id_: str = "", at: datetime | None = None) -> Message:
        """Let the shopper write; the webhook gets it.

        Raises:
            ValueError: the id is in use.
        """
        message = self.talks.add(shopper_id, text, at or self.clock(), from_brand=False, id_=id_)
        self._tell()
        self.deliveries.start(message)
        return message

    async def pause(self, seconds: float) -> None:
        """Wait so long, or until the sandbox stops."""
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except asyncio.TimeoutError:
            return

    async def next_change(self, seconds: float) -> None:
        """Wait until any talk changes, so many seconds at most."""
        changed = self._changed
        try:
            await asyncio.wait_for(changed.wait(), seconds)
        except asyncio.TimeoutError:
            return

    def stop(self) -> None:
        """Let everybody who waits go."""
        self.stopping.set()
        self._tell()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
