"""What shoppers took back, out of the store and into a restored one: a backup must not undo an opt-out.

A file of JSON lines. The first says what it is, the last how many rows there are, so that one cut off is noticed. A row
is a row of the ledger with its shopper, or, of who said STOP and was forgotten, the keyed name and partition alone.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from bot.clock import to_ms
from bot.errors import GiftbotError
from bot.model import ShopperId
from bot.pseudonyms import Pseudonym
from bot.store.access.keys import TALK_FOR, seconds
from bot.store.access.wire import Wire, unavailable_if_redis_fails
from bot.store.shoppers.consents import Allows

_SCANNED_AT_ONCE = 1000
_AT_ONCE = 64
_KIND = "giftbot withdrawals 1"
_MOST_TOLD = 20

Row = dict[str, Any]


class NotThisFile(GiftbotError):
    """It is no such file, or one of another account; nothing was read."""


@dataclass(slots=True)
class BroughtBack:
    """What came of a file."""

    closed: int = 0
    """Withdrawals that hold again."""
    known: int = 0
    """Those that held already, or were overtaken by what the shopper said later."""
    whole: bool = False
    """The file was read to the end it had when it was written."""
    unreadable: list[int] = field(default_factory=list)
    """Lines that are none of ours; the first of them."""


class Withdrawals:
    """Walks over all shoppers' ledgers, which nothing in a turn does."""

    def __init__(self, wire: Wire, hush_name: Pseudonym) -> None:
        self._wire, self._hush_name = wire, hush_name

    async def since(self, moment: datetime) -> AsyncIterator[str]:
        """The lines of a file of all that was taken back since then."""
        await self._wire.check_layout()
        from_ms, count = to_ms(moment), 0
        yield _line({"kind": _KIND, "since": from_ms, **self._account()})
        async for row in self._rows(from_ms):
            count += 1
            yield _line(row)
        yield _line({"end": count})

    async def bring_back(self, lines: Iterable[str], now: datetime) -> BroughtBack:
        """Let every withdrawal of a file hold again. It opens nothing, and the same file again changes nothing.

        Raises:
            NotThisFile: by its first line it is none, or one of another key or number of partitions.
            Unavailable: part of it may hold; the same again is safe.
        """
        await self._wire.check_layout()
        rows = iter(lines)
        self._check(next(rows, ""))
        done, forgotten, batch, read = BroughtBack(), dict[str, Row](), list[Row](), 0
        for number, line in enumerate(rows, start=2):
            row = _row_of(line, self._wire.keys.partitions)
            if row is None:
                done.unreadable += [number] if len(done.unreadable) < _MOST_TOLD else []
                continue
            if "end" in row:
                done.whole = row["end"] == read and not done.unreadable
                break
            read += 1
            if "name" in row:
                forgotten[row["name"]] = row
            else:
                batch.append(row)
            if len(batch) >= _AT_ONCE:
                await self._close(batch, now, done)
                batch = []
        await self._close(batch, now, done)
        await self._close([*forgotten.values(), *await self._known_again(forgotten)], now, done)
        return done

    async def _rows(self, since: int) -> AsyncIterator[Row]:
        async for keys in self._keys("consents:*"):
            for key, rows in zip(keys, await self._read(keys, "lrange", 0, -1), strict=True):
                for row in map(json.loads, rows):
                    if row["what"] == "withdrawn" and max(row["at"], row["said"]) >= since:
                        yield {"shopper": key.rpartition(":")[2], **row}
        async for keys in self._keys("hush:*"):
            for key, said in zip(keys, await self._read(keys, "get"), strict=True):
                if said is not None and int(said) >= since:
                    partition = int(key.partition("}")[0].rpartition(":")[2])
                    yield {"name": key.rpartition(":")[2], "partition": partition, "said": int(said)}

    async def _known_again(self, forgotten: dict[str, Row]) -> list[Row]:
        """Who had said STOP and was forgotten after the backup was made stands in it whole: they are closed as well."""
        found = []
        if forgotten:
            async for keys in self._keys("consent:*"):
                for shopper_id in (key.rpartition(":")[2] for key in keys):
                    if (row := forgotten.get(self._hush_name(shopper_id))) is not None:
                        found.append({"shopper": shopper_id, **_stop_of(row)})
        return found

    async def _close(self, rows: list[Row], now: datetime, done: BroughtBack) -> None:
        for begin in range(0, len(rows), _AT_ONCE):
            said = await asyncio.gather(*(self._close_one(row, now) for row in rows[begin : begin + _AT_ONCE]))
            done.closed += said.count(b"CLOSED")
            done.known += len(said) - said.count(b"CLOSED")

    async def _close_one(self, row: Row, now: datetime) -> bytes:
        keys, known = self._wire.keys, "shopper" in row
        if known:
            shopper_id = ShopperId(row["shopper"])
            partition, name = keys.partition_of(shopper_id), self._hush_name(shopper_id)
            own = [keys.shopper(kind, shopper_id) for kind in ("consent", "consents")]
        else:
            partition, name = row["partition"], row["name"]
            own = [keys.of(partition, f"hush:{name}")] * 2  # nobody's, and not looked at
        kept = {one: value for one, value in (row if known else _stop_of(row)).items() if one != "shopper"}
        # what X delivered counts from when it was written, what was entered from when it was
        held = kept["said"] if kept["source"] == "x_dm" else kept["at"]
        said = await self._wire.run(
            "restore_withdrawal",
            [*own, *(keys.of(partition, f"{kind}:{name}") for kind in ("hush", "gone"))],
            [kept["purpose"], held, _line(kept), to_ms(now), seconds(TALK_FOR), int(known)],
        )
        return cast(bytes, said)

    async def _keys(self, pattern: str) -> AsyncIterator[list[str]]:
        """All keys of a kind, of every partition, some at a time; a few of them twice."""
        batch: list[str] = []
        everywhere = f"{{{self._wire.keys.prefix}:*}}:{pattern}"
        with unavailable_if_redis_fails():
            async for key in self._wire.commands.scan_iter(match=everywhere, count=_SCANNED_AT_ONCE):
                batch.append(key.decode())
                if len(batch) >= _SCANNED_AT_ONCE:
                    yield batch
                    batch = []
        if batch:
            yield batch

    async def _read(self, keys: list[str], command: str, *more: int) -> list[Any]:
        with unavailable_if_redis_fails():
            async with self._wire.commands.pipeline(transaction=False) as pipe:
                for key in keys:
                    getattr(pipe, command)(key, *more)
                found: list[Any] = await pipe.execute()
        return found

    def _account(self) -> Row:
        """Tells files of other accounts apart; the key's own name gives nothing of it away."""
        return {"partitions": self._wire.keys.partitions, "names": self._hush_name("")[:16]}

    def _check(self, first: str) -> None:
        try:
            head = json.loads(first)
            kind, account = head["kind"], {name: head[name] for name in self._account()}
        except (ValueError, KeyError, TypeError):
            raise NotThisFile("its first line is not that of `giftbot consent export`") from None
        if kind != _KIND:
            raise NotThisFile("another release wrote it; read it with that one")
        if account != self._account():
            raise NotThisFile("it was written with another GIFTBOT_PRIVACY_KEY or number of partitions")


def _stop_of(row: Row) -> Row:
    """What is known of the stop of who was forgotten, as a row of the ledger."""
    at = {"at": row["said"], "said": row["said"]}
    return {"purpose": "all", "what": "withdrawn", **at, "source": "x_dm", "how": "import"}


def _row_of(line: str, partitions: int) -> Row | None:
    """One line's row; None where it is none of ours."""
    try:
        row = json.loads(line)
        if "end" in row:
            return {"end": int(row["end"])}
        if "name" in row:
            partition = int(row["partition"])
            told = {"name": str(row["name"]), "partition": partition, "said": int(row["said"])}
            return told if 0 <= partition < partitions else None
        if row["what"] != "withdrawn" or not str(row["shopper"]).isdigit():
            return None
        return {**row, "purpose": Allows(row["purpose"]).value, "at": int(row["at"]), "said": int(row["said"])}
    except (ValueError, KeyError, TypeError):
        return None


def _line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
