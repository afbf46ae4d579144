"""How X's v2 API answers: JSON with its allowance, problems as it words them, bodies read without surprise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.sandbox import shapes


def problem(status: int, title: str, detail: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """An error of X's v2 API."""
    body = shapes.problem(status, title, detail)
    return web.Response(text=json.dumps(body), status=status, headers=headers, content_type="application/problem+json")


def unauthorized() -> web.Response:
    """X does not know who calls, or not as whom this call needs."""
    return problem(401, "Unauthorized", "Unauthorized")


def bad_request(detail: str) -> web.Response:
    """What X does not document is refused."""
    return problem(400, "Invalid Request", detail)


async def json_of(request: web.Request) -> Any:
    """The JSON of a body; None where it is none."""
    try:
        return json.loads(await request.read())
    except (ValueError, RecursionError):
        return None
