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
from pathlib import Path
from random import SystemRandom
from typing import Any

import structlog

from bot import ops
from bot.clock import utc_now
from bot.errors import GiftbotError, Refused, Retryable, Unavailable
from bot.settings import Settings

log = structlog.get_logger()

ROLES = ("intake", "dialogue", "actions", "sending", "sandbox")
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
async def _store(settings: Settings) -> AsyncIterator[Any]:
    from bot.store.connection import Store

    async with Store(settings.store) as store:
        with suppress(Unavailable):  # Redis may come later; another number of partitions than stored must end us now
            await store.ping()
        yield store


async def _run_intake(settings: Settings, life: Life) -> None:
    from bot.intake.server import serve

    async with _store(settings) as store:
        life.needs = store.ping
        await serve(settings, store.door, utc_now, life.stop, on_ready=life.ready)


async def _run_sandbox(settings: Settings, life: Life) -> None:
    from bot.sandbox.config import config_from
    from bot.sandbox.server import serve

    await serve(config_from(settings), life.stop, on_ready=life.ready)


async def _run_sending(settings: Settings, life: Life) -> None:
    from bot.sending.sender import Sender
    from bot.x.client import XClient

    async with _store(settings) as store, XClient(settings.x) as x:
        sender = Sender(
            store=store,
            x=x,
            settings=settings.sending,
            clock=utc_now,
            new_token=lambda: secrets.token_hex(8),
            chance=SystemRandom().random,
        )
        life.needs = store.ping
        life.ready()
        await sender.run(life.stop)


async def _run_actions(settings: Settings, life: Life) -> None:
    from actions.server import serving

    async with serving(_desk(settings), settings.actions.host, settings.actions.port):
        life.ready()
        await life.stop.wait()


async def _run_dialogue(settings: Settings, life: Life) -> None:
    from bot.rasa_host import prepare

    prepare()
    from bot.dialogue.agent import GiftAgent
    from bot.dialogue.worker import Worker

    chosen = settings.dialogue
    async with _store(settings) as store:
        agent = await GiftAgent.load(chosen.model_dir, action_endpoint(settings), kept_events=chosen.kept_events)
        log.info("model_loaded", model=agent.model_name)
        kept = _ledger(settings)
        partitions = partitions_of(chosen.partitions, settings.store.partitions)
        worker = Worker(
            turns=store.turns,
            agent=agent,
            settings=chosen,
            owner=chosen.name or f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}",
            partitions=partitions,
            clock=utc_now,
            keeps_interactions=kept is not None,
            recent_briefs=_recent_briefs(settings),
        )
        life.needs = store.ping
        life.ready()
        beside = [asyncio.create_task(worker.recent_briefs.run(life.stop))] if worker.recent_briefs else []
        if kept is not None:
            beside.append(_supervised(_keep(store, kept, partitions, life), life))
        try:
            await worker.run(life.stop)
        finally:
            life.stop.set()
            await asyncio.gather(*beside, return_exceptions=True)
            await agent.close()


def _recent_briefs(settings: Settings) -> Any:
    """Where a worker notes what is asked lately, for dry runs of imports."""
    from actions.search import wanted
    from actions.talk import TalkSoFar
    from bot.dialogue.recent_briefs import RecentBriefs
    from bot.dialogue.worker import rest
    from catalog.publishing.briefs import note_briefs
    from catalog.publishing.importing import TERMS
    from catalog.words.terms import GiftTerms
    from nlu.brief import Brief

    storage, terms = _catalogue(settings), GiftTerms.load(TERMS)

    def note(briefs: Any) -> None:
        asked = [wanted(TalkSoFar(Brief.from_json(brief))) for brief in briefs]
        note_briefs(storage, asked, terms, now=utc_now())

    return RecentBriefs(note, rest)


def _ledger(settings: Settings) -> Any:
    """Where a worker keeps what shoppers do with what is shown; None where the shop keeps no such thing."""
    from bot.dialogue.ledger_rows import SOURCE, KeptInLedger

    shop = settings.catalog
    sources = [one.strip() for one in shop.consented_sources.split(",") if one.strip()]
    if SOURCE not in sources and not shop.consent_file:
        return None
    from catalog.interactions.consent import FollowedConsent
    from catalog.interactions.ledger import Ledger

    try:
        gate = FollowedConsent(sources, Path(shop.consent_file) if shop.consent_file else None)
    except (OSError, ValueError) as error:
        raise GiftbotError(f"GIFTBOT_CATALOG_CONSENT_FILE: {error}") from error
    return KeptInLedger(Ledger.open(_catalogue(settings).below("interactions"), gate, clock=utc_now))


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

        return LocalActions(InProcess(_desk(settings)).run)
    return RemoteActions(settings.dialogue.actions_url, settings.dialogue.actions_timeout_s)


def _desk(settings: Settings) -> Any:
    from actions.desk import Desk

    shelf = _shelf(settings)
    rules, steering = _house_rules(settings)
    log.info("catalogue_opened", snapshot=shelf.snapshot_id)
    if shelf.model_trouble:
        log.error("model_not_in_force", why=shelf.model_trouble)
    desk = Desk(shelf=shelf, clock=utc_now, rules=rules, steering=steering.steers)
    desk.between_turns()  # so that no shopper waits for the steers to be found on the shelf
    return desk


