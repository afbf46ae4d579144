"""All figures over one file: what counts where, and the shape others read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nlu.evaluation.answers import Answer, extras_of, intent_of, slots_of
from nlu.evaluation.errors import as_table, differences
from nlu.evaluation.measure import errors_gone, measure, slip_figures
from nlu.evaluation.rows import SLOTS, Row, read_rows
from nlu.evaluation.tables import tables
from nlu.reading import Reading
from nlu.wish import Person

NOTHING: dict[str, Any] = dict.fromkeys(SLOTS) | {"interests": (), "exclusions": ()}


def asked(**said: Any) -> Row:
    return Row("r", "a | text\nof two lines", ("ask_gift",), {**NOTHING, **said}, extras=said.pop("extras", {}))


def answer(intent: str = "ask_gift", ms: float = 1.0, **said: Any) -> Answer:
    return Answer(intent, intent, {**NOTHING, **said}, ms=ms)


ROWS = (
    asked(recipient="mom", interests=("tea",)),
    asked(recipient="dad"),
    Row("o", "what a day", ("other",)),
    Row("x", "card declined", label="banking"),
    Row("y", "dance off", label="banking"),
)
ANSWERS = (
    answer(recipient="mom", interests=("green tea", "cups")),
    answer("refine", recipient="son", ms=3.0),
    answer("other"),
    answer("ask_gift", ms=2.0),
    answer("other"),
)


def test_the_figures_have_the_keys_others_read() -> None:
    """The object on the last line is a promise to every script that reads it."""
    figures = json.loads(json.dumps(measure(ROWS, ANSWERS, seed=0)))
    assert figures["rows"] == 5
    assert set(figures["intent"]) == {"ask_gift", "refine", "other"}
    assert {"precision", "recall", "f1"} <= set(figures["intent"]["ask_gift"])
    assert list(figures["slots"]) == list(SLOTS)
    assert {"exact", "exact_said", "precision", "recall", "f1", "ci95"} <= set(figures["slots"]["recipient"])
    assert {"overlap_recall", "precision", "f1", "ci95"} <= set(figures["slots"]["interests"])
    assert {"p50", "p95"} <= set(figures["ms"])


def test_each_row_counts_where_it_belongs() -> None:
    """Slots of requests only, whatever the intent said; out-of-scope rows in no intent figure."""
    figures = measure(ROWS, ANSWERS, seed=0)
    assert figures["slots"]["recipient"]["exact"] == 0.5
    assert figures["slots"]["interests"]["precision"] == 0.5
    assert figures["mean_slot_f1"] == round((0.5 + 0.6667) / 2, 4)
    assert figures["out_of_scope"]["rows"] == 2
    assert figures["out_of_scope"]["taken_for_request"] == 0.5
    assert figures["intent"]["ask_gift"]["precision"] == 1.0
    assert figures["intent"]["ask_gift"]["recall"] == 0.5
    assert figures["ms"]["p50"] == 1.0


def test_rows_with_a_form_in_brackets_are_told_apart() -> None:
    """They are easier, and nobody writes so in a direct message."""
    rows = read_rows(
        [
            json.dumps(
                {"text": "t", "intent": "ask_gift", **NOTHING, "recipient": "mom", "has_bracket_spec": has},
            )
            for has in (True, False)
        ]
    )
    parts = measure(rows, (answer(recipient="mom"), answer()), seed=0)["bracket"]
    assert parts["with"]["slots"]["recipient"]["f1"] == 1.0
    assert parts["without"]["slots"]["recipient"]["f1"] == 0.0


def test_what_slips_cost_and_what_a_baseline_gets_wrong() -> None:
    """The loss is of the mean slot F1; errors gone are a share of the baseline's."""
    clean, slipped = {"mean_slot_f1": 0.9}, {"mean_slot_f1": 0.86, "slots": {}, "intent": {}, "out_of_scope": {}}
    assert slip_figures(clean, slipped, share=0.1)["mean_slot_f1_loss"] == 0.04
    assert errors_gone({"mean_slot_f1": 0.9}, {"mean_slot_f1": 0.6}) == 0.75
    assert errors_gone({"mean_slot_f1": 0.9}, {"mean_slot_f1": 1.0}) is None


