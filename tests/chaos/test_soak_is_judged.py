"""What an hour's soak is held to: it goes red by itself."""

from __future__ import annotations

from tests.chaos.ledger import Verdict
from tests.chaos.soak import faults

FINE = {
    "rss": {"intake#0": {"MiB": 57.2, "MiB_an_hour": 0.2, "minutes": 48}},
    "keys_a_message": {"send:<id>": 1.0, "talk:<id>": 0.125, "due_answers": 0.0},
}
CLEAN = Verdict((), (), ())


def test_an_hour_in_which_nothing_grows_is_fine() -> None:
    """Short lives and X's side are told, not judged."""
    rss = FINE["rss"] | {
        "sending-a#1": {"MiB": 73.0, "MiB_an_hour": 1.9, "minutes": 16},
        "redis#0": {"MiB": 24.0, "MiB_an_hour": 19.0, "minutes": 60},
    }
    assert faults(FINE | {"rss": rss}, CLEAN) == []


def test_a_role_that_grows_is_told() -> None:
    """A mebibyte an hour ends in a restart after weeks."""
    grown = {"rss": {"intake#0": {"MiB": 57.2, "MiB_an_hour": 1.2, "minutes": 48}}}
    assert faults(FINE | grown, CLEAN) == ["intake#0 grows by 1.2 MiB an hour"]


def test_keys_that_nothing_ends_are_told() -> None:
    """One more kind for each message fills any Redis."""
    grown = {"keys_a_message": {"tries:<id>": 1.0}}
    assert faults(FINE | grown, CLEAN) == ["1.0 keys tries:<id> a message"]


def test_a_lost_answer_is_told() -> None:
    """However small everything stays."""
    assert faults(FINE, Verdict(("7",), (), ()))
