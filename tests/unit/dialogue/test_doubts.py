"""Who has their turn while the action server fell silent over somebody's message."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.dialogue.doubts import OVERDUE_S, Doubts
from bot.model import InboundMessage, MessageId, ShopperId
from bot.store.inbound.queued import QueuedTurn, Talk, Waiting, oldest

NOON = datetime(2026, 5, 4, 12, tzinfo=timezone.utc)


def wrote(number: int, shopper: str) -> Waiting:
    return Waiting(f"{number}-0", InboundMessage(MessageId(str(number)), ShopperId(shopper), "hi", NOON))


ANN, ANN_AGAIN, BOB, CID = wrote(1, "ann"), wrote(2, "ann"), wrote(3, "bob"), wrote(4, "cid")


class Moments:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def turn(one: Waiting) -> QueuedTurn:
    return QueuedTurn((one,), 0, Talk())


def doubts() -> tuple[Doubts, Moments]:
    moments = Moments()
    return Doubts(oldest, moments, (1.0, 5.0)), moments


def test_a_shopper_in_doubt_is_put_aside_with_all_they_wrote_and_the_next_goes() -> None:
    """Nobody else waits, and their own order holds."""
    which, _ = doubts()
    which.fell_silent(turn(ANN), "action_too_slow")
    assert which([ANN, ANN_AGAIN, BOB], 0).taken == (BOB,)


def test_where_all_are_put_aside_the_queue_is_looked_at_when_the_first_is_due() -> None:
    """Not before, and not never."""
    which, moments = doubts()
    which.fell_silent(turn(ANN), "action_too_slow")
    moments.now += 0.4
    choice = which([ANN, ANN_AGAIN], 0)
    assert choice.taken == ()
    assert choice.wait_ms is not None
    assert 600 <= choice.wait_ms <= 602


def test_of_those_due_again_who_was_silent_last_goes_first() -> None:
    """A message that stops the server makes those silent that come after it: it must not be the first each time."""
    which, moments = doubts()
    for one in (ANN, BOB, CID):
        which.fell_silent(turn(one), "action_too_slow")
        moments.now += 8
    assert which([ANN, BOB, CID], 0).taken == (CID,)
    which.over(turn(CID))
    assert which([ANN, BOB], 0).taken == (BOB,)


def test_who_fell_silent_more_often_goes_later_and_waits_longer() -> None:
    """Each further try may stop the server for everybody."""
    which, moments = doubts()
    which.fell_silent(turn(ANN), "action_cut_off")
    which.fell_silent(turn(BOB), "action_cut_off")
    which.fell_silent(turn(BOB), "action_cut_off")
    moments.now += 1
    assert which([ANN, BOB], 0).taken == (ANN,)
    assert which([BOB], 0).taken == ()
    moments.now += 4
    assert which([ANN, BOB], 0).taken == (ANN,)
    assert which([BOB], 0).taken == (BOB,)


def test_a_long_queue_of_others_does_not_keep_them_waiting_for_ever() -> None:
    """Somebody may have been silent for no fault of theirs."""
    which, moments = doubts()
    which.fell_silent(turn(ANN), "action_too_slow")
    moments.now += 1 + OVERDUE_S - 0.1
    assert which([ANN, BOB], 0).taken == (BOB,)
    moments.now += 0.1
    assert which([ANN, BOB], 0).taken == (ANN,)


def test_while_the_server_answers_nobody_they_are_put_off_without_another_silence() -> None:
    """An outage counts against nobody."""
    which, moments = doubts()
    which.fell_silent(turn(ANN), "action_too_slow")
    moments.now += 3
    which.put_off(turn(ANN))
    doubt = which.of(turn(ANN))
    assert doubt is not None
    assert (doubt.times, doubt.due_at) == (1, 104.0)
