"""Estimates of what was never shown, against simulated shoppers whose clicks are known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.ledger_rows import SOURCE, KeptInLedger
from bot.model import MessageId, ShopperId
from bot.store.inbound.interactions import TurnsInteractions
from catalog.evaluation.off_policy import Estimate, Logged, estimate
from catalog.evaluation.shown_log import LogError, read_log, read_log_file
from catalog.evaluation.tables import estimates
from catalog.interactions.consent import ShopsConsent
from catalog.interactions.ledger import Ledger
from catalog.interactions.records import KINDS
from catalog.storage import Storage

CLICKS = np.array([[0.05, 0.1, 0.2, 0.4], [0.4, 0.2, 0.1, 0.05]])
"""Two kinds of shopper x products: how often each is clicked."""
USED = np.array([[0.7, 0.1, 0.1, 0.1], [0.4, 0.3, 0.2, 0.1]])
JUDGED = np.array([[0.0, 0.1, 0.1, 0.8], [0.8, 0.1, 0.1, 0.0]])
TRUTH = float((JUDGED * CLICKS).sum() / 2)


def _simulated(seed: int, answers: int, *, foretold: np.ndarray = CLICKS) -> Logged:
    """Answers of the way used, with a model that foretells ``foretold``."""
    chance = np.random.default_rng(seed)
    kind = chance.integers(0, 2, answers)
    shown = (chance.random(answers)[:, None] > USED.cumsum(axis=1)[kind]).sum(axis=1)
    return Logged(
        np.arange(answers),
        USED[kind, shown],
        JUDGED[kind, shown],
        (chance.random(answers) < CLICKS[kind, shown]).astype(np.float64),
        foretold[kind, shown],
        (JUDGED * foretold).sum(axis=1)[kind],
    )


def _covered(found: Estimate) -> bool:
    return found.low <= TRUTH <= found.high


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Of sixty logs about 95 % do, for every estimator; and the way used earned something else."""
    found = [estimate(_simulated(seed, 500), seed=seed) for seed in range(60)]
    for name in ("ips", "snips", "doubly_robust"):
        share = np.mean([_covered(getattr(one, name)) for one in found])
        assert share >= 0.87, (name, share)
    assert not any(_covered(one.shown) for one in found[:20])


def test_a_long_log_comes_close_to_the_truth() -> None:
    """Each estimator within a hundredth or two of a click."""
    found = estimate(_simulated(2, 30_000), seed=0)
    for one in (found.ips, found.snips, found.doubly_robust):
        assert one is not None
        assert one.value == pytest.approx(TRUTH, abs=0.02)


def test_doubly_robust_stays_right_where_the_model_is_wrong_and_is_surer_where_it_is_right() -> None:
    """That is what it is for: the chances mend the model, the model quiets the chances."""
    wrong = estimate(_simulated(1, 10_000, foretold=1 - CLICKS), seed=0).doubly_robust
    right = estimate(_simulated(1, 4_000), seed=0)
    assert wrong is not None
    assert wrong.value == pytest.approx(TRUTH, abs=0.03)
    assert right.doubly_robust is not None
    assert right.doubly_robust.high - right.doubly_robust.low < right.ips.high - right.ips.low


def test_the_effective_number_of_places_is_kishs() -> None:
    """Weights 2, 2 and 0 are worth 4²/8 = 2 places."""
    logged = Logged(np.arange(3), np.array([0.5, 0.5, 0.5]), np.array([1.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0]))
    found = estimate(logged, seed=0)
    assert (found.effective, found.most_weight, found.places) == (2.0, 2.0, 3)
    assert (found.ips.value, found.snips.value) == (pytest.approx(2 / 3), 0.5)
    assert found.doubly_robust is None


def test_places_of_one_answer_are_drawn_together() -> None:
    """A thousand places in two answers are two draws, not a thousand: the interval is as wide as it can be."""
    reward = np.repeat([0.0, 1.0], 500)
    ones = np.ones(1000)
    found = estimate(Logged(np.repeat([0, 1], 500), ones, ones, reward), seed=0)
    assert (found.ips.low, found.ips.high) == (0.0, 1.0)


@given(st.integers(1, 30), st.integers(0, 2**32))
def test_judging_the_way_that_was_used_gives_the_rate_itself(places: int, seed: int) -> None:
    """Equal chances weigh one: all estimates are the plain mean, and every place counts."""
    chance = np.random.default_rng(seed)
    used, reward = chance.uniform(0.05, 1, places), chance.integers(0, 2, places).astype(np.float64)
    found = estimate(Logged(np.arange(places), used, used, reward), seed=0)
    assert found.ips.value == pytest.approx(found.shown.value)
    assert found.snips.value == pytest.approx(found.shown.value)
    assert found.effective == pytest.approx(places)


def _lines(*rows: dict[str, object]) -> Iterator[str]:
    return (json.dumps(row) + "\n" for row in rows)


SHOWN = {"kind": "shown", "group_id": "a", "product_id": "p", "propensity": 0.5, "rank": 3}


