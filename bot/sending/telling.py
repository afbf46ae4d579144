"""The store is told what came of a call several times, if need be: what X answered is known only here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.errors import Unavailable

TRIES = 5
UNCALLED_TRIES = 12
"""For what was never called: it would be looked for, found nowhere and perhaps given up."""
LONGEST_REST_S = 2.0


async def told(tell: Callable[[], Awaitable[object]], most: int = TRIES) -> None:
    """Tell until it is heard. Raises ``Unavailable`` where it was not, ``most`` times."""
    for tries in range(most - 1):
        with suppress(Unavailable):
            await tell()
            return
        await asyncio.sleep(min(0.2 * 2**tries, LONGEST_REST_S))
    await tell()
