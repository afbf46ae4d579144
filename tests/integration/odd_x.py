"""An X of plain sockets that answers each POST as a script says, and remembers what it took."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.fakes.x_side import BRAND
from tests.integration.sending_talk import MovedClock, Taken


@dataclass
class Asked:
    """One POST on the wire, and how to answer it."""

    x: OddX
    shopper_id: str
    text: str
    writer: asyncio.StreamWriter

    def take(self) -> str:
        """X has the message from now on; gives its id."""
        taken = Taken(str(9000 + len(self.x.taken)), self.shopper_id, self.text, self.x.clock())
        self.x.taken.append(taken)
        return taken.id

    def answer(self, status: int, body: str, headers: str = "") -> None:
        """Write a whole answer."""
        head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body.encode())}\r\n{headers}Connection: close\r\n\r\n"
        self.writer.write((head + body).encode())


Script = Callable[[Asked], Awaitable[None]]


async def sent(asked: Asked) -> None:
    """As X answers when all is well."""
    asked.answer(201, json.dumps({"data": {"dm_event_id": asked.take(), "dm_conversation_id": "1-2"}}))


@dataclass
class OddX:
    """X's ledger, and the scripts of the next POSTs; without one all is well."""

    clock: MovedClock
    scripts: list[Script] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    """Texts of all POSTs that arrived."""
    url: str = ""
    later: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            shopper_id = head.split("/with/")[1].split("/")[0]
            if head.startswith("GET"):
                Asked(self, shopper_id, "", writer).answer(200, self._talk(shopper_id))
            else:
                length = next(
                    int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length")
                )
                asked = Asked(self, shopper_id, json.loads(await reader.readexactly(length))["text"], writer)
                self.posts.append(asked.text)
                await (self.scripts.pop(0) if self.scripts else sent)(asked)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def after(self, seconds: float, asked: Asked) -> None:
        """Take the message later, whoever still listens."""

        async def take() -> None:
            await asyncio.sleep(seconds)
            asked.take()

        self.later.add(asyncio.create_task(take()))

    def _talk(self, shopper_id: str) -> str:
        ours = [
            {"id": one.id, "text": one.text, "sender_id": BRAND, "created_at": one.created_at.isoformat()}
            | {"event_type": "MessageCreate"}
            for one in reversed(self.taken)
            if one.shopper_id == shopper_id
        ]
        return json.dumps(
            {"data": ours, "meta": {"result_count": len(ours)}} if ours else {"meta": {"result_count": 0}}
        )


@asynccontextmanager
async def odd_x(clock: MovedClock) -> AsyncIterator[OddX]:
    """Serve an odd X while the block runs."""
    x = OddX(clock)
    server = await asyncio.start_server(x.serve, "127.0.0.1", 0)
    x.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield x
    for task in x.later:
        task.cancel()
