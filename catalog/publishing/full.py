"""Fills a snapshot from a full feed: what the feed does not name is no longer sold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from catalog.feeds.rejection import Rejection
from catalog.product import Product
from catalog.publishing.refusing import Refused
from catalog.publishing.snapshot_writer import PIECE, SnapshotWriter


def fill(folder: Path, items: Iterable[Product | Rejection], refused: Refused, went_on: Callable[[int], None]) -> int:
    """Write the products of a feed; return how many there are."""
    writer = SnapshotWriter(folder)
    try:
        piece: list[Product] = []
        for item in items:
            if isinstance(item, Rejection):
                refused.add(item)
                continue
            piece.append(item)
            if len(piece) >= PIECE:
                writer.add(piece)
                went_on(writer.count + refused.count)
                piece.clear()
        writer.add(piece)
        went_on(writer.count + refused.count)
        writer.finish()
    except BaseException:
        writer.close()
        raise
    return writer.count
