"""What X says of webhooks is read in every shape its pages show, and what it refuses is told with what to do."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.x.webhooks import (
    ADVICE,
    read_subscriptions,
    read_webhooks,
    reason_of,
    replay_ready_at,
    replay_time,
    replayable_from,
    wrong_url,
)

NOW = datetime(2026, 11, 22, 12, 0, 30, tzinfo=timezone.utc)
SUBSCRIPTION = {"subscription_id": "7", "event_type": "dm.received", "filter": {"user_id": "1001"}, "webhook_id": "5"}


@pytest.mark.parametrize(
    "url",
    [
        "", "http://shop.example/x", "https://shop.example:8443/x", "https://shop.example:/x", "https://localhost/x",
        "https://10.0.0.1/x", "https://[::1]/x", "https://me@shop.example/x", "https://shop.example/x?a=1",
        "https://shop.example/x#a", "https://shop.example/ x", "https://shöp.example/x", "https://shop.example:port/x",
        "https://shop.example/" + "x" * 200, "shop.example/x", "https:///x",
    ],
)  # fmt: skip
def test_an_address_x_would_refuse_is_told_before_x_is_asked(url):
    """X answers only UrlValidationFailed; a person needs to know what is wrong."""
    assert wrong_url(url)


@pytest.mark.parametrize(
    "url", ["https://shop.example/webhooks/x", "https://a.b.shop.example", "https://shop.example/a_b-c"]
)
def test_an_address_x_takes_is_not_refused_here(url):
    """Ours must not be stricter than X."""
    assert wrong_url(url) == ""


@given(st.text())
def test_no_text_whatever_breaks_the_check_of_an_address(text):
    """It is typed by a person."""
    assert isinstance(wrong_url(text), str)


@pytest.mark.parametrize("data", [[SUBSCRIPTION], SUBSCRIPTION, {"subscription": SUBSCRIPTION}])
def test_a_new_subscription_is_read_in_each_shape_of_xs_pages(data):
    """The quickstart shows a list and an object, the description an object within."""
    (one,) = read_subscriptions({"data": data})
    assert (one.id, one.event_type, one.user_id, one.webhook_id) == ("7", "dm.received", "1001", "5")


def test_no_webhooks_are_none_whether_listed_or_left_out():
    """X leaves empty lists out elsewhere."""
    assert read_webhooks({"data": [], "meta": {"result_count": 0}}) == ()
    assert read_webhooks({"meta": {"result_count": 0}}) == ()


@pytest.mark.parametrize("body", [None, [], {}, {"data": 1}, {"data": [1]}, {"data": [{"id": 5}]}, {"errors": []}])
def test_what_is_no_list_of_webhooks_is_an_error_and_not_an_empty_list(body):
    """An empty list would have a second webhook registered."""
    with pytest.raises(ValueError, match=r"data|webhook"):
        read_webhooks(body)


@pytest.mark.parametrize("reason", sorted(ADVICE))
@pytest.mark.parametrize("where", ["detail", "title", "message", "reason"])
def test_a_documented_reason_is_found_wherever_x_puts_it(reason, where):
    """X documents the names and not their place."""
    assert reason_of({where: f"{reason}: so it is"}) == reason
    assert reason_of({"errors": [{where: reason}]}) == reason
    assert ADVICE[reason].endswith((".", "`."))


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_error_body_gives_a_documented_reason_or_none(body):
    """A gateway's own page must not break the command."""
    assert reason_of(body) in {"", *ADVICE}


def test_replay_times_are_within_xs_bounds():
    """X: begins at least 31 and ends at least 10 minutes ago, within the last 24 hours; UTC to the minute."""
    assert replay_time(NOW.astimezone(timezone(timedelta(hours=5)))) == "202611221200"
    since, till = NOW - timedelta(minutes=20), NOW - timedelta(minutes=2)
    ready = replay_ready_at(since, till)
    assert ready - since >= timedelta(minutes=31)
    assert ready - till >= timedelta(minutes=10)
    assert NOW - replayable_from(NOW) < timedelta(hours=24)
