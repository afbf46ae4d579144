"""The day a feed was made is what its server says, as long as that can be."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.pulling.fetching import Known

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Thu, 19 Nov 2026 23:59:59 GMT", date(2026, 11, 19)),
        ("Sun, 22 Nov 2026 10:00:00 GMT", TODAY),
        ("Tue, 24 Nov 2026 10:00:00 GMT", TODAY),
        ("Thu, 01 Jan 1970 00:00:00 GMT", TODAY),
        ("last week", TODAY),
        ("Sun, 99 Nov 99999 10:00:00 GMT", TODAY),
        (None, TODAY),
    ],
)
def test_a_feed_is_never_dated_by_what_cannot_be(said: str | None, day: date) -> None:
    """A clock that runs ahead, or stands at zero, must not decide what is promised."""
    assert Known(last_modified=said).made_on(TODAY) == day
