"""Whether what X accepted keeps the rules. Written from docs/governance.md, sharing no code with the governor.

It reads two ledgers that no crash touches: what X accepted, with the true time of it, and what people did (shoppers
who wrote, stopped, consented; departments who asked; approvers who approved), with the true time of that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.unit.governance.drawn_rules import CALLS, CLOCKS, Drawn

CALL = timedelta(minutes=CALLS)
LEEWAY = timedelta(minutes=2 * CLOCKS + CALLS)
DAY = 1440


@dataclass(frozen=True)
class Did:
    """Something a person did. ``what``: wrote, stop, start, grant, withdraw, zone, approve."""

    at: datetime
    who: str
    what: str
    value: str = ""


@dataclass(frozen=True)
class Wish:
    """A message somebody asked for."""

    id: str
    at: datetime
    to: str
    text: str
    purpose: str
    department: str
    campaign: str
    expires: datetime | None
    not_before: datetime | None


@dataclass
class Ledgers:
    """All the checker knows."""

    rules: tuple[Drawn, ...]
    did: list[Did] = field(default_factory=list)
    wishes: dict[str, Wish] = field(default_factory=dict)
    accepted: list[tuple[datetime, str]] = field(default_factory=list)
    """When X took which wish; in that order."""


def breaches(ledgers: Ledgers) -> list[str]:
    """Every rule that was broken, as the kind of rule and the wish; empty where all were kept."""
    checker = _Checker(ledgers)
    return [f"{kind} {wish_id}" for at, wish_id in ledgers.accepted for kind in checker.broken(at, wish_id)]


class _Checker:
    def __init__(self, ledgers: Ledgers) -> None:
        self.rules, self.wishes, self.accepted = ledgers.rules, ledgers.wishes, ledgers.accepted
        self.done: dict[str, list[Did]] = defaultdict(list)
        for did in ledgers.did:
            self.done[did.who].append(did)

    def broken(self, at: datetime, wish_id: str) -> Iterator[str]:
        wish = self.wishes[wish_id]
        before = [(then, self.wishes[other]) for then, other in self.accepted if then <= at and other != wish_id]
        if sum(other == wish_id for _, other in self.accepted) > 1:
            yield "twice"
        yield from self._law(at, wish)
        if wish.purpose == "answer":
            yield from self._answers(at, wish, before)
        for rule in self.rules:
            bound = rule.value.get("for")
            if (bound is None or wish.purpose in bound) and wish.purpose != "answer":
                if self._breaks(rule, at, wish, before):
                    yield rule.kind
            elif rule.kind == "expiry" and bound and wish.purpose in bound and self._too_late(rule, at, wish):
                yield rule.kind

    def _last(self, who: str, whats: tuple[str, ...], by: datetime) -> Did | None:
        return next((did for did in reversed(self.done[who]) if did.what in whats and did.at <= by), None)

    def _law(self, at: datetime, wish: Wish) -> Iterator[str]:
        """Nobody who never wrote; nobody who said stop, nor with what is from before the stop."""
        if self._last(wish.to, ("wrote",), at) is None:
            yield "never_wrote"
        word = self._last(wish.to, ("stop", "start"), at)
        if word is not None and word.what == "stop" and word.at <= at - CALL:
            yield "stop"
        stop = self._last(wish.to, ("stop",), at - CALL)
        if stop is not None and wish.at < stop.at:
            yield "before_stop"
        if wish.not_before is not None and at < wish.not_before - timedelta(minutes=CLOCKS):
            yield "too_early"

    def _answers(self, at: datetime, wish: Wish, before: list[tuple[datetime, Wish]]) -> Iterator[str]:
        for _, other in before:
            if other.purpose == "answer" and other.to == wish.to and other.at > wish.at:
                yield "order"
        if at - wish.at <= timedelta(minutes=30) + LEEWAY:
            return
        for then, other_id in self.accepted:
            other = self.wishes[other_id]
            if other.purpose == "answer" and other.to == wish.to and then > at and wish.at < other.at < at - LEEWAY:
                yield "newest_answer"

    def _breaks(self, rule: Drawn, at: datetime, wish: Wish, before: list[tuple[datetime, Wish]]) -> bool:  # noqa: C901
        value = rule.value
        same = [(then, other) for then, other in before if other.to == wish.to]

        def since(minutes: int, then: datetime) -> bool:
            return at - then < timedelta(minutes=minutes)

        match rule.kind:
            case "cap":
                got = [
                    then for then, other in same if other.purpose in value["counts"] and since(value["within"], then)
                ]
                return len(got) >= value["most"]
            case "gap":
                return any(since(value["at_least"], then) for then, other in same if other.purpose in value["counts"])
            case "same_text":
                return any(since(value["within"], then) for then, other in same if other.text == wish.text)
            case "bulk":
                people = {o.to for then, o in before if o.text == wish.text and since(value["within"], then)} | {
                    wish.to
                }
                return len(people) > value["most"]
            case "department":
                sent = [then for then, other in before if other.department == wish.department and self._counts(other)]
                return sum(since(value["within"], then) for then in sent) >= value["most"]
            case "campaign":
                return wish.campaign == value["campaign"] and self._off_campaign(value, at, wish, before)
            case "quiet_hours":
                return self._asleep(value, at, wish)
            case "opened_by_shopper":
                wrote = self._last(wish.to, ("wrote",), at)
                return wrote is None or not since(value["within"], wrote.at)
            case "not_into_talk":
                wrote = self._last(wish.to, ("wrote",), at - CALL)
                return wrote is not None and since(value["silent_for"], wrote.at)
            case "consent":
                return not self._consented(at, wish)
            case "approval":
                return not any(did.what == "approve" and did.at <= at for did in self.done[wish.id])
            case "expiry":
                return self._too_late(rule, at, wish)
        return False

    def _counts(self, wish: Wish) -> bool:
        return wish.purpose != "answer"

    def _off_campaign(self, value: dict, at: datetime, wish: Wish, before: list[tuple[datetime, Wish]]) -> bool:  # type: ignore[type-arg]
        sent = [then for then, other in before if other.campaign == wish.campaign]
        today = sum(at - then < timedelta(minutes=DAY) for then in sent)
        early, late = at < value["from"] - LEEWAY, at >= value["until"] + LEEWAY
        other = wish.department not in value["departments"]
        return early or late or other or len(sent) >= value["most"] or today >= value["most_a_day"]

    def _asleep(self, value: dict, at: datetime, wish: Wish) -> bool:  # type: ignore[type-arg]
        told = [self._last(wish.to, ("zone",), moment) for moment in (at, at - CALL)]  # the claim saw one or the other
        return all(self._quiet(value, at, zone.value if zone else "Europe/London") for zone in told)

    def _quiet(self, value: dict, at: datetime, zone: str) -> bool:  # type: ignore[type-arg]
        wall = at.astimezone(ZoneInfo(zone))
        minute, begins, ends = wall.hour * 60 + wall.minute, value["from"], value["to"]
        return begins <= minute < ends if begins < ends else minute >= begins or minute < ends

    def _consented(self, at: datetime, wish: Wish) -> bool:
        """They had said yes at some moment while the call was under way; a stop takes every yes back."""
        for moment in (at, at - CALL, *(did.at for did in self.done[wish.to] if at - CALL < did.at <= at)):
            words = [d for d in self.done[wish.to] if d.at <= moment]
            words = [
                d for d in words if d.what == "stop" or (d.what in ("grant", "withdraw") and d.value == wish.purpose)
            ]
            if words and words[-1].what == "grant":
                return True
        return False

    def _too_late(self, rule: Drawn, at: datetime, wish: Wish) -> bool:
        own = wish.expires is not None and at >= wish.expires + LEEWAY
        ages = wish.expires is None or wish.purpose == "answer"
        return own or (ages and at >= wish.at + timedelta(minutes=rule.value["after"]) + LEEWAY)
