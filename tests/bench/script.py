"""The talk every measurement uses: the ten messages of the stock-Rasa kit, so that both sides hear the same."""

SCRIPT = (
    "hi",
    "I need a birthday present for my mum",
    "she loves yoga and candles",
    "around 40 euros",
    "something cheaper please",
    "show me another",
    "more like the second one",
    "why did you pick that",
    "hmm not really her style",
    "thanks, bye",
)
