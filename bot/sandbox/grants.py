"""The OAuth 2.0 tokens X has given: a pair at a time, each refresh token good for once. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any


class Grants:
    """The account's chain of pairs. A refresh token used a second time is theft to X: the whole chain ends."""

    def __init__(self, first_refresh: str, life_s: float, new_token: Callable[[], str]) -> None:
        self._refresh = first_refresh
        self._used: set[str] = set()
        self._life = timedelta(seconds=life_s)
        self._new_token = new_token
        self._access: dict[str, datetime] = {}
        self.refreshes = 0

    def refresh(self, token: str, now: datetime) -> dict[str, Any] | None:
        """A new pair for the chain's present refresh token; None for any other."""
        if token in self._used:
            self._refresh = ""
            self._access.clear()
        if not token or token != self._refresh:
            return None
        self._used.add(token)
        self._refresh = self._new_token()
        access = self._new_token()
        self._access[access] = now + self._life
        self.refreshes += 1
        return {
            "token_type": "bearer",
            "expires_in": int(self._life.total_seconds()),
            "access_token": access,
            "scope": "dm.read dm.write tweet.read users.read media.write offline.access",
            "refresh_token": self._refresh,
        }

    def revoke(self) -> None:
        """No access token given so far is good any more; the refresh token still is."""
        self._access.clear()

    def is_good(self, access: str, now: datetime) -> bool:
        """Whether an access token is one of ours and has not ended."""
        return access in self._access and now < self._access[access]
