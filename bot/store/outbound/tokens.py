"""The account's OAuth 2.0 token pair, shared by all processes: sealed by who uses it, never read here."""

from __future__ import annotations

from bot.store.access.keys import TOKENS_FOR, seconds
from bot.store.access.wire import Wire


class Tokens:
    """Keeps one sealed pair with a version, and the right to refresh it."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def read(self) -> tuple[bytes, int]:
        """The sealed pair (empty where there is none) and the number of its version."""
        kept = await self._wire.hash_at(self._wire.keys.account("oauth2"))
        return kept.get(b"pair", b""), int(kept.get(b"version", b"0"))

    async def write(self, sealed: bytes, over: int) -> bool:
        """Keep a pair in place of version ``over``; False where that is not the present one."""
        key = self._wire.keys.account("oauth2")
        return bool(await self._wire.run("keep_tokens", [key], [sealed, over, seconds(TOKENS_FOR)]))

    async def lease(self, owner: str, for_s: int) -> bool:
        """Be the one who refreshes, for so many seconds at most."""
        return bool(await self._wire.run("hold", [self._wire.keys.account("oauth2_lease")], [owner, for_s * 1000]))

    async def release(self, owner: str) -> None:
        """Let another be it."""
        await self._wire.run("let_go", [self._wire.keys.account("oauth2_lease")], [owner])
