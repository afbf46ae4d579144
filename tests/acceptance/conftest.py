"""The whole product, running: the demo as a person starts it, and a real browser to look at its page."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from running_demo import Demo, StartDemo, start_in

expect.set_options(timeout=30_000)
FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
HOW_TO = (
    "No browser to look at the chat page with. Install Chromium or Google Chrome so that `chromium` or "
    "`google-chrome` is on the PATH (Debian, Ubuntu: apt-get install chromium), or run "
    "`.venv/bin/python -m playwright install chromium`."
)


@pytest.fixture(scope="session")
def start_demo() -> Iterator[StartDemo]:
    """Start a demo in a folder of one's own; all are stopped at the end."""
    started: list[Demo] = []

    def start(folder: Path) -> Demo:
        started.append(start_in(folder))
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
    expect(page.get_by_label("You write as").locator("option:checked")).to_have_text(re.compile("^Newcomer"))
    yield page
    context.close()
    assert not troubles
