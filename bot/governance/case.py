"""One message to be judged, with what several rules ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.governance.facts import ConsentFacts, Handed, Spent
from bot.governance.rules import Expiry, OpenedByShopper, Rules
from bot.governance.wording import length, moment
from bot.model import Purpose, Send


class End(NamedTuple):
    """A moment from which on a message may not go at all."""

    at: datetime
    reason: str
    why: str


@dataclass(frozen=True)
class Case:
    """What is judged, and by what."""

    send: Send
    consent: ConsentFacts
    spent: Spent
    rules: Rules
    now: datetime

    @cached_property
    def due(self) -> datetime:
        """The moment it is judged for: now, or later where whoever made it wants it later."""
        return max(self.now, self.send.not_before or self.now)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The shopper's zone, else the account's."""
        try:
            return ZoneInfo(self.consent.time_zone) if self.consent.time_zone else self.rules.zone
        except (ValueError, OSError, LookupError):
            return self.rules.zone

    @cached_property
    def others(self) -> tuple[Handed, ...]:
        """What they got, apart from an earlier try of this very message."""
        return tuple(each for each in self.spent.handed if each.send_id != self.send.id)

    @cached_property
    def end(self) -> End | None:
        """The first of its ends; None where nothing ends it."""
        return min(self._ends(), default=None)

    def told(self, at: datetime) -> str:
        """A moment by the shopper's clock."""
        return moment(at, self.zone)

    def _ends(self) -> Iterator[End]:
        send, rules = self.send, self.rules
        if send.expires_at is not None:
            yield End(send.expires_at, "expired", "its own end")
        if send.expires_at is None or send.purpose is Purpose.ANSWER:
            for rule in rules.binding(Expiry, send.purpose):
                why = f"{length(rule.after)} after it was made (rule {rule.id})"
                yield End(send.created_at + rule.after, "expired", why)
        campaign = rules.campaign(send.campaign) if send.campaign else None
        if campaign is not None:
            yield End(campaign.ends, "campaign_over", f"the end of its campaign (rule {campaign.id})")
        wrote = self.consent.last_wrote_at
        if wrote is not None:
            for window in rules.binding(OpenedByShopper, send.purpose):
                why = f"{length(window.within)} after they last wrote (rule {window.id})"
                yield End(wrote + window.within - rules.leeway.between, "not_recently_wrote", why)
