"""What the demo hands a person to try the departments' interface and giftbot's commands with."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path

from bot.demo.asking import environment, example, tokens_file, told
from bot.demo.plan import Plan, make_plan
from bot.demo.shoppers import NEWCOMER
from bot.departments.tokens import digest_of, read_tokens


def _plan() -> Plan:
    return make_plan(Path("/srv/gift bot's"))


def test_the_file_of_tokens_holds_no_token() -> None:
    """Two departments and an approver, of whom nobody both asks and approves; digests only."""
    plan = _plan()
    text = tokens_file(plan)
    tokens = read_tokens(text)
    assert [(one.department, one.role.value) for one in tokens] == [
        ("care", "sender"), ("care", "approver"), ("support", "sender"),
    ]  # fmt: skip
    given = [plan.keys.care_token, plan.keys.care_lead_token, plan.keys.support_token]
    assert [one.digest for one in tokens] == [digest_of(one) for one in given]
    assert not [one for one in given if one in text]


def test_a_shell_reads_the_very_settings_of_the_run(tmp_path: Path) -> None:
    """Whatever stands in a path; and no command takes a role's own port."""
    plan = _plan()
    (tmp_path / "env").write_text(environment(plan, tmp_path / "tokens.yml"))
    shell = f". {shlex.quote(str(tmp_path / 'env'))} && env -0"
    done = subprocess.run(["sh", "-c", shell], env={"PATH": os.environ["PATH"]}, capture_output=True, check=True)
    read = dict(line.split("=", 1) for line in done.stdout.decode().split("\0") if line)
    assert read["GIFTBOT_STORE_REDIS_URL"] == plan.redis_url
    assert read["GIFTBOT_CATALOG_DIR"] == "/srv/gift bot's/var/catalog"
    assert read["TOKEN"] == plan.keys.care_token
    assert not {"GIFTBOT_OPS_PORT", "GIFTBOT_OPS_HOST"} & read.keys()


def test_the_example_is_one_command_a_shell_takes_as_it_stands() -> None:
    """Ready to copy: quoting that fails would be the first thing another department sees."""
    plan = _plan()
    text = told(plan, NEWCOMER, Path("/srv/run/env"))
    [line] = [line for line in text.splitlines() if line.startswith("curl ")]
    assert line == example(plan, NEWCOMER.id)
    words = shlex.split(line)
    body = json.loads(words[words.index("-d") + 1])
    assert body["sends"][0]["shopper_id"] == NEWCOMER.id
    assert f"Authorization: Bearer {plan.keys.care_token}" in words
