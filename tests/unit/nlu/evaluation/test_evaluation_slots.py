"""Figures of slots and intents against ones worked out by hand."""

from __future__ import annotations

import pytest

from nlu.evaluation.intents import confusion, counted_label, intent_figures
from nlu.evaluation.intervals import Bootstrap
from nlu.evaluation.slots import (
    content_words,
    exact_counts,
    exact_figures,
    overlap,
    overlap_counts,
    overlap_figures,
)


def test_a_slot_is_scored_as_worked_out_by_hand() -> None:
    """Six rows: two right, one wrong, one missed, one invented, one rightly empty."""
    pairs = [("mom", "mom"), ("dad", "dad"), ("son", "boy"), ("wife", None), (None, "man"), (None, None)]
    figures = exact_figures([exact_counts(gold, said) for gold, said in pairs], Bootstrap(6, seed=1))
    assert figures["exact"] == 0.5  # 3 of 6
    assert figures["exact_said"] == figures["recall"] == 0.5  # 2 of 4 told
    assert figures["precision"] == 0.5  # 2 of 4 said
    assert figures["f1"] == 0.5
    assert (figures["said"], figures["rows"]) == (4, 6)


def test_an_empty_slot_has_no_figures_rather_than_perfect_ones() -> None:
    """A file that labels no budget must not raise the mean."""
    figures = exact_figures([exact_counts(None, None)] * 3, Bootstrap(3, seed=1))
    assert (figures["exact"], figures["exact_said"], figures["precision"], figures["f1"]) == (1.0, None, None, None)


def test_a_slot_never_filled_scores_nought() -> None:
    """Silence is no way round the F1."""
    figures = exact_figures([exact_counts("mom", None)] * 2, Bootstrap(2, seed=1))
    assert (figures["precision"], figures["recall"], figures["f1"]) == (None, 0.0, 0.0)


def test_a_list_is_scored_by_overlap_as_worked_out_by_hand() -> None:
    """Labels met over labels, things said that meet one over things said; not row by row."""
    counts = [
        overlap_counts(["gardening", "strong tea"], ["tea", "cheap", "garden"]),  # 1 of 2 met, 1 of 3 good
        overlap_counts([], ["nice"]),  # nothing to meet, 1 wrong
        overlap_counts(["horses"], ["horse riding", "a horse"]),  # met by both
    ]
    figures = overlap_figures(counts, Bootstrap(3, seed=1))
    assert counts == [(2, 1, 3, 1), (0, 0, 1, 0), (1, 1, 2, 2)]
    assert figures["overlap_recall"] == round(2 / 3, 4)
    assert figures["precision"] == 0.5
    assert figures["f1"] == round(2 * (2 / 3) * 0.5 / (2 / 3 + 0.5), 4)
    assert figures["said"] == 2


@pytest.mark.parametrize(
    ("one", "other", "shares"),
    [
        ("Mum's garden", "the gardens", True),
        ("dog’s", "DOGS", True),
        ("something for the kitchen", "something for the bath", False),
        ("anything", "anything", True),
        ("glass", "glas", False),
        ("", "tea", False),
        ("", "", False),
    ],
)
def test_overlap_means_sharing_a_word_that_means_something(one: str, other: str, shares: bool) -> None:
    """Small words meet everywhere; plurals and capitals are the same word."""
    assert overlap(one, other) is overlap(other, one) is shares
    assert content_words("") == frozenset()


def test_another_intent_that_is_allowed_counts_as_right() -> None:
    """Where two readings of a message are right, either is."""
    assert counted_label(("refine", "other"), "other") == "other"
    assert counted_label(("refine", "other"), "ask_gift") == "refine"


def test_intents_are_scored_as_worked_out_by_hand() -> None:
    """Three requests, one of them missed; one refinement taken for a request."""
    pairs = [("ask_gift", "ask_gift")] * 2 + [("ask_gift", "other"), ("refine", "ask_gift"), ("other", "other")]
    figures = intent_figures(pairs, Bootstrap(5, seed=1))
    ask = figures["ask_gift"]
    assert (ask["precision"], ask["recall"], ask["f1"]) == (0.6667, 0.6667, 0.6667)
    assert (figures["refine"]["precision"], figures["refine"]["f1"]) == (None, 0.0)
    assert figures["other"]["f1"] == round(2 * 0.5 * 1 / 1.5, 4)
    assert confusion(pairs)["refine"] == {"ask_gift": 1, "refine": 0, "other": 0}


def test_intervals_hold_the_figure_and_are_the_same_for_the_same_seed() -> None:
    """A report that moves from run to run cannot be compared."""
    counts = [exact_counts("a", "a")] * 80 + [exact_counts("a", "b")] * 20
    first, again = (exact_figures(counts, Bootstrap(100, seed=3)) for _ in range(2))
    assert first == again
    low, high = first["ci95"]
    assert low < 0.8 < high
    assert 0.10 < high - low < 0.22  # the normal approximation gives 0.157


def test_an_interval_of_a_sure_thing_is_a_point() -> None:
    """All right is all right in every draw; of no rows there is no interval."""
    assert exact_figures([exact_counts("a", "a")] * 9, Bootstrap(9, seed=1))["ci95"] == [1.0, 1.0]
    assert exact_figures([], Bootstrap(0, seed=1))["ci95"] is None
