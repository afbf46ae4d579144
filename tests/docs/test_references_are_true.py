"""The reference pages say what the code says: no setting, metric or command without its sentence."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import prometheus_client
import pytest
from prometheus_client.metrics import MetricWrapperBase

from bot import metrics, settings
from bot.cli import giftbot

ROOT = Path(__file__).resolve().parents[2]


def _setting_rows() -> list[tuple[str, str]]:
    rows = []
    for section in dataclasses.fields(settings.Settings):
        kind = getattr(settings, f"{section.type}".split(".")[-1])
        for item in dataclasses.fields(kind):
            rows.append((f"{settings.PREFIX}{section.name}_{item.name}".upper(), item.metadata["doc"]))
    return rows


def test_every_setting_stands_in_the_settings_page_with_its_sentence() -> None:
    """An operator finds each variable, and the page promises none that is not read."""
    page = (ROOT / "docs/settings.md").read_text()
    told = dict(re.findall(r"^\| `(GIFTBOT_\w+)` \|[^|]*\| (.*?) \|$", page, flags=re.M))

    assert told == dict(_setting_rows())


def test_the_settings_page_names_the_true_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    """A default in the page is the value a process gets that sets nothing else."""
    monkeypatch.setenv("GIFTBOT_X_ACCOUNT_ID", "1")
    monkeypatch.setenv("GIFTBOT_X_CONSUMER_SECRET", "s" * 16)
    page = (ROOT / "docs/settings.md").read_text()
    told = dict(re.findall(r"^\| `(GIFTBOT_\w+)` \| `?(.*?)`? \|", page, flags=re.M))
    loaded = settings.load()
    for section in dataclasses.fields(loaded):
        values = getattr(loaded, section.name)
        for item in dataclasses.fields(values):
            name = f"{settings.PREFIX}{section.name}_{item.name}".upper()
            if name not in {"GIFTBOT_X_ACCOUNT_ID", "GIFTBOT_X_CONSUMER_SECRET", "GIFTBOT_PRIVACY_KEY"}:
                assert told[name] == str(getattr(values, item.name)), name


def test_every_metric_stands_in_the_metrics_page_with_its_meaning() -> None:
    """Whoever is woken by a metric can read what it means."""
    page = (ROOT / "docs/metrics.md").read_text()
    told = dict(re.findall(r"^\| `(giftbot_\w+)` \|[^|]*\| (.*?) \|$", page, flags=re.M))
    exposed = {
        told.name + ("_total" if told.type == "counter" else ""): told.documentation
        for value in vars(metrics).values()
        if isinstance(value, MetricWrapperBase)
        for told in value.describe()
    }

    assert told == exposed
    assert prometheus_client.generate_latest()


def test_every_command_stands_in_the_readme_or_the_docs() -> None:
    """A command nobody can find does not exist."""
    pages = "\n".join(path.read_text() for path in [ROOT / "README.md", *ROOT.glob("docs/*.md")])

    missing = [name for name in giftbot.commands if f"giftbot {name}" not in pages]

    assert missing == []


def test_every_relative_link_of_a_page_leads_somewhere() -> None:
    """A reader who follows a link must not end at nothing."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
        if not (page.parent / target).exists()
    ]

    assert broken == []


def test_nothing_but_settings_reads_the_environment() -> None:
    """One place decides what a process is told from outside."""
    # Rasa, and the demo which hands its children theirs, look at the environment by their nature.
    allowed = {"bot/settings/reading.py", "bot/rasa_host/command_line.py"}
    readers = {
        str(path.relative_to(ROOT))
        for package in ("bot", "nlu", "actions", "catalog")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"os\.environ|os\.getenv", path.read_text())
    }

    assert {path for path in readers if not path.startswith("bot/demo/")} <= allowed


@pytest.mark.parametrize("word", ["utils.py", "helpers.py", "common.py", "manager.py"])
def test_no_file_is_named_after_nothing(word: str) -> None:
    """A newcomer finds a room by its name."""
    found = [path.relative_to(ROOT) for path in ROOT.rglob(word)]
    assert not [path for path in found if not path.parts[0].startswith(".")]  # .venv and other installed things
