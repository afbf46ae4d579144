"""A thing is liked or ruled out, never both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.tastes.contradictions import without_contradictions
from nlu.words.open_lists import Span


def said(text: str, start: int) -> Span:
    return Span(text, start, start + 1, start, start + len(text))


@pytest.mark.parametrize(
    ("liked", "refused", "kept"),
    [
        (said("mugs", 0), said("mug", 9), ([], ["mug"])),
        (said("mugs", 9), said("mugs", 0), (["mugs"], [])),
        (said("cherries", 0), said("cherry", 9), ([], ["cherry"])),
        (said("green tea", 0), said("tea", 9), (["green tea"], ["tea"])),
    ],
)
def test_what_is_said_later_counts(liked: Span, refused: Span, kept: tuple[list[str], list[str]]) -> None:
    """Green tea is not tea: only the same words contradict each other."""
    likes, exclusions = without_contradictions([liked], [refused])
    assert ([one.text for one in likes], [one.text for one in exclusions]) == kept


SPANS = st.lists(
    st.builds(said, st.sampled_from(["mug", "mugs", "tea", "teas", "a box", "boxes"]), st.integers(0, 50)), max_size=6
)


@given(SPANS, SPANS)
def test_no_thing_is_left_on_both_sides_and_none_is_lost(liked: list[Span], refused: list[Span]) -> None:
    """Each thing stays on one side exactly."""
    likes, exclusions = without_contradictions(liked, refused)
    assert not {one.text for one in likes} & {one.text for one in exclusions}
    before, after = (
        {one.text.removesuffix("s") for one in many} for many in ((*liked, *refused), (*likes, *exclusions))
    )
    assert {text.replace("boxe", "box").replace("a ", "") for text in before} == {
        text.replace("boxe", "box").replace("a ", "") for text in after
    }
