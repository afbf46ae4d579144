"""What a log line may hold, whoever writes it."""

from __future__ import annotations

import pytest

from bot.log import ALLOWED, _only_allowed, _only_codes, _shopper_named
from bot.pseudonyms import hush_name, log_name

KEY = "k" * 32


def _line(**event: object) -> dict[str, object]:
    for sieve in (_shopper_named(log_name(KEY)), _only_allowed, _only_codes):
        event = dict(sieve(None, "", event))
    return event


def test_a_shopper_stands_under_a_name_that_is_theirs_alone_and_tells_nobody() -> None:
    """Lines of one shopper can be followed; whose they are only the key's holder can find out."""
    one, again, other = (_line(event="x", shopper_id=who)["shopper"] for who in ("7203944118211", "7203944118211", "8"))
    assert one == again != other
    assert "7203944118211" not in str(one)
    assert log_name("j" * 32)("7203944118211") != one
    assert hush_name(KEY)("7203944118211")[:12] != one, "logs must not point at the list of those who said STOP"


@pytest.mark.parametrize(
    "value", ["a gift for mum", "line\nline", ["a list"], {"a": "dict"}, "x" * 129, "mum’s", b"bytes"]
)
def test_what_is_no_code_is_withheld_under_any_key(value: object) -> None:
    """A new line, or a library, may put anything anywhere."""
    for key in ALLOWED - {"event"}:
        assert _line(event="x", **{key: value})[key] == "withheld"


def test_a_librarys_own_event_and_keys_do_not_pass() -> None:
    """Rasa tells of each message as it parses it."""
    assert _line(event="Parsed 'a gift for mum'", parse_data_text="a gift for mum") == {"event": "library"}


def test_an_id_of_a_send_that_is_an_address_is_withheld() -> None:
    """Departments choose their ids; some take the customer's e-mail."""
    assert _line(event="x", send_id="eve@mail.example")["send_id"] == "withheld"
    assert _line(event="x", send_id="re-1234567890-2")["send_id"] == "re-1234567890-2"
