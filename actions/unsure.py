"""One short question where a message may mean two things. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from actions.wording import Utterance

ALWAYS = ("ask_gift", "ask_person", "order_help", "ask_delivery", "privacy_show", "start_over", "opt_out")
ONCE_SHOWN = (
    *("cheaper", "dearer", "more_special", "more_like", "something_else", "not_that"),
    *("select", "compare", "why", "ask_product"),
)
"""Readings worth offering, for each of which domain.yml words a line ``utter_meant_NAME``; the second kind only
means something once ideas were shown."""


def question(likely: Sequence[str], *, shown: bool) -> list[Utterance]:
    """Offer the two likeliest readings; where fewer than two are worth it, say what can be said at all.

    Args:
        likely: intents, likeliest first.
        shown: whether ideas were shown in this talk.
    """
    worth = [intent for intent in likely if intent in ALWAYS or (shown and intent in ONCE_SHOWN)][:2]
    if len(worth) < 2:
        return [Utterance("utter_unsure_refine" if shown else "utter_unsure")]
    return [Utterance("utter_which_reading"), *(Utterance(f"utter_meant_{intent}") for intent in worth)]
