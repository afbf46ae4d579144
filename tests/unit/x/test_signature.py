"""Only X can make a delivery pass, and the challenge gives nobody else a signature."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.x.signature import crc_answer, is_signed, sign, token_in_query

SECRET = "not-a-secret-0123456789"
BODY = b'{"data": {"event_type": "dm.received"}}'


def test_the_signature_is_the_one_x_documents():
    """Built here from the standard library alone, as X's page describes it."""
    digest = hmac.new(SECRET.encode(), BODY, hashlib.sha256).digest()
    assert sign(SECRET, BODY) == b"sha256=" + base64.b64encode(digest)


def test_a_true_signature_passes_and_every_near_miss_fails():
    """One changed byte anywhere must be enough."""
    right = sign(SECRET, BODY).decode()
    assert is_signed(BODY, right, (SECRET,))
    misses = [right[:-1], right + "=", right.upper(), right.removeprefix("sha256="), " " + right, right + "\n", ""]
    assert not any(is_signed(BODY, miss, (SECRET,)) for miss in misses)
    assert not is_signed(BODY + b" ", right, (SECRET,))
    assert not is_signed(BODY, None, (SECRET,))


def test_two_secrets_pass_during_a_rotation_and_an_empty_one_never_does():
    """An unset previous secret must not let a signature made with the empty key in."""
    assert is_signed(BODY, sign("old-secret", BODY).decode(), (SECRET, "old-secret"))
    assert not is_signed(BODY, sign("old-secret", BODY).decode(), (SECRET, ""))
    assert not is_signed(BODY, sign("", BODY).decode(), (SECRET, ""))


@given(header=st.none() | st.text() | st.text(st.characters(categories=["Cs"])), body=st.binary(max_size=200))
def test_no_header_breaks_the_check(header, body):
    """X's own sample raises on a header that is missing or not ASCII: a 500 where a 401 belongs."""
    assert is_signed(body, header, (SECRET, "")) is False


@pytest.mark.parametrize("token", ["a" * 16, "Zz09+/=_-" * 2, "q" * 128])
def test_an_opaque_token_is_answered(token):
    """The challenge X sends must be answered, or it switches the webhook off."""
    assert crc_answer(token, SECRET) == sign(SECRET, token.encode()).decode()


@pytest.mark.parametrize(
    "token",
    [
        None,
        "",
        "a" * 15,
        "a" * 129,
        BODY.decode(),
        '{"for_user_id":"1"}',
        "a" * 16 + "\n",
        "a b" * 8,
        "ä" * 20,
        "٣" * 20,
    ],
)
def test_the_challenge_signs_no_event(token):
    """Challenge and deliveries share one key: whoever gets a body signed here can forge any message."""
    assert crc_answer(token, SECRET) is None


@given(st.text(max_size=140))
def test_whatever_the_challenge_signs_is_no_json_object(token):
    """A signed text that parses as an envelope would be a forged delivery."""
    if crc_answer(token, SECRET) is not None:
        assert "{" not in token


@pytest.mark.parametrize(
    ("query", "token"),
    [
        ("crc_token=abc%2Bdef%2Fghi%3D", "abc+def/ghi="),
        ("crc_token=abc+def/ghi=", "abc+def/ghi="),
        ("nonce=x&crc_token=abc", "abc"),
        ("crc_token=", ""),
        ("", None),
        ("other=1", None),
        ("crc_token=%ff%fe", "\ufffd\ufffd"),
    ],
)
def test_a_raw_plus_in_the_query_stays_a_plus(query, token):
    """Form decoding would make it a space, and a good challenge would be refused."""
    assert token_in_query(query) == token
