"""What shoppers ask is known to a merchandiser's dry run, without a word of theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import structlog

from bot.dialogue.agent import Handled
from bot.dialogue.recent_briefs import RecentBriefs
from bot.dialogue.replies import Folded
from bot.settings import DialogueSettings
from bot.store.connection import Store
from tests.integration.store_talk import message, say
from tests.integration.worker_talk import Thinking, dialogue_settings, done, working

BRIEF = {"recipient": "mom"}


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> DialogueSettings:
    return dialogue_settings(monkeypatch)


class Suggesting(Thinking):
    """Answers every message with one idea."""

    async def handle(self, inbound: Any, *, tracker: bytes | None, with_person: bool) -> Handled:
        return Handled(Folded("an idea", BRIEF, ({"id": "p1"},), False, ("an idea",)), b"talk", False)


async def _no_rest(stop: asyncio.Event, seconds: float) -> None:
    await stop.wait()


async def test_a_brief_answered_with_ideas_is_noted(store: Store, settings: DialogueSettings) -> None:
    """ "Father's Day goes from 41 to 3" is worth reading only if somebody asks for Father's Day."""
    noted: list[Mapping[str, Any]] = []
    recent = RecentBriefs(noted.extend, _no_rest)
    await say(store, message())
    async with working(store, settings, Suggesting(), recent_briefs=recent):
        await done(store, message())
    await recent.note_all()
    assert noted == [BRIEF]


async def test_notes_that_cannot_be_written_trouble_nobody() -> None:
    """They are advice; a full disk must not stop a talk."""

    def full(briefs: Sequence[Mapping[str, Any]]) -> None:
        raise OSError("disk full")

    recent = RecentBriefs(full, _no_rest)
    recent.add(BRIEF)
    with structlog.testing.capture_logs() as told:
        await recent.note_all()
    assert [one["event"] for one in told] == ["briefs_not_noted"]
