"""Slots against their labels: row by row in counts, then as rates with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapidfuzz.distance import OSA

from nlu.evaluation.intervals import Array, Bootstrap

_EMPTY = frozenset({
    "a", "an", "the", "of", "and", "or", "for", "with", "to", "in", "on", "my", "his", "her",
    "their", "our", "your", "some", "any", "something", "anything", "stuff", "things", "thing",
})  # fmt: skip
Figures = dict[str, Any]


LONG = 6
"""Letters of a word that another one slip away is not a word of its own."""


def content_words(text: str) -> frozenset[str]:
    """The words of a text that mean something: lower case, without 's, plural s and small words.

    A text of small words only keeps them, so that it still overlaps with itself.
    """
    letters = "".join(sign if sign.isalnum() or sign == "'" else " " for sign in text.casefold().replace("’", "'"))
    words = {_folded(word) for word in letters.split()} - {""}
    return frozenset(words - _EMPTY or words)


def _folded(word: str) -> str:
    word = word.strip("'").removesuffix("'s").strip("'")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def overlap(one: str, other: str) -> bool:
    """Whether two texts share a word that means something.

    Labels copy the shopper's slips and a reader may mend them, so long words one slip apart are the same word.
    """
    ours, theirs = content_words(one), content_words(other)
    return bool(ours & theirs) or any(
        OSA.distance(word, near, score_cutoff=1) <= 1
        for word in ours
        for near in theirs
        if min(len(word), len(near)) >= LONG and word[0] == near[0]
    )


def exact_counts(gold: Any, said: Any) -> tuple[int, int, int, int, int]:
    """Of one row: 1, right, gold told, said, both and right."""
    told, given, right = not _none(gold), not _none(said), gold == said or (_none(gold) and _none(said))
    return 1, int(right), int(told), int(given), int(told and given and right)


def overlap_counts(gold: Sequence[str], said: Sequence[str]) -> tuple[int, int, int, int]:
    """Of one row: labels, labels met by something said, things said, things said that meet a label."""
    met = sum(any(overlap(one, other) for other in said) for one in gold)
    good = sum(any(overlap(one, other) for other in gold) for one in said)
    return len(gold), met, len(said), good


def exact_figures(counts: Sequence[tuple[int, ...]], bootstrap: Bootstrap) -> Figures:
    """Rates of one slot that is right or wrong.

    ``exact`` is over all rows, not-said included, ``exact_said`` (and ``recall``, the same) over rows that label it,
    ``precision`` over rows where something was said. ``ci95`` is of ``exact``. None: there was nothing to count.
    """
    _, right, told, given, hit = (sum(column) for column in zip(*counts, strict=True)) if counts else (0,) * 5
    return {
        "exact": rate(right, len(counts)),
        "exact_said": rate(hit, told),
        **_three(hit, given, hit, told),
        "ci95": bootstrap.interval(counts, lambda sums: sums[:, 1] / sums[:, 0]),
        "exact_said_ci95": bootstrap.interval(counts, lambda sums: sums[:, 4] / sums[:, 2]),
        "precision_ci95": bootstrap.interval(counts, lambda sums: sums[:, 4] / sums[:, 3]),
        "f1_ci95": bootstrap.interval(counts, lambda sums: 2 * sums[:, 4] / (sums[:, 2] + sums[:, 3])),
        "said": told,
        "rows": len(counts),
    }


def overlap_figures(counts: Sequence[tuple[int, ...]], bootstrap: Bootstrap) -> Figures:
    """Rates of one slot that is a list: a label counts as met where something said shares a word with it.

    ``ci95`` is of ``overlap_recall``; ``said`` counts rows with a label.
    """
    gold, met, given, good = (sum(column) for column in zip(*counts, strict=True)) if counts else (0,) * 4

    def f1(sums: Array) -> Array:
        recall, precision = sums[:, 1] / sums[:, 0], sums[:, 3] / sums[:, 2]
        both: Array = 2 * recall * precision / (recall + precision)
        return both

    three = _three(good, given, met, gold)
    return {
        "overlap_recall": three["recall"],
        **three,
        "ci95": bootstrap.interval(counts, lambda sums: sums[:, 1] / sums[:, 0]),
        "precision_ci95": bootstrap.interval(counts, lambda sums: sums[:, 3] / sums[:, 2]),
        "f1_ci95": bootstrap.interval(counts, f1),
        "said": sum(one[0] > 0 for one in counts),
        "rows": len(counts),
    }


def _three(good: int, given: int, met: int, gold: int) -> Figures:
    """Precision, recall and F1. Where there are labels and nothing was said, F1 is 0 and precision is none."""
    precision, recall = rate(good, given), rate(met, gold)
    return {"precision": precision, "recall": recall, "f1": harmonic(precision, recall) if gold else None}


def harmonic(precision: float | None, recall: float | None) -> float:
    """The F1 of precision and recall; 0 where either is none or 0."""
    if not precision or not recall:
        return 0.0
    return round(2 * precision * recall / (precision + recall), 4)


def rate(part: int, whole: int) -> float | None:
    """A share to four places; None of nothing."""
    return round(part / whole, 4) if whole else None


def _none(value: Any) -> bool:
    return value is None or value == ()
