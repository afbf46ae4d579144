"""Collect what Rasa says in a turn, with the marks the actions put on each piece."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import OutputChannel


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing said: a text, or data an action hands over without words.

    ``mark`` says what it is for (``reason``, ``detail`` …); ``of`` names the Product it speaks of.
    """

    text: str = field(default="", repr=False)
    mark: str = ""
    of: str = ""
    data: dict[str, Any] = field(default_factory=dict, repr=False)


class CollectingChannel(OutputChannel):
    """Rasa's output channel for one turn: keeps the pieces, sends nothing."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name, as responses in domain.yml may ask for it."""
        return "x"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one bot utterance. The keyword arguments of ``utter_message`` arrive in ``message`` beside its text."""
        data = message.get("custom") or {}
        self.pieces.append(
            Piece(
                text=message.get("text") or "",
                mark=str(message.get("mark") or data.get("mark") or ""),
                of=str(message.get("of") or ""),
                data=data,
            )
        )
