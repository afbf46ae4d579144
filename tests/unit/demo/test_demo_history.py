"""The chat page goes on where the last start stopped."""

from __future__ import annotations

from pathlib import Path

from bot.demo.history import History
from bot.demo.xside import TalkMessage
from bot.model import ShopperId

ONE = ShopperId("1")


def _message(n: int, text: str) -> TalkMessage:
    return TalkMessage(n, str(n), "brand", text, "2026-01-01T12:00:00+00:00")


def test_numbers_go_on_from_the_earlier_start(tmp_path: Path) -> None:
    """The sandbox counts from 1 again; the page asks for what follows a number."""
    first = History(tmp_path / "talks.jsonl")
    first.keep(ONE, [_message(1, "a"), _message(2, "b\n<b>")])
    first.keep(ONE, [_message(1, "a"), _message(2, "b\n<b>"), _message(3, "c")])
    second = History(tmp_path / "talks.jsonl")
    assert [(m.n, m.text) for m in second.earlier(ONE, after=1)] == [(2, "b\n<b>"), (3, "c")]
    assert [(m.n, m.text) for m in second.keep(ONE, [_message(1, "d")])] == [(4, "d")]
    third = History(tmp_path / "talks.jsonl")
    assert [m.n for m in third.earlier(ONE, after=0)] == [1, 2, 3, 4]
    assert third.offset(ShopperId("2")) == 0


def test_pictures_and_colleagues_are_remembered(tmp_path: Path) -> None:
    """What was shown is shown again; lines of the release before had neither."""
    path, message = (
        tmp_path / "talks.jsonl",
        TalkMessage(1, "1", "brand", "a", "2026-01-01T12:00:00+00:00", ("7",), True),
    )
    path.write_text('["1", {"n": 1, "id": "1", "sender": "brand", "text": "a", "at": "2026-01-01T12:00:00+00:00"}]\n')
    assert [(each.media, each.typed) for each in History(path).earlier(ONE, after=0)] == [((), False)]
    path.unlink()
    History(path).keep(ONE, [message])
    assert History(path).earlier(ONE, after=0) == [message]


def test_a_line_cut_off_by_a_crash_is_passed_over(tmp_path: Path) -> None:
    """A killed demo must start again."""
    path = tmp_path / "talks.jsonl"
    History(path).keep(ONE, [_message(1, "a")])
    path.write_text(path.read_text() + '["1", {"n": 2, "te')
    assert History(path).offset(ONE) == 1
