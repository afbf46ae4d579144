"""The file of tokens: who is taken out of it is out, and a slip in it is seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from prometheus_client import REGISTRY

from bot.cli import giftbot
from bot.departments.tokens import TokenFile, file_line

ANNA, BEN = file_line("anna", "care", "sender", "gbd_a"), file_line("ben", "care", "reader", "gbd_b")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with two tokens."""
    found = tmp_path / "tokens.yml"
    found.write_text(f"{ANNA}\n{BEN}\n")
    return found


def sound() -> float | None:
    """What the metric says."""
    return REGISTRY.get_sample_value("giftbot_department_tokens_sound")


def test_a_token_taken_out_is_no_good_at_the_next_request(path: Path) -> None:
    """Without a restart."""
    tokens = TokenFile(path)
    path.write_text(f"{BEN}\n")
    assert tokens.find("gbd_a") is None
    assert tokens.find("gbd_b") is not None


def test_a_broken_file_keeps_the_tokens_and_is_seen(path: Path) -> None:
    """One taken out with a slip beside it stays good: an alert says so until the file is mended."""
    tokens = TokenFile(path)
    assert sound() == 1
    path.write_text(f"{BEN}\n- {{name: oops}}\n")
    assert tokens.find("gbd_a") is not None
    assert sound() == 0
    path.write_text(f"{BEN}\n\n")
    assert tokens.find("gbd_a") is None
    assert sound() == 1


def test_without_the_file_no_token_is_good(path: Path) -> None:
    """To take it away is how all departments are stopped at once; put back, they go on."""
    tokens = TokenFile(path)
    kept = path.rename(path.with_suffix(".aside"))
    assert tokens.find("gbd_a") is None
    assert sound() == 0
    kept.rename(path)
    assert tokens.find("gbd_a") is not None
    assert sound() == 1


def test_a_file_can_be_checked_before_it_is_used(path: Path) -> None:
    """Every fault with its entry; of a sound file who it lets in."""
    run, env = CliRunner(), {"GIFTBOT_DEPARTMENTS_TOKENS": str(path)}
    told = run.invoke(giftbot, ["departments", "check"], env=env)
    assert (told.exit_code, told.output.splitlines()) == (0, ["✔ anna: sender of care", "✔ ben: reader of care"])
    path.write_text(f"{ANNA}\n{BEN.replace('reader', 'king')}\n")
    broken = run.invoke(giftbot, ["departments", "check", str(path)])
    assert broken.exit_code == 1
    assert "entry 2, role" in broken.output


def test_the_rules_that_are_checked_are_those_in_use(tmp_path: Path) -> None:
    """Where the setting names another file than ours."""
    rules = tmp_path / "rules.yml"
    rules.write_text("- id: only\n  rule: nonsense\n")
    told = CliRunner().invoke(giftbot, ["governance", "check"], env={"GIFTBOT_SENDING_RULES": str(rules)})
    assert (told.exit_code, "line 1, only, rule" in told.output) == (1, True)
