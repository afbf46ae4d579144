"""Deliveries are read strictly: what X documents becomes typed happenings, anything else a named refusal."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from datetime import datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Echo, InboundMessage
from bot.x.events import Ignored, Malformed, Unreadable, WrongShape, read_delivery
from bot.x.text import MAX_TEXT
from tests.fakes.x_side import BRAND, SHOPPER, delivery

SENT_MS = 1_790_000_000_123


def read(body: object, account: str = BRAND):
    return read_delivery(body if isinstance(body, bytes) else json.dumps(body).encode(), account)


def envelope(**changes: object) -> dict:
    found = json.loads(delivery(("77", "hello"), sent_ms=SENT_MS))
    found["data"].update(changes)
    return found


def event(body: dict) -> dict:
    return body["data"]["payload"]["direct_message_events"][0]


def test_a_message_keeps_its_id_text_writer_and_time():
    """The id is what duplicates are known by; a rounded one would be another message."""
    (message,) = read(delivery(("1899999999999999999", "a gift for my mum"), sent_ms=SENT_MS))
    assert message == InboundMessage(
        id="1899999999999999999",
        shopper_id=SHOPPER,
        text="a gift for my mum",
        sent_at=datetime.fromtimestamp(SENT_MS / 1000, tz=timezone.utc),
    )


def test_several_messages_of_one_delivery_come_in_their_order():
    """A burst of messages arrives in one body."""
    assert [message.id for message in read(delivery(("1", "a"), ("2", "b"), ("3", "c")))] == ["1", "2", "3"]


@pytest.mark.parametrize("event_type", ["dm.received", "dm.sent"])
def test_what_our_account_wrote_is_an_echo_whatever_the_event_is_called(event_type):
    """A bot that reads its own message as a shopper's talks to itself for ever."""
    body = envelope(event_type=event_type)
    event(body)["message_create"].update(sender_id=BRAND, target={"recipient_id": SHOPPER})
    (echo,) = read(body)
    assert isinstance(echo, Echo)
    assert (echo.shopper_id, echo.id) == (SHOPPER, "77")


def test_the_older_shape_is_read_alike():
    """Replays and old set-ups still send the Account Activity shape, both directions in one list."""
    theirs = event(envelope())
    ours = deepcopy(theirs) | {"id": "78"}
    ours["message_create"].update(sender_id=BRAND, target={"recipient_id": SHOPPER}, source_app_id="1")
    body = {"for_user_id": BRAND, "direct_message_events": [theirs, ours], "users": {}, "apps": {}}
    first, second = read(body)
    assert isinstance(first, InboundMessage)
    assert isinstance(second, Echo)


def test_an_encrypted_message_is_seen_though_not_read():
    """Somebody wrote and gets no answer: that must be countable."""
    assert read(envelope(event_type="chat.received", payload={"encoded_event": "x"})) == [Unreadable("chat.received")]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (envelope(event_type="like.create", payload=None), "unknown_type"),
        (envelope(event_type="dm.read"), "unknown_type"),
        (envelope(filter={"user_id": "5"}), "other_account"),
        ({"for_user_id": "5", "direct_message_events": 7}, "other_account"),
        ({"for_user_id": BRAND, "direct_message_mark_read_events": []}, "unknown_type"),
        ({"replay_job_status": {}}, "unknown_type"),
        (envelope(event_type="oauth.revoke", payload={"user_id": "5"}), "other_account"),
        ({}, "unknown_type"),
    ],
)
def test_what_giftbot_has_no_use_for_is_ignored_with_a_reason(body, reason):
    """X adds event types; a refusal would make it repeat them and at last switch the webhook off."""
    assert read(body) == [Ignored(reason)]


def test_other_peoples_messages_and_notes_to_self_are_ignored():
    """A delivery for another account of the same app must not be answered by this one."""
    body = envelope()
    event(body)["message_create"]["target"]["recipient_id"] = "5"
    assert read(body) == [Ignored("not_ours")]
    event(body)["message_create"].update(sender_id=BRAND, target={"recipient_id": BRAND})
    assert read(body) == [Ignored("to_self")]
    event(body)["type"] = "participants_join"
    assert read(body) == [Ignored("not_a_message")]


