"""What deploy/ says, read as data: containers with their command and settings, metrics in expressions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import promql_parser
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
MANIFESTS = sorted(path for path in (DEPLOY / "kubernetes").rglob("*.yml") if path.name != "kustomization.yml")
METRIC = re.compile(r"\bgiftbot_[a-z0-9_]+\b")


@dataclass(frozen=True)
class Container:
    """One container as it is deployed."""

    where: str
    image: str
    command: tuple[str, ...]
    settings: tuple[str, ...]


def documents(path: Path) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(path.read_text()) if one]


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yml").read_text())
    return loaded


def containers() -> Iterator[Container]:
    """giftbot's own containers, of both ways to deploy."""
    for name, service in compose()["services"].items():
        if service["image"].startswith("giftbot"):
            command = tuple(service.get("command", ()))
            yield Container(f"compose {name}", service["image"], command, tuple(service["environment"]))
    for path in MANIFESTS:
        for document in documents(path):
            for one in _pod(document).get("containers", ()):
                if one["image"].startswith("giftbot"):
                    yield Container(f"{path.name} {one['name']}", one["image"], tuple(one["args"]), ())


def _pod(document: dict[str, Any]) -> dict[str, Any]:
    spec = document.get("spec", {})
    if document["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    pod: dict[str, Any] = spec.get("template", {}).get("spec", {})
    return pod


def alerts() -> list[dict[str, Any]]:
    loaded = yaml.safe_load((DEPLOY / "prometheus" / "alerts.yml").read_text())
    return [rule for group in loaded["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    loaded = json.loads((DEPLOY / "grafana" / "dashboard.json").read_text())
    return [panel for panel in loaded["panels"] if panel["type"] != "row"]


def metrics_of(expression: str) -> set[str]:
    """The metrics an expression asks for; raises where it is not PromQL."""
    promql_parser.parse(expression)
    return set(METRIC.findall(expression))
