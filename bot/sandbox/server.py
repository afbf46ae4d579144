"""The sandbox as a program: X's side of giftbot on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import aiohttp
import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.clock import Clock, utc_now
from bot.sandbox.config import SandboxConfig
from bot.sandbox.control import Control
from bot.sandbox.deliveries import Deliveries
from bot.sandbox.faults import Faults
from bot.sandbox.hook_api import HookApi
from bot.sandbox.media_api import MediaApi
from bot.sandbox.token_api import TokenApi
from bot.sandbox.world import World
from bot.sandbox.x_api import XApi

log = structlog.get_logger()


@web.middleware
async def _no_foreign_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what a page from elsewhere asks a browser on this computer to send; programs set no Origin."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        return web.json_response({"error": "not from a foreign page"}, status=403)
    return await handler(request)


async def serve(
    config: SandboxConfig,
    stop: asyncio.Event,
    on_ready: Callable[[int], None] | None = None,
    *,
    clock: Clock = utc_now,
) -> None:
    """Serve until ``stop`` is set; ``on_ready`` gets the port in use once connections are taken."""
    faults = Faults()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=100)) as session:
        deliveries = Deliveries(config, faults, session, utc_now)
        world = World(config, clock, faults, deliveries)
        app = web.Application(client_max_size=16 << 20, middlewares=[_no_foreign_pages])
        for part in (Control(world), XApi(world), HookApi(world), TokenApi(world), MediaApi(world)):
            app.add_routes(part.routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, config.host, config.port).start()
            port = int(runner.addresses[0][1])
            log.info("sandbox_ready", port=port)
            if on_ready is not None:
                on_ready(port)
            await stop.wait()
        finally:
            world.stop()
            await deliveries.close()
            await runner.cleanup()
