"""Builds each role from settings and runs it until told to stop: the only place where concrete parts meet.

Every role imports only what it needs (intake and sending start without Rasa), says it is ready only when it can do
its work, serves health and metrics (bot.ops), and stops on SIGTERM or SIGINT after finishing what it holds.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import SystemRandom
from typing import Any

import structlog

from bot import ops
from bot.errors import GiftbotError, Unavailable
from bot.settings import Settings
from bot.wiring import catalogue

log = structlog.get_logger()

ROLES = ("intake", "dialogue", "actions", "sending", "departments", "watch", "sandbox")
"""What `run` can be; each has a ``_run_ROLE`` below."""


@dataclass(slots=True)
class Life:
    """One process's life: when to stop, and whether it can do its work."""

    stop: asyncio.Event = field(default_factory=asyncio.Event)
    not_ready: str = "starting"
    needs: Callable[[], Awaitable[None]] | None = None
    """Raises Unavailable while what the role needs (Redis) is away: it is not ready then, though it runs on."""

    def ready(self, *_: object) -> None:
        """From now on /readyz says ready."""
        self.not_ready = ""


async def run(role: str, settings: Settings) -> None:
    """Run one role until SIGTERM or SIGINT."""
    life = Life()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, life.stop.set)
    runner: Callable[[Settings, Life], Awaitable[None]] = globals()[f"_run_{role}"]

    async def readiness() -> str:
        if not life.not_ready and life.needs is not None:
            try:
                await life.needs()
            except GiftbotError as error:
                return str(error)
        return life.not_ready

    async with ops.serving(settings.ops.host, settings.ops.port, readiness) as port:
        log.info("role_starting", port=port, pid=os.getpid())
        await runner(settings, life)
        log.info("role_stopped")


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Any]:
    """Redis for the block; raises GiftbotError where its partitions are not those of the settings."""
    from bot.store.connection import Store

    async with Store(settings.store, settings.privacy.key, own_time=True) as store:
        with suppress(Unavailable):  # Redis may come later; another number of partitions than stored must end us now
            await store.ping()
        yield store


async def _run_intake(settings: Settings, life: Life) -> None:
    from bot.intake.server import serve
    from bot.intake.signs import Signs
    from bot.wiring.durable import watch_redis

    async with open_store(settings) as store:
        # ready whatever Redis does: it answers X's challenge without, says 503 itself where it can store nothing, and
        # goes on storing for the partitions of a cluster's other nodes
        gaps = settings.gaps
        signs = Signs(
            store.gaps, store.clock, timedelta(minutes=gaps.down_after_min), timedelta(minutes=gaps.silent_after_min)
        )
        beside = [asyncio.create_task(watch_redis(settings.store, life.stop))]
        with suppress(Unavailable):  # then by this machine's clock, until Redis is there
            await store.clock.look()
        beside.append(_supervised(store.clock.follow(life.stop), life))
        try:
            # a clock of this machine that is a day ahead would find every message too old
            await serve(settings, store.door, store.clock, life.stop, on_ready=life.ready, signs=signs)
        finally:
            life.stop.set()
            await asyncio.gather(*beside, return_exceptions=True)


async def _run_sandbox(settings: Settings, life: Life) -> None:
    from bot.sandbox.config import config_from
    from bot.sandbox.server import serve

    await serve(config_from(settings), life.stop, on_ready=life.ready)


async def _run_sending(settings: Settings, life: Life) -> None:
    from bot.sending.judge import Governing
    from bot.sending.sender import Sender
    from bot.wiring.pictures import pictures_at
    from bot.wiring.queue_word import queue_word
    from bot.wiring.sending_rules import SendingRules
    from bot.wiring.start_paused import start_paused
    from bot.wiring.x_tokens import user_tokens
    from bot.x.client import XClient
    from bot.x.limits import limits_of

    limits = limits_of(settings.x.tier, settings.sending)
    rules = SendingRules(settings.sending.rules)
    word = queue_word(settings.sending.domain) if settings.sending.word_after_min else None
    async with open_store(settings) as store, XClient(settings.x, user_tokens(settings, store)) as x:
        sender = Sender(
            store=store,
            x=x,
            settings=settings.sending,
            limits=limits,
            governing=Governing(rules.current),
            clock=store.clock,
            new_token=lambda: secrets.token_hex(8),
            chance=SystemRandom().random,
            pictures=pictures_at(x, settings.sending) if settings.sending.pictures else None,
            word=word,
        )
        life.needs = store.ping
        life.ready()
        await store.clock.first_seen(life.stop)
        following = _supervised(store.clock.follow(life.stop), life)
        if settings.sending.start_paused:
            await start_paused(store, store.clock, life.stop)
        await sender.run(life.stop)
        life.stop.set()
        await asyncio.gather(following, return_exceptions=True)


