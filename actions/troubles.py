"""What keeps the shop from being ranked by all it knows: told to the log when it begins, not in every turn."""

from __future__ import annotations

from dataclasses import dataclass, field

import structlog

from catalog.shelf.shelf import Shelf

log = structlog.get_logger()


_CODES = {
    "model_not_in_force": "damaged_or_of_another_version",
    "interactions_not_followed": "ledger_cannot_be_read",
    "fit_is_due": "run_giftbot_interactions_fit",
}
"""A log line holds no sentence."""


@dataclass(slots=True)
class Troubles:
    """Remembers what was told already."""

    _told: dict[str, str] = field(default_factory=dict)

    def of(self, shelf: Shelf) -> None:
        """Tell what is wrong with a shelf now and was not told yet."""
        troubles = troubles_of(shelf)
        for event, reason in troubles.items():
            if self._told.get(event) != reason:
                log.warning(event, reason=_CODES[event], snapshot=shelf.snapshot_id)
        self._told = troubles


def troubles_of(shelf: Shelf) -> dict[str, str]:
    """Say what keeps a shelf from ranking by all the shop knows, by the name of the log's event."""
    found = {"model_not_in_force": shelf.model_trouble}
    if shelf.news is not None:
        found["interactions_not_followed"] = shelf.news.trouble
        if shelf.fitted.full or shelf.news.left_out:
            found["fit_is_due"] = "much happened since the last fit and waits for the next: giftbot interactions fit"
    return {event: reason for event, reason in found.items() if reason}
