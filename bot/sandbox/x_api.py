"""X's own endpoints: send a direct message, read talks, who am I."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from aiohttp import web

from bot.sandbox import shapes
from bot.sandbox.answers import problem
from bot.sandbox.faults import ACCEPTS, ACCEPTS_NOT, Fault
from bot.sandbox.talks import Message
from bot.sandbox.world import World

_ID = re.compile(r"[0-9]{1,19}")
_HTML = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"


class XApi:
    """Handlers over one World."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Give the paths as X documents them."""
        return [
            web.post("/2/dm_conversations/with/{participant}/messages", self._create),
            web.post("/2/dm_conversations/{conversation}/messages", self._create),
            web.get("/2/dm_conversations/with/{participant}/dm_events", self._events),
            web.get("/2/dm_conversations/{conversation}/dm_events", self._events),
            web.get("/2/dm_events", self._events),
            web.get("/2/users/me", self._me),
        ]

    async def _create(self, request: web.Request) -> web.StreamResponse:
        """Take a message: account, allowance (refused calls count too), shape, then the failures on demand."""
        if not self._world.is_brand(request):
            return problem(401, "Unauthorized", "Unauthorized")
        passed, headers = self._world.sends.spend(self._world.clock())
        if not passed:
            return problem(429, "Too Many Requests", "Too Many Requests", headers)
        shopper_id, wrong = self._shopper(request)
        try:
            body = json.loads(await request.read())
        except (ValueError, RecursionError):
            return problem(400, "Invalid Request", "The body is not JSON", headers)
        wrong = wrong or shapes.wrong_message(body)
        if wrong:
            return problem(400, "Invalid Request", wrong, headers)
        text = body.get("text", "")
        media = tuple(entry["media_id"] for entry in body.get("attachments", ()))
        for media_id in media:
            wrong = wrong or self._world.media.wrong_attachment(media_id, self._world.clock())
        if wrong:
            return problem(400, "Invalid Request", wrong, headers)
        fault = self._world.faults.for_send()
        if fault is not None:
            return await self._failing(request, fault, (shopper_id, text, media), headers)
        return self._created(await self._world.accept(shopper_id, text, media), headers)

    async def _failing(
        self, request: web.Request, fault: Fault, what: tuple[str, str, tuple[str, ...]], headers: Mapping[str, str]
    ) -> web.StreamResponse:
        world = self._world
        if fault.kind == "late_accept":
            await world.pause(fault.seconds)
            if not world.stopping.is_set():
                await world.accept(*what)
            return self._broken(request)
        if fault.kind in ACCEPTS:
            message = await world.accept(*what)
            if fault.kind == "slow":
                await world.pause(fault.seconds)
                return self._created(message, headers)
        return await self._fail(request, fault, headers)

    async def _fail(self, request: web.Request, fault: Fault, headers: Mapping[str, str]) -> web.StreamResponse:
        """Answer, or do not answer, as the fault's kind has it."""
        kind = fault.kind
        status = (ACCEPTS | ACCEPTS_NOT)[kind]
        if kind.startswith("html"):
            return web.Response(status=status, text=_HTML, content_type="text/html")
        if kind == "empty_after":
            return web.Response(status=status, headers=headers)
        if kind == "malformed_after":
            return web.json_response({"data": {"id": "1"}}, status=status, headers=headers)
        if kind == "rate_limited":
            reset = int(self._world.clock().timestamp() + fault.seconds)
            headers = {**headers, "x-rate-limit-remaining": "0", "x-rate-limit-reset": str(reset)}
        if status:
            return problem(status, kind, f"The sandbox was told to: {kind}", headers)
        if kind.startswith("hang"):
            await self._world.pause(fault.seconds)
        return self._broken(request)

    def _broken(self, request: web.Request) -> web.StreamResponse:
        """Cut the connection, so that the caller gets no answer."""
        if request.transport is not None:
            request.transport.abort()
        raise asyncio.CancelledError

    def _created(self, message: Message, headers: Mapping[str, str]) -> web.Response:
        conversation = shapes.conversation_id(self._world.config.account_id, message.shopper_id)
        data = {"dm_conversation_id": conversation, "dm_event_id": message.id}
        return web.json_response({"data": data}, status=201, headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        if not self._world.is_brand(request):
            return problem(401, "Unauthorized", "Unauthorized")
        named = request.match_info
        passed, headers = self._world.reads.spend(self._world.clock())
        if not passed:
            return problem(429, "Too Many Requests", "Too Many Requests", headers)
        shopper_id, wrong = self._shopper(request) if named else (None, "")
        wrong = wrong or self._wrong_query(request.query)
        if wrong:
            return problem(400, "Invalid Request", wrong, headers)
        fault = self._world.faults.for_read()
        if fault is not None and fault.kind == "slow":
            await self._world.pause(fault.seconds)
        elif fault is not None:
            return await self._fail(request, fault, headers)
        return web.json_response(self._page(shopper_id, request.query), headers=headers)

    def _page(self, shopper_id: str | None, query: Mapping[str, str]) -> dict[str, Any]:
        size = int(query.get("max_results", "100"))
        start = int(query.get("pagination_token", "0"), 32)
        messages = list(islice(self._world.talks.newest(shopper_id), start, start + size + 1))
        fields = frozenset(query.get("dm_event.fields", "").split(",")) - {""}
        expansions = query.get("expansions", "").split(",")
        account = self._world.config.account_id
        events = [shapes.dm_event(message, account, fields, expansions) for message in messages[:size]]
        meta: dict[str, Any] = {"result_count": len(events)}
        if len(messages) > size:
            meta["next_token"] = _base32(start + size)
        return {"data": events, "meta": meta} if events else {"meta": meta}

    def _wrong_query(self, query: Mapping[str, str]) -> str:
        known = {
            "dm_event.fields", "expansions", "event_types", "max_results", "pagination_token", "user.fields",
            "tweet.fields", "media.fields",
        }  # fmt: skip
        unknown = query.keys() - known
        if unknown:
            return f"The query parameter [{sorted(unknown)[0][:40]}] is not one of [{','.join(sorted(known))}]"
        if not re.fullmatch(r"[1-9][0-9]?|100", query.get("max_results", "100")):
            return "max_results is not a number from 1 to 100"
        if not re.fullmatch(r"[0-9a-v]{16,32}", query.get("pagination_token", "0" * 16)):
            return "pagination_token is not one this API gave out"
        right = shapes.OLD_FIELDS if self._world.faults.plan.old_fields else shapes.NEW_FIELDS
        for name, values in (("dm_event.fields", right), ("expansions", shapes.EXPANSIONS)):
            wrong = set(query[name].split(",")) - values if name in query else set()
            if wrong:
                return f"{name}: [{sorted(wrong)[0][:40]}] is not a known value"
        return ""

    async def _me(self, request: web.Request) -> web.StreamResponse:
        if not self._world.is_brand(request):
            return problem(401, "Unauthorized", "Unauthorized")
        account = self._world.config.account_id
        return web.json_response({"data": {"id": account, "name": "Sandbox brand", "username": "sandbox_brand"}})

    def _shopper(self, request: web.Request) -> tuple[str, str]:
        """The other side of the talk a path names, and what is wrong with the path."""
        account = self._world.config.account_id
        participant = request.match_info.get("participant")
        if participant is None:
            first, _, second = request.match_info["conversation"].partition("-")
            if account not in (first, second):
                return "", "dm_conversation_id names no conversation of this account"
            participant = second if first == account else first
        if not _ID.fullmatch(participant) or participant == account:
            return "", "participant_id is not an id of another account (1 to 19 digits)"
        return participant, ""


def _base32(number: int) -> str:
    """A page's place as 16 digits of base 32, the alphabet of X's pagination tokens."""
    digits = ""
    while number:
        number, digit = divmod(number, 32)
        digits = "0123456789abcdefghijklmnopqrstuv"[digit] + digits
    return digits.rjust(16, "0")
