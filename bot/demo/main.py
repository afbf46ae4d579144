"""What ``make demo`` and ``giftbot demo`` run: the stack with a chat page, or with a talk on the terminal."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import bot
from bot import settings
from bot.clock import utc_now
from bot.demo import asking
from bot.demo import say as say_
from bot.demo.chat import ChatPage, serving
from bot.demo.folder import Address, RunFolder
from bot.demo.history import History
from bot.demo.plan import CHAT_PORT, LOOP_TURNS, TAKEOVER_H, make_plan, store_settings
from bot.demo.progress import Progress
from bot.demo.shoppers import another_newcomer, demo_shoppers
from bot.demo.stack import Stack, running
from bot.demo.standing import Standings
from bot.demo.xside import XSide
from bot.dialogue.silence import Manners
from bot.errors import GiftbotError
from bot.model import ShopperId
from bot.private_files import write_private
from bot.store.connection import Store
from bot.wiring.sending_rules import SendingRules

INTERRUPTED = 130
T = TypeVar("T")


def run_demo(
    *,
    say: tuple[str, ...],
    shopper: str | None,
    as_json: bool,
    fresh: bool,
    port: int | None,
    timeout_s: float,
    folder: Path | None = None,
) -> int:
    """Run the demo until Ctrl-C, or until every text of ``say`` is answered.

    Args:
        say: messages to write instead of serving a chat page.
        shopper: X user id to write as; a new newcomer where None.
        as_json: one JSON object per turn on standard output instead of a talk.
        fresh: forget the talks of earlier starts.
        port: of the chat page; 0 takes a free one, None the usual one or else a free one.
        timeout_s: seconds one message may take to be answered.
        folder: data and logs of the run; ``var/demo`` where None.

    Returns:
        The exit code: 0 when all went well, 1 with the reason on standard error, 130 when interrupted.
    """
    root = Path(bot.__file__).resolve().parent.parent
    home = RunFolder(folder or root / "var" / "demo")
    progress = Progress(sys.stderr)
    try:
        if shopper is not None and not (shopper.isascii() and shopper.isdigit() and len(shopper) <= 19):
            raise GiftbotError("--shopper takes an X user id: 1 to 19 digits")
        work = (
            _talk(root, home, progress, say, shopper, as_json=as_json, timeout_s=timeout_s)
            if say
            else _serve(root, home, progress, fresh=fresh, port=port)
        )
        code = asyncio.run(_interruptible(work))
    except GiftbotError as error:
        progress.say(f"giftbot demo: {error}")
        return 1
    if code == INTERRUPTED:
        progress.say("giftbot demo: interrupted; everything is stopped")
    return code


async def _interruptible(work: Coroutine[Any, Any, int]) -> int:
    """Run ``work``; the first Ctrl-C or SIGTERM cancels it, further ones do not disturb the stopping."""
    task = asyncio.ensure_future(work)
    told: list[int] = []

    def stop(number: int) -> None:
        if not told:
            told.append(number)
            task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop, number)
    try:
        return await task
    except asyncio.CancelledError:
        return INTERRUPTED


async def _serve(root: Path, home: RunFolder, progress: Progress, *, fresh: bool, port: int | None) -> int:
    with home.held():
        began = time.monotonic()
        progress.say("giftbot demo: starting (Ctrl-C stops it)")
        plan = make_plan(root)
        async with (
            running(plan, home, progress, settings.inherited(), fresh=fresh) as (stack, session),
            Store(store_settings(plan.redis_url)) as store,
        ):
            shoppers = demo_shoppers(root)
            standings = Standings(
                store, SendingRules(plan.rules).current, Manners(timedelta(hours=TAKEOVER_H), LOOP_TURNS), utc_now
            )
            x = XSide(session, plan.sandbox_url)
            page = ChatPage(x, store.records, standings.of, History(home.talks), shoppers)
            async with _on_port(page, port) as url:
                progress.say(f"\nReady after {time.monotonic() - began:.1f} s. Chat page: {url}\n")
                try:
                    await _while_up(stack, stack.start_beside(session))
                    write_private(home.env, asking.environment(plan, home.tokens))
                    progress.say(asking.told(plan, shoppers[0], home.env))
                    home.announce(Address(os.getpid(), plan.sandbox_url, plan.redis_url, url))
                    raise await stack.failure()
                except asyncio.CancelledError:
                    progress.say("\nstopping ...")
        progress.say("stopped; the talks are kept for the next start (giftbot demo --fresh forgets them)")
        return 0


@asynccontextmanager
async def _on_port(page: ChatPage, port: int | None) -> AsyncIterator[str]:
    """Serve the page; where no port was asked for and the usual one is taken, on a free one."""
    try:
        async with serving(page, CHAT_PORT if port is None else port) as url:
            yield url
            return
    except OSError as error:
        if port is not None:
            raise GiftbotError(f"port {port} cannot be used: {error.strerror}") from error
    async with serving(page, 0) as url:
        yield url


async def _talk(
    root: Path,
    home: RunFolder,
    progress: Progress,
    texts: tuple[str, ...],
    shopper: str | None,
    *,
    as_json: bool,
    timeout_s: float,
) -> int:
    """Say ``texts`` to a running demo, or to a stack of their own.

    A named shopper always gets a stack of its own: what was said before would change the answers.
    """
    shopper_id = ShopperId(shopper) if shopper else another_newcomer(2).id

    async def converse(sandbox_url: str, redis_url: str) -> str:
        return await say_.converse(
            sandbox_url, redis_url, shopper_id, texts, as_json=as_json, timeout_s=timeout_s, out=sys.stdout
        )

    found = home.running() if shopper is None else None
    if found is not None:
        progress.say(f"giftbot demo: talking to the one that runs ({found.chat_url})")
        return _verdict(await converse(found.sandbox_url, found.redis_url))
    plan = make_plan(root)
    (root / "var").mkdir(exist_ok=True)
    own = RunFolder(Path(tempfile.mkdtemp(prefix="demo-say-", dir=root / "var")))
    try:
        async with running(plan, own, progress, settings.inherited(), fresh=True) as (stack, _):
            return _verdict(await _while_up(stack, converse(plan.sandbox_url, plan.redis_url)))
    finally:
        shutil.rmtree(own.path, ignore_errors=True)


async def _while_up(stack: Stack, work: Coroutine[Any, Any, T]) -> T:
    """Give the work's result; a process that dies meanwhile ends it at once."""
    working, failing = asyncio.ensure_future(work), asyncio.ensure_future(stack.failure())
    try:
        await asyncio.wait((working, failing), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise failing.result()
    finally:
        for task in (working, failing):
            task.cancel()
        await asyncio.gather(working, failing, return_exceptions=True)


def _verdict(reason: str) -> int:
    if reason:
        raise GiftbotError(reason)
    return 0
