"""Fold what was said in a turn into one direct message, and into the record of the turn.

X lets an account send about one direct message a minute, so a turn makes at most one Send: the pieces joined by line
breaks. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.dialogue.channel import Piece

MAX_CHARACTERS = 10_000
"""X's limit for the text of a direct message (older official pages; the current description gives none)."""

REASON, ALWAYS, PASSING, ONLY_SAID = "reason", "reason_always", "reason_passing", "passing"
"""Marks of a piece that gives a reason for the Suggestion ``of``: the first one goes into the message, and every
one marked ``reason_always``. One marked ``reason_passing`` tells of something X forbids to store, as any other piece
marked ``passing`` does: it may be said and is never recorded."""


@dataclass(frozen=True, slots=True)
class Folded:
    """What one turn comes to: ``text`` is what is sent, ``recorded`` what of it may be kept, stretch by stretch."""

    text: str = field(repr=False)
    brief: Mapping[str, Any] = field(repr=False)
    suggestions: tuple[Mapping[str, Any], ...] = field(repr=False)
    hand_over: bool
    recorded: tuple[str, ...] = field(repr=False)
    interactions: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    """What the shopper did with products in this turn, and what they were shown: for the ledger."""
    opted_out: str = ""
    """How a wish to stop was understood; then nothing is said."""
    forget: bool = False
    """They ask to be forgotten."""


def fold(pieces: Sequence[Piece], *, intro: str = "") -> Folded:
    """Join the pieces' texts in order; ``intro`` closes the first message of a talk.

    Of several reasons for one Suggestion the first is said, with those that always are; all are recorded.
    """
    lines: list[str] = []
    kept: list[list[str]] = [[]]
    reasons: dict[str, list[str]] = {}
    reasoned: set[str] = set()
    brief: Mapping[str, Any] = {}
    suggestions: Sequence[Mapping[str, Any]] = ()
    interactions: list[Mapping[str, Any]] = []
    hand_over = forget = False
    opted_out = ""
    for piece in pieces:
        brief = piece.data.get("brief", brief)
        suggestions = piece.data.get("suggestions", suggestions)
        interactions += piece.data.get("interactions", ())
        hand_over = hand_over or bool(piece.data.get("hand_over"))
        opted_out = opted_out or str(piece.data.get("opted_out") or "")
        forget = forget or bool(piece.data.get("forget"))
        if piece.mark in (REASON, ALWAYS, PASSING):
            if piece.mark != PASSING:
                reasons.setdefault(piece.of, []).append(piece.text.strip())
            if piece.of in reasoned and piece.mark != ALWAYS:
                continue
            reasoned.add(piece.of)
        if piece.text:
            lines.append(piece.text.rstrip())
            if piece.mark in (PASSING, ONLY_SAID):
                kept.append([])
            else:
                kept[-1].append(lines[-1])
    if intro and lines:
        lines += ["", intro]
        kept[-1] += ["", intro]
    explained = tuple({**one, "reasons": reasons.get(one["id"], [])} for one in suggestions)
    recorded = tuple(_cut("\n".join(stretch)) for stretch in kept if stretch)
    said = Folded(_cut("\n".join(lines)), brief, explained, hand_over, recorded, tuple(interactions))
    return replace(said, opted_out=opted_out, forget=forget)


def _cut(text: str) -> str:
    """Keep within X's limit, at a line's end where there is one."""
    if len(text) <= MAX_CHARACTERS:
        return text
    head = text[:MAX_CHARACTERS]
    return head[: head.rfind("\n")] if "\n" in head else head
