"""How a command or script reaches Redis, and what a failure becomes: always ``Unavailable``."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from importlib.resources import files
from typing import Any, cast

from bot.clock import to_ms
from bot.errors import GiftbotError, Unavailable
from bot.settings import StoreSettings
from bot.store.access.batches import Batches, Script
from bot.store.access.clients import close_client, is_cluster, open_client, unavailable_if_redis_fails
from bot.store.access.keys import BELL_FOR, Keys, seconds
from bot.store.access.line import Command, Lines
from bot.store.access.sweeps import Ask, Sweeps
from bot.store.access.waits import Entries, Waits

__all__ = ["SCRIPTS", "Wire", "source", "unavailable_if_redis_fails"]

SCRIPTS = (
    "accept_message", "settle_echo", "take_lease", "renew_lease", "release_lease", "next_turn", "begin_try",
    "commit_turn", "set_aside_turn", "replay_dead", "release_talk", "announce_worker",
    "claim_send", "settle_send", "spend_quota", "refund_quota", "pause",
    "record_consent", "restore_withdrawal", "tell_zone",
    "forget_shopper", "forget_kept", "forget_past", "note_forgetting",
    "peek_send", "propose_send", "change_send", "adopt_sends", "add_word",
    "hold", "let_go", "keep_tokens", "beat", "set_gap", "note_replay", "tell_time",
    "begin_rewrite", "answered_before",
)  # fmt: skip
MAY_BE_LOST = frozenset(
    ("renew_lease", "next_turn", "begin_try", "refund_quota", "peek_send", "announce_worker", "tell_time")
)
"""Scripts whose change may die with a node: the next run makes up for it. All others wait for the replicas."""
_CONNECTIONS = 32
_INCLUDE = "-- needs: "


class Wire:
    """Three ways to Redis or a Redis Cluster: scripts, other commands, and waits, which hold a connection.

    A lost connection is tried three times more within about half a second (on a cluster four times within about two
    thirds of one, at the node that has the key by then). A time-out is not: whoever called decides. Running a script
    twice does no harm: docs/store.md says for each what the second run does.
    """

    def __init__(self, settings: StoreSettings, *, own_time: bool = False) -> None:
        self._own_time = own_time
        self.keys = Keys(settings.key_prefix, settings.partitions)
        self.settings = settings
        self.commands = open_client(settings, _CONNECTIONS)
        self._lines = None if is_cluster(settings.redis_url) else Lines(settings)
        self._way = self._lines or open_client(settings, _CONNECTIONS, again=False)
        self._waits = Waits(settings, self._lines)
        # a wait for replicas must end well before the socket's own time-out
        wait_ms = max(1, int(settings.timeout_s * 500))
        self._batches = Batches(self._way, settings.replicas, settings.timeout_s, wait_ms)
        whom = self.commands if isinstance(self._way, Lines) else self._way
        self._sweeps = Sweeps(self.keys, whom, self._batches.look_around, time.monotonic)
        self._laid_out = False
        self._scripts = {name: Script.of(source(name)) for name in SCRIPTS}

    async def run(
        self, script: str, keys: Sequence[str], args: Sequence[str | bytes | int] = (), *, ring: bool = False
    ) -> Any:
        """Run one of ``SCRIPTS``; texts in its answer are bytes. All its keys lie in one slot.

        ``ring``: the bell is rung right behind it, if it was done at all.
        """
        if not self._laid_out:
            await self.check_layout()
        hints = self._bell() if ring and self._lines is not None else ()
        with unavailable_if_redis_fails():
            said = await self._batches.run(
                self._scripts[script], keys, args, lasting=script not in MAY_BE_LOST, hints=hints
            )
        if ring and not hints:
            await self.ring()
        return said

    def moment(self, now: datetime) -> int | str:
        """What a script is told of the moment: nothing where Redis' own clock counts."""
        return "" if self._own_time else to_ms(now)

    async def check_layout(self) -> None:
        """Hold the number of partitions against the one this Redis was first used with; once a process.

        With another number every shopper's consent, talk and marks would be looked for in the wrong partition.

        Raises:
            GiftbotError: the numbers differ; says what to do.
            Unavailable: Redis cannot be asked.
        """
        if self._laid_out:
            return
        layout, ours = self.keys.account("layout"), self.keys.partitions
        with unavailable_if_redis_fails():
            async with self.commands.pipeline(transaction=False) as pipe:
                pipe.hsetnx(layout, "partitions", ours)
                pipe.hget(layout, "partitions")
                theirs = int((await pipe.execute())[1])
        if theirs != ours:
            raise GiftbotError(
                f"GIFTBOT_STORE_PARTITIONS={ours}, but what Redis keeps is divided into {theirs}: set it to {theirs}. "
                f"With {ours}, talks and every STOP would be looked for in the wrong place. "
                "To begin anew with nothing kept, choose another GIFTBOT_STORE_KEY_PREFIX."
            )
        self._laid_out = True

    async def wait_for_entries(self, stream: str, after: str, most: int, at_most_ms: int) -> Entries:
        """What a stream has behind ``after``, as soon as there is something; nothing after a while."""
        with unavailable_if_redis_fails():
            return await self._waits.for_entries(stream, after, most, at_most_ms)

    async def hash_at(self, name: str) -> dict[bytes, bytes]:
        """Every field of a hash; empty where there is none."""
        await self.check_layout()
        with unavailable_if_redis_fails():
            return cast("dict[bytes, bytes]", await self.commands.hgetall(name))

    async def of_all(self, ask: Ask, of: Iterable[int] | None = None) -> dict[int, list[Any]]:
        """What each partition answers, all asked at once; one whose node is away is not among them.

        Args:
            ask: puts on a pipeline what is asked of a partition; of each the same number of commands.
            of: the partitions; all where left out.

        Raises:
            Unavailable: none answers.
        """
        await self.check_layout()
        return await self._sweeps.ask(ask, of)

    async def lengths(self, command: str, *names: str) -> int:
        """The sum over all partitions of what ``XLEN`` or ``ZCARD`` says of these keys, where its node answers."""
        told = await self.of_all(lambda pipe, n: [pipe.execute_command(command, self.keys.of(n, one)) for one in names])
        return sum(sum(part) for part in told.values())

    async def ring(self) -> None:
        """Tell a waiting sender that a Send may be due. Only a hint: a lost one costs a sender's rest."""
        with suppress(Unavailable), unavailable_if_redis_fails():
            async with self.commands.pipeline(transaction=False) as pipe:
                for command in self._bell():
                    pipe.execute_command(*command)
                await pipe.execute()

    def _bell(self) -> tuple[Command, ...]:
        bell = self.keys.account("bell")
        return ("LPUSH", bell, 1), ("LTRIM", bell, 0, 7), ("EXPIRE", bell, seconds(BELL_FOR))

    async def wait_for_bell(self, at_most_ms: int) -> bool:
        """Return when rung (True), or after a while: at most so long, or half the socket's time-out."""
        with unavailable_if_redis_fails():
            return await self._waits.for_item(self.keys.account("bell"), at_most_ms)

    async def close(self) -> None:
        """Close every connection."""
        await self._sweeps.close()
        await self._batches.close()
        await self._waits.close()
        if isinstance(self._way, Lines):
            await self._way.close()
        else:
            await close_client(self._way)
        await close_client(self.commands)


def source(script: str) -> str:
    """The Lua text of a script, the shared texts its first line names (``-- needs: a, b``) put before it."""
    folder = files("bot.store") / "scripts"
    text = (folder / f"{script}.lua").read_text("utf-8")
    first = text.split("\n", 1)[0]
    if not first.startswith(_INCLUDE):
        return text
    shared = [name.strip() for name in first[len(_INCLUDE) :].split(",")]
    return "".join([(folder / f"{name}.lua").read_text("utf-8") for name in shared] + [text])
