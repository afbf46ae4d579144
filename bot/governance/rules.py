"""The brand's rules for outgoing messages as values; ``bot.governance.rule_file`` reads them from a file.

What no brand may change is not here but in ``judging``: nobody is written to who never wrote or who said STOP.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.model import Purpose

OTHERS = frozenset(Purpose) - {Purpose.ANSWER}
"""Every purpose but the answer to what a shopper wrote."""


@dataclass(frozen=True)
class Rule:
    """What every rule has: a name, who decided it, on which day, and why."""

    id: str
    author: str
    since: date
    why: str


@dataclass(frozen=True)
class For(Rule):
    """A rule that binds some purposes."""

    purposes: frozenset[Purpose]


@dataclass(frozen=True)
class TimeZone(Rule):
    """The zone that counts where a shopper told none."""

    zone: ZoneInfo


@dataclass(frozen=True)
class Leeway(Rule):
    """What the rules about time make up for, so that they hold by true time at X's side.

    Each of our clocks may be wrong by ``clocks``, and X takes a message up to ``calls`` after it was claimed.
    """

    clocks: timedelta
    calls: timedelta

    @property
    def between(self) -> timedelta:
        """How much nearer two messages may come at X than our records of them say."""
        return 2 * self.clocks + self.calls


@dataclass(frozen=True)
class Cap(For):
    """At most so many messages to one person in any stretch so long, of all departments together.

    ``purposes`` are held back by it, ``counts`` are counted: so a less urgent purpose never uses up what a more
    urgent one may.
    """

    counts: frozenset[Purpose]
    most: int
    within: timedelta


@dataclass(frozen=True)
class Gap(For):
    """At least so long between a message that ``counts`` and one of ``purposes`` to the same person."""

    counts: frozenset[Purpose]
    at_least: timedelta


@dataclass(frozen=True)
class QuietHours(For):
    """Nothing from ``starts`` until ``ends`` by the shopper's clock; may span midnight."""

    starts: time
    ends: time


@dataclass(frozen=True)
class OpenedByShopper(For):
    """Only within so long after they last wrote."""

    within: timedelta


@dataclass(frozen=True)
class NotIntoTalk(For):
    """Not before they have been silent so long: nobody is interrupted."""

    silent_for: timedelta


@dataclass(frozen=True)
class SameText(For):
    """The same words not twice to one person within so long."""

    within: timedelta


@dataclass(frozen=True)
class Bulk(For):
    """The same words to at most so many people in any stretch so long."""

    most: int
    within: timedelta


@dataclass(frozen=True)
class Approval(For):
    """Only once an approver has approved it."""


@dataclass(frozen=True)
class Consent(For):
    """Only to who was asked for this purpose and said yes."""


@dataclass(frozen=True)
class Expiry(For):
    """Dropped unsent so long after it was made. What names its own end goes by that; an answer by the earlier one."""

    after: timedelta


@dataclass(frozen=True)
class NewestAnswer(Rule):
    """An answer older than this is dropped where a newer one to the same shopper waits too."""

    after: timedelta


@dataclass(frozen=True)
class Department(For):
    """What a department may send, and how much; ``*`` is every department without a rule of its own."""

    department: str
    most: int
    within: timedelta


@dataclass(frozen=True)
class Campaign(Rule):
    """A campaign: which departments send it, from when until when, how much in all and how much a day."""

    campaign: str
    departments: frozenset[str]
    starts: datetime
    ends: datetime
    most: int
    most_a_day: int


R = TypeVar("R", bound=For)


@dataclass(frozen=True)
class Rules:
    """All rules in force, in the file's order. Equal ones are equal: a reader can tell whether anything changed."""

    entries: tuple[Rule, ...]

    def binding(self, kind: type[R], purpose: Purpose) -> tuple[R, ...]:
        """The rules of this kind that bind this purpose."""
        return self._binding.get((kind, purpose), ())  # type: ignore[return-value]

    @cached_property
    def zone(self) -> ZoneInfo:
        """The account's zone."""
        return next((rule.zone for rule in self.entries if isinstance(rule, TimeZone)), ZoneInfo("UTC"))

    @cached_property
    def leeway(self) -> Leeway:
        """What clocks and slow calls may add up to; nothing where no rule says."""
        none = Leeway("none", "", date.min, "", timedelta(), timedelta())
        return next((rule for rule in self.entries if isinstance(rule, Leeway)), none)

    @cached_property
    def newest_answer(self) -> NewestAnswer | None:
        """When an older answer gives way to a newer one; None: never."""
        return next((rule for rule in self.entries if isinstance(rule, NewestAnswer)), None)

    def department(self, name: str) -> Department | None:
        """The rule of this department, else that of every other one; None where there is neither."""
        return self._departments.get(name) or self._departments.get("*")

    def campaign(self, name: str) -> Campaign | None:
        """The campaign of this name."""
        return self._campaigns.get(name)

    @cached_property
    def _binding(self) -> dict[tuple[type[Rule], Purpose], tuple[For, ...]]:
        found: dict[tuple[type[Rule], Purpose], tuple[For, ...]] = {}
        for rule in self._of(For):
            for purpose in rule.purposes:
                key = (type(rule), purpose)
                found[key] = (*found.get(key, ()), rule)
        return found

    @cached_property
    def _departments(self) -> dict[str, Department]:
        return {rule.department: rule for rule in self._of(Department)}

    @cached_property
    def _campaigns(self) -> dict[str, Campaign]:
        return {rule.campaign: rule for rule in self._of(Campaign)}

    def _of(self, kind: type[T]) -> Iterable[T]:
        return (rule for rule in self.entries if isinstance(rule, kind))


T = TypeVar("T", bound=Rule)
