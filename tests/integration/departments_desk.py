"""A departments' interface in this process, with tokens for every role, for its tests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

from bot.departments.desk import Desk
from bot.departments.server import Interface
from bot.departments.tokens import TokenFile, file_line
from bot.model import InboundMessage, MessageId, ShopperId
from bot.settings import DepartmentsSettings
from bot.store.connection import Store
from nlu.optout.wishes import OptWish
from tests.unit.governance.cases import RULES

ROLES = ("reader", "sender", "approver", "admin")
DAYTIME = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
ANN = "1001"
SETTINGS = DepartmentsSettings(host="127.0.0.1", port=0, tokens="", max_body_bytes=100_000, per_minute=10_000)


def tokens_in(folder: Path) -> TokenFile:
    """One token for each role in care and in marketing; its text is ``<department>-<role>``."""
    lines = [
        file_line(f"{department}-{role}", department, role, f"{department}-{role}")
        for department in ("care", "marketing")
        for role in ROLES
    ]
    path = folder / "tokens.yml"
    path.write_text("\n".join(lines))
    return TokenFile(path)


@dataclass
class Asking:
    """A department that asks. ``now`` is the interface's clock."""

    client: TestClient[Any, Any]
    store: Store
    now: datetime = DAYTIME

    async def __call__(
        self, method: str, path: str, body: Any = None, *, token: str = "care-sender", **more: Any
    ) -> tuple[int, Any]:
        """Status and JSON of one request."""
        if body is not None:
            more["json"] = body
        headers = {"Authorization": f"Bearer {token}"} | more.pop("headers", {})
        async with self.client.request(method, path, headers=headers, **more) as answer:
            return answer.status, await answer.json(content_type=None)

    async def propose(self, *items: dict[str, Any], token: str = "care-sender", dry_run: bool = False) -> list[Any]:
        """Ask for messages; the results."""
        path = f"/v1/sends?dry_run={str(dry_run).lower()}"
        status, said = await self("POST", path, {"sends": list(items)}, token=token)
        assert status == 200, said
        return list(said["results"])

    async def writes(self, shopper: str = ANN, wish: OptWish = OptWish.NONE, *, number: int = 1) -> None:
        """A shopper writes to the brand."""
        at = self.now - timedelta(hours=3) + timedelta(seconds=number)
        message = InboundMessage(MessageId(f"{shopper}{number:04}"), ShopperId(shopper), "hello", at)
        await self.store.door.accept(message, wish=wish, too_old=False, now=at)


@asynccontextmanager
async def asking(store: Store, folder: Path, settings: DepartmentsSettings = SETTINGS) -> AsyncIterator[Asking]:
    """An interface over this store."""
    clock: Callable[[], datetime] = lambda: found.now  # noqa: E731
    interface = Interface(Desk(store, lambda: RULES, clock), store.quotas, tokens_in(folder), settings)
    async with TestClient(TestServer(interface.application())) as client:
        found = Asking(client, store)
        yield found


def item(key: str = "k1", shopper: str = ANN, **fields: Any) -> dict[str, Any]:
    """A message to ask for."""
    return {
        "idempotency_key": key,
        "shopper_id": shopper,
        "text": f"Your parcel {key} is on its way",
        "purpose": "service",
        **fields,
    }
