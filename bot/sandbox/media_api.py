"""X's endpoints for media: whole at once, or begun, sent in parts and finished; then described."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any

from aiohttp import web

from bot.sandbox import media
from bot.sandbox.answers import bad_request, json_of, problem, unauthorized
from bot.sandbox.world import World


class MediaApi:
    """Handlers over one World."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        """Give the paths as X documents them."""
        return [
            web.post("/2/media/upload", self._whole),
            web.get("/2/media/upload", self._status),
            web.post("/2/media/upload/initialize", self._begin),
            web.post("/2/media/upload/{id}/append", self._append),
            web.post("/2/media/upload/{id}/finalize", self._finish),
            web.post("/2/media/metadata", self._describe),
        ]

    async def _whole(self, request: web.Request) -> web.Response:
        if not self._world.is_brand(request):
            return unauthorized()
        fields = await _fields(request)
        body, category = _bytes(fields.get("media")), fields.get("media_category")
        if body is None or category not in media.CATEGORIES or fields.keys() - {"media", "media_category"}:
            return bad_request("media and media_category are required, and nothing else is known")
        kind = media.type_of(body)
        wrong = media.wrong_file(body, str(category), kind) if kind else "InvalidMedia: no picture"
        if wrong:
            return bad_request(wrong)
        one = self._new(str(category), kind, len(body))
        one.body, one.finished = body, True
        return self._answer(one)

    async def _begin(self, request: web.Request) -> web.Response:
        if not self._world.is_brand(request):
            return unauthorized()
        body = await json_of(request)
        wrong = media.wrong_begin(body)
        if wrong:
            return bad_request(wrong)
        return self._answer(self._new(body["media_category"], body["media_type"], body["total_bytes"]))

    async def _append(self, request: web.Request) -> web.Response:
        if not self._world.is_brand(request):
            return unauthorized()
        one = self._world.media.kept.get(request.match_info["id"])
        if one is None or one.finished:
            return problem(404, "Not Found Error", "No upload of this id is under way")
        fields = await _fields(request)
        part, number = _bytes(fields.get("media")), str(fields.get("segment_index", ""))
        if part is None or not re.fullmatch(r"[0-9]{1,3}", number) or fields.keys() - {"media", "segment_index"}:
            return bad_request("media and segment_index (0 to 999) are required, and nothing else is known")
        if sum(map(len, one.parts.values())) + len(part) > one.total_bytes:
            return bad_request("Segments do not add up to provided total file size")
        one.parts[int(number)] = part
        ends = int((one.begun_at + media.USABLE_FOR).timestamp())
        return web.json_response({"data": {"expires_at": ends}})

    async def _finish(self, request: web.Request) -> web.Response:
        if not self._world.is_brand(request):
            return unauthorized()
        one = self._world.media.kept.get(request.match_info["id"])
        if one is None:
            return problem(404, "Not Found Error", "No upload of this id is under way")
        wrong = one.finish()
        return bad_request(wrong) if wrong else self._answer(one)

    async def _status(self, request: web.Request) -> web.Response:
        if not self._world.is_brand(request):
            return unauthorized()
        one = self._world.media.kept.get(request.query.get("media_id", ""))
        if request.query.get("command", "STATUS") != "STATUS":
            return bad_request("command is STATUS")
        return problem(404, "Not Found Error", "No such media") if one is None else self._answer(one)

    async def _describe(self, request: web.Request) -> web.Response:
        if not self._world.is_brand(request):
            return unauthorized()
        body = await json_of(request)
        wrong = media.wrong_alt(body)
        if wrong:
            return bad_request(wrong)
        one = self._world.media.kept.get(body["id"])
        if one is None:
            return problem(404, "Not Found Error", "No such media")
        one.alt_text = body.get("metadata", {}).get("alt_text", {"text": ""})["text"]
        told = {"id": one.id, "associated_metadata": body.get("metadata", {})}
        return web.json_response({"data": told})

    def _new(self, category: str, media_type: str, total: int) -> media.Medium:
        now = self._world.clock()
        one = media.Medium(self._world.talks.new_id(now), category, media_type, total, now)
        self._world.media.kept[one.id] = one
        return one

    def _answer(self, one: media.Medium) -> web.Response:
        return web.json_response({"data": one.shown(self._world.clock())})


async def _fields(request: web.Request) -> dict[str, Any]:
    """What was sent as JSON, or as a form with the file in it."""
    if request.content_type != "multipart/form-data":
        body = await json_of(request)
        return body if isinstance(body, dict) else {}
    found: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        found[name] = value.file.read() if isinstance(value, web.FileField) else value
    return found


def _bytes(value: Any) -> bytes | None:
    """The bytes of a file: as they are in a form, in base64 in JSON."""
    if isinstance(value, bytes):
        return value
    try:
        return base64.b64decode(value, validate=True) if isinstance(value, str) else None
    except (binascii.Error, ValueError):
        return None
