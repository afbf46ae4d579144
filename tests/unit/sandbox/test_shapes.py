"""What the sandbox hands out can be read back into what was written, and asks for what X documents."""

from __future__ import annotations

import json
from datetime import datetime, timezone

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Echo, InboundMessage
from bot.sandbox.shapes import NEW_FIELDS, as_x_shows, conversation_id, delivery, dm_event, wrong_message
from bot.sandbox.talks import Message, Talks
from bot.x.events import read_delivery
from bot.x.text import plain_text

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.utc)
WORDS = st.lists(
    st.sampled_from(["tea", "&", "<3", "&amp;", "&lt;", "£20", "🎁", "https://a.example/?x=1&y=2", "http://b.example"])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    max_size=8,
).map(" ".join)


@given(WORDS)
def test_a_text_comes_back_as_it_was_written(text):
    """A text that changes on the way through X never matches its Send again."""
    shown, urls = as_x_shows(text)
    assert plain_text(shown, {"urls": urls}) == text
    for url in urls:
        start, end = url["indices"]
        assert shown[start:end] == url["url"]


@given(text=WORDS, from_brand=st.booleans())
def test_a_delivery_is_read_as_what_happened(text, from_brand):
    """Sandbox and door must agree without having been written from each other."""
    message = Message(1, "123", "2002", from_brand, text, NOW)
    (happening,) = read_delivery(json.dumps(delivery(message, "1001", -5)).encode(), "1001")
    kind = Echo if from_brand else InboundMessage
    assert happening == kind(id="123", shopper_id="2002", text=text, sent_at=NOW)


def test_a_conversation_is_named_smaller_id_first():
    """By number, not by letters: 9 comes before 10."""
    assert conversation_id("10", "9") == conversation_id("9", "10") == "9-10"


def test_ids_grow_and_are_never_used_twice():
    """Order by id is how a talk is read back."""
    talks = Talks()
    ids = [int(talks.new_id(NOW)) for _ in range(100)]
    assert ids == sorted(set(ids))
    assert len(str(ids[0])) == 19
    talks.add("5", "x", NOW, from_brand=False, id_="7")
    with pytest.raises(ValueError, match="in use"):
        talks.add("6", "y", NOW, from_brand=True, id_="7")


BODIES = st.fixed_dictionaries(
    {},
    optional={
        "text": st.text(max_size=3) | st.integers() | st.none(),
        "attachments": st.lists(
            st.fixed_dictionaries({}, optional={"media_id": st.sampled_from(["1", "x", ""])}), max_size=2
        ),
        "quick_reply": st.just({}),
    },
)


@given(body=BODIES)
def test_requests_are_judged_as_by_xs_own_description(x_description, body):
    """Where the sandbox is laxer than X, giftbot would fail only in production."""
    schemas = x_description["components"]["schemas"]
    schema = schemas["CreateDirectMessagesByParticipantIdRequest"] | {"components": {"schemas": schemas}}
    if not jsonschema.Draft202012Validator(schema).is_valid(body):
        assert wrong_message(body)


def test_the_fields_of_a_read_are_xs_newest(x_description):
    """X's guide and its description disagree; the sandbox's strict set is the description's."""
    (fields,) = (x_description["components"]["parameters"]["DmEventFieldsParameter"]["schema"]["items"]["enum"],)
    assert set(fields) == NEW_FIELDS
    event = dm_event(Message(1, "1", "2", True, "x https://a.example", NOW), "3", NEW_FIELDS, ["sender_id"])
    assert event.keys() <= x_description["components"]["schemas"]["DmEvent"]["properties"].keys()
