"""Imports a feed again and again, each time in a fork that is killed one step later; prints what each left behind.

Run with the folder to work in. A step is whatever changes the disk: a file opened to be written, a rename, a removal.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pandas  # noqa: F401  (imported before any fork, which each would do anew)
import pyarrow.parquet  # noqa: F401
import yaml  # noqa: F401

from catalog.feeds.how import HowToRead
from catalog.feeds.parsing import Parsing
from catalog.publishing import history, importing
from catalog.publishing.importing import Feed, import_feed
from catalog.shelf.columns import Columns
from catalog.shelf.published import current
from catalog.storage.contents import LIST, describe, read_contents

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)
STEPS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.link", "os.symlink"}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class ReadHere:
    """Stands for the reading process, which a fork would have to wait for."""

    format, skipped = "csv", {}
    rows = bytes_read = bytes_in_all = 0

    def __init__(self, path: Path, how: HowToRead) -> None:
        self._path, self._how = path, how

    def __iter__(self) -> Iterator[Any]:
        with self._path.open("rb") as file:
            yield from Parsing(file, self._how)

    def __enter__(self) -> ReadHere:
        return self

    def __exit__(self, *_: object) -> None: ...


def forked(work: Callable[[], object]) -> int:
    """Do work in a fork; return its exit status, negative for the signal that ended it."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException as error:
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def dies_at(step: int) -> None:
    """End this process like a power cut, just before its ``step``-th change of the disk."""
    left = step

    def seen(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES
        if writes or event in STEPS:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(seen)


def state(folder: Path) -> dict[str, Any]:
    """What a reader finds: the snapshot, whether its files are what was published, and one price."""
    files = current(folder)
    listed = read_contents((files / LIST).read_bytes())
    whole = all(describe(files / name) == expected for name, expected in listed.items())
    prices = Columns.open(files).prices
    return {"whole": whole, "price": int(prices[0]), "size": len(prices)}


def main(work: Path) -> None:
    """Kill at the first step, the second, …, until an import ends by itself."""
    importing.read_feed = ReadHere  # type: ignore[assignment]
    history.forget_oldest.__defaults__ = (2,)  # so that the third import has something to remove
    for name, price in (("old", "10.00"), ("older", "9.00"), ("new", "11.00"), ("next", "12.00")):
        rows = [f"p{at},Thing {at},{price} GBP,in_stock,https://shop.example/p/{at}" for at in range(5)]
        (work / f"{name}.csv").write_text("\n".join(["id,title,price,availability,link", *rows]) + "\n")

    (work / "terms.yml").write_text("interests: {}\n")

    def imports(into: Path, name: str) -> Callable[[], object]:
        feed = Feed(work / f"{name}.csv", HowToRead(as_of=NOW.date()), work / "terms.yml")
        return lambda: import_feed(into, feed, now=NOW)

    base = work / "base"
    assert forked(imports(base, "older")) == forked(imports(base, "old")) == 0
    found: list[dict[str, Any]] = []
    for step in range(1, 500):
        into = work / "tried"
        shutil.rmtree(into, ignore_errors=True)
        shutil.copytree(base, into)

        def killed(step: int = step, into: Path = into) -> None:
            dies_at(step)
            imports(into, "new")()

        ended = forked(killed)
        assert ended in (0, -signal.SIGKILL), ended
        found.append({"killed": ended != 0, **state(into)})
        if step % 3 == 0:
            assert forked(imports(into, "next")) == 0
            left = sorted(path.name for path in (into / "snapshots").iterdir())
            found[-1]["next"] = {**state(into), "left": left}
        if ended == 0:
            break
    json.dump({"before": state(base), "steps": found}, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
