"""Where custom actions run: over HTTP in the action server, or in this process through the same executor.

Rasa swallows an action's failure and saves a turn without an answer. Here each failure is also noted for the turn
that met it, so that the worker can drop the turn and try again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

Executor = Callable[[dict[str, Any]], Awaitable[Any]]
"""Runs one action call as the action server's webhook would and answers its JSON."""

FAILURES: ContextVar[list[str] | None] = ContextVar("action_failures", default=None)
"""Reasons why actions of the present turn failed; the worker sets an empty list before a turn."""


UNREACHABLE, FAILED = "action_server_unreachable", "action_failed"

AWAY_STATUSES = frozenset({502, 503, 504})
"""What a proxy says for an action server that is being restarted: an outage, not the message's fault."""


def _answer(value: Any) -> dict[str, Any]:
    """The action's answer, if it is one; Rasa would take an empty one for a turn without words."""
    if not isinstance(value, dict) or not (value.get("events") or value.get("responses")):
        raise ValueError("the action answered nothing")
    return value


def _note(reason: str) -> None:
    failures = FAILURES.get()
    if failures is not None:
        failures.append(reason)


class RemoteActions(EndpointConfig):
    """The action server, over one kept-alive session."""

    def __init__(self, url: str, timeout_s: float) -> None:
        super().__init__(url)
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._session: aiohttp.ClientSession | None = None

    async def request(self, method: str = "post", json: dict[str, Any] | None = None, **_: Any) -> Any:
        """Run one action; raises what Rasa expects an endpoint to raise."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        call = {**(json or {}), "domain": {}}  # our actions read no domain; it would be most of the request
        try:
            async with self._session.request(method, self.url, json=call) as response:
                if response.status in AWAY_STATUSES:
                    raise aiohttp.ClientConnectionError(f"the action server is away: {response.status}")
                if response.status >= 400:
                    raise ClientResponseError(response.status, str(response.reason), await response.text())
                return _answer(await response.json())
        except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, asyncio.TimeoutError, TimeoutError) as error:
            _note(UNREACHABLE)
            raise aiohttp.ClientConnectionError("action server") from error
        except Exception:
            _note(FAILED)
            raise

    async def close(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None


class LocalActions(EndpointConfig):
    """The same actions in this process: no HTTP, no second process."""

    def __init__(self, run: Executor) -> None:
        super().__init__("local://actions")
        self._run = run

    async def request(self, method: str = "post", json: dict[str, Any] | None = None, **_: Any) -> Any:
        """Run one action through rasa_sdk's executor."""
        try:
            return _answer(await self._run(json or {}))
        except Exception:
            _note(FAILED)
            raise

    async def close(self) -> None:
        """Nothing is open."""
