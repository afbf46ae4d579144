"""Run as a programme: giftbot as the small image has it, every package not in edge.txt refused to whoever imports it.

python tests/deploy/edge_image.py ARGUMENTS OF giftbot
python tests/deploy/edge_image.py - < COMMANDS    # each line a command; prints a JSON object for each
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from importlib.metadata import distributions
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def pinned() -> set[str]:
    """The distributions of edge.txt."""
    text = (ROOT / "requirements" / "edge.txt").read_text()
    return {_plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)}


def refused() -> set[str]:
    """What can be imported here and could not in the image: by the files installed (top_level.txt is often missing)."""
    have: set[str] = set()
    others: set[str] = set()
    known = pinned() | {"giftbot"}
    for one in distributions():
        tops = {file.parts[0].removesuffix(".py") for file in one.files or () if _imports(file.parts)}
        (have if _plain(one.metadata["Name"]) in known else others).update(top.split(".")[0] for top in tops)
    return others - have


def _imports(parts: Sequence[str]) -> bool:
    first = parts[0]
    if first in ("..", "__pycache__") or first.endswith((".dist-info", ".pth", ".data", ".libs")):
        return False
    return len(parts) > 1 or first.endswith((".py", ".so"))


class TheImage(PathFinder):
    """Finds nothing of what the image has not."""

    names: frozenset[str] = frozenset()

    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return None if fullname.split(".")[0] in cls.names else super().find_spec(fullname, path, target)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def enter() -> None:
    """From now on this process sees what the image has."""
    TheImage.names = frozenset(refused())
    sys.meta_path[:] = [TheImage if finder is PathFinder else finder for finder in sys.meta_path]


def each(lines: Sequence[str]) -> None:
    """Run one command a line, in this process; print what came of each."""
    from click.testing import CliRunner

    from bot.cli import giftbot

    for line in lines:
        ended = CliRunner().invoke(giftbot, shlex.split(line))
        crashed = "" if isinstance(ended.exception, (SystemExit, type(None))) else repr(ended.exception)
        print(
            json.dumps({"command": line, "code": ended.exit_code, "said": ended.output, "crashed": crashed}), flush=True
        )


if __name__ == "__main__":
    enter()
    sys.path[0] = str(ROOT)
    if sys.argv[1:] == ["-"]:
        each(sys.stdin.read().splitlines())
    else:
        from bot.cli import giftbot

        giftbot()
