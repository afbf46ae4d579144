"""What a message is taken for, by the model Rasa trains; sentences that are no examples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Parse = Callable[[str], dict[str, Any]]

ASKING = ("ask_gift", "inform", "cheaper", "dearer", "more_special", "more_like", "something_else", "not_that")
"""Intents on which ideas are shown."""


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("can you help me find a birthday present for my stepmother, she grows roses", "ask_gift"),
        ("gifts for plumbers", "ask_gift"),
        ("[M, 52, Brother, $45]", "ask_gift"),
        ("My flatmate turns 30. He's a chef, hates parties, he loves maps. About £40. Ideas?", "ask_gift"),
        ("ich suche ein geschenk für meine tante", "ask_gift"),
        ("she plays the violin", "inform"),
        ("around 45 pounds", "inform"),
        ("sorry, i meant my nephew", "inform"),
        ("have you got anything less expensive?", "cheaper"),
        ("i'd happily pay a bit more", "dearer"),
        ("could it be a bit more personal", "more_special"),
        ("more like the third one please", "more_like"),
        ("what other ideas do you have", "something_else"),
        ("no scarves please", "not_that"),
        ("i'll go for the third one", "select"),
        ("which of them is better, the first or the third?", "compare"),
        ("why did you choose the second one?", "why"),
        ("why didn't you show me any scarves", "why_not"),
        ("how much is the third one?", "ask_product"),
        ("is it dishwasher proof?", "ask_product"),
        ("do you deliver to portugal", "ask_delivery"),
        ("my parcel still hasn't arrived", "order_help"),
        ("could i speak to a human being please", "ask_person"),
        ("what do you know about me?", "privacy_show"),
        ("please send me a copy of my data", "privacy_export"),
        ("please delete everything you know about me", "privacy_forget"),
        ("i don't want to get any more messages from you", "opt_out"),
        ("good evening to you", "greet"),
        ("thank you so much for your help", "thanks"),
        ("bye, see you later", "goodbye"),
        ("yes that's fine", "affirm"),
        ("no thanks, not that", "deny"),
        ("i really don't mind", "dont_mind"),
        ("haha that's so funny", "chitchat"),
        ("am i talking to a robot or a person", "bot_challenge"),
        ("you are a useless stupid bot", "abuse"),
        ("earn 400 dollars a day from home, click the link", "spam"),
        ("let's start over with someone else", "start_over"),
        ("what's the weather like in oslo tomorrow", "out_of_scope"),
    ],
)  # fmt: skip
def test_each_intent_is_understood(text: str, intent: str, parse: Parse) -> None:
    """Every one of them leads to an answer of its own."""
    assert parse(text)["intent"]["name"] == intent


@pytest.mark.parametrize(
    "text",
    [
        "how do i check what is left on my gift card",
        "my grandmother gave me a lovely present yesterday",
        "gift baskets for dads, now 30% off, order today",
        "what was the best present you ever got?",
        "set a timer for eight minutes",
        "my card was swallowed by the cash machine",
        "who scored in the match last night",
        "call me when you get to the station",
        "in the present tense, please",
        "update: she loved the necklace, thanks to everyone who helped me choose it",
    ],
)
def test_talk_that_asks_for_nothing_gets_no_ideas(text: str, parse: Parse) -> None:
    """Ideas for those who wanted none make a bot a nuisance."""
    assert parse(text)["intent"]["name"] not in ASKING


def test_confidence_is_shared_out_among_all_intents(parse: Parse) -> None:
    """The bot asks when it is unsure, so confidence has to be a probability."""
    ranking = parse("hmm")["intent_ranking"]
    assert 0 < ranking[0]["confidence"] <= 1
    assert sum(one["confidence"] for one in ranking if one["name"] != "nlu_fallback") <= 1.001
