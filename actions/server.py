"""The rasa_sdk action server on our event loop, and the same executor for in-process use.

Sanic 21.12, which rasa_sdk brings, is past its support: the server listens on loopback or a private network only.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from actions.desk import Desk, configure

PACKAGE = "actions.moves"


@asynccontextmanager
async def serving(desk: Desk, host: str, port: int) -> AsyncIterator[None]:
    """Serve rasa_sdk's webhook while the block runs.

    Raises:
        OSError: if the port is taken.
    """
    configure(desk)
    app = create_app(PACKAGE, cors_origins=[])
    server = await app.create_server(host=host, port=port, return_asyncio_server=True, access_log=False)
    if server is None:
        raise OSError(f"cannot listen on {host}:{port}")
    await server.startup()
    await server.start_serving()
    try:
        yield
    finally:
        await server.before_stop()
        server.close()
        await asyncio.wait_for(server.wait_closed(), timeout=5)
        await server.after_stop()


class InProcess:
    """Runs action calls through rasa_sdk's executor in this process."""

    def __init__(self, desk: Desk) -> None:
        configure(desk)
        self._executor = ActionExecutor()
        self._executor.register_package(PACKAGE)

    async def run(self, call: dict[str, Any]) -> Any:
        """What the action server's webhook would answer to ``call``."""
        return await self._executor.run(call)
