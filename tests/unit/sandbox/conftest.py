"""X's own description of its API, for the tests that hold the sandbox to it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def x_description() -> dict[str, Any]:
    """X's description; it may not be kept here, so its place comes from outside."""
    place = os.environ.get("GIFTBOT_TEST_X_OPENAPI", "")
    if not place:
        pytest.skip("GIFTBOT_TEST_X_OPENAPI names no copy of X's OpenAPI description")
    return dict(json.loads(Path(place).read_text()))
