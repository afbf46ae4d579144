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

    from bot.store.outbound.outbox import Outbox

    real = Outbox.claim

    async def claim(self: Outbox, *args: Any, **more: Any) -> Any:
        return await real(self, *args, **{**more, "revisit_at": more["now"] + timedelta(days=1)})

    Outbox.claim = claim  # type: ignore[method-assign]


@_fault("no-duplicate-check", "intake")
def _no_duplicate_check() -> None:
    """A door that takes every delivery for a new message, under an id of its own."""
    import itertools
    from dataclasses import replace

    from bot.store.inbound.door import Door

    real = Door.accept
    numbers = itertools.count()

    async def accept(self: Door, message: Any, **more: Any) -> Any:
        return await real(self, replace(message, id=f"{message.id}{next(numbers):03}"), **more)

    Door.accept = accept  # type: ignore[method-assign]


@_fault("two-commits", "dialogue")
def _two_commits() -> None:
    """A worker that ends a turn first and puts the answer into the outbox afterwards: killed between, it is mute."""
    import asyncio
    from dataclasses import replace

    from bot.store.inbound.turns import Turns
    from bot.store.outbound.proposals import Proposals

    real = Turns.commit

    async def commit(self: Turns, lease: Any, turn: Any, **more: Any) -> Any:
        send = more.pop("send")
        done = await real(self, lease, turn, send=None, **more)
        if done and send is not None:
            await asyncio.sleep(0.3)
            await Proposals(self._wire).propose(replace(send, in_reply_to=turn.message.id), more["now"])
        return done

    Turns.commit = commit  # type: ignore[method-assign]


@_fault("newest-first", "sending")
def _newest_first() -> None:
    """A sender that takes a shopper's newest answer first."""
    from bot.store.access import wire

    real = wire.source
    old = "if a.order ~= b.order then return a.order < b.order end"

    def changed(name: str) -> str:
        return real(name).replace(old, old.replace("a.order < b.order", "a.order > b.order"))

    assert old in real("claim_send"), "outbox.lua reads otherwise now: mend the fault"
    wire.source = changed


@_fault("deaf-to-stop", "intake")
def _deaf_to_stop() -> None:
    """A door that takes STOP for any other word."""
    from bot.intake import taking
    from nlu.optout.wishes import OptWish

    taking.read_wish = lambda text: OptWish.NONE


@_fault("no-quota", "sending")
def _no_quota() -> None:
    """A sender that counts no call."""
    from bot.store.outbound.quotas import Quotas

    async def spend(self: Quotas, *args: Any, **more: Any) -> None:
        return None

    Quotas.spend = spend  # type: ignore[method-assign,assignment]


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
