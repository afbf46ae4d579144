"""The history of a steering file: one line of JSON for each edit, so that who changed what is never lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the file by ``giftbot catalog steer``; also tells of changes made by hand in between."""

    at: datetime
    by: str
    did: str
    """``added``, ``ended`` or ``edited by hand``."""
    id: str
    entry: Mapping[str, Any]


def line_of(edit: Edit, text: str) -> bytes:
    """Write an edit as one line, with a digest of the file as it was then."""
    row = {"at": edit.at.isoformat(), "by": edit.by, "did": edit.did, "id": edit.id, "entry": edit.entry}
    return json.dumps({**row, "file": digest_of(text)}, default=str).encode("ascii") + b"\n"


def edit_of(line: str) -> tuple[Edit, str] | None:
    """Read a line back; None where somebody broke it."""
    try:
        row = json.loads(line)
        return Edit(datetime.fromisoformat(row["at"]), row["by"], row["did"], row["id"], row["entry"]), row["file"]
    except (ValueError, LookupError, TypeError):
        return None


def digest_of(text: str) -> str:
    """Tell one state of the file from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
