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
"""The call never arrived: an outage. It was answered with an error: the message's fault."""

TOO_SLOW, CUT_OFF = "action_too_slow", "action_cut_off"
"""The call arrived and had no answer in time, or the server hung up (or a proxy before it says so): an outage, or an
action that this message makes endless or deadly. Only what comes after it tells which (bot.dialogue.doubts)."""

AWAY_STATUSES = frozenset({502, 503, 504})
"""What a proxy says for an action server that is being restarted, or that this call took down."""


_NO_ANSWER = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, asyncio.TimeoutError, TimeoutError)
_NEVER_ARRIVED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


def _silence(error: BaseException) -> str:
    if isinstance(error, _NEVER_ARRIVED):
        return UNREACHABLE
    return TOO_SLOW if isinstance(error, asyncio.TimeoutError | TimeoutError) else CUT_OFF


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
        # a connection that takes half the time is none: told apart from a slow action
        self._timeout = aiohttp.ClientTimeout(total=timeout_s, sock_connect=timeout_s / 2)
        self._session: aiohttp.ClientSession | None = None
        self.answered = 0
        """How many calls it has answered well."""

    async def request(self, method: str = "post", json: dict[str, Any] | None = None, **_: Any) -> Any:
        """Run one action; raises what Rasa expects an endpoint to raise."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        call = {**(json or {}), "domain": {}}  # our actions read no domain; it would be most of the request
        try:
            async with self._session.request(method, self.url, json=call) as response:
                if response.status in AWAY_STATUSES:
                    raise aiohttp.ClientPayloadError(f"the action server is away: {response.status}")
                if response.status >= 400:
                    raise ClientResponseError(response.status, str(response.reason), await response.text())
                answer = _answer(await response.json())
                self.answered += 1
                return answer
        except _NO_ANSWER as error:
            _note(_silence(error))
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
        self.answered = 0

    async def request(self, method: str = "post", json: dict[str, Any] | None = None, **_: Any) -> Any:
        """Run one action through rasa_sdk's executor."""
        try:
            answer = _answer(await self._run(json or {}))
            self.answered += 1
            return answer
        except Exception:
            _note(FAILED)
            raise

    async def close(self) -> None:
        """Nothing is open."""
