"""The user token of OAuth 2.0: shared by all processes, refreshed by one of them, never lost between two.

X's access token lives two hours. Its refresh token is used up by every refresh, and X takes a second use for theft.
So one process refreshes at a time (a lease), the new pair is written before anybody uses it, and only over the very
pair it was made from. One gap remains: a process that dies between X's answer and the write takes the new pair with it.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.clock import Clock, from_ms, to_ms
from bot.errors import Retryable, Unavailable
from bot.metrics import TOKEN_REFRESHES
from bot.settings import XSettings
from bot.x.token_endpoint import TokenPair, ask_for_pair

log = structlog.get_logger()

EARLY = timedelta(minutes=10)
"""A token is refreshed so long before its end: X may be away just then."""
LEASE_S = 60
_WAIT_S = 0.25
_WAITS = 60
_WRITE_TRIES = 6
_ASK_AGAIN = timedelta(minutes=1)


class TokenKeeper(Protocol):
    """Where the pair lies, sealed; `bot.store.outbound.tokens.Tokens` is the real one. All raise ``Unavailable``."""

    async def read(self) -> tuple[bytes, int]:
        """The sealed pair, empty where there is none, and the number of its version."""

    async def write(self, sealed: bytes, over: int) -> bool:
        """Keep a pair in place of version ``over``; False where that is not the present one."""

    async def lease(self, owner: str, seconds: int) -> bool:
        """Be the one who refreshes, for so long at most."""

    async def release(self, owner: str) -> None:
        """Let another be it."""


class UserTokens(Protocol):
    """The token calls are made with."""

    async def current(self) -> str:
        """A token X should take. Raises Retryable (whole account) or Unavailable."""

    async def after(self, refused: str) -> str:
        """Another token, as X refused this one. Raises as `current`; the same one where there is no other."""


class FixedToken:
    """A token from settings: it is what it is."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def current(self) -> str:
        return self._token

    async def after(self, refused: str) -> str:
        return refused


class RefreshedTokens:
    """A pair kept by ``keeper`` and refreshed when it nears its end. ``owner`` names this process in the lease."""

    def __init__(
        self,
        settings: XSettings,
        keeper: TokenKeeper,
        clock: Clock,
        owner: str,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._keeper = keeper
        self._clock = clock
        self._owner = owner
        self._sleep = sleep
        self._cipher = Fernet(_key(settings))
        self._seed = hashlib.sha256(settings.oauth2_refresh_token.encode()).hexdigest()[:16]
        self._pair: TokenPair | None = None
        self._unwritten: TokenPair | None = None
        self._not_before: datetime | None = None
        self._one = asyncio.Lock()

    async def current(self) -> str:
        async with self._one:
            if self._pair is None or self._unwritten is not None or self._ends_soon(self._pair):
                self._pair = await self._renewed()
            return self._pair.access

    async def after(self, refused: str) -> str:
        async with self._one:
            if self._pair is not None and self._pair.access == refused:
                self._pair = await self._renewed(refused)
            return self._pair.access if self._pair is not None else refused

    async def _renewed(self, refused: str = "") -> TokenPair:
        """The pair to use from now: kept by another process meanwhile, or refreshed by this one."""
        if self._unwritten is not None:
            return await self._keep(self._unwritten)
        for _ in range(_WAITS):
            kept = await self._read()
            if not self._is_spent(kept, refused):
                return kept
            usable = kept.access != refused and kept.expires_at > self._clock()
            if self._not_before is not None and self._clock() < self._not_before:
                return self._or_fail(kept, usable, "token_not_refreshed")
            if await self._keeper.lease(self._owner, LEASE_S):
                try:
                    return await self._refresh(kept, refused, usable)
                finally:
                    with suppress(Unavailable):
                        await self._keeper.release(self._owner)
            if usable:
                return kept
            await self._sleep(_WAIT_S)
        raise Retryable("token_refresh_slow", whole_account=True)

    async def _refresh(self, before: TokenPair, refused: str, usable: bool) -> TokenPair:
        kept = await self._read()
        if kept.version != before.version and not self._is_spent(kept, refused):
            return kept  # another refreshed between our look and our lease
        try:
            fresh = await ask_for_pair(self._settings, kept.refresh, self._clock())
        except Retryable as error:
            TOKEN_REFRESHES.labels(error.reason).inc()
            log.error("token_not_refreshed", reason=error.reason)
            self._not_before = self._clock() + _ASK_AGAIN
            return self._or_fail(kept, usable, error.reason)
        TOKEN_REFRESHES.labels("refreshed").inc()
        self._not_before = None
        return await self._keep(replace(fresh, seed=self._seed, version=kept.version))

    async def _keep(self, pair: TokenPair) -> TokenPair:
        """Write before use, over the version it was made from; tried hard, as X gave it only to us."""
        self._unwritten = pair
        for tries in range(_WRITE_TRIES):
            try:
                written = await self._keeper.write(self._sealed(pair), pair.version)
            except Unavailable:
                if tries == _WRITE_TRIES - 1:
                    raise
                await self._sleep(0.2 * 2**tries)
                continue
            self._unwritten = None
            # an answer lost on the way to us makes the second write find its own work: the kept one is right both ways
            return replace(pair, version=pair.version + 1) if written else await self._read()
        raise AssertionError("unreachable")

    async def _read(self) -> TokenPair:
        sealed, version = await self._keeper.read()
        begin = TokenPair("", self._settings.oauth2_refresh_token, from_ms(0), self._seed, version)
        if not sealed:
            return begin
        try:
            kept = json.loads(self._cipher.decrypt(sealed))
        except InvalidToken:
            log.error("token_unreadable", reason="sealed_with_another_secret")
            return begin
        if kept["seed"] != self._seed:
            return begin  # somebody gave the account anew
        return TokenPair(kept["access"], kept["refresh"], from_ms(kept["expires_ms"]), kept["seed"], version)

    def _sealed(self, pair: TokenPair) -> bytes:
        kept = {
            "access": pair.access,
            "refresh": pair.refresh,
            "expires_ms": to_ms(pair.expires_at),
            "seed": pair.seed,
        }
        return self._cipher.encrypt(json.dumps(kept).encode())

    def _is_spent(self, pair: TokenPair, refused: str) -> bool:
        return pair.access == refused or self._ends_soon(pair)

    def _ends_soon(self, pair: TokenPair) -> bool:
        return pair.expires_at - EARLY <= self._clock()

    def _or_fail(self, kept: TokenPair, usable: bool, reason: str) -> TokenPair:
        if usable:
            return kept
        raise Retryable(reason, at=self._not_before, whole_account=True)


def _key(settings: XSettings) -> bytes:
    """The key the pair is sealed with: whoever holds only Redis or its files does not hold the account."""
    secret = settings.oauth2_client_secret or settings.consumer_secret
    kdf = HKDF(hashes.SHA256(), 32, salt=None, info=f"giftbot oauth2 {settings.account_id}".encode())
    return base64.urlsafe_b64encode(kdf.derive(secret.encode("utf-8", "surrogatepass")))
