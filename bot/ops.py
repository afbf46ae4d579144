"""Health, readiness and metrics over HTTP, the same for every role.

``/healthz`` answers while the event loop runs; ``/readyz`` answers 503 with the reason until the role can do its
work; ``/metrics`` is Prometheus text.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

Readiness = Callable[[], Awaitable[str]]
"""Answers an empty text when ready, else the reason why not."""


async def _healthz(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def _metrics(_: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


@asynccontextmanager
async def serving(host: str, port: int, readiness: Readiness) -> AsyncIterator[int]:
    """Serve the three endpoints while the block runs; yields the port in use."""

    async def readyz(_: web.Request) -> web.Response:
        reason = await readiness()
        return web.json_response({"status": reason or "ready"}, status=503 if reason else 200)

    app = web.Application()
    app.add_routes([web.get("/healthz", _healthz), web.get("/readyz", readyz), web.get("/metrics", _metrics)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
