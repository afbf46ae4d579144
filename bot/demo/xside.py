"""The sandbox's control side as the chat page and ``--say`` use it: a shopper writes, and reads what came."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import aiohttp

from bot.errors import GiftbotError, Unavailable
from bot.model import MessageId, ShopperId

_QUICK_S = 10.0


@dataclass(frozen=True, slots=True)
class TalkMessage:
    """One bubble of a talk; ``n`` counts from 1 within the talk."""

    n: int
    id: str
    sender: str
    """``shopper`` or ``brand``."""
    text: str = field(repr=False)
    at: str
    """ISO 8601, UTC."""
    media: tuple[str, ...] = ()
    """Ids of the pictures that came with it."""
    typed: bool = False
    """A colleague typed it in X's app."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a message, with the words that stand for it."""

    body: bytes = field(repr=False)
    media_type: str
    alt_text: str = field(repr=False)


class XSide:
    """Client of the sandbox. Owns nothing: the session is its caller's."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str) -> None:
        self._session = session
        self._base = base_url.rstrip("/")

    async def write(self, shopper_id: ShopperId, text: str) -> MessageId:
        """Write ``text`` to the brand as ``shopper_id``; X delivers it to the webhook meanwhile.

        Raises:
            Unavailable: the sandbox did not take it.
        """
        answer = await self._call("POST", "/sandbox/messages", json={"shopper_id": shopper_id, "text": text})
        return MessageId(str(answer["message_id"]))

    async def write_as_colleague(self, shopper_id: ShopperId, text: str) -> MessageId:
        """Write ``text`` to the shopper as a colleague does in X's app; X reports it to the webhook.

        Raises:
            Unavailable: the sandbox did not take it.
        """
        body = {"shopper_id": shopper_id, "text": text, "from": "brand"}
        return MessageId(str((await self._call("POST", "/sandbox/messages", json=body))["message_id"]))

    async def picture(self, media_id: str) -> Picture | None:
        """A picture by X's id; None where X has it not, or not any more.

        Raises:
            Unavailable: the sandbox did not answer.
        """
        limit = aiohttp.ClientTimeout(total=_QUICK_S)
        try:
            async with self._session.get(f"{self._base}/sandbox/media/{media_id}", timeout=limit) as answer:
                if answer.status == 404:
                    return None
                answer.raise_for_status()
                alt_text = unquote(answer.headers.get("X-Alt-Text", ""))
                return Picture(await answer.read(), answer.content_type, alt_text)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise Unavailable(f"the sandbox did not answer for a picture: {type(error).__name__}") from error

    async def talk(self, shopper_id: ShopperId, *, after: int, wait_s: float) -> tuple[TalkMessage, ...]:
        """Messages of a talk with a number beyond ``after``; waits up to ``wait_s`` seconds for the first."""
        answer = await self._call(
            "GET",
            f"/sandbox/talks/{shopper_id}",
            params={"after": str(after), "wait": f"{wait_s:g}"},
            timeout_s=wait_s + _QUICK_S,
        )
        return tuple(
            TalkMessage(
                int(each["n"]), str(each["id"]), str(each["from"]), str(each["text"]), str(each["at"]),
                tuple(each["media"]), bool(each["typed"]),
            )
            for each in answer["messages"]
        )  # fmt: skip

    async def took(self, message_id: MessageId) -> bool:
        """Whether the webhook has answered 200 for this message: giftbot has it and keeps it."""
        ledger = await self._call("GET", "/sandbox/ledger")
        return any(each.get("message_id") == message_id and each.get("status") == 200 for each in ledger["delivered"])

    async def check_webhook(self) -> None:
        """Let X check the webhook as it does at registration and every hour (CRC).

        Raises:
            GiftbotError: the webhook did not answer the challenge rightly.
        """
        answer = await self._call("POST", "/sandbox/crc")
        if not (answer.get("valid") or answer.get("ok")):
            raise GiftbotError(f"X's check of the webhook (CRC) failed: {answer}")

    async def _call(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        params: dict[str, str] | None = None,
        timeout_s: float = _QUICK_S,
    ) -> dict[str, Any]:
        limit = aiohttp.ClientTimeout(total=timeout_s)
        try:
            async with self._session.request(
                method, self._base + path, json=json, params=params, timeout=limit
            ) as response:
                response.raise_for_status()
                answer = await response.json()
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise Unavailable(f"the sandbox did not answer {method} {path}: {type(error).__name__}") from error
        if not isinstance(answer, dict):
            raise Unavailable(f"the sandbox answered {method} {path} with something else than an object")
        return answer
