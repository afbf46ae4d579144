"""A feed in memory, read without the process around it."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest

from catalog.feeds.how import HowToRead
from catalog.feeds.parsing import Parsing, Result


class Read:
    """What came of a feed."""

    def __init__(self, content: bytes | str, **how: Any) -> None:
        how.setdefault("as_of", date(2026, 11, 22))
        self.parsing = Parsing(io.BytesIO(content.encode() if isinstance(content, str) else content), HowToRead(**how))
        self.results: list[Result] = list(self.parsing)
        self.format, self.skipped = self.parsing.format, dict(self.parsing.skipped)


@pytest.fixture(scope="session")
def read() -> type[Read]:
    return Read
