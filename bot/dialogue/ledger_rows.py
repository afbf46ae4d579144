"""Interactions of turns as rows of the catalogue's interactions ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import structlog

from bot.store.interactions import TurnsInteractions
from catalog.interactions.ledger import Ledger
from catalog.interactions.rows import Row

log = structlog.get_logger()

SOURCE = "giftbot"
"""What consent is asked for: what a shopper does with giftbot's own ideas."""


@dataclass(frozen=True, slots=True)
class KeptInLedger:
    """The ledger as the worker's Keeper uses it."""

    ledger: Ledger

    def keep(self, turns: Sequence[TurnsInteractions]) -> None:
        """Append them; what is known already or not consented to is counted and dropped."""
        done = self.ledger.append(row for turn in turns for row in rows_of(turn))
        if done.refused_bad:
            log.error("interactions_refused", count=done.refused_bad)


def rows_of(turn: TurnsInteractions) -> Iterator[Row]:
    """One row for each thing done; the turn's message names them, so that a repeat is known."""
    for one in turn.rows:
        yield Row(
            shopper_id=turn.shopper_id,
            product_id=str(one["product_id"]),
            kind=str(one["kind"]),
            at=turn.at,
            quantity=1.0,
            source=SOURCE,
            message_id=turn.message_id,
            group_id=turn.message_id,
            rank=one.get("rank"),
            propensity=one.get("propensity"),
        )
