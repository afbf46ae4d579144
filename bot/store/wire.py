"""How a command or script reaches Redis, and what a failure becomes: always ``Unavailable``."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib.resources import files
from typing import Any, cast

from bot.errors import GiftbotError
from bot.settings import StoreSettings
from bot.store.clients import FAULTS, close_client, is_cluster, open_client, unavailable_if_redis_fails
from bot.store.keys import BELL_FOR, Keys, seconds
from bot.store.lanes import Lanes, Script

__all__ = ["SCRIPTS", "Wire", "source", "unavailable_if_redis_fails"]

SCRIPTS = (
    "accept_message", "settle_echo", "take_lease", "renew_lease", "release_lease", "next_turn", "begin_try",
    "commit_turn", "set_aside_turn", "replay_dead", "release_talk", "announce_worker",
    "claim_send", "settle_send", "spend_quota", "refund_quota", "pause",
    "record_consent", "tell_zone", "forget_shopper", "forget_kept", "forget_past",
    "peek_send", "propose_send", "change_send", "adopt_sends", "add_word",
    "hold", "let_go", "keep_tokens", "beat", "set_gap", "note_replay", "tell_time",
)  # fmt: skip
MAY_BE_LOST = frozenset(
    ("renew_lease", "next_turn", "begin_try", "refund_quota", "peek_send", "announce_worker", "tell_time")
)
"""Scripts whose change may die with a node: the next run makes up for it. All others wait for the replicas."""
_CONNECTIONS = 32
_INCLUDE = "-- needs: "


class Wire:
    """Three bounded clients of Redis or a Redis Cluster: scripts, other commands, and waits, which hold a connection.

    A lost connection is tried three times more within about half a second (on a cluster four times within about two
    thirds of one, at the node that has the key by then). A time-out is not: whoever called decides. Running a script
    twice does no harm: docs/store.md says for each what the second run does.
    """

    def __init__(self, settings: StoreSettings) -> None:
        self.keys = Keys(settings.key_prefix, settings.partitions)
        self.settings = settings
        self.commands = open_client(settings, _CONNECTIONS)
        self._waits = open_client(settings, settings.partitions + 4)
        self._of_scripts = open_client(settings, _CONNECTIONS, again=not is_cluster(settings.redis_url))
        # a wait must end well before the socket's own time-out
        self._longest_wait_ms = max(1, int(settings.timeout_s * 500))
        self._lanes = Lanes(self._of_scripts, settings.replicas, self._longest_wait_ms)
        self._laid_out = False
        self._scripts = {name: Script.of(source(name)) for name in SCRIPTS}

    async def run(self, script: str, keys: Sequence[str], args: Sequence[str | bytes | int] = ()) -> Any:
        """Run one of ``SCRIPTS``; texts in its answer are bytes. All its keys lie in one slot."""
        await self.check_layout()
        with unavailable_if_redis_fails():
            return await self._lanes.run(self._scripts[script], keys, args, lasting=script not in MAY_BE_LOST)

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

    async def wait_for_entry(self, stream: str, after: str, at_most_ms: int) -> None:
        """Return when the stream has an entry behind ``after``, or a while has passed, whichever is first."""
        block = max(1, min(at_most_ms, self._longest_wait_ms))
        with unavailable_if_redis_fails():
            await self._waits.xread({stream: after}, count=1, block=block)

    async def hash_at(self, name: str) -> dict[bytes, bytes]:
        """Every field of a hash; empty where there is none."""
        await self.check_layout()
        with unavailable_if_redis_fails():
            return cast("dict[bytes, bytes]", await self.commands.hgetall(name))

    async def lengths(self, command: str, names: Sequence[str]) -> int:
        """The sum over keys of what ``XLEN`` or ``ZCARD`` says, in one round trip."""
        await self.check_layout()
        with unavailable_if_redis_fails():
            async with self.commands.pipeline(transaction=False) as pipe:
                for name in names:
                    pipe.execute_command(command, name)
                return sum(await pipe.execute())

    async def ring(self) -> None:
        """Tell a waiting sender that a Send may be due. Only a hint: a lost one costs a sender's rest."""
        bell = self.keys.account("bell")
        with suppress(*FAULTS):
            async with self.commands.pipeline(transaction=False) as pipe:
                pipe.lpush(bell, 1)
                pipe.ltrim(bell, 0, 7)
                pipe.expire(bell, seconds(BELL_FOR))
                await pipe.execute()

    async def wait_for_bell(self, at_most_ms: int) -> bool:
        """Return when rung (True), or after a while: at most so long, or half the socket's time-out."""
        # Redis 6.2 rounds 0.001 down to 0, which means for ever
        wait_s = max(10, min(at_most_ms, self._longest_wait_ms)) / 1000
        with unavailable_if_redis_fails():
            return await self._waits.blpop([self.keys.account("bell")], timeout=wait_s) is not None

    async def close(self) -> None:
        """Close every connection."""
        await self._lanes.close()
        for client in (self._of_scripts, self.commands, self._waits):
            await close_client(client)


def source(script: str) -> str:
    """The Lua text of a script, the shared texts its first line names (``-- needs: a, b``) put before it."""
    folder = files("bot.store") / "scripts"
    text = (folder / f"{script}.lua").read_text("utf-8")
    first = text.split("\n", 1)[0]
    if not first.startswith(_INCLUDE):
        return text
    shared = [name.strip() for name in first[len(_INCLUDE) :].split(",")]
    return "".join([(folder / f"{name}.lua").read_text("utf-8") for name in shared] + [text])