@pytest.mark.parametrize("id_", [12, "", "12345678901234567890", "1 ", "٣", "x", None, True])
def test_an_id_that_is_not_1_to_19_digits_of_text_is_refused_by_name(id_):
    """A number may have lost its last digits in some parser on the way."""
    body = envelope()
    event(body)["id"] = id_
    assert read(body) == [Malformed("data.payload.direct_message_events[0].id")]


@pytest.mark.parametrize("stamp", [SENT_MS, "", "soon", "-1", "1e3", "9" * 13, None])
def test_a_time_that_is_no_milliseconds_in_text_is_refused_by_name(stamp):
    """Age decides whether a message is answered."""
    body = envelope()
    event(body)["created_timestamp"] = stamp
    assert read(body) == [Malformed("data.payload.direct_message_events[0].created_timestamp")]


def test_one_bad_message_does_not_lose_its_neighbours():
    """X would repeat the whole delivery three times and then drop it."""
    body = json.loads(delivery(("1", "a"), ("2", "b"), ("3", "c")))
    del body["data"]["payload"]["direct_message_events"][1]["message_create"]["sender_id"]
    first, second, third = read(body)
    assert second == Malformed("data.payload.direct_message_events[1].message_create.sender_id")
    assert (first.id, third.id) == ("1", "3")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"), (b"\xff", "body"), (b"[1]", "body"), (b"7", "body"), (b"[" * 60_000, "body"),
        (b'{"data":' * 9_000, "body"), (b'{"data": 1}', "data"), (b'{"data": {}}', "data.event_type"),
        (json.dumps(envelope(payload=3)).encode(), "data.payload"),
        (json.dumps(envelope(payload={})).encode(), "data.payload.direct_message_events"),
    ],
)  # fmt: skip
def test_what_is_no_delivery_is_refused_by_field(body, field):
    """Deep nesting raises RecursionError in Python's parser, which is no ValueError."""
    with pytest.raises(WrongShape) as raised:
        read(body)
    assert raised.value.field == field


def test_a_refusal_quotes_nothing_of_the_content():
    """Errors end in logs, and logs hold no words of a shopper."""
    body = envelope()
    event(body)["message_create"]["message_data"]["text"] = {"secret words": 1}
    assert "secret" not in repr(read(body))


def test_text_is_what_the_person_meant():
    """Escapes and link wrapping are undone; a picture alone has an empty text; length is bounded."""
    body = envelope()
    data = event(body)["message_create"]["message_data"]
    data.update(
        text="Tea &amp; cake &lt;3 https://t.co/abc",
        entities={"urls": [{"url": "https://t.co/abc", "expanded_url": "https://shop.example/?a=1&lt;=2"}]},
    )
    assert read(body)[0].text == "Tea & cake <3 https://shop.example/?a=1&lt;=2"
    data.update(text="x" * 60_000)
    assert len(read(body)[0].text) == MAX_TEXT
    del data["text"]
    assert read(body)[0].text == ""


def test_half_a_surrogate_pair_can_be_stored():
    """JSON may carry one, and no UTF-8 store takes it: a message that could never be accepted."""
    body = delivery(("1", "gift \ud83c for \ude00 mum"))
    assert read(body)[0].text.encode() == "gift \ufffd for \ufffd mum".encode()


SHALLOW = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from([BRAND, SHOPPER]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
EVENTS = ("data", "payload", "direct_message_events")
CREATE = (*EVENTS, 0, "message_create")
DATA = (*CREATE, "message_data")
PATHS = [
    ("data",), ("data", "filter"), ("data", "filter", "user_id"), ("data", "event_type"), ("data", "payload"),
    EVENTS, (*EVENTS, 0), CREATE, DATA, (*DATA, "text"), (*DATA, "entities"), (*DATA, "entities", "urls"),
    *[(*EVENTS, 0, name) for name in ("type", "id", "created_timestamp")],
    *[(*CREATE, name) for name in ("target", "sender_id")],
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(path=st.sampled_from(PATHS), value=SHALLOW)
def test_a_true_delivery_with_any_part_replaced_is_read_or_refused_by_name(path, value):
    """Whatever X changes one day, the door does not fall over."""
    body = envelope()
    holder = body
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    try:
        happenings = read(body)
    except WrongShape:
        return
    for happening in happenings:
        if isinstance(happening, (InboundMessage, Echo)):
            happening.text.encode()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_ignored(body):
    """Signed rubbish is rubbish."""
    with suppress(WrongShape):
        assert all(isinstance(happening, (Ignored, Unreadable)) for happening in read(body))
