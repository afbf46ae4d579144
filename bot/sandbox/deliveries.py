"""Signed deliveries to the brand's webhook: in order within a talk, repeated until they are taken."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
from collections import defaultdict, deque
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

import aiohttp
import structlog

from bot.clock import Clock
from bot.sandbox.config import SandboxConfig
from bot.sandbox.faults import Faults
from bot.sandbox.shapes import delivery
from bot.sandbox.talks import Message
from bot.x.signature import CLIENT_SIGNATURE_HEADER, SIGNATURE_HEADER, sign

log = structlog.get_logger()
_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Delivered:
    """One try of one delivery: its HTTP status, or 0 where no answer came, and when that was known (ISO 8601, UTC)."""

    message_id: str
    kind: str
    status: int
    attempt: int
    at: str


class Deliveries:
    """Posts events to the webhook in the background; `close` drops what is still waiting."""

    def __init__(self, config: SandboxConfig, faults: Faults, session: aiohttp.ClientSession, clock: Clock) -> None:
        self._config = config
        self._faults = faults
        self._session = session
        self._clock = clock
        self._chance = random.Random()  # noqa: S311 - event ids, not secrets
        self._order: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._running: set[asyncio.Task[None]] = set()
        self.ledger: deque[Delivered] = deque(maxlen=_KEPT)

    def start(self, message: Message) -> None:
        """Deliver a message in the background, with the duplicates and reordering that are switched on."""
        faults = self._faults.plan.delivery
        if self._faults.hits(faults.reorder_rate):
            self._spawn(self._later(message, faults.reorder_s))
        else:
            self._spawn(self._in_order(message))
        if self._faults.hits(faults.duplicate_rate):
            self._spawn(self._again(message, faults.reorder_s))

    async def deliver(self, message: Message) -> bool:
        """Post a message until it is taken or the tries are used up; answers whether it was taken."""
        if not self._config.webhook_url:
            return False
        for attempt, pause in enumerate((0.0, *self._config.retry_s), start=1):
            await asyncio.sleep(pause)
            status = await self._post(self._body(message))
            kind = "dm.sent" if message.from_brand else "dm.received"
            self.ledger.append(Delivered(message.id, kind, status, attempt, self._clock().isoformat()))
            if 200 <= status < 300:
                return True
        log.warning("sandbox_delivery_given_up", message_id=message.id)
        return False

    async def tell(self, body: dict[str, Any]) -> bool:
        """Post something that is no message until it is taken; answers whether it was."""
        for pause in (0.0, *self._config.retry_s):
            await asyncio.sleep(pause)
            if 200 <= await self._post(json.dumps(body).encode()) < 300:
                return True
        return False

    async def challenge(self, token: str = "") -> dict[str, Any]:
        """Run X's challenge (CRC) against the webhook, with a random token or a given one."""
        token = token or secrets.token_urlsafe(32)
        timeout = aiohttp.ClientTimeout(total=self._config.delivery_timeout_s)
        try:
            async with self._session.get(
                self._config.webhook_url, params={"crc_token": token}, timeout=timeout, allow_redirects=False
            ) as answer:
                body = await answer.text()
        except (aiohttp.ClientError, OSError, asyncio.TimeoutError) as error:
            return {"valid": False, "status": 0, "reason": type(error).__name__}
        try:
            given = json.loads(body)["response_token"]
        except (ValueError, KeyError, TypeError):
            given = None
        by_client = self._config.oauth2_client_secret and "client" in self._config.signed_by
        secret = self._config.oauth2_client_secret if by_client else self._config.consumer_secret
        valid = answer.status == 200 and given == sign(secret, token.encode()).decode()
        return {"valid": valid, "status": answer.status, "reason": "" if valid else "CrcValidationFailed"}

    async def close(self) -> None:
        """Stop every delivery."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _in_order(self, message: Message) -> None:
        if message.from_brand:
            await self.deliver(message)
            return
        async with self._order[message.shopper_id]:
            await self.deliver(message)

    async def _later(self, message: Message, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.deliver(message)

    async def _again(self, message: Message, seconds: float) -> None:
        """A second copy, which comes after what was written before it: only ``reorder_rate`` changes the order."""
        await asyncio.sleep(seconds)
        await self._in_order(message)

    def _body(self, message: Message) -> bytes:
        uuid = self._chance.getrandbits(64) - (1 << 63)
        return json.dumps(delivery(message, self._config.account_id, uuid)).encode()

    async def _post(self, body: bytes) -> int:
        config, headers = self._config, {"Content-Type": "application/json"}
        if "consumer" in config.signed_by:
            headers[SIGNATURE_HEADER] = sign(config.consumer_secret, body).decode()
        if "client" in config.signed_by:
            headers[CLIENT_SIGNATURE_HEADER] = sign(config.oauth2_client_secret, body).decode()
        timeout = aiohttp.ClientTimeout(total=self._config.delivery_timeout_s)
        try:
            async with self._session.post(
                self._config.webhook_url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status
        except (aiohttp.ClientError, OSError, asyncio.TimeoutError):
            return 0

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
