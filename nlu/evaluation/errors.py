"""Every difference from the labels, one line each, for reading."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from nlu.evaluation.answers import Answer
from nlu.evaluation.rows import EXACT_SLOTS, LIST_SLOTS, OTHER, Row
from nlu.evaluation.slots import exact_counts, overlap


class Difference(NamedTuple):
    """One thing understood otherwise than labelled; of a list, what was missed (gold) and what met no label (got)."""

    id: str
    slot: str
    gold: str
    got: str
    text: str


def differences(rows: Sequence[Row], answers: Sequence[Answer]) -> Iterator[Difference]:
    """Yield them row by row: intent, giftbot's own intent, slots, extras."""
    for row, answer in zip(rows, answers, strict=True):
        for slot, gold, got in _of(row, answer):
            yield Difference(row.id, slot, gold, got, row.text)


def as_table(found: Sequence[Difference], *, markdown: bool) -> str:
    """The table as CSV, or as Markdown with texts on one line."""
    if markdown:
        lines = ["| " + " | ".join(_cell(one) for one in line) + " |" for line in (Difference._fields, *found)]
        return "\n".join([lines[0], "|" + "---|" * len(Difference._fields), *lines[1:], ""])
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerows((Difference._fields, *found))
    return written.getvalue()


def _of(row: Row, answer: Answer) -> Iterator[tuple[str, str, str]]:
    if not row.intents and answer.intent != OTHER:
        yield "out_of_scope", row.label or "", answer.intent
    if row.intents and answer.intent not in row.intents:
        yield "intent", " or ".join(row.intents), answer.intent
    if row.wish and row.wish != answer.wish:
        yield "wish", row.wish, answer.wish
    if row.slots is not None:
        for name in EXACT_SLOTS:
            yield from _exact(name, row.slots[name], answer.slots[name])
        for name in LIST_SLOTS:
            yield from _list(name, row.slots[name], answer.slots[name])
    for name, gold in row.extras.items():
        if name == "sensitive":
            yield from _list(name, gold or (), answer.extras.get(name) or ())
        else:
            yield from _exact(name, gold, answer.extras.get(name))


def _exact(name: str, gold: Any, got: Any) -> Iterator[tuple[str, str, str]]:
    if not exact_counts(gold, got)[1]:
        yield name, _shown(gold), _shown(got)


def _list(name: str, gold: Sequence[str], got: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    missed = [one for one in gold if not any(overlap(one, other) for other in got)]
    wrong = [one for one in got if not any(overlap(one, other) for other in gold)]
    if missed or wrong:
        yield name, "; ".join(missed), "; ".join(wrong)


def _shown(value: Any) -> str:
    if value is None or value == ():
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
