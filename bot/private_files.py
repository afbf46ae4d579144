"""Files that only their owner may read: exports of a shopper's data, tokens, addresses with passwords."""

from __future__ import annotations

import os
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write ``text`` where only this user can read it, whole or not at all.

    Raises:
        OSError: the folder is not there, or cannot be written to.
    """
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    part.replace(path)
