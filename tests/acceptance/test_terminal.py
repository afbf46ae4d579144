"""The commands the issue names, as a person runs them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
MUM = "hi, I need a birthday present for my mum, she loves gardening, about £20 to £30"
BAKING = "a present for my sister, she loves baking, under £15"


def _say(*texts: str, shopper: str = "") -> list[dict[str, Any]]:
    command = [sys.executable, "-W", "ignore", "-m", "bot", "demo", "--json"]
    command += [part for text in texts for part in ("--say", text)] + (["--shopper", shopper] if shopper else [])
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr
    turns = [json.loads(line) for line in done.stdout.splitlines()]
    assert [turn["said"] for turn in turns] == list(texts)
    return turns


def test_ideas_are_within_the_budget_and_cheaper_ones_are_cheaper() -> None:
    """Command 2 of the issue; afterwards nothing of it runs or lies about."""
    before = _traces()
    first, cheaper, stopped = _say(MUM, "something cheaper", "STOP")
    prices = [one["price"] for one in first["suggestions"]]
    assert len(prices) == 3
    assert all(20 <= price <= 30 for price in prices)
    assert all(one["currency"] == "GBP" and one["reasons"] for one in first["suggestions"])
    for one in first["suggestions"]:
        assert one["title"] in first["replies"][0]
    assert first["brief"]["recipient"] in ("mum", "mom", "mother")
    assert first["brief"]["occasion"] == "birthday"
    assert cheaper["suggestions"]
    assert all(one["price"] < min(prices) for one in cheaper["suggestions"])
    assert not {one["id"] for one in first["suggestions"]} & {one["id"] for one in cheaper["suggestions"]}
    assert (stopped["replies"], stopped["outcome"]) == ([], "opted_out")
    assert _traces() == before


def test_a_purchase_history_changes_the_order_and_the_reasons() -> None:
    """Command 3 of the issue: same words, other shopper, other order; run twice, the same answer."""
    known = json.loads((ROOT / "data/samples/online-retail/demo_shoppers.json").read_text())
    baker = next(row["shopper_id"] for row in known if "baking" in row["about"])
    [newcomer], [regular], [again] = (
        _say(BAKING),
        _say(BAKING, shopper=baker),
        _say(BAKING, shopper=baker),
    )
    assert _order(newcomer) != _order(regular)
    assert _order(regular) == _order(again)
    assert any(re.search(r"you bought", reason) for reason in _reasons(regular))
    assert not any(re.search(r"you bought", reason) for reason in _reasons(newcomer))


def _order(turn: dict[str, Any]) -> list[str]:
    return [one["id"] for one in turn["suggestions"]]


def _reasons(turn: dict[str, Any]) -> list[str]:
    return [reason for one in turn["suggestions"] for reason in one["reasons"]]


def _traces() -> tuple[int, list[str]]:
    """Processes of a --say run that are still there, and folders it left."""
    mine = [p for p in psutil.process_iter(["cmdline"]) if "demo-say-" in " ".join(p.info["cmdline"] or ())]
    return len(mine), sorted(path.name for path in (ROOT / "var").glob("demo-say-*"))
