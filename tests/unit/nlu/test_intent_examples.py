"""The examples the intents are learned from."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
LEAST = 60
"""Examples of an intent below which what is learned of it is luck."""


def _examples() -> dict[str, list[str]]:
    said: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        for part in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            said[part["intent"]] += [line[2:] for line in part["examples"].splitlines()]
    return dict(said)


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """The examples of each intent."""
    return _examples()


def test_every_intent_of_the_domain_has_enough_examples_and_no_other_has_any(said: dict[str, list[str]]) -> None:
    """An intent without examples is never heard; examples of none are never answered."""
    named = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"]
    assert set(said) == set(named)
    assert {intent: len(texts) for intent, texts in said.items() if len(texts) < LEAST} == {}


def test_no_sentence_stands_for_two_intents_or_twice(said: dict[str, list[str]]) -> None:
    """One that does teaches the classifier to doubt."""
    where = Counter(" ".join(text.lower().split()) for texts in said.values() for text in texts)
    assert [text for text, times in where.items() if times > 1] == []


def test_every_intent_has_one_rule(said: dict[str, list[str]]) -> None:
    """What is understood must be answered, and in one way."""
    rules = yaml.safe_load((ROOT / "data/rules/talk.yml").read_text(encoding="utf-8"))["rules"]
    first = Counter(rule["steps"][0]["intent"] for rule in rules)
    assert first == Counter(dict.fromkeys((*said, "nlu_fallback"), 1))


def test_requests_and_talk_of_gifts_that_asks_for_none_are_both_learned_short_and_long(
    said: dict[str, list[str]],
) -> None:
    """Told apart only in short ones, every long story with a present in it would pass for a request."""
    for intent in ("ask_gift", "out_of_scope"):
        assert sum(len(text.split()) >= 25 for text in said[intent]) >= 40
        assert sum(len(text.split()) <= 8 for text in said[intent]) >= 100
