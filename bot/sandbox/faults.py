"""Failures of X on demand: which, how often, for which kind of call. Pure; chance comes from a seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

ACCEPTS_NOT = {
    "bad_request": 400, "unauthorized": 401, "no_credits": 402, "forbidden": 403, "not_found": 404,
    "rate_limited": 429, "server_error_before": 500, "unavailable_before": 503, "html_before": 502,
    "hang_before": 0, "reset_before": 0,
}  # fmt: skip
"""Kinds in which X does not take the message, with the status of the answer (0: none comes)."""

ACCEPTS = {
    "server_error_after": 500, "unavailable_after": 503, "html_after": 502, "hang_after": 0,
    "reset_after": 0, "empty_after": 201, "malformed_after": 201, "late_accept": 0, "slow": 201,
}  # fmt: skip
"""Kinds in which X takes the message all the same; ``late_accept`` takes it ``seconds`` later."""

KINDS = ACCEPTS_NOT.keys() | ACCEPTS.keys()


@dataclass(frozen=True, slots=True)
class Fault:
    """One switch: ``count`` times if set, else for each call with chance ``rate``.

    ``seconds`` is how long to hang, to be slow or late; for ``rate_limited`` when the window starts anew.
    """

    kind: str
    rate: float = 1.0
    count: int | None = None
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class DeliveryFaults:
    """How deliveries misbehave: chances of a second copy, and of being held back ``reorder_s`` seconds.

    With ``lost_rate`` an event is never delivered, until a replay.
    ``echo`` tells when ``dm.sent`` comes: before (delivered before the POST is answered), after, or none.
    """

    duplicate_rate: float = 0.0
    lost_rate: float = 0.0
    reorder_rate: float = 0.0
    reorder_s: float = 0.2
    echo: str = "after"


@dataclass(frozen=True, slots=True)
class FaultPlan:
    """All switches. With ``old_fields`` False X refuses the field names of its guide, as it may.

    ``token`` are failures of a refresh (unavailable_before, reset_after). ``replay`` is refused, incomplete or silent;
    ``subscription_shape`` which of the shapes of X's pages a new subscription is told in: list, object, subscription.
    """

    seed: int = 0
    send: tuple[Fault, ...] = ()
    read: tuple[Fault, ...] = ()
    delivery: DeliveryFaults = DeliveryFaults()
    old_fields: bool = True
    token: tuple[Fault, ...] = ()
    replay: str = ""
    subscription_shape: str = "subscription"


def read_plan(body: Any) -> FaultPlan:
    """Build a plan from the JSON of ``PUT /sandbox/faults``; an empty object switches everything off.

    Raises:
        ValueError: naming what is wrong.
    """
    if not isinstance(body, dict):
        raise ValueError("an object of switches is expected")
    try:
        return FaultPlan(
            **body
            | {
                "send": tuple(_fault(entry) for entry in body.get("send", ())),
                "read": tuple(_fault(entry) for entry in body.get("read", ())),
                "token": tuple(_fault(entry) for entry in body.get("token", ())),
                "delivery": DeliveryFaults(**body.get("delivery", {})),
            }
        )
    except TypeError as error:
        raise ValueError(str(error)) from None


def _fault(entry: Any) -> Fault:
    fault = Fault(**entry)
    if fault.kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(sorted(KINDS))}")
    return fault


class Faults:
    """The plan in force, and the dice."""

    def __init__(self, plan: FaultPlan | None = None) -> None:
        self.plan = plan or FaultPlan()
        self._chance = random.Random(self.plan.seed)  # noqa: S311 - failures on demand, not secrets

    def restart(self, plan: FaultPlan) -> None:
        """Put another plan in force; the same seed throws the same dice."""
        self.plan = plan
        self._chance = random.Random(plan.seed)  # noqa: S311 - as above

    def for_send(self) -> Fault | None:
        """The failure of this POST, or None."""
        fault, faults = self._draw(self.plan.send)
        self.plan = replace(self.plan, send=faults)
        return fault

    def for_read(self) -> Fault | None:
        """The failure of this GET, or None."""
        fault, faults = self._draw(self.plan.read)
        self.plan = replace(self.plan, read=faults)
        return fault

    def for_token(self) -> str:
        """The failure of this refresh, or an empty text."""
        fault, faults = self._draw(self.plan.token)
        self.plan = replace(self.plan, token=faults)
        return fault.kind if fault is not None else ""

    def hits(self, rate: float) -> bool:
        """Whether something with this chance happens now."""
        return rate > 0 and self._chance.random() < rate

    def _draw(self, faults: Sequence[Fault]) -> tuple[Fault | None, tuple[Fault, ...]]:
        for place, fault in enumerate(faults):
            if fault.count == 0 or not self.hits(fault.rate):
                continue
            if fault.count is not None:
                left = replace(fault, count=fault.count - 1)
                return fault, (*faults[:place], left, *faults[place + 1 :])
            return fault, tuple(faults)
        return None, tuple(faults)
