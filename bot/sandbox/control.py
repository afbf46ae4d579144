"""What X does not have: let a shopper write, watch a talk, switch failures on, read the ledger."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.clock import from_ms
from bot.sandbox.faults import read_plan
from bot.sandbox.talks import Message
from bot.sandbox.world import World

_ID = re.compile(r"[0-9]{1,19}")
_MAX_WAIT_S = 60.0


class Control:
    """Handlers over one World, for the chat page, the terminal and the tests."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Give the paths; docs/x.md describes them."""
        return [
            web.post("/sandbox/messages", self._write),
            web.get("/sandbox/talks/{shopper_id}", self._talk),
            web.put("/sandbox/faults", self._set_faults),
            web.get("/sandbox/faults", self._get_faults),
            web.get("/sandbox/ledger", self._ledger),
            web.post("/sandbox/crc", self._crc),
            web.get("/sandbox/tokens", self._tokens),
            web.put("/sandbox/tokens/revoke", self._revoke),
            web.get("/sandbox/media/{id}", self._medium),
            web.put("/sandbox/webhook", self._webhook),
            web.get("/healthz", self._healthz),
        ]

    async def _write(self, request: web.Request) -> web.Response:
        body = await _json(request)
        shopper_id, text, id_ = body.get("shopper_id"), body.get("text"), body.get("id", "")
        if not isinstance(shopper_id, str) or not _ID.fullmatch(shopper_id):
            return _wrong("shopper_id is text of 1 to 19 digits")
        if shopper_id == self._world.config.account_id:
            return _wrong("shopper_id is the brand's own")
        if not isinstance(text, str):
            return _wrong("text is missing")
        if body.get("from", "shopper") == "brand":
            typed = await self._world.accept(shopper_id, text, typed=True)
            return web.json_response({"message_id": typed.id})
        if id_ != "" and not (isinstance(id_, str) and _ID.fullmatch(id_)):
            return _wrong("id is text of 1 to 19 digits")
        at, group = body.get("at_ms"), body.get("group", "")
        if group != "" and not (isinstance(group, str) and _ID.fullmatch(group)):
            return _wrong("group is text of 1 to 19 digits")
        try:
            message = self._world.write(shopper_id, text, id_, from_ms(at) if at is not None else None, group)
        except (ValueError, TypeError, OverflowError) as error:
            return _wrong(str(error))
        return web.json_response({"message_id": message.id})

    async def _talk(self, request: web.Request) -> web.Response:
        """Long poll: answers as soon as the talk has a message after ``after``, or when ``wait`` is over."""
        shopper_id = request.match_info["shopper_id"]
        try:
            after = int(request.query.get("after", "0"))
            wait = min(float(request.query.get("wait", "0")), _MAX_WAIT_S)
        except ValueError:
            return _wrong("after and wait are numbers")
        until = self._world.clock().timestamp() + wait
        while not (messages := self._world.talks.after(shopper_id, after)):
            left = until - self._world.clock().timestamp()
            if left <= 0 or self._world.stopping.is_set():
                break
            await self._world.next_change(left)
        return web.json_response({"messages": [_shown(message) for message in messages]})

    async def _set_faults(self, request: web.Request) -> web.Response:
        try:
            plan = read_plan(await _json(request))
        except ValueError as error:
            return _wrong(str(error))
        self._world.faults.restart(plan)
        return await self._get_faults(request)

    async def _get_faults(self, _: web.Request) -> web.Response:
        return web.json_response(dataclasses.asdict(self._world.faults.plan))

    async def _ledger(self, _: web.Request) -> web.Response:
        accepted = [
            {
                "id": message.id,
                "to": message.shopper_id,
                "text": message.text,
                "at": message.at.isoformat(),
                "media": list(message.media),
            }
            for message in self._world.talks.accepted
        ]
        delivered = [dataclasses.asdict(one) for one in self._world.deliveries.ledger]
        return web.json_response({"accepted": accepted, "delivered": delivered})

    async def _crc(self, request: web.Request) -> web.Response:
        body = await _json(request) if request.can_read_body else {}
        token = body.get("token", "")
        if not isinstance(token, str):
            return _wrong("token is text")
        return web.json_response(await self._world.deliveries.challenge(token))

    async def _tokens(self, _: web.Request) -> web.Response:
        return web.json_response({"refreshes": self._world.grants.refreshes})

    async def _revoke(self, _: web.Request) -> web.Response:
        """Take every access token back that was given so far; the refresh token stays good."""
        self._world.grants.revoke()
        return web.json_response({})

    async def _medium(self, request: web.Request) -> web.Response:
        """One finished picture, its description in a header."""
        one = self._world.media.kept.get(request.match_info["id"])
        if one is None or not one.finished:
            raise web.HTTPNotFound
        return web.Response(body=one.body, content_type=one.media_type, headers={"X-Alt-Text": quote(one.alt_text)})

    async def _webhook(self, request: web.Request) -> web.Response:
        """Mark every webhook valid or not, as X does after its own checks."""
        valid = (await _json(request)).get("valid") is True
        for id_ in list(self._world.hooks.webhooks):
            self._world.hooks.judge(id_, valid)
        return web.json_response({"valid": valid})

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})


async def _json(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text='{"error": "a JSON object is expected"}', content_type="application/json")
    return body


def _wrong(reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=400)


def _shown(message: Message) -> dict[str, Any]:
    return {
        "n": message.n,
        "id": message.id,
        "from": "brand" if message.from_brand else "shopper",
        "text": message.text,
        "at": message.at.isoformat(),
        "media": list(message.media),
        "typed": message.typed,
    }
