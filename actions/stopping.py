"""Whether a wish that cannot be undone by the next message is sure enough to be carried out. Pure."""

from __future__ import annotations

from actions.turn import Heard
from nlu.reading import Reading

SURE_OF_STOP = 0.95
"""From here on the classifier is obeyed: on the tuned part of tests/understanding no ordinary sentence gets so far, and
half of the wishes to stop do. Below, the shopper is told the word that always works."""
SURE_OF_FORGET = 0.9
""""forget me" and "delete my data" get .97 and more, "forget it" .83."""


def wants_silence(heard: Heard) -> bool:
    """A wish to stop, and nothing else, which the door let in."""
    return _surely(heard, "opt_out", SURE_OF_STOP)


def wants_forgetting(heard: Heard) -> bool:
    """A wish that all we keep of them is deleted, not that a search is dropped."""
    return _surely(heard, "privacy_forget", SURE_OF_FORGET)


def _surely(heard: Heard, intent: str, least: float) -> bool:
    """A gift, a figure, a correction or a question beside it makes it doubtful ("delete that, I mean 12")."""
    alone = not heard.also and not heard.figures and heard.reading == Reading()
    return heard.intent == intent and heard.confidence >= least and alone
