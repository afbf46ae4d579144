"""What a log line may hold, whoever writes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.departments.tokens import TokenFile, file_line
from bot.log import ALLOWED, _only_allowed, _only_codes, _shopper_named
from bot.pseudonyms import hush_name, log_name
from bot.wiring.sending_rules import SendingRules
from tests.unit.governance.cases import FILE

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
    for key in ALLOWED - {"event", "shopper"}:
        assert _line(event="x", **{key: value})[key] == "withheld"


def test_a_librarys_own_event_and_keys_do_not_pass() -> None:
    """Rasa tells of each message as it parses it."""
    assert _line(event="Parsed 'a gift for mum'", parse_data_text="a gift for mum") == {"event": "library"}


def test_an_id_of_a_send_that_is_an_address_is_withheld() -> None:
    """Departments choose their ids; some take the customer's e-mail."""
    assert _line(event="x", send_id="eve@mail.example")["send_id"] == "withheld"
    assert _line(event="x", send_id="re-1234567890-2")["send_id"] == "re-1234567890-2"


@pytest.mark.parametrize(
    "value",
    ["anna@example.com", "gbd_secrettokenabcdefghijklmnop", "1798000000000000001", "x1798000000000000001", 10**18],
)
def test_a_single_word_that_tells_of_somebody_is_withheld(value: object) -> None:
    """Addresses, tokens and X's ids have no blanks in them."""
    for key in ALLOWED - {"event", "message_id", "send_id", "shopper"}:
        assert _line(event="x", **{key: value})[key] == "withheld"
    assert _line(event="x", message_id="1798000000000000001")["message_id"] == "1798000000000000001"


def test_only_the_name_made_for_them_stands_for_a_shopper() -> None:
    """Whoever writes a shopper's id under the name's key writes nothing."""
    assert "shopper" not in _line(event="x", shopper="1001")
    assert _line(event="x", shopper="1001", shopper_id="1001")["shopper"] == log_name(KEY)("1001")


def test_a_word_is_no_path() -> None:
    """A secret of ours in the place of its file's name."""
    assert _line(event="x", path="secret-of-ours")["path"] == "withheld"
    assert _line(event="x", path="/srv/tokens.yml")["path"] == "/srv/tokens.yml"


def test_the_log_says_where_the_rules_are_broken(tmp_path: Path) -> None:
    """Line, rule and field, as the runbook promises."""
    path = tmp_path / "rules.yml"
    path.write_text(FILE.read_text())
    rules = SendingRules(path)
    path.write_text(FILE.read_text().replace("clocks: 1 minute", "clocks: soon") + "\n")
    with capture_logs() as lines:
        rules.current()
    line = path.read_text().splitlines().index("  clocks: soon") + 1
    [told] = [_line(**one) for one in lines]
    assert {name: told[name] for name in ("event", "path", "line", "rule", "field")} == {
        "event": "sending_rules_broken",
        "path": str(path),
        "line": line,
        "rule": "clocks-and-calls",
        "field": "clocks",
    }


def test_the_log_says_where_the_tokens_are_broken(tmp_path: Path) -> None:
    """The entry and its field, and no digest."""
    path = tmp_path / "tokens.yml"
    path.write_text(file_line("anna", "care", "sender", "gbd_x"))
    tokens = TokenFile(path)
    path.write_text(file_line("anna", "care", "king", "gbd_x") + "\n" + file_line("Ben B.", "care", "sender", "gbd_y"))
    with capture_logs() as lines:
        tokens.find("gbd_x")
    told = [_line(**one) for one in lines]
    assert [(one["event"], one["entry"]) for one in told] == [
        ("department_tokens_broken", "entry.1.role"),
        ("department_tokens_broken", "entry.2.name"),
    ]
    assert "withheld" not in str(told)
