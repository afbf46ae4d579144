"""One thing a shopper did with one product, as it is kept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from catalog.feeds.rejection import MOST_OF_A_VALUE, Rejection
from catalog.interactions.records import KINDS

LONGEST_ID = 100
LONGEST_SOURCE = 40
MOST_PIECES = 1_000_000.0
EARLIEST = datetime(2000, 1, 1, tzinfo=timezone.utc)
AHEAD = timedelta(days=1)
"""How far a foreign clock may be ahead of ours."""


class BadRow(ValueError):
    """A row that cannot be kept: which field broke which rule, and what to do."""

    def __init__(self, field: str, value: object, rule: str, hint: str) -> None:
        super().__init__(f"{field}: {rule}; {hint}")
        self.field, self.value, self.rule, self.hint = field, str(value), rule, hint


@dataclass(frozen=True, slots=True)
class Row:
    """Who did what with which product, when, how often, and who told us."""

    shopper_id: str
    product_id: str
    """Empty only where a whole order is taken back; ``group_id`` names it then."""
    kind: str
    """One of KINDS."""
    at: datetime
    """In UTC, whatever zone it was told in (one without a zone is refused by :func:`checked`)."""
    quantity: float
    """Pieces. Below 0 takes back: a refund, a cancelled order, something put out of the cart again."""
    source: str
    """Where it was told (purchase, giftbot, youtube, …): what consent is asked for."""
    message_id: str = ""
    """What the sender calls the event; the same product and kind of the same message are kept once.

    Without one, rows that are equal in everything are one row: an import can be repeated.
    """
    group_id: str = ""
    """The order, or giftbot's answer, it was part of."""
    rank: int | None = None
    """Of what giftbot showed: its place, from 1."""
    propensity: float | None = None
    """Of what giftbot showed: the chance it had of being shown, above 0 and at most 1."""

    def __post_init__(self) -> None:
        if self.at.tzinfo is not None and self.at.tzinfo is not timezone.utc:
            object.__setattr__(self, "at", self.at.astimezone(timezone.utc))


NOBODY = frozenset({"null", "undefined", "None", "nan", "NaN"})
"""What programs write for a shopper they do not know: all of these would be one person."""


def checked(row: Row, now: datetime) -> Row:
    """Return the row where it may be kept; raises BadRow where not."""
    _name("shopper_id", row.shopper_id, LONGEST_ID)
    if row.shopper_id in NOBODY:
        raise BadRow("shopper_id", row.shopper_id, "nobody", "leave out rows of shoppers that are not known")
    if row.product_id or not (row.group_id and row.quantity < 0):
        _name("product_id", row.product_id, LONGEST_ID)
    _name("source", row.source, LONGEST_SOURCE)
    for field, value in (("message_id", row.message_id), ("group_id", row.group_id)):
        if value:
            _name(field, value, 3 * LONGEST_ID)
    if row.kind not in KINDS:
        raise BadRow("kind", row.kind, "unknown_kind", f"write one of {', '.join(KINDS)}")
    if row.at.tzinfo is None:
        raise BadRow("at", row.at, "no_time_zone", "write a time like 2026-10-13T09:30:00Z")
    if row.at < EARLIEST:
        raise BadRow("at", row.at, "before_2000", "check the unit of the clock that wrote it")
    if row.at > now + AHEAD:
        raise BadRow("at", row.at, "in_the_future", "check the clock, or the order of day and month")
    if not math.isfinite(row.quantity) or row.quantity == 0 or abs(row.quantity) > MOST_PIECES:
        raise BadRow("quantity", row.quantity, "out_of_range", f"must be other than 0 and at most {MOST_PIECES:.0f}")
    if row.propensity is not None and not 0 < row.propensity <= 1:
        raise BadRow("propensity", row.propensity, "out_of_range", "a chance is above 0 and at most 1")
    if row.rank is not None and not 1 <= row.rank <= 1000:
        raise BadRow("rank", row.rank, "out_of_range", "places are counted from 1")
    return row


def _name(field: str, value: str, longest: int) -> None:
    if not value:
        raise BadRow(field, value, "missing", f"every row needs its {field}")
    if len(value) > longest:
        raise BadRow(field, value, f"longer_than_{longest}", f"shorten the {field} to {longest} characters")
    if not value.isprintable() or value != value.strip():
        raise BadRow(field, value, "not_printable", f"write the {field} without control characters and outer blanks")


def refused(number: int, why: BadRow, field: str | None = None) -> Rejection:
    """Return the Rejection of a row of a file."""
    return Rejection(number, why.field if field is None else field, why.value[:MOST_OF_A_VALUE], why.rule, why.hint)
