from __future__ import annotations

from pathlib import Path

import pytest

from nlu.words.lexicon import Lexicon

LOOKUPS = Path(__file__).parents[3] / "data" / "lookups"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load(LOOKUPS)
