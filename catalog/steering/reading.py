"""Reads steers from entries: every field checked, every fault named with what to write instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import cast, get_args
from zoneinfo import ZoneInfo

from catalog.feeds.columns import plain_name
from catalog.product import ProductId
from catalog.steering.entries import Entry, Fault, SteeringError, Written, read_entries
from catalog.steering.for_brief import ForBrief
from catalog.steering.steer import Does, Steer

USUAL_STRENGTH = 0.5
LONGEST_TEXT = 300
MOST_PINNED = 10
FIELDS = ("id", "do", "products", "where", "for", "strength", "author", "reason", "from", "until")
BRIEF_FIELDS = ("recipient", "occasion", "likes", "budget_from", "budget_to")


def read_steers(text: str, zone: ZoneInfo) -> tuple[Steer, ...]:
    """Read a steering file; days begin and end in ``zone``. Raises SteeringError with every fault."""
    faults: list[Fault] = []
    found: dict[str, Steer] = {}
    for entry in read_entries(text):
        steer = _Reading(entry, zone, faults).steer()
        if steer is not None and found.setdefault(steer.id, steer) is not steer:
            faults.append(Fault(steer.id, entry.line, "id", steer.id, "used by another entry", "take another id"))
    if faults:
        raise SteeringError(faults)
    return tuple(found.values())


class _Reading:
    """Reads one entry and gathers its faults."""

    def __init__(self, entry: Entry, zone: ZoneInfo, faults: list[Fault]) -> None:
        self.entry, self.zone, self.faults = entry, zone, faults
        self.before = len(faults)

    def steer(self) -> Steer | None:
        for unknown in sorted(set(self.entry.fields) - set(FIELDS)):
            self.fault(unknown, "not a field of a steer", f"known are {', '.join(FIELDS)}")
        name = self.text("id", "a short name, to end it by")
        does = self.text("do", "boost, bury, pin or hide")
        if does and does not in get_args(Does):
            self.fault("do", "unknown", "boost, bury, pin or hide")
        products, where = self.products(), self.where()
        if products and where:
            self.fault("where", "stands beside products", "keep products (ids) or where (what holds of them)")
        if not products and not where:
            self.fault("products", "missing", "name products: [ids] or where: {brand: Example}")
        brief = self.brief()
        if does == "pin":
            self.pin(brief, products)
        starts, ends = self.moment("from", last=False), self.moment("until", last=True)
        if starts and ends and ends < starts:
            self.fault("until", "before from", "write the last day it is in force")
        strength = self.strength(does)
        author, reason = self.text("author", "who answers for it"), self.text("reason", "why, for whoever asks later")
        if len(self.faults) > self.before or starts is None or ends is None:
            return None
        return Steer(name, cast(Does, does), products, where, brief, strength, author, reason, starts, ends)

    def pin(self, brief: ForBrief | None, products: tuple[ProductId, ...]) -> None:
        if brief is None:
            self.fault("for", "a pin needs a brief", "say for whom: recipient, occasion, likes, budget_from, budget_to")
        if not products:
            self.fault("products", "a pin needs products by id", "name them, the first to be shown first")
        if len(products) > MOST_PINNED:
            self.fault("products", f"more than {MOST_PINNED} pinned", "three are shown at a time: boost the others")

    def fault(self, name: str, rule: str, hint: str) -> None:
        value = self.entry.fields.get(name, "")
        line = self.entry.lines.get(name, self.entry.line)
        self.faults.append(Fault(self.entry.name, line, name, value if isinstance(value, str) else "", rule, hint))

    def text(self, name: str, hint: str) -> str:
        value = self.entry.fields.get(name, "")
        if not isinstance(value, str) or not value:
            self.fault(name, "missing", hint)
            return ""
        self.one_line(name, value)
        return value

    def one_line(self, name: str, *values: str) -> None:
        """A line that breaks, or a sign nobody sees, is never meant."""
        if any(len(value) > LONGEST_TEXT or not value.isprintable() for value in values):
            self.fault(
                name,
                f"not one line of at most {LONGEST_TEXT} characters",
                "write plain blanks and no control characters",
            )

    def products(self) -> tuple[ProductId, ...]:
        return tuple(ProductId(one) for one in self.texts("products", self.entry.fields.get("products", ())))

    def texts(self, name: str, value: Written) -> tuple[str, ...]:
        if isinstance(value, Mapping):
            self.fault(name, "not a list", f"write {name}: [one, another]")
            return ()
        listed = (value,) if isinstance(value, str) else value
        self.one_line(name, *listed)
        return tuple(one for one in listed if one)

    def pairs(self, name: str, example: str) -> Mapping[str, str | tuple[str, ...]]:
        value = self.entry.fields.get(name, "")
        if not isinstance(value, Mapping):
            if value:
                self.fault(name, "not a mapping", f"write {name}: {{{example}}}")
            return {}
        return value

    def where(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in self.pairs("where", "brand: Example").items():
            name = plain_name(key)
            if name in found:
                self.fault("where", f"{name} is named twice", "make an entry of each")
            if isinstance(value, str) and name and value:
                self.one_line("where", key, value)
                found[name] = value
            else:
                self.fault("where", f"{key or 'a field'} must have one text", "write where: {brand: Example}")
        return found

    def brief(self) -> ForBrief | None:
        raw = self.pairs("for", "recipient: mum")
        for unknown in sorted(set(raw) - set(BRIEF_FIELDS)):
            self.fault("for", f"{unknown} is not known", f"known are {', '.join(BRIEF_FIELDS)}")
        single = {name: raw.get(name) or None for name in BRIEF_FIELDS if name != "likes"}
        for name, value in single.items():
            if isinstance(value, tuple):
                self.fault("for", f"{name} must be one text", "make an entry of each")
                return None
        likes = self.texts("for", raw.get("likes", ()))
        bounds = [self.sum_of(name, single[name]) for name in ("budget_from", "budget_to")]
        if not likes and not any(single.values()):
            return None
        self.one_line("for", *(value for value in single.values() if isinstance(value, str)))
        recipient, occasion = cast("str | None", single["recipient"]), cast("str | None", single["occasion"])
        return ForBrief(recipient, occasion, likes, bounds[0], bounds[1])

    def sum_of(self, name: str, value: object) -> Decimal | None:
        if not value:
            return None
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or found < 0:
            self.fault("for", f"{name} is no sum", "write a number in the catalogue's currency, such as 29.99")
            return None
        return found

    def strength(self, does: str) -> float:
        value = self.entry.fields.get("strength", "")
        if value == "":
            return USUAL_STRENGTH
        if does in ("pin", "hide"):
            self.fault("strength", f"means nothing for {does}", "take it out")
        try:
            found = float(cast(str, value))
        except (TypeError, ValueError):
            found = 0.0
        if not 0 < found <= 1:
            self.fault("strength", "not above 0 and up to 1", "0.5 is usual, 1 the most")
        return found

    def moment(self, name: str, *, last: bool) -> datetime | None:
        value = self.text(name, "a day (2026-03-15, the whole of it) or a moment (2026-03-15T18:00)")
        reading: Callable[[str], datetime]
        reading = self._day(last) if len(value) == len("2026-03-15") else datetime.fromisoformat
        try:
            found = reading(value.replace("Z", "+00:00"))
            aware = found if found.tzinfo else found.replace(tzinfo=self.zone)
            return aware.astimezone(timezone.utc)
        except (ValueError, OverflowError):
            if value:
                self.fault(name, "no day or moment", "write 2026-03-15 or 2026-03-15T18:00")
            return None

    def _day(self, last: bool) -> Callable[[str], datetime]:
        def read(value: str) -> datetime:
            day = date.fromisoformat(value) + timedelta(days=int(last))
            return datetime.combine(day, time(), tzinfo=self.zone)

        return read
