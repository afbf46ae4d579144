"""What filling gaps needs of X, of the store, and of what intake does with a message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.x.events import Happening
from bot.x.webhooks import Subscription, Webhook


class Hooks(Protocol):
    """The app's webhook at X; `bot.x.admin.XAdmin` is it. All raise ``Refused`` or ``Retryable``."""

    async def webhooks(self) -> Sequence[Webhook]:
        """All webhooks of the app."""

    async def validate(self, webhook_id: str) -> bool:
        """Let X check one now; whether it is valid then."""

    async def subscriptions(self) -> Sequence[Subscription]:
        """All subscriptions of the app."""

    async def replay(self, webhook_id: str, since: datetime, till: datetime) -> str:
        """Start a replay job; its id."""


class Talks(Protocol):
    """Reading back; `bot.x.client.XClient` is it."""

    async def read_back(
        self, token: str | None, *, since: datetime, may_read: Callable[[], Awaitable[None]]
    ) -> tuple[list[Happening], int, str | None]:
        """One page, newest first: what happened, how many messages X billed, the next page's token."""


Take = Callable[[list[Happening], datetime], Awaitable[None]]
"""Does with what happened, oldest first, what intake does; raises ``Unavailable`` where it is not all safe."""


def ours(webhooks: Sequence[Webhook], url: str) -> Webhook | None:
    """The webhook of our address; where none is set, the only one there is."""
    if not url:
        return webhooks[0] if len(webhooks) == 1 else None
    return next((one for one in webhooks if one.url == url), None)
