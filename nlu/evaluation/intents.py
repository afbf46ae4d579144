"""Intents against their labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from nlu.evaluation.intervals import Array, Bootstrap
from nlu.evaluation.rows import INTENTS
from nlu.evaluation.slots import harmonic, rate


def counted_label(allowed: Sequence[str], said: str) -> str:
    """The label a row counts under: what was said where that is one of those allowed, else the first."""
    return said if said in allowed else allowed[0]


def intent_figures(pairs: Sequence[tuple[str, str]], bootstrap: Bootstrap) -> dict[str, Any]:
    """Precision, recall and F1 of each intent with the F1's interval; ``rows`` counts those labelled so.

    Args:
        pairs: label counted and intent said, one pair a row.
        bootstrap: made for as many rows.
    """
    return {intent: _one(intent, pairs, bootstrap) for intent in INTENTS}


def confusion(pairs: Sequence[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """How many rows of each label were taken for each intent."""
    seen = Counter(pairs)
    return {label: {said: seen[label, said] for said in INTENTS} for label in INTENTS}


def wish_figures(pairs: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    """Accuracy over giftbot's own intents, and how many rows of each label were right; None without such rows."""
    if not pairs:
        return None
    rows, right = Counter(label for label, _ in pairs), Counter(label for label, said in pairs if label == said)
    wrong = Counter((label, said) for label, said in pairs if label != said)
    return {
        "rows": len(pairs),
        "accuracy": rate(sum(right.values()), len(pairs)),
        "each": {label: {"rows": rows[label], "right": right[label]} for label in sorted(rows)},
        "mixed_up": [[label, said, times] for (label, said), times in wrong.most_common(10)],
    }


def _one(intent: str, pairs: Sequence[tuple[str, str]], bootstrap: Bootstrap) -> dict[str, Any]:
    counts = [(int(label == said == intent), int(label == intent), int(said == intent)) for label, said in pairs]
    hit, told, said = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)

    def f1(sums: Array) -> Array:
        return np.asarray(2 * sums[:, 0] / (sums[:, 1] + sums[:, 2]))

    precision, recall = rate(hit, said), rate(hit, told)
    return {
        "precision": precision,
        "recall": recall,
        "f1": harmonic(precision, recall) if told else None,
        "ci95": bootstrap.interval(counts, f1),
        "rows": told,
    }
