"""What an import came to, and when it must ask first."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.feeds.rejection import Rejection

REJECTIONS_KEPT = 1000
LEAST_SHARE_KEPT = 0.8
MOST_SHARE_REJECTED = 0.05


@dataclass(frozen=True)
class ImportReport:
    """What was read, and how it differs from what was published before."""

    snapshot_id: str
    """Of what is published now; empty after a dry run."""
    before: str | None
    """The snapshot published before; None where there was none."""
    kind: str
    """``full`` or ``update``."""
    format: str
    """The form the feed was found to have."""
    left_out: Mapping[str, int]
    """What the shop itself does not offer (drafts, gift cards, …), counted by reason."""
    as_of: str
    """The day the offers are true on (ISO)."""
    published_at: str
    """ISO, UTC."""
    products: int
    """In the snapshot."""
    products_before: int
    accepted: int
    """Rows taken."""
    added: int
    changed: int
    unchanged: int
    removed: int
    rejected_count: int
    rejected: tuple[Rejection, ...]
    """The first thousand."""
    pinned_gone: tuple[str, ...]
    """Products merchandisers pinned that are not in this snapshot."""
    seconds: float
    fingerprint: str
    """Of feed, settings, terms and code: the same again is not worked on again."""
    forced: bool = False
    skipped: bool = False
    """True where the same was published already."""

    @property
    def rejected_share(self) -> float:
        """Share of the rows that were refused."""
        rows = self.accepted + self.rejected_count
        return self.rejected_count / rows if rows else 0.0

    def as_json(self) -> dict[str, Any]:
        """Return plain content for JSON."""
        return dataclasses.asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> ImportReport:
        """Read :meth:`as_json` back."""
        rejected = tuple(Rejection(**one) for one in kept["rejected"])
        return cls(**{**kept, "rejected": rejected, "pinned_gone": tuple(kept["pinned_gone"])})


class NothingToPublish(ValueError):
    """No row of the feed was sound; what was published before stays."""

    def __init__(self, rejected: tuple[Rejection, ...], count: int) -> None:
        super().__init__("no row of the feed could be taken; the catalogue published before stays")
        self.rejected, self.count = rejected, count


class Braked(ValueError):
    """The import would take away more than is likely meant; nothing was published. ``--force`` publishes it."""

    def __init__(self, report: ImportReport, why: tuple[str, ...]) -> None:
        super().__init__("; ".join(why))
        self.report, self.why = report, why


def brake(report: ImportReport) -> tuple[str, ...]:
    """Say why this import should not be published unasked; empty where nothing speaks against it."""
    why = []
    if report.products < LEAST_SHARE_KEPT * report.products_before:
        gone = 1 - report.products / report.products_before
        why.append(
            f"{report.products:,} products instead of {report.products_before:,} ({gone:.0%} fewer; at most "
            f"{1 - LEAST_SHARE_KEPT:.0%} may go unasked): check that the feed is whole"
        )
    if report.rejected_share > MOST_SHARE_REJECTED:
        why.append(
            f"{report.rejected_count:,} of {report.accepted + report.rejected_count:,} rows refused "
            f"({report.rejected_share:.1%}; at most {MOST_SHARE_REJECTED:.0%} unasked): mend them "
            "(--rejections FILE.csv lists each with its rule and what to do)"
        )
    return tuple(why)
