"""The sentence about a long wait, from the marketer's own file of responses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from bot.errors import GiftbotError
from bot.governance.text_mark import text_mark
from bot.sending.queue_word import RESPONSE, STEP_MIN

_GAP = "{minutes}"


def word_marks(text: Callable[[int], str]) -> frozenset[str]:
    """By what every such word can be told, whatever minutes it says, up to a day's."""
    return frozenset(text_mark(text(minutes)) for minutes in range(STEP_MIN, 24 * 60 + STEP_MIN, STEP_MIN))


def queue_word(domain: Path) -> Callable[[int], str]:
    """The sentence with its minutes filled in; read once, as dialogue too takes responses up at its start.

    Raises:
        GiftbotError: the file cannot be read, or has no such sentence; says what to do.
    """
    try:
        read: Any = yaml.safe_load(domain.read_text("utf-8"))
        text = str(read["responses"][RESPONSE][0]["text"])
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, IndexError, TypeError) as error:
        raise GiftbotError(
            f"GIFTBOT_SENDING_DOMAIN={domain}: no response {RESPONSE} can be read there ({type(error).__name__}). "
            "Name the domain.yml in use, or set GIFTBOT_SENDING_WORD_AFTER_MIN=0 to say no word."
        ) from error
    if _GAP not in text:
        raise GiftbotError(f"{domain}: {RESPONSE} must say how long: put {_GAP} where the number of minutes stands.")
    return lambda minutes: text.replace(_GAP, str(minutes))
