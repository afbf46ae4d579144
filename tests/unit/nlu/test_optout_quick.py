"""Most messages are told to ask nothing by their words alone; that must never pass over a wish."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.optout import wishes
from nlu.optout.duties import _forms, may_ask
from nlu.optout.wishes import read_wish

ROWS = Path(__file__).parents[2] / "understanding"
SAID = [
    json.loads(line)["text"]
    for name in ("messages_tuned", "stop_wishes")
    for line in (ROWS / f"{name}.jsonl").read_text("utf-8").splitlines()
]
PIECES = st.sampled_from(sorted({*_forms()[0], *_forms()[1]})) | st.sampled_from(
    sorted({word for text in SAID for word in text.split()})
)
TEXTS = st.sampled_from(SAID) | st.builds(
    str.join, st.sampled_from([" ", ", ", ". ", " and "]), st.lists(PIECES, min_size=1, max_size=7)
)


@settings(max_examples=500, deadline=None)
@given(text=TEXTS)
def test_a_message_told_to_ask_nothing_asks_nothing_by_the_whole_grammar_too(text):
    """The short way is only there for speed."""
    quick = read_wish(text)
    known = wishes.may_ask
    wishes.may_ask = lambda words: True
    try:
        assert read_wish(text) is quick
    finally:
        wishes.may_ask = known


def test_most_messages_take_the_short_way():
    """Else intake reads each of them three times as long."""
    gifts = [json.loads(line)["text"] for line in (ROWS / "messages_tuned.jsonl").read_text("utf-8").splitlines()]
    short = [text for text in gifts if not may_ask(text.lower().split())]
    assert len(short) > 0.5 * len(gifts)
