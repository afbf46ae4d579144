"""The chat page's server: static files and a small JSON interface, on loopback only.

It adds nothing to what giftbot does: a message goes to the sandbox as X would get it, answers are read from
there, and what a turn understood comes from the store's records.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.demo.history import History
from bot.demo.plan import LOOPBACK
from bot.demo.shoppers import DemoShopper, another_newcomer
from bot.demo.talker import RecordReader
from bot.demo.xside import TalkMessage, XSide
from bot.errors import GiftbotError
from bot.model import MessageId, ShopperId
from nlu.optout.wishes import OptWish, read_wish

STATIC = Path(__file__).parent / "static"
POLL_S = 20.0
_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
MAX_TEXT = 10_000
_DIGITS = r"{shopper_id:[0-9]{1,19}}"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


Standing = Callable[[ShopperId], Awaitable[dict[str, Any]]]
"""Where a shopper stands: `bot.demo.standing.Standings.of`."""


class ChatPage:
    """Handlers of the page, over X's side, the records and the outbox."""

    def __init__(
        self, x: XSide, records: RecordReader, standing: Standing, history: History, shoppers: list[DemoShopper]
    ) -> None:
        self._x = x
        self._records = records
        self._standing = standing
        self._history = history
        self._shoppers = shoppers
        self._stopped: set[str] = set()

    def app(self) -> web.Application:
        """Build the web application with its routes and its guards."""
        app = web.Application(client_max_size=1 << 17, middlewares=[_guard, _explain])
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/api/shoppers", self._list),
                web.post("/api/shoppers", self._add),
                web.get(f"/api/talks/{_DIGITS}", self._talk),
                web.post(f"/api/talks/{_DIGITS}", self._say),
                web.post(f"/api/talks/{_DIGITS}/colleague", self._say_as_colleague),
                web.get(f"/api/standings/{_DIGITS}", self._stand),
                web.get("/api/media/{media_id:[0-9]{1,19}}", self._picture),
                web.get(f"/api/turns/{_DIGITS}/{{message_id:[0-9]{{1,19}}}}", self._turn),
                web.static("/static", STATIC),
            ]
        )
        return app

    async def _page(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(STATIC / "index.html")

    async def _list(self, _: web.Request) -> web.Response:
        return web.json_response({"shoppers": [asdict(shopper) for shopper in self._shoppers]})

    async def _add(self, _: web.Request) -> web.Response:
        shopper = another_newcomer(1 + sum(each.name.startswith("Newcomer") for each in self._shoppers))
        self._shoppers.append(shopper)
        return web.json_response(asdict(shopper))

    async def _talk(self, request: web.Request) -> web.Response:
        """Long poll: what is new in the talk, as soon as there is something."""
        shopper_id = ShopperId(request.match_info["shopper_id"])
        try:
            after = max(0, int(request.query.get("after", "0")))
        except ValueError:
            raise web.HTTPBadRequest(text="after is a number") from None
        shown = self._history.earlier(shopper_id, after=after)
        live_after = max(0, after - self._history.offset(shopper_id))
        live = await self._x.talk(shopper_id, after=live_after, wait_s=0 if shown else POLL_S)
        shown += self._history.keep(shopper_id, live)
        return web.json_response({"messages": [await self._shown(message) for message in shown]})

    async def _say(self, request: web.Request) -> web.Response:
        shopper_id = ShopperId(request.match_info["shopper_id"])
        text = _text_of(await request.read())
        message_id = await self._x.write(shopper_id, text)
        wish = read_wish(text)
        if wish is OptWish.STOP:
            self._stopped.add(shopper_id)
        elif wish is OptWish.START:
            self._stopped.discard(shopper_id)
        return web.json_response({"message_id": message_id, "silence": shopper_id in self._stopped})

    async def _say_as_colleague(self, request: web.Request) -> web.Response:
        shopper_id = ShopperId(request.match_info["shopper_id"])
        message_id = await self._x.write_as_colleague(shopper_id, _text_of(await request.read()))
        return web.json_response({"message_id": message_id})

    async def _stand(self, request: web.Request) -> web.Response:
        return web.json_response(await self._standing(ShopperId(request.match_info["shopper_id"])))

    async def _picture(self, request: web.Request) -> web.Response:
        """A picture from X's side, under the page's own address: its policy lets nothing else in."""
        picture = await self._x.picture(request.match_info["media_id"])
        if picture is None or picture.media_type not in _PICTURES:
            raise web.HTTPNotFound
        return web.Response(body=picture.body, content_type=picture.media_type)

    async def _shown(self, message: TalkMessage) -> dict[str, object]:
        """A message as the page takes it; a picture of an earlier start is gone with that start's sandbox."""
        found = [(id_, await self._x.picture(id_)) for id_ in message.media]
        return {
            "n": message.n,
            "id": message.id,
            "from": message.sender,
            "text": message.text,
            "at": message.at,
            "typed": message.typed,
            "pictures": [{"id": id_, "alt": picture.alt_text} for id_, picture in found if picture is not None],
        }

    async def _turn(self, request: web.Request) -> web.Response:
        """Tell what one turn understood and offered; 204 while it is not committed."""
        shopper_id, message_id = request.match_info["shopper_id"], request.match_info["message_id"]
        record = await self._records.get(ShopperId(shopper_id), MessageId(message_id))
        if record is None:
            return web.Response(status=204)
        return web.json_response(
            {
                "replies": list(record.replies),
                "brief": dict(record.brief),
                "suggestions": [dict(suggestion) for suggestion in record.suggestions],
                "ms": record.ms,
                "outcome": record.outcome,
            }
        )


@asynccontextmanager
async def serving(page: ChatPage, port: int) -> AsyncIterator[str]:
    """Serve the page on loopback while the block runs; gives its address.

    Raises:
        OSError: the port is taken.
    """
    runner = web.AppRunner(page.app(), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
        yield f"http://{LOOPBACK}:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def _guard(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Refuse other sites: they may neither read the talk (by host name) nor write into it (by origin)."""
    host = request.host.rsplit(":", 1)[0]
    if host not in (LOOPBACK, "localhost"):
        raise web.HTTPForbidden(text="this page answers to 127.0.0.1 and localhost only")
    origin = request.headers.get("Origin", "")
    if request.method == "POST" and (
        origin not in ("", f"http://{request.host}") or request.content_type != "application/json"
    ):
        raise web.HTTPForbidden(text="this page takes messages from itself only")
    response = await handler(request)
    response.headers.update(_HEADERS)
    return response


@web.middleware
async def _explain(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Say in one sentence what is gone, where the sandbox or Redis does not answer."""
    try:
        return await handler(request)
    except (GiftbotError, asyncio.TimeoutError) as error:
        return web.json_response({"error": str(error) or "time-out"}, status=502)


def _text_of(body: bytes) -> str:
    try:
        text = json.loads(body)["text"]
    except (ValueError, TypeError, KeyError, RecursionError):
        text = None
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_TEXT:
        raise web.HTTPBadRequest(
            text=json.dumps({"error": f"a message is text of 1 to {MAX_TEXT} characters"}),
            content_type="application/json",
        )
    return text
