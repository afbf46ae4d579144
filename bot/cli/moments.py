"""Moments as people type them."""

from __future__ import annotations

from datetime import datetime, timezone

import click


def moment_of(text: str) -> datetime:
    """Such as 2026-11-22T10:30, in UTC where no zone stands with it; else click tells the person."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise click.BadParameter(f"{text} is no time such as 2026-11-22T10:30.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
