"""A hint of the price without a figure is taken; talk of dear and cheap things alone is none."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest

from nlu.money.vague import vague_budget

LOW = """nothing too expensive|not too pricey please|I'm on a tight budget|on a budget this year|broke student here|i'm broke lol|skint until payday|something cheap|inexpensive ideas
don't want to spend much|can't afford a lot|not looking to spend a fortune|low cost|affordable gifts|poor student|money is tight|won't break the bank|budget-friendly|cheap and cheerful
my funds are limited|small budget|short on cash|a bit strapped for cash|it doesn't need to be expensive|I cannot spend loads on him|a token gift|nothing fancy|on a shoestring"""
MID = """mid range|mid-priced|something moderately priced|reasonably priced|not too cheap but not too expensive|a decent budget|medium budget|nothing too extravagant|average price"""
HIGH = """I want to splash out|time to splurge|pushing the boat out this year|something posh|high-end only|a luxury gift|going all out for her 40th|something really fancy|generous budget"""
NONE = """gift for my mum|he broke his leg|she broke up with him|those look a bit cheap|nothing cheap looking|I don't want anything cheap|she has expensive taste|she loves luxury brands|not posh
she fancies tea|a boat trip|he plays the banker|an oak tree|money box|piggy bank|a student nurse|too fancy|price of the second one?|what does it cost|cheaper please|a mean sense of humour|she's budgeting manager"""


def phrases(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|")]


@pytest.mark.parametrize(
    ("text", "hint"),
    [(text, hint) for hint, block in (("low", LOW), ("mid", MID), ("high", HIGH)) for text in phrases(block)],
)
def test_a_hint_of_the_price_is_taken(text: str, hint: str) -> None:
    """Who says "nothing too dear" has answered the question of the budget."""
    assert vague_budget(text) == hint


@pytest.mark.parametrize("text", phrases(NONE))
def test_words_of_money_in_another_sense_hint_nothing(text: str) -> None:
    """A guessed budget hides what they would have liked."""
    assert vague_budget(text) is None
