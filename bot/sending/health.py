"""How X and the way to it fare, as the ends of calls tell: what may be called, and how many calls at once."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import Refused, Retryable
from bot.sending.breaker import Breaker, is_ill
from bot.sending.outcomes import FORBIDDEN_IN_A_ROW, Moment, Outage, outage_after
from bot.sending.ports import Allowance

IN_FLIGHT = 8
"""Calls to X at once; each is for another shopper."""

_AFTER_PAUSE_S = 30
_ILL_S = 60


@dataclass(frozen=True, slots=True)
class Health:
    """What is known now. A new sender, and one after a pause of the account, goes on with a single call at first.

    So a limit that X still holds meets one call, and not eight, however much waits.
    """

    breaker: Breaker = field(default_factory=Breaker)
    """Of Sends."""
    reading: Breaker = field(default_factory=Breaker)
    """Of looks: X may let us read while it takes nothing, and the reverse."""
    outage: Outage | None = None
    alone: bool = True
    """Until X has answered well: one call at a time."""
    after_pause: bool = False
    """The account was paused: the first call after it is one of all senders together."""
    room: int | None = None
    """Calls X said are left in its window."""
    forbidden: tuple[str, ...] = ()
    """Shoppers of the latest unclear 403s, without a success in between."""

    def at_once(self) -> int:
        """How many calls may be under way."""
        if self.alone or self.breaker.is_open:
            return 1
        return IN_FLIGHT if self.room is None else min(IN_FLIGHT, max(1, self.room))

    def probe_s(self) -> int:
        """Where not 0: seconds in which all senders together may make one call."""
        return _ILL_S if self.breaker.is_open else _AFTER_PAUSE_S if self.after_pause else 0

    def paused(self) -> Health:
        """The account is paused, by whomever."""
        return self if self.after_pause else dataclasses.replace(self, alone=True, after_pause=True)

    def probing(self, now: datetime, *, look: bool) -> Health:
        """A call begins; while X is ill the next one may begin a minute later."""
        if look:
            return dataclasses.replace(self, reading=self.reading.probing(now))
        return dataclasses.replace(self, breaker=self.breaker.probing(now))

    def succeeded(self, rate: Allowance | None) -> Health:
        """X took a message."""
        return Health(reading=self.reading, alone=False, room=None if rate is None else rate.remaining)

    def failed(self, error: Exception, shopper_id: str, moment: Moment) -> Health:
        """A Send's call ended so; ``error`` is as the client raised it."""
        answered = is_ill(error) is False and not (isinstance(error, Retryable) and error.whole_account)
        forbidden = self.forbidden
        if isinstance(error, Refused) and error.reason == "forbidden" and shopper_id not in forbidden:
            forbidden = (*forbidden, shopper_id)[-FORBIDDEN_IN_A_ROW:]
        return dataclasses.replace(
            self,
            breaker=self.breaker.after(error, moment.now),
            outage=outage_after(error, self.outage, moment),
            alone=self.alone and not answered,
            after_pause=self.after_pause and not answered,
            forbidden=forbidden,
        )

    def looked(self, error: Exception | None, now: datetime) -> Health:
        """A look ended so; None where X told."""
        return dataclasses.replace(self, reading=self.reading.after(error, now))

    @property
    def forbidden_everywhere(self) -> bool:
        """Whether 403s came for one shopper after the other: then it is not the shoppers."""
        return len(self.forbidden) >= FORBIDDEN_IN_A_ROW
