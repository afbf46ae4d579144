"""Which of the shown ideas is meant."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest

from nlu.words.positions import find_position


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("i'll take the second one", 2), ("more like the first", 1), ("the 3rd", 3), ("number 2 please", 2), ("#1", 1), ("2", 2), ("the last one", -1),
        ("option three", 3), ("like the second but smaller", 2), ("second one looks nice", 2),
    ],
)  # fmt: skip
def test_the_one_pointed_at_is_found(text: str, position: int) -> None:
    """ "More like the second" must start from the second."""
    found = find_position(text)
    assert found is not None
    assert found.position == position


@pytest.mark.parametrize(
    "text",
    [
        "20",
        "his first birthday",
        "the first or the second one",
        "first communion",
        "wait a second",
        "last year",
        "2 kids",
        "hello",
        "one of those",
    ],
)
def test_no_place_is_invented(text: str) -> None:
    """Better to ask which than to take the wrong one."""
    assert find_position(text) is None
