"""Real processes write to one ledger, and are killed at it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import ledger_process
import pytest
from ledger_process import APPENDS, ROWS, open_ledger, rows_of

from catalog.interactions.rows import Row


def _start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    program = Path(ledger_process.__file__)
    return subprocess.Popen([sys.executable, str(program), str(folder), *arguments], cwd=program.parents[2])


def _told(rows: list[Row]) -> set[tuple[str, str]]:
    return {(one.shopper_id, one.product_id) for one in rows}


# Rows of four months: four parts are written, then the manifest, whose replacing publishes the import.
@pytest.mark.parametrize("dies_at", [1, 3, 5, -5])
def test_a_killed_import_leaves_the_ledger_as_it_was_and_can_be_repeated(tmp_path: Path, dies_at: int) -> None:
    open_ledger(tmp_path).append(rows_of("before")[:3])

    assert _start(tmp_path, "import", "ann", str(dies_at)).wait(60) == -signal.SIGKILL

    left = list(open_ledger(tmp_path).rows())
    assert _told(left) in (_told(rows_of("before")[:3]), _told(rows_of("before")[:3] + rows_of("ann")))
    with open_ledger(tmp_path).importing() as add:
        add(rows_of("ann"))
    assert len(list(open_ledger(tmp_path).rows())) == ROWS + 3
    listed = {part.name for part in open_ledger(tmp_path)._files.manifest().parts}
    assert {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.parquet")} == listed


def test_a_killed_forgetting_is_done_whole_when_repeated(tmp_path: Path) -> None:
    with open_ledger(tmp_path).importing() as add:
        add(rows_of("ann") + rows_of("bob"))

    assert _start(tmp_path, "forget", "ann", "2").wait(60) == -signal.SIGKILL

    assert open_ledger(tmp_path).forget("ann") == ROWS
    assert _told(list(open_ledger(tmp_path).rows())) == _told(rows_of("bob"))


def test_processes_appending_and_importing_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    running = [_start(tmp_path, "append", "ann"), _start(tmp_path, "append", "bob"), _start(tmp_path, "import", "cy")]

    assert [one.wait(60) for one in running] == [0, 0, 0]

    found = [(one.shopper_id, one.product_id) for one in open_ledger(tmp_path).rows()]
    assert len(found) == len(set(found)) == 2 * APPENDS + ROWS
    numbers = [one.number for one in open_ledger(tmp_path)._files.live_rows(open_ledger(tmp_path)._files.manifest())]
    assert numbers == sorted(set(numbers))
