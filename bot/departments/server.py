"""The departments' interface as a server: who asks, how much, in which form; then `Desk` does it."""

from __future__ import annotations

import asyncio
import json
import logging
import math
from collections.abc import Callable
from typing import Any

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.departments.desk import Desk
from bot.departments.document import Document, Operation
from bot.departments.problems import Problem
from bot.departments.roles import MAY
from bot.departments.tokens import Token, TokenFile
from bot.errors import Unavailable
from bot.metrics import DEPARTMENT_REQUESTS
from bot.settings import DepartmentsSettings
from bot.store.outbound.quotas import Quotas

_log = structlog.get_logger()
_RETRY_S = 2
_MINUTE_S = 60
_BODY_TIMEOUT_S = 20.0
_LONGEST_TOKEN = 200


class Paced:
    """At most so many requests of one token in any minute, of all processes of this role together."""

    def __init__(self, quotas: Quotas, per_minute: int) -> None:
        self._quotas = quotas
        self._per_minute = per_minute

    async def wait_s(self, name: str) -> int:
        """0 where one more may be made, which is counted; else the seconds until then.

        Raises:
            Unavailable: the store is away.
        """
        full = await self._quotas.spend([(f"requests:{name}", self._per_minute, _MINUTE_S)], None)
        return 0 if full is None else max(1, math.ceil(full.wait.total_seconds()))


class Interface:
    """The routes of the document."""

    def __init__(self, desk: Desk, quotas: Quotas, tokens: TokenFile, settings: DepartmentsSettings) -> None:
        self._desk = desk
        self._tokens = tokens
        self._paced = Paced(quotas, settings.per_minute)
        self._max_body = settings.max_body_bytes
        self._document = Document()

    def application(self) -> web.Application:
        """An aiohttp application with every operation of the document, and no other."""
        app = web.Application(middlewares=[_watched], client_max_size=self._max_body)
        for operation in self._document.operations:
            app.router.add_route(operation.method, operation.path, self._handler(operation), name=operation.id)
        return app

    def _handler(self, operation: Operation) -> Handler:
        if operation.open_to_all:
            return self._read_document
        does = getattr(self._desk, operation.id)

        async def handle(request: web.Request) -> web.StreamResponse:
            token = self._known(request)
            if token.role not in MAY[operation.id]:
                raise Problem(403, f"A token with the role {token.role.value} may not do this.")
            wait_s = await self._paced.wait_s(token.name)
            if wait_s:
                raise Problem(429, f"Ask again in {wait_s} s.", headers={"Retry-After": str(wait_s)})
            query = {name: request.query.getall(name) for name in request.query}
            given = self._document.read_parameters(operation, request.match_info, query)
            body = None
            if operation.body is not None:
                body = await _body(request)
                self._document.check_body(operation, body)
            return web.json_response(await does(token, given, body))

        return handle

    async def _read_document(self, _: web.Request) -> web.StreamResponse:
        return web.Response(text=self._document.text, content_type="application/yaml")

    def _known(self, request: web.Request) -> Token:
        scheme, _, said = request.headers.get("Authorization", "").partition(" ")
        token = None
        if scheme.lower() == "bearer" and 0 < len(said) <= _LONGEST_TOKEN:
            token = self._tokens.find(said.strip())
        if token is None:
            raise Problem(401, "Send a token: “Authorization: Bearer …”.", headers={"WWW-Authenticate": "Bearer"})
        return token


async def _body(request: web.Request) -> Any:
    if request.content_type != "application/json" or "Content-Encoding" in request.headers:
        raise Problem(415, "Send plain JSON: “Content-Type: application/json”, not compressed.")
    try:
        raw = await asyncio.wait_for(request.read(), _BODY_TIMEOUT_S)
        return json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except web.HTTPRequestEntityTooLarge as error:
        raise Problem(413, "Send fewer messages at once.") from error
    except asyncio.TimeoutError as error:
        raise Problem(408, "The request came too slowly.", headers={"Connection": "close"}) from error
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError
        raise Problem(400, "The body is not JSON in UTF-8.") from error


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


@web.middleware
async def _watched(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every answer counted, every refusal a problem, nothing of a request in the log."""
    route = request.match_info.route.name or "none"
    try:
        answer = await handler(request)
    except Problem as problem:
        answer = problem.response()
    except Unavailable:
        away = Problem(503, "The store is away. Ask the same again.", headers={"Retry-After": str(_RETRY_S)})
        answer = away.response()
    except web.HTTPException as error:
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        answer = Problem(error.status, "See /v1/openapi.yml for what there is.", headers=allow).response()
    except Exception:  # a bug; its text may quote a message, so the log keeps its kind and place
        _log.exception("department_request_failed", kind=route)
        answer = Problem(500, "This is a fault of ours; it is logged.").response()
    DEPARTMENT_REQUESTS.labels(route, str(answer.status)).inc()
    return answer


async def serve(
    interface: Interface,
    settings: DepartmentsSettings,
    stop: asyncio.Event,
    on_ready: Callable[[int], None] | None = None,
) -> None:
    """Serve until ``stop`` is set; ``on_ready`` gets the port once connections are taken."""
    quiet = logging.getLogger("bot.departments.aiohttp")
    quiet.setLevel(logging.CRITICAL + 1)  # aiohttp's errors quote request lines; ours are logged above
    runner = web.AppRunner(interface.application(), access_log=None, logger=quiet, shutdown_timeout=3)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        port = int(runner.addresses[0][1])
        _log.info("departments_ready", port=port)
        if on_ready is not None:
            on_ready(port)
        await stop.wait()
    finally:
        await runner.cleanup()