def test_a_log_joins_what_was_shown_with_what_came_of_it() -> None:
    """By answer and product: a click in another answer, or another product's, is not this place's."""
    log = read_log(
        _lines(
            {**SHOWN, "target": 0.25},
            {**SHOWN, "product_id": "q", "propensity": 1},
            {"kind": "clicked", "group_id": "a", "product_id": "q"},
            {"kind": "clicked", "group_id": "b", "product_id": "p"},
            {"kind": "dismissed", "group_id": "a", "product_id": "p"},
        )
    )
    assert (log.reward.tolist(), log.target.tolist(), log.answer.tolist()) == ([0, 1], [0.25, 1], [0, 0])
    assert log.expected is None


def test_only_the_kinds_asked_for_are_rewarded() -> None:
    """A click is no purchase."""
    lines = [{**SHOWN}, {"kind": "clicked", "group_id": "a", "product_id": "p"}]
    assert read_log(_lines(*lines), ("bought",)).reward.tolist() == [0]


def test_a_part_of_the_ledger_is_a_log(tmp_path: Path) -> None:
    """Kinds as codes; what a website showed has no chance and is passed over."""
    kinds = [KINDS.index(kind) for kind in ("shown", "shown", "shown", "clicked")]
    columns = {"kind": kinds, "group_id": ["a", "a", "", "a"], "product_id": ["p", "q", "p", "p"]}
    pq.write_table(pa.table({**columns, "propensity": [1.0, 0.5, None, None]}), tmp_path / "part.parquet")
    log = read_log_file(tmp_path / "part.parquet")
    assert (log.propensity.tolist(), log.reward.tolist()) == ([1.0, 0.5], [1.0, 0.0])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["{"], "line 1: no JSON"),
        (["[]"], "line 1: no JSON object"),
        ([json.dumps({**SHOWN, "propensity": 0})], "line 1: field propensity is 0. It must be above 0"),
        ([json.dumps({**SHOWN, "propensity": None})], "line 1: field propensity is missing"),
        ([json.dumps(SHOWN), json.dumps({**SHOWN, "target": 1.5})], "line 2: field target is 1.5"),
        ([json.dumps({**SHOWN, "target": "much"})], "line 1: field target is 'much'. Write a number"),
        ([json.dumps({"kind": "clicked"})], "no line of kind shown"),
    ],
)
def test_a_log_that_cannot_be_used_names_the_line_and_the_remedy(rows: list[str], message: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(LogError) as refused:
        read_log(rows)
    assert message in str(refused.value)


def test_a_way_that_changes_earlier_places_is_judged_by_all_of_them() -> None:
    """The chance of a place holds for the places before it: only the product of the ratios is its weight."""
    chance = np.random.default_rng(4)
    answers = 40_000
    first = chance.integers(0, 2, answers)  # used: A or B alike; judged: always A
    second = chance.integers(0, 2, answers)  # used: C or D alike, whatever came first; judged: after A always C
    clicked_first = chance.random(answers) < np.where(first == 0, 0.6, 0.1)
    clicked_second = chance.random(answers) < np.where((first == 0) & (second == 0), 0.4, 0.05)
    found = estimate(
        Logged(
            answer=np.repeat(np.arange(answers), 2),
            propensity=np.full(2 * answers, 0.5),
            target=np.column_stack([first == 0, second == 0]).astype(np.float64).ravel(),
            reward=np.column_stack([clicked_first, clicked_second]).astype(np.float64).ravel(),
            rank=np.tile([1, 2], answers),
        ),
        seed=0,
    )
    assert found.ips.value == pytest.approx((0.6 + 0.4) / 2, abs=0.02)
    assert found.mean_weights == pytest.approx((1.0, 1.0), abs=0.05)
    assert found.can_judge


def test_a_log_that_never_showed_what_is_judged_says_so() -> None:
    """Places without chance give every other way a rate of nearly nothing, silently."""
    found = estimate(Logged(np.arange(100), np.ones(100), np.full(100, 0.1), np.ones(100)), seed=0)
    assert not found.can_judge
    assert "DO NOT BELIEVE" in estimates(found)


def test_the_ledgers_folder_is_read_whole_and_a_like_counts_for_the_answer_it_was_shown_in(tmp_path: Path) -> None:
    """ "More like the second" is said in the next message; it is the second's success nevertheless."""
    turns = (
        [{"kind": "shown", "product_id": f"p{n}", "rank": n, "propensity": 1.0} for n in (1, 2, 3)],
        [{"kind": "liked", "product_id": "p2", "group_id": "m1"}],
    )
    at = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
    ledger = Ledger.open(Storage.at(tmp_path), ShopsConsent(frozenset({SOURCE})), clock=lambda: at)
    KeptInLedger(ledger).keep(
        [
            TurnsInteractions(str(number), MessageId(f"m{number}"), ShopperId("7"), at, tuple(rows))
            for number, rows in enumerate(turns, start=1)
        ]
    )
    logged = read_log_file(tmp_path)
    assert logged.rank is not None
    assert sorted(zip(logged.rank.tolist(), logged.reward.tolist(), strict=True)) == [(1, 0.0), (2, 1.0), (3, 0.0)]
