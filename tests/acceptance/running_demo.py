"""A demo that was started as a person starts it, for tests to talk to and to stop."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
START_S = 280.0
STOP_S = 60.0


@dataclass(frozen=True)
class Demo:
    """A demo that is ready."""

    process: subprocess.Popen[bytes]
    chat_url: str
    folder: Path

    def call(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The page's own JSON interface, without the page."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.chat_url.rstrip("/") + path, data=data, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=40) as answer:
            return json.loads(answer.read() or b"null")

    def stop(self) -> int:
        """Ctrl-C."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(STOP_S)


StartDemo = Callable[[Path], Demo]


def start_in(folder: Path) -> Demo:
    code = (
        "import sys, pathlib; from bot.demo.main import run_demo; "
        "sys.exit(run_demo(say=(), shopper=None, as_json=False, fresh=False, port=0, timeout_s=60, "
        "folder=pathlib.Path(sys.argv[1])))"
    )
    folder.mkdir(exist_ok=True)
    with (folder / "start.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", code, str(folder)], cwd=ROOT, stdout=log, stderr=log
        )
    deadline = time.monotonic() + START_S
    state = folder / "state.json"
    while not state.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            process.send_signal(signal.SIGTERM)
            process.wait(STOP_S)
            pytest.fail("the demo did not start:\n" + (folder / "start.log").read_text())
        time.sleep(0.1)
    return Demo(process, json.loads(state.read_text())["chat_url"], folder)
