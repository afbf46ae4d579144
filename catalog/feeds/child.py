"""The reading process: reads the feed on its standard input and says on its standard output what is in it.

Started by reading.py, never by hand. It may address 256 MiB, write no file and start no process; a feed that makes the
parser misbehave takes this process down and nothing else.
"""

from __future__ import annotations

import resource
import sys
from math import ceil
from typing import BinaryIO

from catalog.feeds import wire
from catalog.feeds.how import HowToRead
from catalog.feeds.limits import MIB, Limits
from catalog.feeds.parsing import Parsing
from catalog.feeds.rows import FeedError

_BATCH = 1 << 17  # characters


def main() -> None:
    """Read one feed; the first argument is what :func:`catalog.feeds.wire.told` wrote."""
    how = wire.how_of(sys.argv[1])
    _confine(how.limits)
    out = open(1, "wb", buffering=0, closefd=False)  # noqa: SIM115  (lives as long as the process)
    try:
        _read(open(0, "rb", buffering=0, closefd=False), how, out)  # noqa: SIM115
    except FeedError as error:
        _say(out, ["error", error.message, error.line, _peak()])
    except MemoryError:
        _say(
            out, ["error", f"reading it takes more than {how.limits.memory_bytes // MIB} MiB of memory", None, _peak()]
        )
    except BrokenPipeError:  # nobody listens any more
        return
    except Exception as error:  # whatever a stranger's bytes do, it is told as one thing
        _say(out, ["error", f"the reader failed ({type(error).__name__}); please report this feed", None, _peak()])


def _read(file: BinaryIO, how: HowToRead, out: BinaryIO) -> None:
    parsing = Parsing(file, how)
    _say(out, ["format", parsing.format, parsing.bytes.packed])
    batch: list[str] = []
    size = 0
    for result in parsing:
        text = wire.packed(result)
        batch.append(text)
        size += len(text)
        if size > _BATCH:
            _send(out, parsing, batch)
            batch, size = [], 0
            _allow(how.limits, parsing.rows)
    _send(out, parsing, batch)
    _say(out, ["end", dict(parsing.skipped), _peak()])


def _peak() -> int:
    """Kilobytes of memory used at the most; getrusage would count what the starting process had."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next((int(line.split()[1]) for line in status if line.startswith("VmHWM:")), 0)


def _send(out: BinaryIO, parsing: Parsing, batch: list[str]) -> None:
    line = f'["batch",{parsing.rows},{parsing.bytes.given},[{",".join(batch)}]]\n'
    _write(out, line.encode("ascii"))


def _say(out: BinaryIO, parts: list[object]) -> None:
    _write(out, wire.line_of(parts))


def _write(out: BinaryIO, line: bytes) -> None:
    left = memoryview(line)
    while left:
        left = left[out.write(left) :]


def _confine(limits: Limits) -> None:
    """Take from this process what reading a feed does not need."""
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))
    _allow(limits, 0)


def _allow(limits: Limits, rows: int) -> None:
    """Let the processor time grow with the rows; the kernel ends the process that takes more."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    seconds = ceil(limits.seconds + rows * limits.seconds_a_row)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds if hard == resource.RLIM_INFINITY else min(seconds, hard), hard))


if __name__ == "__main__":
    main()