async def _run_departments(settings: Settings, life: Life) -> None:
    from bot.wiring.departments import serve_departments

    async with open_store(settings) as store:
        life.needs = store.ping
        with suppress(Unavailable):
            await store.clock.look()
        following = _supervised(store.clock.follow(life.stop), life)
        try:
            await serve_departments(settings, store, life)
        finally:
            life.stop.set()
            await asyncio.gather(following, return_exceptions=True)


async def _run_watch(settings: Settings, life: Life) -> None:
    from bot.wiring.gaps import watch
    from bot.wiring.x_tokens import user_tokens
    from bot.x.admin import XAdmin
    from bot.x.client import XClient

    async with open_store(settings) as store:
        tokens = user_tokens(settings, store)
        async with XAdmin(settings.x, tokens) as admin, XClient(settings.x, tokens) as x:
            life.needs = store.ping
            life.ready()
            await watch(settings, store, admin, x, life.stop)


async def _run_actions(settings: Settings, life: Life) -> None:
    from actions.server import serving

    async with serving(catalogue.open_desk(settings), settings.actions.host, settings.actions.port):
        life.ready()
        await life.stop.wait()


async def _run_dialogue(settings: Settings, life: Life) -> None:
    from bot.rasa_host import prepare

    prepare(settings.dialogue.model_dir)
    from bot.dialogue.agent import GiftAgent
    from bot.dialogue.worker import Worker, rest
    from bot.metrics import NAME_SHARED, PARTITIONS_OWNED
    from bot.wiring import dead_letters, privacy

    chosen = settings.dialogue
    async with open_store(settings) as store:
        agent = await GiftAgent.load(chosen.model_dir, action_endpoint(settings), kept_events=chosen.kept_events)
        log.info("model_loaded", model=agent.model_name)
        kept = catalogue.open_ledger(settings)
        partitions = partitions_of(chosen.partitions, settings.store.partitions)
        worker = Worker(
            turns=store.turns,
            agent=agent,
            settings=chosen,
            owner=chosen.name or f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}",
            partitions=partitions,
            clock=store.clock,
            keeps_interactions=kept is not None,
            recent_briefs=catalogue.recent_briefs(settings),
            workers=store.workers,
            model=agent.model_name,
        )
        PARTITIONS_OWNED.set(0)  # a worker that owns none tells so
        NAME_SHARED.set(0)
        life.needs = store.ping
        life.ready()
        await store.clock.first_seen(life.stop)  # until then no turn could be read anyway
        beside = [asyncio.create_task(worker.recent_briefs.run(life.stop))] if worker.recent_briefs else []
        beside.append(_supervised(store.clock.follow(life.stop), life))
        beside.append(_supervised(dead_letters.watch(store.dead, store.backlog, store.clock, life.stop, rest), life))
        if kept is not None:
            beside.append(_supervised(_keep(store, kept, partitions, life), life))
        beside.append(_supervised(privacy.carry_out_requests(settings, store, partitions, life.stop), life))
        try:
            await worker.run(life.stop)
        finally:
            life.stop.set()
            await asyncio.gather(*beside, return_exceptions=True)
            await agent.close()


def _supervised(work: Coroutine[Any, Any, None], life: Life) -> asyncio.Task[None]:
    """Run beside the role's own work; should it die, the role ends and whoever runs it starts it anew."""

    def ended(task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.error("stopped_by_a_task_that_died", exc_info=error)
            life.stop.set()

    task = asyncio.create_task(work)
    task.add_done_callback(ended)
    return task


async def _keep(store: Any, kept: Any, partitions: range, life: Life) -> None:
    from bot.dialogue.keeping import Keeper
    from bot.dialogue.worker import rest

    await Keeper(store.interactions, kept, partitions, rest).run(life.stop)


def partitions_of(chosen: str, count: int) -> range:
    """The partitions a worker may own: ``all``, or ``FIRST-LAST``.

    Raises:
        GiftbotError: if the range does not lie within the partitions there are.
    """
    if chosen == "all":
        return range(count)
    first, last = (int(part) for part in chosen.split("-"))
    if not 0 <= first <= last < count:
        raise GiftbotError(f"GIFTBOT_DIALOGUE_PARTITIONS={chosen}: there are partitions 0 to {count - 1}.")
    return range(first, last + 1)


def action_endpoint(settings: Settings) -> Any:
    """Where the worker runs custom actions: the action server, or this process."""
    from bot.dialogue.action_endpoints import LocalActions, RemoteActions

    if settings.dialogue.actions == "here":
        from actions.server import InProcess

        return LocalActions(InProcess(catalogue.open_desk(settings)).run)
    return RemoteActions(settings.dialogue.actions_url, settings.dialogue.actions_timeout_s)
