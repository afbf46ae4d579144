"""Has every row's message read by the trained model, as the dialogue worker has a shopper's message read."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.dialogue.agent import as_text
from bot.rasa_host.understanding import Understanding, zone_of
from nlu.evaluation.answers import OPT_OUT, Answer, extras_of, intent_of, slots_of
from nlu.evaluation.rows import OTHER, Row
from nlu.optout.wishes import OptWish, read_wish
from nlu.reading import Reading


def read_all(
    rows: Sequence[Row], texts: Sequence[str], *, model: Path, config: Path, today: date, country: str | None
) -> list[Answer]:
    """Read ``texts`` (the rows' own, or the same with slips) one by one, on one core.

    Args:
        rows: their day and country are used where they have them.
        texts: as many as rows.
        model: a model file or a folder of models.
        config: config.yml; it says where the shop is.
        today: day of rows that have none.
        country: country of rows that have none; None leaves it to config.yml.

    Raises:
        GiftbotError: there is no model.
    """
    understanding = Understanding(model, zone_of(config))
    try:
        with _one_core():
            return [
                _answer(understanding, text, row.today or today, row.country or country)
                for row, text in zip(rows, texts, strict=True)
            ]
    finally:
        understanding.close()


def _answer(understanding: Understanding, text: str, day: date, country: str | None) -> Answer:
    parsed = understanding.parse(as_text(text), written=day, country=country)
    stops = read_wish(text) is OptWish.STOP  # the door reads it first, and no such message reaches the model
    value = next((one.get("value") for one in parsed.said["entities"] if one.get("entity") == "reading"), None)
    reading = Reading.from_json(value)
    ranking = names_in_order(parsed.said)
    return Answer(
        intent=OTHER if stops else intent_of(ranking, reading),
        wish=OPT_OUT if stops else ranking[0] if ranking else "",
        slots=slots_of(reading),
        extras=extras_of(reading),
        ms=parsed.ms,
        cpu_ms=parsed.cpu_ms,
    )


def names_in_order(said: dict[str, Any]) -> list[str]:
    """The intents of a parse, likeliest first; the fallback in front where the model was not sure."""
    first = str((said.get("intent") or {}).get("name") or "")
    others = [str(one.get("name")) for one in said.get("intent_ranking") or ()]
    return list(dict.fromkeys(name for name in (first, *others) if name))


@contextlib.contextmanager
def _one_core() -> Iterator[None]:
    """Keep this thread on one processor core while messages are timed, where the system lets us."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
