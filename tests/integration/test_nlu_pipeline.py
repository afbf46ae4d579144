"""The pipeline as Rasa trains and runs it."""

from __future__ import annotations

import asyncio
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of the understanding alone, trained by Rasa from the repository's own files."""
    from rasa.model_training import train_nlu

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        out = tmp_path_factory.mktemp("model")
        path = train_nlu(config="config.yml", nlu_data="data/nlu", output=str(out), domain="domain.yml")
    assert path is not None
    return Path(path)


@pytest.fixture(scope="module")
def parse(model: Path) -> Iterator[Any]:
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))
    loop = asyncio.new_event_loop()
    yield lambda text: loop.run_until_complete(agent.parse_message(text))
    loop.close()


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
        ("delete my data", "privacy"),
        ("about 20 quid", "ask_gift"),
        ("my mum", "ask_gift"),
        ("no, my sister, not my mum", "ask_gift"),
        ("i don't mind", "dont_mind"),
        ("hello", "greet"),
        ("yes please", "affirm"),
        ("cancel", "deny"),
        ("no more", "deny"),
        ("any price", "ask_gift"),
        ("price doesn't matter", "ask_gift"),
        ("it was for my mum", "ask_gift"),
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


def test_the_model_holds_no_pickle(model: Path) -> None:
    """A model file must not be able to carry code."""
    with tarfile.open(model) as archive:
        names = [member.name for member in archive.getmembers() if member.isfile()]
        ours = [name for name in names if "BriefExtractor" in name or "IntentClassifier" in name]
        assert {Path(name).suffix for name in ours} <= {".yml", ".json", ".npz"}
        assert not [name for name in names if name.endswith((".pkl", ".pickle", ".joblib", ".skops"))]
    assert model.stat().st_size < 20_000_000
