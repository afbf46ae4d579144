"""The keys of one shopper's outbox, and how the queue of the release before is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.model import ShopperId
from bot.store.access.keys import SEEN_FOR, Keys, seconds
from bot.store.access.wire import Wire


def box_of(keys: Keys, shopper_id: ShopperId) -> list[str]:
    """What outbox.lua calls a box: queue, looks, answers, others, all, ended, consent, spent."""
    partition = keys.partition_of(shopper_id)
    return [
        keys.shopper("queue", shopper_id),
        *(keys.of(partition, name) for name in ("due_looks", "due_answers", "due_others", "all", "ended")),
        keys.shopper("consent", shopper_id),
        keys.shopper("spent", shopper_id),
    ]


async def adopt(wire: Wire, shopper_id: ShopperId, ids: Sequence[str], now: datetime) -> None:
    """Take a shopper's Sends over from the list the release before kept, each as it stands.

    Nothing where the list holds others than ``ids`` by now: it is met again.
    """
    keys = wire.keys
    partition = keys.partition_of(shopper_id)
    await wire.run(
        "adopt_sends",
        [
            keys.shopper("sends", shopper_id),
            keys.of(partition, "due"),
            *box_of(keys, shopper_id),
            *(keys.send(partition, one) for one in ids),
        ],
        [shopper_id, wire.moment(now), seconds(SEEN_FOR), *ids],
    )
