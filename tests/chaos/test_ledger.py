"""The checker of the kills sees what it is there to see."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from tests.chaos.ledger import judge, over_quota

NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
MARKS = {"hi": "Hello", "bye": "Goodbye"}
WRITTEN = {"7": [("1", "hi"), ("2", "bye")]}


def _ledger(*answers: str, taken: tuple[str, ...] = ("1", "2"), to: str = "7") -> dict[str, Any]:
    return {
        "delivered": [{"message_id": one, "status": 200} for one in taken],
        "accepted": [
            {"to": to, "text": one, "at": (NOON + timedelta(seconds=number)).isoformat()}
            for number, one in enumerate(answers)
        ],
    }


def test_all_answered_once_in_order_is_clean() -> None:
    """The promise."""
    verdict = judge(_ledger("Hello you", "Goodbye!"), WRITTEN, MARKS)
    assert (verdict.lost, verdict.doubled, verdict.out_of_order) == ((), (), ())


def test_a_missing_answer_is_seen() -> None:
    """A loss names the message."""
    assert judge(_ledger("Hello"), WRITTEN, MARKS).lost == ("2",)


def test_a_message_that_was_never_taken_is_not_lost() -> None:
    """X was not told 200, so X still has it."""
    assert judge(_ledger("Hello", taken=("1",)), WRITTEN, MARKS).lost == ()


def test_a_doubled_answer_is_seen() -> None:
    """Also where another one is missing, so that counts alone would agree."""
    verdict = judge(_ledger("Hello", "Hello"), WRITTEN, MARKS)
    assert verdict.doubled == ("7",)
    assert verdict.lost == ("2",)


def test_answers_in_another_order_are_seen() -> None:
    """Order within a talk."""
    assert judge(_ledger("Goodbye", "Hello"), WRITTEN, MARKS).out_of_order == ("7",)


def test_an_answer_to_somebody_who_never_wrote_is_seen() -> None:
    """The bot never writes first."""
    assert "8" in judge(_ledger("Hello", to="8"), WRITTEN, MARKS).doubled


def test_an_answer_nobody_knows_is_seen() -> None:
    """An apology in place of an answer is not the answer."""
    verdict = judge(_ledger("Hello", "Sorry, something went wrong"), WRITTEN, MARKS)
    assert verdict.lost == ("2",)
    assert verdict.doubled == ("7",)


def test_a_message_after_a_stop_is_seen() -> None:
    """What came before it need not be answered any more; what comes after it is a breach."""
    ledger = _ledger("Hello you", "Goodbye!")
    assert judge(ledger, WRITTEN, MARKS, {"7": NOON + timedelta(seconds=0.5)}).unwelcome == ("7",)
    assert judge(_ledger("Hello you"), WRITTEN, MARKS, {"7": NOON + timedelta(seconds=0.5)}).clean


def test_one_message_too_many_in_a_window_is_seen() -> None:
    """Wherever the window is laid."""
    ledger = _ledger("Hello you", "Goodbye!", "Hello you")
    assert over_quota(ledger, [(2, 2.5)])
    assert not over_quota(ledger, [(3, 2.5), (2, 2.0)])
