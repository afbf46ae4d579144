"""Runs intake and the sandbox inside a test's own loop, with invented keys."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from unittest.mock import patch

import aiohttp

from bot import settings as settings_module
from bot.clock import Clock, to_ms, utc_now
from bot.intake import server as intake_server
from bot.intake.signs import Signs
from bot.intake.taking import Door
from bot.sandbox import server as sandbox_server
from bot.sandbox.config import SandboxConfig
from bot.settings import Settings, XSettings
from bot.x.limits import Window
from bot.x.signature import SIGNATURE_HEADER, sign

BRAND = "1001"
SHOPPER = "2002"
SECRET = "not-a-secret-0123456789"
WIDE = (Window(100_000, 900),)


def settings(**intake: object) -> Settings:
    """Settings with invented keys; keyword arguments go into the intake section."""
    given = {
        "GIFTBOT_X_ACCOUNT_ID": BRAND,
        "GIFTBOT_X_CONSUMER_SECRET": SECRET,
        "GIFTBOT_X_CONSUMER_KEY": "consumer",
        "GIFTBOT_X_ACCESS_TOKEN": "access",
        "GIFTBOT_X_ACCESS_TOKEN_SECRET": "access-secret",
        "GIFTBOT_INTAKE_PORT": "0",
    }
    with patch.dict(os.environ, given):
        loaded = settings_module.load()
    return dataclasses.replace(loaded, intake=dataclasses.replace(loaded.intake, **intake))


def x_settings(base_url: str, *, timeout_s: float = 5.0, oauth2_token: str = "") -> XSettings:
    """How the client reaches a sandbox at ``base_url``."""
    return dataclasses.replace(settings().x, api_base_url=base_url, send_timeout_s=timeout_s, oauth2_token=oauth2_token)


@asynccontextmanager
async def intake(
    door: Door, configured: Settings | None = None, clock: Clock = utc_now, signs: Signs | None = None
) -> AsyncIterator[str]:
    """Run the door; yields the webhook's address."""
    configured = configured or settings()
    stop = asyncio.Event()
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(intake_server.serve(configured, door, clock, stop, ready.set_result, signs=signs))
    try:
        port = await asyncio.wait_for(ready, 5)
        yield f"http://127.0.0.1:{port}{configured.intake.path}"
    finally:
        stop.set()
        await task


@asynccontextmanager
async def sandbox(**changes: object) -> AsyncIterator[str]:
    """Run X's side; yields its address. Keyword arguments go into its configuration."""
    x = settings().x
    config = SandboxConfig(
        host="127.0.0.1", port=0, account_id=BRAND, consumer_secret=SECRET, consumer_key=x.consumer_key,
        access_token=x.access_token, access_token_secret=x.access_token_secret, oauth2_token="user-token",
        send_windows=WIDE, read_windows=WIDE, retry_s=(0.05, 0.1, 0.2, 0.4, 0.8, 1.6),
    )  # fmt: skip
    stop = asyncio.Event()
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    clock = changes.pop("clock", utc_now)
    config = dataclasses.replace(config, **changes)
    task = asyncio.create_task(sandbox_server.serve(config, stop, ready.set_result, clock=clock))
    try:
        yield f"http://127.0.0.1:{await asyncio.wait_for(ready, 5)}"
    finally:
        stop.set()
        await task


class SandboxHand:
    """What a test does through the sandbox's control addresses."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def says(self, text: str, shopper_id: str = SHOPPER, **more: object) -> str:
        body = {"shopper_id": shopper_id, "text": text, **more}
        async with self._session.post(f"{self._url}/sandbox/messages", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return str((await answer.json())["message_id"])

    async def faults(self, **plan: object) -> None:
        async with self._session.put(f"{self._url}/sandbox/faults", json=plan) as answer:
            assert answer.status == 200, await answer.text()

    async def put(self, path: str, **body: object) -> None:
        async with self._session.put(f"{self._url}{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def get(self, path: str) -> dict[str, object]:
        async with self._session.get(f"{self._url}{path}") as answer:
            return dict(await answer.json())

    async def accepted_texts(self) -> list[str]:
        return [str(entry["text"]) for entry in (await self.get("/sandbox/ledger"))["accepted"]]


def delivery(*messages: tuple[str, str], event_type: str = "dm.received", sent_ms: int | None = None) -> bytes:
    """A body as the X Activity API posts it: each message an id and a text, from the shopper."""
    sent = str(sent_ms if sent_ms is not None else to_ms(utc_now()))
    events = [
        {
            "type": "message_create",
            "id": id_,
            "created_timestamp": sent,
            "message_create": {
                "target": {"recipient_id": BRAND},
                "sender_id": SHOPPER,
                "message_data": {"text": text, "entities": {"urls": []}},
            },
        }
        for id_, text in messages
    ]
    data = {
        "event_uuid": "-42",
        "filter": {"user_id": BRAND},
        "event_type": event_type,
        "payload": {"direct_message_events": events, "users": {}},
    }
    return json.dumps({"data": data}).encode()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    """The headers X sends with ``body``."""
    return {SIGNATURE_HEADER: sign(secret, body).decode(), "Content-Type": "application/json"}
