"""The intake role: the public door of giftbot as a server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.clock import Clock
from bot.intake.guard import KEEP_ALIVE_S, ConnectionGuard
from bot.intake.signs import Signs
from bot.intake.taking import Door
from bot.intake.webhook import Webhook
from bot.metrics import DELIVERIES
from bot.settings import Settings

log = structlog.get_logger()
_LINGER_S = 2.0  # after a refusal, the rest of the body is read and dropped so long, else the answer is lost
_MAX_HEADER_LINE = 4096
_MAX_HEADERS = 64


async def serve(
    settings: Settings,
    door: Door,
    clock: Clock,
    stop: asyncio.Event,
    on_ready: Callable[[int], None] | None = None,
    *,
    signs: Signs | None = None,
) -> None:
    """Serve the webhook until ``stop`` is set; ``on_ready`` gets the port once connections are taken.

    ``signs`` are told of every challenge and delivery, and tell the store while this serves.
    """
    intake = settings.intake
    guard = ConnectionGuard(intake.max_connections, intake.header_timeout_s)
    webhook = Webhook(settings, door, clock, signs)
    app = web.Application(middlewares=[_watching(guard)])
    app.router.add_get(intake.path, webhook.challenge, allow_head=False, expect_handler=_expect)
    app.router.add_post(intake.path, webhook.delivery, expect_handler=_expect)
    app.router.add_route("*", "/{rest:.*}", _nothing_here, expect_handler=_expect)
    runner = web.AppRunner(
        app,
        access_log=None,
        logger=_quiet_logger(),
        auto_decompress=False,
        keepalive_timeout=KEEP_ALIVE_S,
        lingering_time=_LINGER_S,
        max_line_size=_MAX_HEADER_LINE,
        max_field_size=_MAX_HEADER_LINE,
        max_headers=_MAX_HEADERS,
        shutdown_timeout=3,
    )
    await runner.setup()
    assert runner.server is not None
    server = await asyncio.get_running_loop().create_server(
        guard.watch(runner.server), intake.host, intake.port, backlog=1024, reuse_port=intake.share_port or None
    )
    try:
        port = int(server.sockets[0].getsockname()[1])
        log.info("intake_ready", port=port)
        if on_ready is not None:
            on_ready(port)
        beating = asyncio.create_task(signs.run(stop)) if signs is not None else None
        await stop.wait()
        if beating is not None:
            await beating
    finally:
        server.close()  # no new connections; those in work are finished by the runner
        await runner.cleanup()


async def _nothing_here(_: web.Request) -> web.Response:
    return web.Response(status=404)


async def _expect(request: web.Request) -> None:
    """Answer an Expect header; aiohttp's own answer quotes the header, and fails where it is not text."""
    if request.headers.get("Expect", "").lower() != "100-continue":
        raise web.HTTPExpectationFailed(text="")
    await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    request.writer.output_size = 0  # aiohttp counts it as part of the answer otherwise


def _watching(guard: ConnectionGuard) -> Middleware:
    @web.middleware
    async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
        transport = request.transport
        guard.begins(transport)
        try:
            return await handler(request)
        except web.HTTPException:
            raise
        except Exception:
            # a bug: X shall try again, and somebody shall see it
            log.exception("delivery_failed")
            DELIVERIES.labels("500", "bug").inc()
            return web.Response(status=500)
        finally:
            guard.ends(transport)

    return watch


def _quiet_logger() -> logging.Logger:
    """A logger for aiohttp that tells nothing: its errors quote request lines, and ours are logged above."""
    logger = logging.getLogger("bot.intake.aiohttp")
    logger.setLevel(logging.CRITICAL + 1)
    return logger
