"""Stopped and started again, the demo goes on where it was."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import psutil
from running_demo import Demo, StartDemo

SHOPPER = "123456789012345678"


def _answer(demo: Demo, text: str) -> dict[str, Any]:
    """Say something and wait for its turn."""
    message = demo.call(f"/api/talks/{SHOPPER}", {"text": text})["message_id"]
    deadline = time.monotonic() + 60
    while True:
        turn = demo.call(f"/api/turns/{SHOPPER}/{message}")
        messages = demo.call(f"/api/talks/{SHOPPER}?after=0")["messages"]
        if turn and messages[-1]["from"] == "brand":
            return dict(turn)
        assert time.monotonic() < deadline, "no answer"


def test_a_talk_goes_on_after_a_restart(start_demo: StartDemo, tmp_path: Path) -> None:
    """Ctrl-C stops everything and loses nothing: what was said is remembered and shown."""
    first = start_demo(tmp_path / "run")
    children = psutil.Process(first.process.pid).children(recursive=True)
    assert len(children) >= 6
    ideas = _answer(first, "a present for my mum, she loves gardening, £20 to £30")
    assert ideas["suggestions"]
    assert first.stop() == 0
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]

    second = start_demo(tmp_path / "run")
    assert len(second.call(f"/api/talks/{SHOPPER}?after=0")["messages"]) == 2
    cheaper = _answer(second, "something cheaper")
    assert cheaper["brief"]["recipient"] == ideas["brief"]["recipient"] is not None
    below = min(float(one["price"]) for one in ideas["suggestions"])
    assert cheaper["suggestions"]
    assert all(float(one["price"]) < below for one in cheaper["suggestions"])
    assert second.stop() == 0
