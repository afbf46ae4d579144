"""A 403 stops the one shopper it is about, or the whole account: mixing them up silences or bans the brand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Refused, Retryable
from bot.x.refusal import forbidden

RECIPIENT = [
    {
        "title": "Forbidden",
        "status": 403,
        "detail": "You do not have permission to DM one or more of the participants.",
    },
    {"errors": [{"code": 349, "message": "You cannot send messages to this user."}]},
    {"errors": [{"code": 476, "message": "Sender is not verified to send message requests"}]},
]
ACCOUNT = [
    {"errors": [{"code": 226, "message": "This request looks like it might be automated."}]},
    {"errors": [{"code": 326, "message": "To protect our users from spam, this account is temporarily locked."}]},
    {"title": "Client Forbidden", "type": "https://api.x.com/2/problems/client-forbidden", "status": 403},
    {"detail": "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint."},
    {"errors": [{"code": 349}, {"code": 326}]},
]


@pytest.mark.parametrize("body", RECIPIENT)
def test_who_blocked_us_or_closed_their_messages_is_left_alone_and_others_go_on(body: dict[str, Any]) -> None:
    """One shopper's settings must not stop the queue."""
    error = forbidden(body)
    assert isinstance(error, Refused)
    assert error.reason == "recipient_closed"


@pytest.mark.parametrize("body", ACCOUNT)
def test_what_is_about_the_account_stops_every_send(body: dict[str, Any]) -> None:
    """Sending on while X calls it spam is how an account is lost."""
    error = forbidden(body)
    assert isinstance(error, Retryable)
    assert (error.reason, error.whole_account) == ("account_restricted", True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["errors", "code", "message", "detail", "type", "title"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["errors", "code", "detail", "title", "type"]), JSON))
def test_any_body_has_a_family(body: dict[str, Any]) -> None:
    """An exception here would leave the Send in doubt."""
    assert isinstance(forbidden(body), Refused | Retryable)


def test_what_nobody_can_tell_is_refused_for_this_shopper() -> None:
    """X's commonest 403 says nothing; several in a row are the sender's business."""
    error = forbidden({"title": "Forbidden", "detail": "You are not permitted to perform this action."})
    assert isinstance(error, Refused)
    assert error.reason == "forbidden"