def _house_rules(settings: Settings) -> tuple[Any, Any]:
    from catalog.offers.delivery_settings import delivery_rules, zone_of
    from catalog.ranking.house_rules import HouseRules
    from catalog.steering.steering_file import SteeringFile

    shop = settings.catalog
    try:
        delivery = delivery_rules(
            country=shop.country,
            subdivision=shop.subdivision,
            time_zone=shop.time_zone,
            cut_off=shop.cut_off,
            saturday=shop.saturday_delivery,
            handling=shop.handling,
            transit=shop.transit,
            abroad=shop.transit_abroad,
            today=utc_now().date(),
        )
        steering = SteeringFile.at(
            _catalogue(settings),
            shop.steering or None,
            zone_of(shop.time_zone),
            tell=lambda error: log.error("steering_not_in_force", faults=str(error)),
        )
    except ValueError as error:
        raise GiftbotError(f"GIFTBOT_CATALOG_*: {error}") from error
    rules = HouseRules(
        delivery=delivery,
        stock_max_age_days=shop.stock_max_age_days,
        explore=shop.explore,
        margin_weight=shop.margin_weight,
    )
    return rules, steering


def _catalogue(settings: Settings) -> Any:
    """Where the catalogue is kept, with the cache it is copied to on this machine."""
    from catalog.storage import Storage

    return Storage.at(settings.catalog.dir, cache=settings.catalog.cache)


def _shelf(settings: Settings) -> Any:
    from catalog.shelf.published import NoSnapshot, Unusable
    from catalog.shelf.shelf import Shelf

    try:
        return Shelf.open(_catalogue(settings))
    except Unusable as error:
        raise GiftbotError(f"{error} (or go back: `giftbot catalog history` lists what can be read).") from error
    except NoSnapshot as error:
        raise GiftbotError(
            f"No catalogue is published in {settings.catalog.dir}: run `giftbot catalog import FEED` "
            "(or `giftbot catalog import sample`)."
        ) from error


# ------------------------------------------------------------------ giftbot check
X_ADVICE = {
    "unauthorized": "X refuses the keys: set GIFTBOT_X_CONSUMER_KEY and _SECRET with GIFTBOT_X_ACCESS_TOKEN and "
    "_SECRET (or GIFTBOT_X_OAUTH2_TOKEN) of an app with read, write and direct-message permission.",
    "forbidden": "The keys may not do this: give the app direct-message permission at X, then make new tokens.",
    "wrong_account": "The keys belong to another account than GIFTBOT_X_ACCOUNT_ID: set the id of the keys' account.",
    "no_credits": "The app has no credits left: top them up in X's developer console.",
    "rate_limited": "X asks to wait: try again in 15 minutes.",
    "could_not_connect": "Nothing answers at GIFTBOT_X_API_BASE_URL: check the address and the network.",
    "timeout": "X took longer than GIFTBOT_X_SEND_TIMEOUT_S: check the network, try again.",
}
"""What to do about each reason for which X cannot be reached as the brand's account."""


async def check(settings: Settings) -> list[tuple[str, str]]:
    """Try every connection; answers (what, empty or what is wrong and what to do)."""
    return [
        ("Redis", await _tried(_check_redis(settings))),
        ("Catalogue", await _tried(_check_catalogue(settings))),
        ("Rasa model", await _tried(_check_model(settings))),
        ("Action server", await _tried(_check_actions(settings))),
        ("X", await _tried(_check_x(settings))),
    ]


async def _tried(work: Awaitable[None]) -> str:
    try:
        await work
    except GiftbotError as error:
        return str(error)
    except (OSError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


async def _check_redis(settings: Settings) -> None:
    try:
        async with _store(settings) as store:
            await store.ping()
    except Unavailable as error:
        raise GiftbotError("Redis does not answer: start it, or set GIFTBOT_STORE_REDIS_URL to where it is.") from error


async def _check_catalogue(settings: Settings) -> None:
    _shelf(settings)


async def _check_model(settings: Settings) -> None:
    folder = settings.dialogue.model_dir
    if not any(folder.glob("*.tar.gz")):
        raise GiftbotError(f"There is no trained model in {folder}: run `giftbot rasa train`.")


async def _check_actions(settings: Settings) -> None:
    if settings.dialogue.actions == "here":
        return
    import aiohttp

    url = settings.dialogue.actions_url.removesuffix("/webhook") + "/health"
    try:
        limit = aiohttp.ClientTimeout(total=3)
        async with aiohttp.ClientSession(timeout=limit) as session, session.get(url) as answer:
            answer.raise_for_status()
    except (aiohttp.ClientError, TimeoutError, asyncio.TimeoutError) as error:
        raise GiftbotError(f"Nothing answers at {url}: start `giftbot run actions`.") from error


async def _check_x(settings: Settings) -> None:
    from bot.x.client import XClient

    try:
        async with XClient(settings.x) as x:
            await x.check()
    except (Refused, Retryable) as error:
        reason = error.reason.removeprefix("read_")
        raise GiftbotError(
            X_ADVICE.get(reason, f"X did not answer as expected ({reason}); try again later.")
        ) from error
