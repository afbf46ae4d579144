"""The Redis that deploy/ ships, where this machine has one of its kind (`make shipped-redis` fetches it)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.integration.redis_server import TESTED_WITH

ROOT = Path(__file__).resolve().parents[2]


def shipped_tag() -> str:
    """The tag of the image, such as 7.4."""
    found = re.findall(r"image: redis:(\S+)", (ROOT / "deploy" / "compose.yml").read_text("utf-8"))
    assert len(found) == 1
    return str(found[0])


def version_of(executable: str) -> str:
    """What a redis-server says it is, such as 7.0.15; empty where it does not run."""
    try:
        said = subprocess.run([executable, "--version"], capture_output=True, text=True, timeout=20)
    except OSError:
        return ""
    return "".join(re.findall(r"v=(\S+)", said.stdout))


@cache
def shipped_redis() -> str:
    """The path of a redis-server of the major version that is shipped; empty where this machine has none."""
    places = [
        os.environ.get(TESTED_WITH),
        str(ROOT / ".tools" / "redis" / "redis-server"),
        shutil.which("redis-server"),
    ]
    major = shipped_tag().split(".")[0]
    return next((one for one in places if one and version_of(one).split(".")[0] == major), "")
