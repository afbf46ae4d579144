"""A role that dies at a named point, as by kill -9: ``python -m tests.chaos.crash_at POINT ROLE``.

A point is ``before:NAME`` or ``after:NAME``, NAME a script of the store or ``call-x``. The first time the process comes
there, it is gone.
"""

from __future__ import annotations

import os
import sys
from typing import Any


def _die() -> None:
    os.kill(os.getpid(), 9)


def _install(point: str) -> None:
    when, name = point.split(":")
    if name == "call-x":
        from bot.x.client import XClient as Owner

        _wrap(Owner, "send_dm", when, lambda args: True)
    else:
        from bot.store.access.wire import SCRIPTS, Wire

        assert name in SCRIPTS, f"there is no script {name}"
        _wrap(Wire, "run", when, lambda args: args[0] == name)


def _wrap(owner: Any, method: str, when: str, meant: Any) -> None:
    real = getattr(owner, method)

    async def call(self: Any, *args: Any, **more: Any) -> Any:
        if when == "before" and meant(args):
            _die()
        answer = await real(self, *args, **more)
        if when == "after" and meant(args):
            _die()
        return answer

    setattr(owner, method, call)


def main() -> None:
    """Install the point, then run the role."""
    point, role = sys.argv[1:]
    _install(point)
    from bot.__main__ import main as giftbot

    sys.argv = ["giftbot", "run", role]
    giftbot()


if __name__ == "__main__":
    main()
