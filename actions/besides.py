"""What a message wants besides its main wish: "something cheaper, and do you deliver to Spain?". Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.wording import Utterance

ANSWERS = {
    "ask_delivery": "utter_delivery",
    "order_help": "utter_order_help",
    "bot_challenge": "utter_bot",
    "privacy_show": "utter_privacy",
    "privacy_export": "utter_privacy_export",
    "opt_out": "utter_stop_hint",
}
"""Questions to the shop, alone or beside another wish, and the response in domain.yml that answers them."""
BOT = "bot_challenge"
COURTESIES = {
    wish: f"utter_{wish}" for wish in ("greet", "thanks", "goodbye", "chitchat", "abuse", "spam", "out_of_scope")
}
"""What is said to wishes that ask for nothing; a question in the same message is answered beside it."""
HAND_OVER, HANDED_OVER = "ask_person", "utter_handover"


def answers(also: Sequence[str], intent: str = "") -> tuple[list[Utterance], dict[str, Any]]:
    """The lines that answer the further wishes, and what they add to the record of the turn.

    Who asks whether we are a person (the main wish) speaks of one without asking for one: no colleague is called.
    """
    said = [Utterance(ANSWERS[wish]) for wish in also if wish in ANSWERS]
    if HAND_OVER in also and intent != BOT:
        return [*said, Utterance(HANDED_OVER)], {"hand_over": True}
    return said, {}
