"""A page of a talk is evidence only where it tells for certain: "not there" makes the sender send again."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Retryable
from bot.model import Echo, InboundMessage
from bot.x.client import Sent
from bot.x.events import Ignored
from bot.x.talk_page import read_all, read_page
from bot.x.transport import Answer

BRAND = "1001"
SINCE = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)
OURS = {"id": "7", "text": "Tea", "created_at": "2026-05-04T12:00:05.000Z", "sender_id": BRAND}
OLDER = {"id": "3", "text": "Old", "created_at": "2026-05-04T11:00:00.000Z", "sender_id": BRAND}
THEIRS = {"id": "8", "text": "Hi", "created_at": "2026-05-04T12:00:06Z", "sender_id": "2002"}


def page(*events: object, **meta: object) -> dict[str, Any]:
    return {"data": list(events), "meta": {"result_count": len(events), **meta}}


def without(event: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in event.items() if key != name}


def test_our_messages_since_the_doubt_are_read() -> None:
    """The shopper's own, and what is older, are neither found nor in the way."""
    found = read_page(page(THEIRS, OURS, OLDER), BRAND, SINCE)
    assert [(one.id, one.text) for one in found.ours] == [("7", "Tea")]


@pytest.mark.parametrize(
    "body", [{"meta": {"result_count": 0}}, {"data": []}, {"data": [], "meta": {"result_count": 0}}, page(THEIRS)]
)
def test_nothing_is_nothing_only_where_x_says_so(body: object) -> None:
    """An empty list, a count of 0, or only other people's messages."""
    assert read_page(body, BRAND, SINCE).ours == ()


@pytest.mark.parametrize(
    "body",
    [
        None, [], 7, {}, {"meta": {}}, {"meta": {"result_count": False}}, {"meta": {"result_count": 3}},
        {"data": None}, {"data": {}}, {"data": [], "meta": {"result_count": 2}}, {"data": [], "meta": 5},
        {"errors": [{"title": "Service degraded"}]}, {**page(THEIRS), "errors": [{}]},
        {"meta": {"result_count": 0}, "errors": []},
        page(None), page(THEIRS, 5), page({}),
        *[page(THEIRS, without(OURS, name)) for name in OURS],
        page(OURS | {"created_at": "yesterday"}), page(OURS | {"created_at": 1_790_000_000}),
        page(OURS | {"sender_id": 1001}), page(OURS | {"sender_id": ""}), page(OURS | {"id": 7}),
        page(OURS | {"text": None}), page(THEIRS, next_token=5), page(THEIRS, next_token=""),
        page(THEIRS, next_token="a\ud800"),
    ],
)  # fmt: skip
def test_an_answer_that_tells_nothing_is_unclear(body: object) -> None:
    """Taken for "not there", each of these doubled an answer."""
    with pytest.raises(Retryable, match="read_unclear_answer"):
        read_page(body, BRAND, SINCE)


def test_what_an_older_message_lacks_does_not_matter() -> None:
    """A picture somebody sent by hand last year must not blind every look."""
    assert read_page(page(OURS, without(without(OLDER, "text"), "sender_id")), BRAND, SINCE).ours[0].id == "7"
    joined = {"event_type": "ParticipantsJoin", "id": "1"}
    assert read_page(page(joined), BRAND, SINCE).ours == ()


def test_older_pages_are_asked_for_until_one_is_certainly_older() -> None:
    """A page of the shopper's messages without times is no end of the search."""
    assert read_page(page(THEIRS, next_token="n1"), BRAND, SINCE).next_token == "n1"
    assert read_page(page(without(THEIRS, "created_at"), next_token="n1"), BRAND, SINCE).next_token == "n1"
    assert read_page(page(THEIRS, OLDER, next_token="n1"), BRAND, SINCE).next_token is None


NO_FACT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("abc", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=4), inner, max_size=3),
    max_leaves=5,
)
PATHS = [
    (), ("data",), ("data", 1), ("meta",), ("errors",), ("meta", "next_token"), ("meta", "result_count"),
    *[("data", 1, name) for name in (*OURS, "entities", "event_type")],
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(path=st.sampled_from(PATHS), value=NO_FACT)
def test_a_page_with_our_message_and_any_part_broken_never_says_that_it_is_not_there(path: tuple, value: Any) -> None:
    """Found, or unclear; "not there" would send it again."""
    body: Any = deepcopy({**page(THEIRS, OURS, OLDER), "includes": {}})
    if path:
        holder = body
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value
    else:
        body = value
    found = None
    with suppress(Retryable):
        found = read_page(json.loads(json.dumps(body)), BRAND, SINCE)
    assert found is None or found.ours


@pytest.mark.parametrize("talk", ["1001-2002", "2002-1001"])
@pytest.mark.parametrize(("event", "kind"), [(THEIRS, InboundMessage), (OURS, Echo)])
def test_a_talk_of_the_account_and_one_shopper_is_read_back(talk: str, event: dict[str, str], kind: type) -> None:
    """X names it by both ids, the smaller first; nothing is made of the order."""
    found, _, _ = read_all(page(event | {"dm_conversation_id": talk}), BRAND, SINCE)
    assert [(type(one), getattr(one, "shopper_id", "")) for one in found] == [(kind, "2002")]


@pytest.mark.parametrize(
    "talk",
    [
        {"dm_conversation_id": one}
        for one in ("1580000000000000000", "2002-3003", "1001-3003-2002", "2002", "1001", "1001-1001", "2002-2002",
                    "1001-", "-", "", None, 7, ["1001", "2002"], "1001-2002 ", "G1001-2002")
    ] + [{}],
)  # fmt: skip
@pytest.mark.parametrize("event", [THEIRS, OURS])
def test_what_is_said_in_a_group_or_between_others_is_no_message_to_us(
    event: dict[str, str], talk: dict[str, object]
) -> None:
    """Else giftbot would answer, in private, what somebody told friends; and one "stop it" there would be a STOP."""
    found, _, _ = read_all(page(event | talk), BRAND, SINCE)
    assert found == [Ignored("not_ours")]


def test_what_is_printed_of_an_answer_holds_no_words() -> None:
    """Whatever ends in a log or a traceback."""
    answer = Answer(200, "OK", {}, b'{"data": [{"text": "for my mum"}]}')
    seen = read_page(page(OURS), BRAND, SINCE)
    assert "mum" not in repr(answer)
    assert "Tea" not in repr(seen)
    assert "9" in repr(Sent("9", None))
