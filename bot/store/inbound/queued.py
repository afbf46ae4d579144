"""A message on its way to an answer, as values: what waits, what is handed out, what is kept of a talk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.clock import from_ms
from bot.model import InboundMessage, MessageId, ShopperId

ENTRY_VERSION = 1
"""Form of a stream entry; one without the field is of the first form. A later one is set aside, never guessed at."""
TALK_VERSION = 1
"""Form of a talk, likewise. The tracker in it has a form of its own (bot.dialogue.tracker_store)."""


class Unreadable(Exception):
    """An entry or talk this release cannot understand; ``str`` is the reason it is set aside with."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Ownership of a partition. ``fence`` rises with every owner; a commit with an older one is refused."""

    partition: int
    owner: str
    fence: int


@dataclass(frozen=True, slots=True)
class Talk:
    """What is kept of a talk: the dialogue's own bytes, and who answers."""

    tracker: bytes | None = field(default=None, repr=False)
    with_person: bool = False
    """The shopper was handed over to a person."""
    colleague_at: datetime | None = None
    """When a person last wrote to the shopper in X's app."""
    answered_at: tuple[int, ...] = ()
    """Seconds since 1970 of the latest answers, oldest first: what shows two bots in conversation."""
    paused_until: datetime | None = None
    model: str = ""
    """The model that wrote the tracker."""

    @property
    def held_by(self) -> str:
        """Who keeps the bot silent, as one text: a commit holds it against what stands in Redis by then."""
        return f"{int(self.with_person)} {ms(self.colleague_at)} {ms(self.paused_until)}"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message in the queue. ``at_ms`` is when it came, by Redis' clock."""

    entry_id: str
    message: InboundMessage
    stops: int = 0
    """How often the shopper had said stop when it came; an answer to an earlier one is refused."""
    replay: int = 0
    """How often it was brought back from the dead messages."""

    @property
    def at_ms(self) -> int:
        return int(self.entry_id.split("-")[0])


@dataclass(frozen=True, slots=True)
class Choice:
    """What to take of what waits: messages of one shopper, or nothing for so many ms (None: until more come)."""

    taken: tuple[Waiting, ...] = ()
    wait_ms: int | None = None


Choose = Callable[[Sequence[Waiting], int], Choice]
"""Chooses of what waits, oldest first, at a time (ms) by Redis' clock. Pure."""


def oldest(waiting: Sequence[Waiting], now_ms: int) -> Choice:
    """Each message by itself, in the order they came."""
    return Choice(tuple(waiting[:1]))


@dataclass(frozen=True, slots=True)
class Try:
    """One try at an answer. It counts until the message is done, or until it is taken back."""

    key: str
    token: str


@dataclass(frozen=True, slots=True)
class QueuedTurn:
    """The messages one turn answers. ``tries`` counts earlier tries that were begun and neither ended nor taken back.

    Tries belong to the first message: a turn that failed is taken again with that message alone, so that one that
    cannot be answered is found, and buries no other.
    """

    waiting: tuple[Waiting, ...]
    tries: int
    talk: Talk
    begun: Try | None = None
    """The try that began with it; None for who only looks."""

    @property
    def messages(self) -> tuple[InboundMessage, ...]:
        """In the order they were written."""
        return tuple(one.message for one in self.waiting)

    @property
    def message(self) -> InboundMessage:
        """The one the answer is a reply to: the last."""
        return self.waiting[-1].message

    @property
    def replay(self) -> int:
        """How often the message answered was brought back from the dead."""
        return self.waiting[-1].replay

    def alone(self) -> QueuedTurn:
        """Only the first message; the others stay in the queue."""
        return replace(self, waiting=self.waiting[:1])


def read_entry(entry_id: str, kept: Mapping[bytes, bytes]) -> Waiting:
    """A stream entry, of this release or an earlier one.

    Raises:
        Unreadable: it is of a later release, or no message at all.
    """
    try:
        if int(kept.get(b"v", b"1")) > ENTRY_VERSION:
            raise Unreadable("newer_entry")
        message = InboundMessage(
            id=MessageId(kept[b"message"].decode()),
            shopper_id=ShopperId(kept[b"shopper"].decode()),
            text=kept[b"text"].decode(),
            sent_at=from_ms(kept[b"sent"]),
        )
        return Waiting(entry_id, message, int(kept.get(b"stops", b"0")), int(kept.get(b"replay", b"0")))
    except (LookupError, ValueError, OverflowError, OSError) as error:
        raise Unreadable("unreadable_entry") from error


def read_talk(kept: Mapping[bytes, bytes]) -> Talk:
    """A talk, of this release or an earlier one; of a new shopper nothing is kept.

    Raises:
        Unreadable: it is of a later release; what is in it must not be written over.
    """
    try:
        if int(kept.get(b"v") or b"1") > TALK_VERSION:
            raise Unreadable("newer_talk")
        return Talk(
            tracker=kept.get(b"tracker"),
            with_person=kept.get(b"with_person") == b"1",
            colleague_at=_moment(kept.get(b"colleague")),
            answered_at=tuple(int(one) for one in (kept.get(b"answered") or b"").split()),
            paused_until=_moment(kept.get(b"paused")),
            model=(kept.get(b"model") or b"").decode(),
        )
    except (ValueError, OverflowError, OSError) as error:
        raise Unreadable("unreadable_talk") from error


def ms(moment: datetime | None) -> str:
    """A moment as a talk's fields hold it, '' for none; what was read is written again to the same digit."""
    return "" if moment is None else str(round(moment.timestamp() * 1000))


def _moment(kept: bytes | None) -> datetime | None:
    return from_ms(kept) if kept else None
