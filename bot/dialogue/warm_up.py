"""What a worker says to itself before its first shopper: Rasa, scikit-learn and the action server load much lazily."""

from __future__ import annotations

WARM_UP = (
    "hi",
    "a birthday present for my mum, she loves gardening, £20 to £30",
    "something cheaper please",
    "more like the second",
    "not candles",
    "why these?",
    "which of them is better?",
    "does it come with a UK plug?",
    "no",
    "I'd like a gift for my brother",
    "he is 30 and likes coffee, up to 25 euros",
    "something else",
    "I'll take the first one",
    "how long does delivery take?",
    "what do you know about me?",
    "delete my data",
    "are you a bot?",
    "qwrtz plmk vbnx",
    "can I speak to a person?",
    "start over",
)
"""Twenty messages, one talk: between them they reach every action that data/rules names."""

PROBE = WARM_UP[1]
"""A request that a well action server answers with products: its hardest daily work."""
