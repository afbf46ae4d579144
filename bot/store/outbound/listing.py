"""Lists of Sends over all partitions, newest first, in pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from typing import cast

from bot.model import Send, SendState, ShopperId
from bot.store.access.wire import Wire, unavailable_if_redis_fails
from bot.store.outbound.sends import UnreadableSend, read_send

MOST_LOOKED_AT = 5_000
"""Sends one page looks at. Where few of many pass the filters a page may come up short; its cursor leads on."""
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Page:
    """Some Sends, newest first. ``cursor`` asks for the next page; empty where there is none."""

    sends: tuple[Send, ...]
    cursor: str


_Place = tuple[float, str]
"""When created (ms), then a digest of id and shopper: what the list is ordered by. A cursor is the place of a Send the
filters may have kept from who asks, so it names nobody."""
_Row = tuple[_Place, str]
_CURSOR = re.compile(r"([0-9]{1,15}) ([0-9a-f]{20})")


async def listed(
    wire: Wire,
    *,
    state: SendState | None = None,
    department: str = "",
    shopper_id: ShopperId | None = None,
    limit: int = 50,
    cursor: str = "",
) -> Page:
    """Sends that pass every filter given, until three days after they ended.

    Args:
        wire: the way to Redis.
        state: only of this state.
        department: only of this department.
        shopper_id: only to this shopper.
        limit: most Sends on the page.
        cursor: of the page before.

    Raises:
        ValueError: that is no cursor of ours.
    """
    keys = wire.keys
    partitions = range(keys.partitions) if shopper_id is None else [keys.partition_of(shopper_id)]
    place, found, looked_at = _read_cursor(cursor), list[Send](), 0
    while looked_at < MOST_LOOKED_AT:
        rows = await _after(wire, partitions, place)
        looked_at += len(rows)
        for (place, _), send in zip(rows, await _read(wire, [member for _, member in rows]), strict=True):
            if send is not None and _passes(send, state, department, shopper_id):
                found.append(send)
            if len(found) == limit:
                return Page(tuple(found), _write_cursor(place))
        if len(rows) < _AT_ONCE:
            return Page(tuple(found), "")
    return Page(tuple(found), _write_cursor(cast(_Place, place)))


async def _after(wire: Wire, partitions: Sequence[int], place: _Place | None) -> list[_Row]:
    """The next rows of the list, newest first: at most so many, and fewer only at its end."""
    found: list[_Row] = []
    await wire.check_layout()
    for partition in partitions:
        found += await _of_partition(wire, partition, place)
    return sorted(found, reverse=True)[:_AT_ONCE]


async def _of_partition(wire: Wire, partition: int, place: _Place | None) -> list[_Row]:
    highest, found, offset = "+inf" if place is None else place[0], list[_Row](), 0
    while True:
        with unavailable_if_redis_fails():
            some = await wire.commands.zrevrangebyscore(
                wire.keys.of(partition, "all"), highest, "-inf", start=offset, num=_AT_ONCE, withscores=True
            )
        read = [_row(float(at), member.decode()) for member, at in cast("list[tuple[bytes, float]]", some)]
        # many may be of the very same instant as the cursor
        found += [one for one in read if place is None or one[0] < place]
        offset += _AT_ONCE
        if len(read) < _AT_ONCE:
            break
        # Redis orders those of one instant otherwise than we do: all of them must be here before some are taken
        if len(found) >= _AT_ONCE and read[-1][0][0] < found[_AT_ONCE - 1][0][0]:
            break
    return found


async def _read(wire: Wire, members: Sequence[str]) -> list[Send | None]:
    """The Sends of these rows; None where one is gone meanwhile, or a later release wrote it."""
    keys = wire.keys
    with unavailable_if_redis_fails():
        async with wire.commands.pipeline(transaction=False) as pipe:
            for member in members:
                send_id, _, shopper_id = member.rpartition(" ")
                pipe.hgetall(keys.send(keys.partition_of(ShopperId(shopper_id)), send_id))
            return [_readable(kept) for kept in await pipe.execute()]


def _readable(kept: dict[bytes, bytes]) -> Send | None:
    with suppress(UnreadableSend):
        return read_send(kept) if kept else None
    return None


def _passes(send: Send, state: SendState | None, department: str, shopper_id: ShopperId | None) -> bool:
    return (
        (state is None or send.state is state)
        and (not department or send.department == department)
        and (shopper_id is None or send.shopper_id == shopper_id)
    )


def _row(at: float, member: str) -> _Row:
    return (at, blake2b(member.encode(), digest_size=10).hexdigest()), member


def _write_cursor(place: _Place) -> str:
    return f"{place[0]:.0f} {place[1]}"


def _read_cursor(cursor: str) -> _Place | None:
    if not cursor:
        return None
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise ValueError("a cursor is taken from the page before, as it is")
    return float(found[1]), found[2]
