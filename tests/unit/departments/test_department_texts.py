"""What a department may write: what a reader sees, and nothing that hides or turns it."""

from __future__ import annotations

import pytest

from bot.departments.asking import Unusable, send_of
from bot.departments.roles import Role
from bot.departments.tokens import Token
from bot.governance.budgets import budgets
from tests.unit.governance.cases import NOON, RULES, send

CARE = Token("anna", "care", Role.SENDER, "")


def read(text: str) -> str:
    """The text of the Send made of it."""
    item = {"shopper_id": "1", "idempotency_key": "k", "purpose": "service", "text": text}
    return send_of(item, CARE, RULES, NOON).text


@pytest.mark.parametrize(
    "sign",
    ["\u200b", "\u202e", "\u2066", "\u00ad", "\u200d", "\u007f", "\u0085", "\x00", "\ud800", "\ufeff", "\U000e0061"],
)
def test_signs_that_cannot_be_seen_are_refused(sign: str) -> None:
    """They get round the rule about the same words, or turn a sentence round before the reader's eyes."""
    with pytest.raises(Unusable):
        read(f"Big SA{sign}LE")


@pytest.mark.parametrize(
    "text",
    [
        "Café für Müller\n\tTee",
        "مرحبا",
        "👨\u200d👩\u200d👧 gift",
        "👩🏽\u200d🎨",
        "❤\ufe0f\u200d🔥",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_what_people_write_is_taken(text: str) -> None:
    """Other scripts, and emoji made of several."""
    assert read(text) == text


@pytest.mark.parametrize("other", ["big  SALE today", "Big SA\u200bLE today", "Ｂｉｇ SALE today"])
def test_words_that_look_alike_count_as_one_text(other: str) -> None:
    """To fifty people, whatever the case, the width of its letters or what hides between them."""
    one, another = (budgets(send(text=text), RULES)[-1].name for text in ("Big SALE today", other))
    assert one == another
