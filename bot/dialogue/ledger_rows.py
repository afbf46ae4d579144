"""Interactions of turns as rows of the catalogue's interactions ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import structlog

from bot.store.inbound.interactions import TurnsInteractions
from catalog.interactions.ledger import Ledger
from catalog.interactions.rows import Row

log = structlog.get_logger()

SOURCE = "giftbot"
"""What consent is asked for: what a shopper does with giftbot's own ideas."""


@dataclass(frozen=True, slots=True)
class KeptInLedger:
    """The ledger as the worker's Keeper uses it."""

    ledger: Ledger

    def keep(self, turns: Sequence[TurnsInteractions]) -> Collection[str]:
        """Append them; what is known already or not consented to is counted and dropped.

        Returns the entries of turns that tell of something else than rows.
        """
        rows: list[Row] = []
        spoilt: list[str] = []
        for turn in turns:
            try:
                rows += list(rows_of(turn))
            except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
                spoilt.append(turn.entry_id)
        done = self.ledger.append(rows)
        if done.refused_bad:
            log.error("interactions_refused", count=done.refused_bad)
        return spoilt


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
            group_id=str(one.get("group_id") or turn.message_id),  # the answer it stood in
            rank=None if one.get("rank") is None else int(one["rank"]),
            propensity=None if one.get("propensity") is None else float(one["propensity"]),
        )
