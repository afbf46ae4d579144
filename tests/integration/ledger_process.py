"""A process that writes to a ledger: ``ledger_process.py FOLDER import|append WHO [DIES_AT]``.

With DIES_AT it kills itself at that write or removal of a file, before it or (negative) right after it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from catalog.interactions.consent import ShopsConsent
from catalog.interactions.ledger import Ledger
from catalog.interactions.rows import Row
from catalog.storage import Storage
from catalog.storage.folder import FolderStorage

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
ROWS = 30
APPENDS = 20


def open_ledger(folder: Path) -> Ledger:
    return Ledger.open(Storage.at(folder), ShopsConsent(frozenset({"purchase"})), clock=lambda: NOW)


def rows_of(who: str) -> list[Row]:
    return [
        Row(who, f"p{n}", "bought", NOW - timedelta(days=3 * n), 1.0, "purchase", f"{who}-{n}") for n in range(ROWS)
    ]


def _deadly(work: Callable[..., Any], at: int) -> Callable[..., Any]:
    calls = 0

    def deadly(*given: Any) -> Any:
        nonlocal calls
        calls += 1
        if at > 0 and calls == at:
            os.kill(os.getpid(), signal.SIGKILL)
        result = work(*given)
        if at < 0 and calls == -at:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return deadly


def main(folder: Path, what: str, who: str, dies_at: int) -> None:
    ledger = open_ledger(folder)
    if dies_at:
        FolderStorage.write = _deadly(FolderStorage.write, dies_at)  # type: ignore[method-assign]
    if what == "import":
        with ledger.importing() as add:
            add(rows_of(who))
    if what == "forget":
        ledger.forget(who)
    if what == "append":
        for number in range(APPENDS):
            ledger.append([Row(who, f"p{number}", "bought", NOW, 1.0, "purchase", f"{who}+{number}")])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]) if len(sys.argv) > 4 else 0)
