"""The checker: reads only what the sandbox wrote down, which is never killed. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the ledger shows; all empty is what we promise."""

    lost: tuple[str, ...]
    """Message ids told 200 for and not answered."""
    doubled: tuple[str, ...]
    """Shoppers who got more answers than they wrote messages, or one answer twice."""
    out_of_order: tuple[str, ...]
    """Shoppers whose answers came in another order than their messages."""
    unwelcome: tuple[str, ...] = ()
    """Shoppers X took a message for after they had told us to stop."""
    over_quota: tuple[str, ...] = ()
    """Windows in which X took more messages than it allows."""

    @property
    def clean(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.doubled or self.out_of_order or self.unwelcome or self.over_quota)


def judge(
    ledger: Mapping[str, Any],
    written: Mapping[str, Sequence[tuple[str, str]]],
    marks: Mapping[str, str],
    stopped: Mapping[str, datetime] | None = None,
) -> Verdict:
    """Hold X's ledger against what shoppers wrote.

    Args:
        ledger: ``/sandbox/ledger``: ``delivered`` (message_id, status) and ``accepted`` (to, text).
        written: per shopper the messages in order, each (message id, text).
        marks: per text the words by which its answer is known.
        stopped: from when on shoppers were promised silence; what they wrote before need not be answered any more.
    """
    silenced = stopped or {}
    taken = {one["message_id"] for one in ledger["delivered"] if one["status"] == 200}
    answers: dict[str, list[str]] = defaultdict(list)
    for one in ledger["accepted"]:
        answers[one["to"]].append(one["text"])
    lost: list[str] = []
    doubled: list[str] = []
    mixed: list[str] = []
    for shopper, messages in written.items():
        due = [(id_, marks[text]) for id_, text in messages if id_ in taken]
        got = [_mark_of(text, marks) for text in answers[shopper]]
        missing = Counter(mark for _, mark in due) - Counter(got)
        if shopper not in silenced:
            lost += [id_ for id_, mark in due if missing[mark] > 0]
        if Counter(got) - Counter(mark for _, mark in due):
            doubled.append(shopper)
        if not missing and shopper not in doubled and got != [mark for _, mark in due]:
            mixed.append(shopper)
    doubled += sorted(set(answers) - set(written))
    return Verdict(tuple(lost), tuple(doubled), tuple(mixed), unwelcome=after_a_stop(ledger, silenced))


def after_a_stop(ledger: Mapping[str, Any], stopped: Mapping[str, datetime]) -> tuple[str, ...]:
    """Shoppers X took a message for after the moment from which silence was promised them."""
    taken = [(one["to"], datetime.fromisoformat(one["at"])) for one in ledger["accepted"]]
    return tuple(sorted({to for to, at in taken if to in stopped and at > stopped[to]}))


def over_quota(ledger: Mapping[str, Any], windows: Sequence[tuple[int, float]]) -> tuple[str, ...]:
    """Which of the windows (calls, seconds) held more messages than allowed, wherever it is laid."""
    at = sorted(datetime.fromisoformat(one["at"]).timestamp() for one in ledger["accepted"])
    return tuple(
        f"{calls + 1} in {later - first:.1f} s, {calls} allowed in {seconds:g} s"
        for calls, seconds in windows
        for first, later in zip(at, at[calls:], strict=False)
        if later - first < seconds
    )


def _mark_of(text: str, marks: Mapping[str, str]) -> str:
    return next((mark for mark in marks.values() if mark in text), f"unknown: {text[:40]}")
