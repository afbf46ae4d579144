"""Hundreds of ways of saying stop, and a thousand sentences that are none, written by others than the rules' author."""

from __future__ import annotations

import json
from pathlib import Path

from nlu.optout.wishes import OptWish, read_wish

SETS = Path(__file__).resolve().parents[2] / "understanding"


def taken(name: str) -> list[tuple[str, bool]]:
    """Each text of the part that was read while the rules were made, and whether it is taken for a stop."""
    rows = [json.loads(line) for line in (SETS / name).read_text(encoding="utf-8").splitlines()]
    return [(row["text"], read_wish(row["text"]) is OptWish.STOP) for row in rows if row["part"] == "tuned"]


def test_every_wish_to_stop_is_obeyed() -> None:
    """X closes accounts that write on; in English, Spanish, French, German, Italian and Portuguese."""
    assert [text for text, stops in taken("stop_wishes.jsonl") if not stops] == []


def test_no_ordinary_sentence_silences_a_shopper() -> None:
    """Nobody who asks for a gift may be met by silence."""
    assert [text for text, stops in taken("ordinary_sentences.jsonl") if stops] == []
