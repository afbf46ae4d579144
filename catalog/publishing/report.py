"""What an import came to, and when it must ask first."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.feeds.rejection import Rejection
from catalog.publishing.comparing import Keeping

REJECTIONS_KEPT = 1000
LEAST_SHARE_KEPT = 0.8
MOST_SHARE_REJECTED = 0.05
MOST_SHARE_CHANGED = 0.2
PRICE_RATIOS = (0.5, 2.0)
"""Median of new over old price that needs no asking: a sale of half price still goes, pence for pounds do not."""


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
    """True where the brake would have held it."""
    skipped: bool = False
    """True where the same was published already."""
    expected_rejected: int = 0
    """Of the rows refused: products that expired, and in an update products that are not published (drafts)."""
    in_stock: int = 0
    """Products in stock."""
    kept: Keeping | None = None
    """How what is in both snapshots differs; None where there is nothing to compare with."""
    before_trouble: str = ""
    """Why the snapshot published before could not be read, and what it was compared with instead."""
    first_last_day: str | None = None
    """The first day (ISO) that is the last of some product; past it the same feed is read again."""

    @property
    def at_fault(self) -> int:
        """Rows refused that speak against the feed."""
        return self.rejected_count - self.expected_rejected

    @property
    def rejected_share(self) -> float:
        """Share of the rows that were refused, without those that are to be expected."""
        rows = self.accepted + self.at_fault
        return self.at_fault / rows if rows else 0.0

    def as_json(self) -> dict[str, Any]:
        """Return plain content for JSON."""
        return dataclasses.asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> ImportReport:
        """Read :meth:`as_json` back."""
        rejected = tuple(Rejection(**one) for one in kept["rejected"])
        both = Keeping(**kept["kept"]) if kept.get("kept") else None
        return cls(**{**kept, "rejected": rejected, "pinned_gone": tuple(kept["pinned_gone"]), "kept": both})


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
    before = report.products_before
    fewer = report.products < LEAST_SHARE_KEPT * before
    if fewer:
        gone = 1 - report.products / before
        why.append(
            f"{report.products:,} products instead of {before:,} ({gone:.0%} fewer; at most "
            f"{1 - LEAST_SHARE_KEPT:.0%} may go unasked): check that the feed is whole"
        )
    elif report.removed > MOST_SHARE_CHANGED * before:
        why.append(
            f"{report.removed:,} of {before:,} products would go ({report.removed / before:.0%}; at most "
            f"{MOST_SHARE_CHANGED:.0%} unasked) and {report.added:,} come: check that the ids are those of before, "
            "what was learnt from purchases and every steer goes by them"
        )
    if report.rejected_share > MOST_SHARE_REJECTED:
        why.append(
            f"{report.at_fault:,} of {report.accepted + report.at_fault:,} rows refused "
            f"({report.rejected_share:.1%}; at most {MOST_SHARE_REJECTED:.0%} unasked): mend them "
            "(--rejections FILE.csv lists each with its rule and what to do)"
        )
    if report.kept is not None:
        why += _of_what_stays(report, report.kept)
    return tuple(why)


def _of_what_stays(report: ImportReport, kept: Keeping) -> list[str]:
    """Say what speaks against an import in how the products that stay would be sold."""
    why = []
    most = f"at most {MOST_SHARE_CHANGED:.0%} unasked"
    if kept.other_currency > MOST_SHARE_CHANGED * kept.products:
        share = kept.other_currency / kept.products
        why.append(
            f"{kept.other_currency:,} of {kept.products:,} products would be sold in another currency ({share:.0%}; "
            f"{most}): check the currency the feed names, and --currency"
        )
    low, high = PRICE_RATIOS
    if kept.price_ratio is not None and not low <= kept.price_ratio <= high:
        why.append(
            f"prices would be {kept.price_ratio:g} times those of before (the median; from {low:g} to {high:g} times "
            "unasked): check whether they are in pence or cents"
        )
    elif kept.tenfold > MOST_SHARE_CHANGED * kept.products:
        why.append(
            f"{kept.tenfold:,} of {kept.products:,} prices would be ten times as high or a tenth "
            f"({kept.tenfold / kept.products:.0%}; {most}): check whether some are in pence or cents"
        )
    had = kept.in_stock_before
    with_the_others = report.in_stock * report.products_before >= had * report.products  # fewer as all became fewer
    fewer = report.products < LEAST_SHARE_KEPT * report.products_before
    if report.in_stock < LEAST_SHARE_KEPT * had and not (fewer and with_the_others):
        why.append(
            f"{report.in_stock:,} products in stock instead of {had:,} ({1 - report.in_stock / had:.0%} fewer; {most})"
            ": check the availability the feed tells"
        )
    return why
