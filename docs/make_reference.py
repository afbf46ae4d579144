"""Write docs/settings.md and docs/metrics.md from the code: `make docs`. A test fails where they differ."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

from prometheus_client.metrics import MetricWrapperBase

from bot import metrics, settings

HERE = Path(__file__).parent
REQUIRED = {
    "GIFTBOT_X_ACCOUNT_ID": "12345",
    "GIFTBOT_X_CONSUMER_SECRET": "only-for-this-page",
    "GIFTBOT_PRIVACY_KEY": "only-for-this-page-0123456789abcdef",
}


def settings_page() -> str:
    """Every variable with its default and its sentence."""
    os.environ.update(REQUIRED)
    loaded = settings.load()
    lines = [
        "# Settings",
        "",
        "Environment variables, read once when a process starts; all errors are reported together.",
        "`NAME_FILE` names a file that holds the value, as container secrets are handed over.",
        "`giftbot check` prints what is in force, without secrets, and tries every connection.",
        "",
    ]
    for section in dataclasses.fields(loaded):
        values = getattr(loaded, section.name)
        lines += [
            f"## {section.name}",
            "",
            values.__doc__,
            "",
            "| variable | default | meaning |",
            "|---|---|---|",
        ]
        for item in dataclasses.fields(values):
            name = f"{settings.PREFIX}{section.name}_{item.name}".upper()
            default = "required" if name in REQUIRED else f"`{getattr(values, item.name)}`"
            lines.append(f"| `{name}` | {'' if default == '``' else default} | {item.metadata['doc']} |")
        lines.append("")
    return "\n".join(lines)


def metrics_page() -> str:
    """Every metric with its labels and its meaning."""
    lines = [
        "# Metrics",
        "",
        "Prometheus text at `/metrics` of each role.",
        "",
        "| metric | labels | meaning |",
        "|---|---|---|",
    ]
    for metric in vars(metrics).values():
        if isinstance(metric, MetricWrapperBase):
            told = metric.describe()[0]
            labels = ", ".join(f"`{label}`" for label in metric._labelnames)
            name = told.name + ("_total" if told.type == "counter" else "")
            lines.append(f"| `{name}` | {labels} | {told.documentation} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    (HERE / "settings.md").write_text(settings_page())
    (HERE / "metrics.md").write_text(metrics_page())
