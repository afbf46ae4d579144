"""Other departments, a colleague and pictures in the running demo, as a person meets them."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import stat
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, Page, expect
from running_demo import Demo

ROOT = Path(__file__).resolve().parents[2]


def _shell(command: str) -> str:
    """Run it as a person types it, in the checkout."""
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _in_environment(demo: Demo, command: str) -> str:
    return _shell(f"source {shlex.quote(str(demo.folder / 'env'))}; {command}")


def _giftbot(demo: Demo, arguments: str) -> str:
    return _in_environment(demo, f"{shlex.quote(sys.executable)} -W ignore -m bot {arguments}")


def _propose(demo: Demo, shopper: str, key: str, *, token: str = "TOKEN", **more: str) -> dict[str, Any]:
    item = {"idempotency_key": key, "shopper_id": shopper, "text": f"About your order {key}.", "purpose": "service"}
    ask = f"curl -s $DEPARTMENTS/v1/sends -H \"Authorization: Bearer ${token}\" -H 'Content-Type: application/json' -d "
    answer = json.loads(_in_environment(demo, ask + shlex.quote(json.dumps({"sends": [item | more]}))))
    return dict(answer["results"][0])


def _say(page: Page, text: str) -> None:
    box = page.get_by_label("Your message")
    box.fill(text)
    box.press("Enter")


def _answered(page: Page, text: str) -> None:
    bubbles = page.locator(".brand-side .bubble")
    before = bubbles.count()
    _say(page, text)
    expect(bubbles).to_have_count(before + 1)


def _me(page: Page) -> str:
    return page.get_by_label("You write as").input_value()


def _standing(page: Page) -> Locator:
    return page.get_by_role("region", name="Messages to this shopper")


def test_what_the_start_prints_for_departments_works_as_it_stands(demo: Demo, page: Page) -> None:
    """Refused before the shopper wrote, taken once they did, refused from their STOP on."""
    [line] = re.findall(r"^curl .*$", (demo.folder / "start.log").read_text(), re.MULTILINE)
    shopper = re.findall(r'"shopper_id": "(\d+)"', line)[0]

    def ask(command: str = line) -> dict[str, Any]:
        return dict(json.loads(_shell(command))["results"][0])

    stranger = ask()
    assert (stranger["outcome"], stranger["verdict"]["reason"]) == ("refused", "never_wrote")
    page.get_by_label("You write as").select_option(shopper)
    _answered(page, "hello")
    taken = ask()
    assert taken["outcome"] == "queued", "now, or once the quiet hours are over"
    assert ask()["outcome"] == "known"
    _say(page, "STOP")
    expect(_standing(page)).to_contain_text("nothing is written to them until START")
    stopped = ask(line.replace("4711", "4712"))
    assert (stopped["outcome"], stopped["verdict"]["reason"]) == ("refused", "opted_out")


def test_the_panel_tells_why_a_message_waits_and_that_a_stop_ends_it(demo: Demo, page: Page) -> None:
    """The governor's own sentence, before and after."""
    _answered(page, "hello")
    later = datetime.now(timezone.utc) + timedelta(days=2)
    assert _propose(demo, _me(page), "5001", not_before=f"{later:%Y-%m-%dT12:00:00Z}")["outcome"] == "queued"
    entry = _standing(page).get_by_role("listitem")
    expect(entry).to_contain_text("About your order 5001.")
    expect(entry).to_contain_text("It is not wanted before")
    expect(entry.locator(".state")).to_have_text("waits")
    _say(page, "STOP")
    expect(entry.locator(".state")).to_have_text("will not go")
    expect(entry.locator(".why")).to_contain_text("opted_out")


def test_the_panel_tells_that_departments_share_one_person(demo: Demo, page: Page) -> None:
    """The second message, of another department, waits; the panel keeps the rule's sentence while it does."""
    _answered(page, "hello")
    _propose(demo, _me(page), "6001")
    _propose(demo, _me(page), "6002", token="OTHER_TOKEN")
    waiting = _standing(page).get_by_role("listitem").filter(has_text="support, service")
    expect(waiting.locator(".state")).to_have_text("waits")
    expect(waiting.locator(".why")).to_contain_text(re.compile("service-apart|nights"))


def test_the_bot_is_silent_while_a_colleague_has_the_talk(page: Page) -> None:
    """From their first word in X's app, until the shopper says “start over”; the page says so all along."""
    _answered(page, "hello")
    expect(_standing(page)).to_contain_text("The bot answers here.")
    page.get_by_role("button", name="Write as a colleague").click()
    expect(page.locator(".brand-side", has_text="a colleague").locator(".bubble")).to_contain_text("I will help you")
    expect(_standing(page)).to_contain_text("A colleague wrote here: the bot is silent until")
    _say(page, "thank you, something for my mum please")
    expect(page.get_by_role("status")).to_contain_text("the bot stays quiet")
    expect(page.locator(".brand-side .bubble")).to_have_count(2)
    _answered(page, "start over")
    expect(_standing(page)).to_contain_text("The bot answers here.")


def test_giftbots_commands_work_on_the_running_demo(demo: Demo, page: Page) -> None:
    """With the file the start names, which nobody else can read."""
    _answered(page, "hello")
    shopper = _me(page)
    assert {stat.S_IMODE((demo.folder / name).stat().st_mode) for name in ("env", "tokens.yml")} == {0o600}
    [send] = [json.loads(line) for line in _giftbot(demo, f"outbox list --shopper {shopper} --json").splitlines()]
    assert (send["department"], send["purpose"]) == ("giftbot", "answer")
    assert shopper in _giftbot(demo, f"privacy export {shopper}")


def test_a_picture_is_shown_with_its_words(demo: Demo, page: Page) -> None:
    """It comes from X's side by way of the page's own server; the browser breaks no rule of the page for it."""
    _answered(page, "hello")
    drawn = io.BytesIO()
    Image.new("RGB", (300, 200), (179, 55, 47)).save(drawn, "JPEG")
    sent = (
        "import asyncio, sys; from bot import settings; from bot.x.client import XClient\n"
        "async def main():\n"
        "    async with XClient(settings.load().x) as x:\n"
        "        picture = await x.upload_picture(sys.stdin.buffer.read(), '1. A cake stand, £12.75')\n"
        "        await x.send_dm(sys.argv[1], 'Here it is.', picture)\n"
        "asyncio.run(main())\n"
    )
    command = f"exec {shlex.quote(sys.executable)} -W ignore -c {shlex.quote(sent)} {_me(page)}"
    done = subprocess.run(
        ["bash", "-c", f"source {shlex.quote(str(demo.folder / 'env'))}; {command}"],
        cwd=ROOT, input=drawn.getvalue(), capture_output=True, timeout=60, check=False, env=dict(os.environ),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    picture = page.get_by_role("img", name="1. A cake stand, £12.75")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 300)
