"""The pipeline as Rasa trains and runs it."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

import pytest


def entities(parsed: dict[str, Any], kind: str) -> list[Any]:
    return [entity["value"] for entity in parsed["entities"] if entity["entity"] == kind]


def test_a_request_comes_out_of_rasa_with_intent_and_every_fact(parse: Any) -> None:
    """The whole way: Rasa's own training, Rasa's own parse."""
    parsed = parse("hi, I need a birthday present for my mum, she loves gardening, about £20 to £30")
    assert parsed["intent"]["name"] == "ask_gift"
    assert entities(parsed, "recipient") == ["mom"]
    assert entities(parsed, "occasion") == ["birthday"]
    assert entities(parsed, "budget") == [{"min": "20", "max": "30", "currency": "GBP"}]
    assert entities(parsed, "interest") == ["gardening"]
    assert len(entities(parsed, "reading")) == 1


def test_spans_point_into_the_message_as_it_was_written(parse: Any) -> None:
    """Hidden characters before a fact must not shift what is shown to people."""
    text = "\u200b\u200bpresent for my mum, she loves gardening"
    found = {entity["entity"]: text[entity["start"] : entity["end"]] for entity in parse(text)["entities"]}
    assert (found["recipient"], found["interest"]) == ("mum", "gardening")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("something cheaper please", "cheaper"),
        ("something else", "something_else"),
        ("more like the second one", "more_like"),
        ("not candles", "not_that"),
        ("i'll take the first one", "select"),
        ("why that one?", "why"),
        ("start over", "start_over"),
        ("thanks!", "thanks"),
        ("are you a bot?", "bot_challenge"),
        ("can i talk to a person please", "ask_person"),
        ("where is my order", "order_help"),
        ("delete my data", "privacy_forget"),
        ("about 20 quid", "inform"),
        ("my mum", "inform"),
        ("no, my sister, not my mum", "inform"),
        ("i don't mind", "dont_mind"),
        ("hello", "greet"),
        ("yes please", "affirm"),
        ("cancel", "deny"),
        ("no more", "deny"),
        ("any price", "inform"),
        ("price doesn't matter", "inform"),
        ("it was for my mum", "inform"),
        ("what's the weather tomorrow", "out_of_scope"),
    ],
)
def test_the_everyday_turns_are_understood(text: str, intent: str, parse: Any) -> None:
    """The turns every talk is made of."""
    assert parse(text)["intent"]["name"] == intent


@pytest.mark.parametrize("text", ["", " ", "\u200b", "🎁", "?!", "a" * 5_000, "\ud83c", "<b>&</b>", "\x00"])
def test_no_message_breaks_the_pipeline(text: str, parse: Any) -> None:
    """Whatever is sent, there is an intent and a Reading."""
    parsed = parse(text)
    assert parsed["intent"]["name"] is not None


def test_the_model_holds_no_pickle(understanding: Path) -> None:
    """A model file must not be able to carry code."""
    with tarfile.open(understanding) as archive:
        names = [member.name for member in archive.getmembers() if member.isfile()]
        ours = [name for name in names if "BriefExtractor" in name or "IntentClassifier" in name]
        assert {Path(name).suffix for name in ours} <= {".yml", ".json", ".npz"}
        assert not [name for name in names if name.endswith((".pkl", ".pickle", ".joblib", ".skops"))]
    assert understanding.stat().st_size < 20_000_000
