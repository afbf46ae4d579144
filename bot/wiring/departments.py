"""The role ``departments``: the interface for other departments, bound to the store and the rules in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import GiftbotError
from bot.wiring.sending_rules import SendingRules

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.store.connection import Store
    from bot.wiring.roles import Life


async def serve_departments(settings: Settings, store: Store, life: Life) -> None:
    """Serve until the role is told to stop.

    Raises:
        GiftbotError: the rules or the tokens cannot be read; says what to do.
    """
    from bot.departments.desk import Desk
    from bot.departments.server import Interface, serve
    from bot.departments.tokens import TokenFile

    if not settings.departments.tokens:
        raise GiftbotError(
            "GIFTBOT_DEPARTMENTS_TOKENS is missing: name a file (giftbot departments token makes lines)."
        )
    tokens = TokenFile(Path(settings.departments.tokens))
    desk = Desk(store, SendingRules(settings.sending.rules).current, store.clock)
    interface = Interface(desk, store.quotas, tokens, settings.departments)
    await serve(interface, settings.departments, life.stop, on_ready=life.ready)
