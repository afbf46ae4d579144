"""giftbot broken on purpose, one fault at a time: the checker must go red over each.

``python -m tests.chaos.broken FAULT ROLE`` runs the role with the fault built in.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

FAULTS: dict[str, tuple[str, Callable[[], None]]] = {}
"""Per fault: the role it is built into, and what breaks it there."""


def _fault(name: str, role: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def keep(breaks: Callable[[], None]) -> Callable[[], None]:
        FAULTS[name] = (role, breaks)
        return breaks

    return keep


@_fault("send-again-on-doubt", "sending")
def _send_again() -> None:
    """A sender that takes a doubt for a failure."""
    from bot.sending import delivery

    def again(error: Exception, send: Any, settings: Any, moment: Any, *rest: Any) -> Any:
        decision, pause = real(error, send, settings, moment, *rest)
        if isinstance(decision, delivery.LookLater):
            decision = delivery.Again("taken_for_failed", moment.now)
        return decision, pause

    real = delivery.after_send_failed
    delivery.after_send_failed = again  # type: ignore[assignment]


@_fault("drop-on-doubt", "sending")
def _drop() -> None:
    """A sender that takes a doubt for a delivery."""
    from bot.sending import delivery

    def drop(error: Exception, send: Any, settings: Any, moment: Any, *rest: Any) -> Any:
        decision, pause = real(error, send, settings, moment, *rest)
        return (delivery.GiveUp("taken_for_sent") if isinstance(decision, delivery.LookLater) else decision), pause

    real = delivery.after_send_failed
    delivery.after_send_failed = drop  # type: ignore[assignment]


@_fault("look-at-once", "sending")
def _look_at_once() -> None:
    """A sender that looks before a late acceptance can show, and sends again."""
    from bot.sending import delivery

    def at_once(error: Exception, send: Any, settings: Any, moment: Any, *rest: Any) -> Any:
        decision, pause = real(error, send, settings, moment, *rest)
        return (replace(decision, at=moment.now) if isinstance(decision, delivery.LookLater) else decision), pause

    real = delivery.after_send_failed
    delivery.after_send_failed = at_once  # type: ignore[assignment]


@_fault("no-revisit", "sending")
def _no_revisit() -> None:
    """A sender that sleeps through a doubt instead of leaving a due time in the record: killed, it forgets."""
    from datetime import timedelta

    from bot.store.outbox import Outbox

    real = Outbox.claim

    async def claim(self: Outbox, *args: Any, **more: Any) -> Any:
        return await real(self, *args, **{**more, "revisit_at": more["now"] + timedelta(days=1)})

    Outbox.claim = claim  # type: ignore[method-assign]


@_fault("no-duplicate-check", "intake")
def _no_duplicate_check() -> None:
    """A door that takes every delivery for a new message, under an id of its own."""
    import itertools
    from dataclasses import replace

    from bot.store.door import Door

    real = Door.accept
    numbers = itertools.count()

    async def accept(self: Door, message: Any, **more: Any) -> Any:
        return await real(self, replace(message, id=f"{message.id}{next(numbers):03}"), **more)

    Door.accept = accept  # type: ignore[method-assign]


@_fault("acknowledge-first", "dialogue")
def _acknowledge_first() -> None:
    """A worker that takes a message off the queue when it reads it, and thinks afterwards."""
    from bot.store.turns import Turns

    real = Turns.begin_try

    async def begin_try(self: Turns, lease: Any, turn: Any) -> Any:
        begun = await real(self, lease, turn)
        marks = [self._wire.keys.done(lease.partition, message) for message in _messages(turn)]
        for mark in marks:
            await self._wire.commands.set(mark, "answered")
        return begun

    Turns.begin_try = begin_try  # type: ignore[method-assign]


def _messages(turn: Any) -> list[Any]:
    many = getattr(turn, "messages", None)
    return [one.id for one in many] if many else [turn.message.id]


def _rewrite(script: str, old: str, new: str) -> None:
    """Run a script with one of its words changed."""
    from bot.store import wire

    real = wire.source

    def changed(name: str) -> str:
        text = real(name)
        if name == script:
            assert old in text, f"{script} reads otherwise now: mend the fault"
            text = text.replace(old, new)
        return text

    wire.source = changed


def main() -> None:
    """Break, then run."""
    fault, role = sys.argv[1:]
    meant_for, breaks = FAULTS[fault]
    assert meant_for == role
    breaks()
    from bot.__main__ import main as giftbot

    sys.argv = ["giftbot", "run", role]
    giftbot()


if __name__ == "__main__":
    main()
