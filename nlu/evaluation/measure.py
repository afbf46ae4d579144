"""All figures of one reader over one file of rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from nlu.evaluation.answers import Answer
from nlu.evaluation.intents import confusion, counted_label, intent_figures, wish_figures
from nlu.evaluation.intervals import Bootstrap
from nlu.evaluation.rows import EXACT_SLOTS, EXTRAS, LIST_SLOTS, OTHER, REQUEST, SLOTS, Row
from nlu.evaluation.slots import Figures, exact_counts, exact_figures, overlap_counts, overlap_figures, rate

Pairs = Sequence[tuple[Row, Answer]]
_LIST_EXTRAS = frozenset({"sensitive"})


def measure(rows: Sequence[Row], answers: Sequence[Answer], *, seed: int) -> Figures:
    """Score what was understood of each row; plain JSON values.

    Slots are scored on rows labelled ask_gift, whatever the intent said; rows that carry only a label of something
    out of scope count in ``out_of_scope`` alone. ``seed`` draws the bootstrap.
    """
    pairs = list(zip(rows, answers, strict=True))
    judged = [(row, answer) for row, answer in pairs if row.intents]
    told = [(counted_label(row.intents, answer.intent), answer.intent) for row, answer in judged]
    slots = slot_figures(pairs, seed=seed)
    return {
        "rows": len(rows),
        "intent": intent_figures(told, Bootstrap(len(told), seed)),
        "confusion": confusion(told),
        "slots": slots,
        "mean_slot_f1": mean_f1(slots),
        "out_of_scope": _out_of_scope(pairs),
        "ms": _times([answer.ms for answer in answers], [answer.cpu_ms for answer in answers]),
        "bracket": _by_bracket(pairs, seed),
        "wish": wish_figures([(row.wish, answer.wish) for row, answer in pairs if row.wish]),
        "extras": _extras(pairs, seed),
    }


def slot_figures(pairs: Pairs, *, seed: int) -> dict[str, Figures]:
    """Figures of each slot over the requests among the rows that label slots."""
    scored = [(row.slots, answer.slots) for row, answer in pairs if row.slots is not None]
    draws = Bootstrap(len(scored), seed)
    exact = {
        name: exact_figures([exact_counts(gold[name], said[name]) for gold, said in scored], draws)
        for name in EXACT_SLOTS
    }
    lists = {
        name: overlap_figures([overlap_counts(gold[name], said[name]) for gold, said in scored], draws)
        for name in LIST_SLOTS
    }
    return exact | lists


def mean_f1(slots: Mapping[str, Figures]) -> float | None:
    """The mean F1 of the slots that any row labels."""
    known = [slots[name]["f1"] for name in SLOTS if slots[name]["f1"] is not None]
    return round(sum(known) / len(known), 4) if known else None


def slip_figures(clean: Figures, slipped: Figures, *, share: float) -> Figures:
    """What slips cost: the slots with them, and the loss of mean slot F1 (1 = all of it)."""
    before, after = clean["mean_slot_f1"], slipped["mean_slot_f1"]
    return {
        "share": share,
        "slots": slipped["slots"],
        "intent": slipped["intent"],
        "out_of_scope": slipped["out_of_scope"],
        "mean_slot_f1": after,
        "mean_slot_f1_loss": None if before is None or after is None else round(before - after, 4),
    }


def errors_gone(ours: Figures, theirs: Figures) -> float | None:
    """The share of a baseline's errors (what its mean slot F1 lacks of 1) that we do not make; None if it has none."""
    mine, other = ours["mean_slot_f1"], theirs["mean_slot_f1"]
    if mine is None or other is None or other >= 1:
        return None
    return round(float((mine - other) / (1 - other)), 4)


def _out_of_scope(pairs: Pairs) -> Figures:
    """The share of messages that must not be taken for a request, or for a change of one, and were."""
    outside = [(row.label or "", answer.intent != OTHER) for row, answer in pairs if not row.intents]
    taken = Counter(label for label, wrong in outside if wrong)
    return {
        "rows": len(outside),
        "taken_for_request": rate(taken.total(), len(outside)),
        "taken": taken.total(),
        "by_label": {
            label: {"rows": rows, "taken": taken[label]}
            for label, rows in sorted(Counter(label for label, _ in outside).items())
        },
    }


def _times(wall: Sequence[float], processor: Sequence[float]) -> Figures:
    return {
        f"{kind}{percent}": round(float(np.percentile(values, percent)), 3) if len(values) else None
        for kind, values in (("p", wall), ("cpu_p", processor))
        for percent in (50, 95)
    }


def _by_bracket(pairs: Pairs, seed: int) -> dict[str, Figures] | None:
    """The slots apart for rows with a form in brackets and without; None where no row says which."""
    if not any(row.bracket for row, _ in pairs):
        return None
    split = {
        name: [one for one in pairs if bool(one[0].bracket) is has]
        for name, has in (("with", True), ("without", False))
    }
    return {
        name: {
            "rows": len([1 for row, _ in part if row.slots is not None]),
            "slots": (slots := slot_figures(part, seed=seed)),
            "mean_slot_f1": mean_f1(slots),
        }
        for name, part in split.items()
    }


def _extras(pairs: Pairs, seed: int) -> dict[str, Figures]:
    """What some rows label beside the slots, over the rows that do; ``said_elsewhere`` counts it said in others."""
    figures: dict[str, Figures] = {}
    for name in EXTRAS:
        scored = [(row.extras[name], answer.extras.get(name)) for row, answer in pairs if name in row.extras]
        if not scored:
            continue
        draws = Bootstrap(len(scored), seed)
        figures[name] = (
            overlap_figures([overlap_counts(gold or (), said or ()) for gold, said in scored], draws)
            if name in _LIST_EXTRAS
            else exact_figures([exact_counts(gold, said) for gold, said in scored], draws)
        )
        figures[name]["said_elsewhere"] = sum(
            bool(answer.extras.get(name))
            for row, answer in pairs
            if row.intents[:1] == (REQUEST,) and name not in row.extras
        )
    return figures
