"""Whole talks run the same with the mends as on Rasa as it is: events, slots, words."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.rasa_host import prepare

prepare()

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator  # noqa: E402

from bot.dialogue.agent import GiftAgent  # noqa: E402
from bot.dialogue.tracker_store import StagedTrackerStore  # noqa: E402
from tests.integration.rasas_own import Unmended  # noqa: E402
from tests.integration.understood_chat import Chat  # noqa: E402

ROOT = Path(__file__).parents[2]
OFTEN = 20
"""Talks of ten messages taken from the sentences shoppers may write."""


def one_example_of_each() -> dict[str, str]:
    """A training example of every intent."""
    found: dict[str, str] = {"nlu_fallback": "qwrt zxcv"}
    for file in sorted((ROOT / "data/nlu").glob("*.yml")):
        for part in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in part:
                found.setdefault(part["intent"], part["examples"].splitlines()[0].removeprefix("- "))
    return found


def told_talks() -> Iterator[list[str]]:
    """Every rule and story, said with an example of each of its intents."""
    said = one_example_of_each()
    for file in ("data/rules/talk.yml", "data/stories/talk.yml"):
        for kind in yaml.safe_load((ROOT / file).read_text(encoding="utf-8")).values():
            for one in kind if isinstance(kind, list) else ():
                yield [said[step["intent"]] for step in one["steps"] if "intent" in step]


def written_talks() -> Iterator[list[str]]:
    """Sentences as shoppers write them, ten to a talk, whatever order they come in."""
    lines = (ROOT / "tests/understanding/messages_tuned.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines][: OFTEN * 10]
    for at in range(0, len(texts), 10):
        yield texts[at : at + 10]


def without_times(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in ("timestamp", "metadata")}


def run(agent: GiftAgent, talks: Sequence[Sequence[str]], patch: pytest.MonkeyPatch) -> list[Any]:
    """What each turn came to: every event of the tracker as Rasa saves it, and what was folded of it."""
    seen: list[Any] = []
    save = StagedTrackerStore.save

    async def saved(self: StagedTrackerStore, tracker: Any) -> None:
        slots = {name: slot.value for name, slot in tracker.slots.items()}
        seen.append((text, slots, [without_times(event.as_dict()) for event in tracker.events]))
        await save(self, tracker)

    patch.setattr(StagedTrackerStore, "save", saved)
    for texts in talks:
        chat = Chat(agent)
        for text in texts:
            chat.with_person = False  # a hand-over would end the talk
            seen.append(asyncio.run(chat.says(text)).said)
    patch.setattr(StagedTrackerStore, "save", save)
    return seen


def test_talks_run_as_on_rasa_as_it_is(agent: GiftAgent, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every rule and story, and some hundred sentences: the same actions, events, slots and words, turn by turn."""
    talks = [*told_talks(), *written_talks()]
    ours = run(agent, talks, monkeypatch)
    processor = agent._agent.processor
    with Unmended(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(processor, "nlg", TemplatedNaturalLanguageGenerator(agent._agent.domain.responses))
        theirs = run(agent, talks, monkeypatch)
    assert len(ours) == len(theirs) == 2 * sum(map(len, talks)) + len(talks)  # Rasa saves a new talk once more
    for mine, other in zip(ours, theirs, strict=True):
        assert mine == other
