"""The ledger of consents: who allowed what, when, how, under which wording; only ever added to.

Where a shopper says STOP and START in turn hundreds of times, the older of these rows are folded (consent.lua).

What a shopper writes at the door enters it in the door's own script (accept_message); this module reads it and takes
what comes otherwise: a department's form, an import, a colleague who was told on the phone.
"""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import from_ms, to_ms
from bot.errors import GiftbotError
from bot.model import MessageId, ShopperId
from bot.pseudonyms import Pseudonym
from bot.store.access.keys import TALK_FOR, seconds
from bot.store.access.wire import Wire, unavailable_if_redis_fails


class Allows(str, enum.Enum):
    """What a shopper can allow or take back."""

    ANSWERS = "answers"
    """Opened by writing to us, closed by STOP, opened again by START: never granted by anybody else."""
    REMINDER = "reminder"
    MARKETING = "marketing"
    INTERACTIONS = "interactions"
    """That what they do with ideas is kept, to choose better ones."""
    ALL = "all"
    """Taken back together: what STOP means."""


@dataclass(frozen=True, slots=True)
class ConsentRecord:
    """One row of the ledger."""

    shopper_id: ShopperId
    purpose: Allows
    granted: bool
    """False: withdrawn."""
    source: str
    """Where it was said: x_dm, a form's name, an import's."""
    how: str
    """words, wrote (a first message), understood (by the classifier), api, import or command."""
    at: datetime
    """When we took note."""
    wording: str = ""
    """Version of the text they agreed to; empty where they were shown none."""
    by: str = ""
    """Who entered it: a department's token, a colleague's name; empty where the shopper did by writing."""
    said_at: datetime | None = None
    """When they said so, where that is known apart from ``at``."""
    message_id: MessageId | None = None
    """The message that said so."""
    folded: int | None = None
    """How many rows stood before this one: STOP and START said in turn so often that only the latest are kept."""


class GrantRefused(GiftbotError):
    """Nothing may be granted in place of the shopper here; says what opens it."""


class Consents:
    """What shoppers allow, and the ledger of how they came to."""

    def __init__(self, wire: Wire, hush_name: Pseudonym) -> None:
        self._wire, self._hush_name = wire, hush_name

    async def record(self, record: ConsentRecord) -> None:
        """Enter a row and make it hold at once, for what waits too. The very same record again changes nothing.

        Taking back ``answers`` or ``all`` is a STOP: everything else granted goes with it.

        Raises:
            GrantRefused: they said STOP, or took it back or were forgotten since they said so, or it is theirs alone to
                grant; nothing was changed.
            Unavailable: not known whether it was entered; the same call again is safe.
        """
        if record.granted and record.purpose in (Allows.ANSWERS, Allows.ALL):
            raise GrantRefused("only the shopper opens this, by writing to the brand (after a STOP: by writing START)")
        keys, name = self._wire.keys, self._hush_name(record.shopper_id)
        partition = keys.partition_of(record.shopper_id)
        said = await self._wire.run(
            "record_consent",
            [
                *(keys.shopper(kind, record.shopper_id) for kind in ("consent", "consents")),
                *(keys.of(partition, f"{kind}:{name}") for kind in ("hush", "gone")),
            ],
            [
                record.purpose.value, int(record.granted), self._wire.moment(record.at), _row_of(record),
                seconds(TALK_FOR), to_ms(record.said_at) if record.said_at else self._wire.moment(record.at),
            ],
        )  # fmt: skip
        if said == b"OVERRULED":
            raise GrantRefused(
                "they took it back, said STOP or were forgotten after they had said this; ask them again"
            )
        if said == b"CLOSED":
            raise GrantRefused("they wrote STOP; nothing can be granted until they write START")

    async def ledger(self, shopper_id: ShopperId) -> tuple[ConsentRecord, ...]:
        """Every row kept of one shopper, oldest first; of rows of a later release what this one knows."""
        with unavailable_if_redis_fails():
            rows = await self._wire.commands.lrange(self._wire.keys.shopper("consents", shopper_id), 0, -1)
        return tuple(_record(shopper_id, json.loads(row)) for row in cast("list[bytes]", rows))

    async def tell_zone(self, shopper_id: ShopperId, zone: str) -> None:
        """Note the time zone a shopper told, by its IANA name: quiet hours are theirs from now on.

        Raises:
            GiftbotError: no such zone.
        """
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise GiftbotError(f"no time zone is called {zone!r}; one is Europe/London") from error
        await self._wire.run("tell_zone", [self._wire.keys.shopper("consent", shopper_id)], [zone, seconds(TALK_FOR)])


def _row_of(record: ConsentRecord) -> str:
    row: dict[str, Any] = {
        "purpose": record.purpose.value,
        "what": "granted" if record.granted else "withdrawn",
        "at": to_ms(record.at),
        "said": to_ms(record.said_at or record.at),
        "source": record.source,
        "how": record.how,
    }
    more = {"wording": record.wording, "by": record.by, "message": record.message_id}
    return json.dumps(row | {name: value for name, value in more.items() if value}, separators=(",", ":"))


def _record(shopper_id: ShopperId, row: dict[str, Any]) -> ConsentRecord:
    return ConsentRecord(
        shopper_id=shopper_id,
        purpose=Allows(row["purpose"]),
        granted=row["what"] == "granted",
        source=row["source"],
        how=row["how"],
        at=from_ms(row["at"]),
        wording=row.get("wording", ""),
        by=row.get("by", ""),
        said_at=from_ms(row["said"]),
        message_id=MessageId(row["message"]) if row.get("message") else None,
        folded=int(row["folded"]["rows"]) if row.get("folded") else None,
    )
