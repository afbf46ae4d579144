"""The whole product, running: the demo as a person starts it, and a real browser to look at its page."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
START_S = 280.0
STOP_S = 60.0
expect.set_options(timeout=30_000)
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
HOW_TO = (
    "No browser to look at the chat page with. Install Chromium or Google Chrome so that `chromium` or "
    "`google-chrome` is on the PATH (Debian, Ubuntu: apt-get install chromium), or run "
    "`.venv/bin/python -m playwright install chromium`."
)


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


def _start(folder: Path) -> Demo:
    code = (
        "import sys, pathlib; from bot.demo import run_demo; "
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


@pytest.fixture(scope="session")
def start_demo() -> Iterator[StartDemo]:
    """Start a demo in a folder of one's own; all are stopped at the end."""
    started: list[Demo] = []

    def start(folder: Path) -> Demo:
        started.append(_start(folder))
        return started[-1]

    yield start
    for demo in started:
        demo.stop()


@pytest.fixture(scope="session")
def demo(start_demo: StartDemo, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One running demo that the tests of the page share, each with a shopper of its own."""
    return start_demo(tmp_path_factory.mktemp("demo"))


# The browser lives as long as one module: Playwright's event loop must not run beside pytest-asyncio's.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium, found or installed; never skipped, for a page nobody looked at is not tested."""
    with sync_playwright() as playwright:
        flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
        browser = playwright.chromium.launch(executable_path=_find_browser(playwright), args=flags)
        yield browser
        browser.close()


def _find_browser(playwright: Playwright) -> str:
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    own = Path(playwright.chromium.executable_path)
    if own.exists() or (_run([sys.executable, "-m", "playwright", "install", "chromium"]) and own.exists()):
        return str(own)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _run(["apt-get", "update", "-qq"])
        if _run(["apt-get", "install", "-y", "-qq", "chromium"]) and (found := shutil.which("chromium")):
            return found
    pytest.fail(HOW_TO)


def _run(command: list[str]) -> bool:
    with contextlib.suppress(subprocess.TimeoutExpired, OSError):
        return subprocess.run(command, capture_output=True, timeout=180, check=False).returncode == 0
    return False


@pytest.fixture
def troubles() -> list[str]:
    """What the browser complained of while the page was open: errors and breaches of the page's policy."""
    return []


@pytest.fixture
def page(browser: Browser, demo: Demo, troubles: list[str]) -> Iterator[Page]:
    """The chat page as a newcomer nobody else writes as."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page = context.new_page()
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: (troubles.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.set_default_timeout(30_000)
    page.goto(demo.chat_url)
    page.get_by_role("button", name="New", exact=True).click()
    yield page
    context.close()
    assert not troubles
