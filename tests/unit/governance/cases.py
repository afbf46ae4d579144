"""Messages and facts made up for the governor's tests."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot.governance.facts import ConsentFacts, Handed, Spent
from bot.governance.rule_file import read_rules
from bot.governance.rules import Rules
from bot.governance.text_mark import text_mark
from bot.model import GIFTBOT, MessageId, Purpose, Send, SendId, ShopperId

FILE = Path(__file__).resolve().parents[3] / "data/governance.yml"
NOON = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
CAMPAIGN = """
- id: spring
  rule: campaign
  campaign: spring
  departments: [marketing]
  from: 2026-11-20T00:00:00+00:00
  until: 2026-12-10T00:00:00+00:00
  most: 6
  most_a_day: 3
  author: Anna
  since: 2026-11-01
  why: A campaign for the tests.
"""


def rules_with(*more: str) -> Rules:
    """The repository's own rules, with a campaign and more of them."""
    return read_rules("\n".join([FILE.read_text(), CAMPAIGN, *more]))


RULES = rules_with()


_WHO = {Purpose.ANSWER: GIFTBOT, Purpose.MARKETING: "marketing"}


def send(purpose: Purpose = Purpose.SERVICE, **fields: Any) -> Send:
    """A message that nothing speaks against, made at NOON."""
    given: dict[str, Any] = {
        "id": SendId("s1"),
        "shopper_id": ShopperId("1"),
        "text": "Your parcel is on its way",
        "in_reply_to": MessageId("m1" if purpose is Purpose.ANSWER else ""),
        "created_at": NOON,
        "purpose": purpose,
        "department": _WHO.get(purpose, "care"),
        "campaign": "spring" if purpose is Purpose.MARKETING else "",
        "approved_by": "boss" if purpose is Purpose.MARKETING else "",
    }
    return Send(**{**given, **fields})


def consent(**fields: Any) -> ConsentFacts:
    """They wrote yesterday and said yes to everything."""
    granted = {Purpose.REMINDER: True, Purpose.MARKETING: True}
    given: dict[str, Any] = {"opened": True, "closed": False, "last_wrote_at": NOON - timedelta(days=1)}
    return ConsentFacts(**{**given, "granted": granted, **fields})


def handed(ago: timedelta, purpose: Purpose = Purpose.SERVICE, text: str = "before", number: int = 0) -> Handed:
    """A message they got so long before NOON."""
    return Handed(SendId(f"h{number}{ago}"), NOON - ago, purpose, "care", "", text_mark(text))


_PURPOSES = st.sampled_from(list(Purpose))
_MINUTES = st.integers(-30, 60 * 24 * 35).map(lambda minutes: timedelta(minutes=minutes))
_SOON = st.none() | st.integers(-60, 60 * 24 * 9).map(lambda minutes: NOON + timedelta(minutes=minutes))
_ZONES = ["", "Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Mars/Base", "../etc"]

sends = st.builds(
    send,
    _PURPOSES,
    text=st.sampled_from(["one", "two", "three"]),
    department=st.sampled_from([GIFTBOT, "care", "marketing"]),
    campaign=st.sampled_from(["", "spring", "unknown"]),
    approved_by=st.sampled_from(["", "boss"]),
    not_before=_SOON,
    expires_at=_SOON,
    created_at=st.integers(0, 60 * 72).map(lambda minutes: NOON - timedelta(minutes=minutes)),
)
consents = st.builds(
    ConsentFacts,
    opened=st.sampled_from([True, True, True, False]),
    closed=st.sampled_from([False, False, False, True]),
    overruled=st.sampled_from([False, False, False, True]),
    last_wrote_at=st.none() | _MINUTES.map(lambda ago: NOON - ago),
    granted=st.dictionaries(st.sampled_from([Purpose.REMINDER, Purpose.MARKETING]), st.booleans()),
    time_zone=st.sampled_from(_ZONES),
)
spents = st.builds(
    Spent,
    handed=st.lists(
        st.builds(handed, _MINUTES, _PURPOSES, st.sampled_from(["one", "two", "three"]), st.integers(1, 9)), max_size=6
    ).map(tuple),
    newer_answer_waits=st.booleans(),
)