LIKE, WHO = Reading(interests=("jelly",)), Reading(recipient="mom")


@pytest.mark.parametrize(
    ("ranking", "reading", "intent"),
    [
        (["ask_gift", "inform"], Reading(), "ask_gift"),
        (["inform"], Reading(), "refine"),
        (["greet"], WHO, "other"),
        (["nlu_fallback", "ask_gift"], Reading(), "other"),
        (["nlu_fallback", "ask_gift"], LIKE, "ask_gift"),
        (["nlu_fallback", "cheaper"], LIKE, "refine"),
        (["nlu_fallback", "chitchat", "out_of_scope", "ask_gift"], WHO, "other"),
        (["nlu_fallback", "chitchat", "ask_gift"], LIKE, "other"),
        (["nlu_fallback", "chitchat", "ask_gift"], WHO, "ask_gift"),
        (["nlu_fallback"], WHO, "other"),
        ([], WHO, "other"),
    ],
)
def test_the_intent_counted_is_what_the_bot_acts_upon(ranking: list[str], reading: Reading, intent: str) -> None:
    """Unsure of a message that may well be about a gift, the bot uses its facts; else it asks back."""
    assert intent_of(ranking, reading) == intent


def test_a_reading_is_compared_in_the_shapes_of_the_labels() -> None:
    """A Decimal that equals no float, or grandma beside grandmother, would be an error of the measuring."""
    reading = Reading.from_json(
        {"recipient": "grandma", "recipient_count": 2, "budget_max": "30", "interests": ["tea"]}
    )
    assert slots_of(reading) == {**NOTHING, "recipient": "grandmother", "budget_max": 30.0, "interests": ("tea",)}
    assert extras_of(reading)["people"] == (("grandmother", None, 2),)
    apart = Reading(recipient="son", people=(Person("son", age=(9, 9)), Person("mom")))
    assert extras_of(apart)["people"] == (("mom", None, 1), ("son", (9, 9), 1))


def test_extras_are_scored_where_a_row_gives_them() -> None:
    """A row that says nothing of deadlines is no claim that there is none."""
    rows = (asked(extras={"budget_vague": "low"}), asked())
    said = tuple(Answer("ask_gift", "ask_gift", NOTHING, {"budget_vague": "low"}) for _ in rows)
    extras = measure(rows, said, seed=0)["extras"]
    assert (extras["budget_vague"]["rows"], extras["budget_vague"]["f1"]) == (1, 1.0)
    assert extras["budget_vague"]["said_elsewhere"] == 1


def test_every_difference_is_a_line_to_read() -> None:
    """An error that is in the figures is in the table, in a table that stays one."""
    found = list(differences(ROWS, ANSWERS))
    assert [(one.slot, one.gold, one.got) for one in found] == [
        ("interests", "", "cups"),
        ("intent", "ask_gift", "refine"),
        ("recipient", "dad", "son"),
        ("out_of_scope", "banking", "ask_gift"),
    ]
    markdown = as_table(found, markdown=True).splitlines()
    assert len(markdown) == 2 + len(found)
    assert markdown[2] == "| r | interests |  | cups | a \\| text of two lines |"
    assert as_table(found, markdown=False).startswith(
        'id,slot,gold,got,text\nr,interests,,cups,"a | text\nof two lines"'
    )


def test_the_tables_show_what_was_measured() -> None:
    """A person reads the same figures as the script."""
    figures = measure(ROWS, ANSWERS, seed=0)
    figures["typos"] = slip_figures(figures, measure(ROWS, ANSWERS, seed=0), share=0.1)
    shown = tables(figures)
    assert "out of scope: 1 of 2 taken for a request (.500)" in shown
    assert "10% of words with a slip: mean slot F1 lower by .000" in shown
    assert any(line.split()[:4] == ["recipient", "2", ".500", ".500"] for line in shown.splitlines())
