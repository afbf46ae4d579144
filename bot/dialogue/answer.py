"""The Send a turn answers with. Pure: a turn that is made again makes the same one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.model import InboundMessage, Pictured, Send, SendId


def pictures_of(suggestions: Sequence[Mapping[str, Any]]) -> tuple[Pictured, ...]:
    """What a picture of an answer would show, numbered as its text is; nothing where the shop has no photo of them.

    An action server of the release before tells of no photos.
    """
    if not any(one.get("image") for one in suggestions):
        return ()
    return tuple(
        Pictured(number, one["title"], one["price_said"], one["image"]) for number, one in enumerate(suggestions, 1)
    )


def answer_to(
    message: InboundMessage, text: str, now: datetime, *, replay: int = 0, pictures: tuple[Pictured, ...] = ()
) -> Send:
    """The Send that answers ``message``; a repeated turn makes the same id, so it cannot become two.

    A message brought back from the dead is answered under an id of its own for each time: an apology may have been
    sent under the first.
    """
    return Send(
        id=SendId(f"re-{message.id}" + (f"-{replay + 1}" if replay else "")),
        shopper_id=message.shopper_id,
        text=text,
        in_reply_to=message.id,
        created_at=now,
        pictures=pictures,
    )
