"""Figures as plain text for a person, a table each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nlu.evaluation.rows import INTENTS, LIST_SLOTS, SLOTS
from nlu.evaluation.slots import Figures


def tables(figures: Figures) -> str:
    """All figures of one run; what the file labels nothing of is left out."""
    parts = [f"{figures['rows']} rows", *_intents(figures), _slots(figures["slots"])]
    parts += [_beside(figures)] if "baseline" in figures or "typos" in figures else []
    parts += [_bracket(figures["bracket"])] if figures["bracket"] else []
    parts += [_extras(figures["extras"])] if figures["extras"] else []
    parts += [_wishes(figures["wish"])] if figures["wish"] else []
    parts.append(_times(figures))
    return "\n\n".join(part for part in parts if part)


def _intents(figures: Figures) -> list[str]:
    rows = figures["intent"]
    out = figures["out_of_scope"]
    parts = []
    if any(rows[name]["rows"] for name in INTENTS):
        lines = [
            [name, one["rows"], one["precision"], one["recall"], one["f1"], _span(one["ci95"])]
            + [figures["confusion"][name][said] for said in INTENTS]
            for name, one in rows.items()
        ]
        head = ["intent", "rows", "precision", "recall", "F1", "95 %", *(f"as {name}" for name in INTENTS)]
        parts.append(_grid(head, lines))
    if out["rows"]:
        parts.append(
            f"out of scope: {out['taken']} of {out['rows']} taken for a request ({_shown(out['taken_for_request'])})"
        )
    return parts


def _slots(slots: Mapping[str, Figures]) -> str:
    """Recall of a list is by overlap; the interval is of exact, for a list of recall."""
    if not any(one["rows"] for one in slots.values()):
        return ""
    lines = [
        [
            name,
            one["said"],
            one.get("exact"),
            one.get("exact_said"),
            one["precision"],
            one["recall"],
            one["f1"],
            _span(one["ci95"]),
            _span(one["f1_ci95"]),
        ]
        for name, one in slots.items()
    ]
    head = ["slot", "said", "exact", "exact said", "precision", "recall", "F1", "95 % exact", "95 % F1"]
    note = (
        f"{slots[SLOTS[0]]['rows']} requests; {' and '.join(LIST_SLOTS)} by overlap, their first interval is of recall"
    )
    return _grid(head, lines) + "\n" + note


def _beside(figures: Figures) -> str:
    """F1 of each slot: ours, ours with slips, the baseline's."""
    others = [
        (name, figures[key]) for key, name in (("typos", "with slips"), ("baseline", "baseline")) if key in figures
    ]
    head = ["F1", "giftbot", *(name for name, _ in others)]
    lines = [
        [slot, figures["slots"][slot]["f1"], *(one["slots"][slot]["f1"] for _, one in others)]
        for slot in SLOTS
        if figures["slots"][slot]["f1"] is not None
    ]
    lines.append(["mean of slots", figures["mean_slot_f1"], *(one["mean_slot_f1"] for _, one in others)])
    lines += [
        [f"intent {name}", figures["intent"][name]["f1"], *(one["intent"][name]["f1"] for _, one in others)]
        for name in INTENTS
        if figures["intent"][name]["rows"]
    ]
    if figures["out_of_scope"]["rows"]:
        taken = [one["out_of_scope"]["taken_for_request"] for one in (figures, *(one for _, one in others))]
        lines.append(["out of scope taken", *taken])
    notes = []
    if "typos" in figures:
        typos = figures["typos"]
        notes.append(
            f"{typos['share']:.0%} of words with a slip: mean slot F1 lower by {_shown(typos['mean_slot_f1_loss'])}"
        )
    if "baseline" in figures:
        baseline = figures["baseline"]
        notes.append(f"baseline: {baseline['name']}, {_shown(baseline['errors_gone'])} of its errors gone")
        notes.append(f"its time a message: {_ms(baseline['ms'])}")
    return "\n".join([_grid(head, lines), *notes])


def _bracket(parts: Mapping[str, Figures]) -> str:
    head = ["F1 by form in brackets", *(f"{name} ({one['rows']})" for name, one in parts.items())]
    lines = [[slot, *(one["slots"][slot]["f1"] for one in parts.values())] for slot in SLOTS]
    lines.append(["mean of slots", *(one["mean_slot_f1"] for one in parts.values())])
    return _grid(head, lines)


def _extras(extras: Mapping[str, Figures]) -> str:
    head = ["beside the slots", "rows", "said", "exact", "precision", "recall", "said elsewhere"]
    lines = [
        [name, one["rows"], one["said"], one.get("exact"), one["precision"], one["recall"], one["said_elsewhere"]]
        for name, one in extras.items()
    ]
    return _grid(head, lines)


def _wishes(wish: Figures) -> str:
    lines = [[name, one["rows"], one["right"]] for name, one in wish["each"].items()]
    mixed = ", ".join(f"{label} as {said} ({times})" for label, said, times in wish["mixed_up"])
    return (
        _grid(["giftbot's intents", "rows", "right"], lines)
        + f"\naccuracy {_shown(wish['accuracy'])} over {wish['rows']} rows; mixed up most: {mixed or 'none'}"
    )


def _times(figures: Figures) -> str:
    return f"time a message: {_ms(figures['ms'])}"


def _ms(ms: Figures) -> str:
    if ms["p50"] is None:
        return "-"
    return f"p50 {ms['p50']:.1f} ms, p95 {ms['p95']:.1f} ms (processor: {ms['cpu_p50']:.1f}, {ms['cpu_p95']:.1f})"


def _grid(head: Sequence[str], lines: Sequence[Sequence[Any]]) -> str:
    cells = [list(head), *([_shown(one) for one in line] for line in lines)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(head))]
    drawn = [
        "  ".join(
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    return "\n".join([drawn[0], "-" * max(map(len, drawn)), *drawn[1:]])


def _span(interval: Sequence[float] | None) -> str:
    return "-" if interval is None else f"{_shown(float(interval[0]))}-{_shown(float(interval[1]))}"


def _shown(value: Any) -> str:
    """Rates to three places without the leading nought, counts and texts as they are, - for nothing."""
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.3f}".replace("0.", ".", 1) if 0 <= value < 1 else f"{value:.3f}"
    return str(value)
