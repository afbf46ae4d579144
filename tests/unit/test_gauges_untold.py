"""A process exposes only what it was told: what another role sets does not stand at 0 here."""

from __future__ import annotations

import subprocess
import sys

from prometheus_client import CollectorRegistry, generate_latest

from bot.metrics import Told

IMPORTED = """
import bot.metrics
from prometheus_client import REGISTRY
print(*(f"{metric.type} {sample.name}" for metric in REGISTRY.collect() for sample in metric.samples), sep="\\n")
"""


def test_no_gauge_stands_at_0_before_it_is_told() -> None:
    """Seven roles import bot.metrics; webhook_valid is known to one of them."""
    run = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    exposed = run.stdout.splitlines()
    assert "counter giftbot_turns_total" not in exposed  # by outcome, none yet
    assert "counter giftbot_bursts_total" in exposed
    assert [line for line in exposed if line.startswith("gauge giftbot_")] == []


def test_a_gauge_that_was_told_0_says_so() -> None:
    """An alert on 0 rings where 0 was meant."""
    registry = CollectorRegistry()
    gauge = Told("webhook_valid", "Whether X calls our webhook valid.", registry=registry)
    assert b"\nwebhook_valid " not in generate_latest(registry)
    gauge.set(0)
    assert b"\nwebhook_valid 0.0\n" in generate_latest(registry)
