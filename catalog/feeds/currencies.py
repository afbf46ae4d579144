"""Which three letters are a currency (currencies.json): a slip such as GPB is none, and is never published as one."""

from __future__ import annotations

import json
from pathlib import Path

CURRENCIES: frozenset[str] = frozenset(
    json.loads(Path(__file__).with_name("currencies.json").read_text(encoding="utf-8"))["codes"]
)
"""The codes of ISO 4217 that things are sold in."""
