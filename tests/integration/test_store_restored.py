"""A store restored from a backup: what it is told, what its door makes of reports from the time it does not know."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timedelta, timezone

import pytest
from click.testing import CliRunner

from bot.cli import giftbot
from bot.errors import GiftbotError
from bot.gaps.earlier_life import EarlierLife
from bot.intake.taking import take
from bot.model import Echo, MessageId, SendState, ShopperId
from bot.settings import StoreSettings
from bot.store.access.shared_clock import SharedClock
from bot.store.connection import Store
from bot.store.inbound.dead import Replayed
from bot.store.inbound.door import EchoOutcome
from bot.store.inbound.restored import PERHAPS, RESTORED
from bot.store.outbound.holds import Hold
from bot.x.events import Happening
from tests.integration.conftest import PRIVACY_KEY
from tests.integration.store_talk import (
    ANN,
    NOON,
    after,
    answered,
    claim,
    claimed,
    echo,
    end_turn,
    handed_out,
    message,
    own,
    say,
)

MONTH = timedelta(days=30)


async def _backup_until(store: Store, at: float) -> None:
    """Intake said so far that it is up, and the backup was made; a quarter of an hour later it is restored."""
    await store.gaps.beat(now=after(at), event=None, crc=None, down_after=MONTH)
    await store.restored.begin(after(at + 900))


def _of_ours(text: str, *, at: float, id_: str, shopper_id: ShopperId = ANN) -> Echo:
    return Echo(MessageId(id_), shopper_id, text, after(at))


async def _reads_back(store: Store, *talk: Happening) -> None:
    async def taken(happenings: list[Happening], now: object) -> None:
        await take(happenings, store.door, now=after(2000), max_age=MONTH)

    await EarlierLife(store, taken, lambda text: text.startswith("word"))(list(talk), after(2000))


async def _waits(store: Store, shopper_id: ShopperId = ANN) -> list[str]:
    stream = store._wire.keys.of(store.partition_of(shopper_id), "turns")
    return [fields[b"text"].decode() for _, fields in await store._wire.commands.xrange(stream)]


async def test_all_since_the_backup_is_one_gap_that_is_read_and_nothing_goes_out(store: Store) -> None:
    """Gaps the backup had open are part of it: the earlier life may have filled them."""
    await answered(store, message())
    await store.gaps.open(after(-7200), after(-3600), "asked")
    await _backup_until(store, 60)
    (gap,) = await store.gaps.all()
    assert gap.reason == RESTORED
    assert gap.since < after(-7200)
    assert gap.till == after(960)
    assert "read_from" in gap.progress, "X's replay would have everything answered once more"
    assert await claim(store, at=970) is None, "paused"


async def test_said_twice_it_is_the_same_stretch(store: Store) -> None:
    """Who is not sure says it again."""
    await _backup_until(store, 0)
    (first,) = await store.gaps.all()
    await store.restored.begin(after(1000))
    assert min(gap.since for gap in await store.gaps.all()) == first.since
    assert (await store.door.accept_echo(_of_ours("x", at=10, id_="800"), now=after(1001))) is EchoOutcome.EARLIER


async def test_a_backup_that_does_not_tell_its_time_must_be_told_it(store: Store) -> None:
    """Else nothing would be read back, or everything."""
    with pytest.raises(GiftbotError, match="--since"):
        await store.restored.begin(NOON)
    assert await store.restored.begin(NOON, after(-60)) < after(-60)


@pytest.fixture
def typed(store_settings: StoreSettings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """Commands are typed where the store of the tests is set."""
    told = {
        "X_ACCOUNT_ID": "1",
        "X_CONSUMER_SECRET": "a secret of the tests",
        "PRIVACY_KEY": PRIVACY_KEY,
        "STORE_REDIS_URL": store_settings.redis_url,
        "STORE_PARTITIONS": store_settings.partitions,
        "STORE_KEY_PREFIX": store_settings.key_prefix,
    }
    for name, value in told.items():
        monkeypatch.setenv(f"GIFTBOT_{name}", str(value))
    return CliRunner()


async def test_the_command_says_what_to_do_next_and_refuses_to_guess(store: Store, typed: CliRunner) -> None:
    """It is typed in the night by somebody who reads it for the first time."""
    empty = await asyncio.to_thread(typed.invoke, giftbot, ["restored"])
    assert (empty.exit_code, await store.outbox.holds.now()) == (1, Hold.OPEN)
    assert "--since" in empty.output
    done = await asyncio.to_thread(typed.invoke, giftbot, ["restored", "--since", "2026-05-04T12:00Z"])
    assert done.exit_code == 0, done.output
    assert "2026-05-04 11:58:00Z" in done.output
    assert "giftbot outbox resume" in done.output
    assert await store.outbox.holds.now() is Hold.PAUSE


@pytest.mark.parametrize("hours", [-1, 24])
async def test_the_command_goes_by_redis_clock_where_its_machines_is_off(
    store: Store, typed: CliRunner, monkeypatch: pytest.MonkeyPatch, hours: float
) -> None:
    """Behind, it would mute who was answered in the last hour; ahead, the bot would talk over colleagues for a day."""

    def wrong() -> datetime:
        return datetime.now(timezone.utc) + timedelta(hours=hours)

    monkeypatch.setattr(sys.modules["bot.cli.restored"], "utc_now", wrong, raising=False)
    monkeypatch.setitem(SharedClock.__init__.__kwdefaults__, "wall", wrong)
    done = await asyncio.to_thread(typed.invoke, giftbot, ["restored", "--since", "2026-05-04T12:00Z"])
    assert done.exit_code == 0, done.output
    (gap,) = await store.gaps.all()
    assert abs(datetime.now(timezone.utc) - gap.till) < timedelta(minutes=5)


async def test_what_waits_in_the_backup_and_went_since_is_sent_and_counts_for_caps(store: Store) -> None:
    """It was pending when the backup was made; X has it."""
    send = await answered(store, message())
    await _backup_until(store, 10)
    assert await store.door.accept_echo(echo(send, "900", at=60), now=after(1000)) is EchoOutcome.SETTLED
    kept = await store.outbox.get(ANN, send.id)
    assert kept is not None
    assert (kept.state, kept.dm_event_id) == (SendState.SENT, "900")
    _, spent = await store.outbox.facts(ANN)
    assert [one.at for one in spent.handed] == [after(60)]
    await store.outbox.holds.resume()
    assert await claim(store, at=1100) is None


async def test_what_waits_in_the_backup_and_never_went_goes(store: Store) -> None:
    """It waited for X's allowance all the time."""
    send = await answered(store, message())
    await _backup_until(store, 10)
    await _reads_back(store, message())
    await store.outbox.holds.resume()
    assert (await claimed(store, at=1100)).send.id == send.id


async def test_our_own_words_from_after_the_backup_mute_nobody_however_often_they_are_reported(store: Store) -> None:
    """Nobody can tell them from a colleague's; a bot silent for half a day in every talk is the greater harm."""
    await _backup_until(store, 0)
    for _ in range(2):
        said = await store.door.accept_echo(_of_ours("Here are three ideas", at=60, id_="901"), now=after(1000))
        assert said is EchoOutcome.EARLIER
    assert await store.talks.get(ANN) is None
    later = await store.door.accept_echo(_of_ours("Anna here", at=950, id_="902"), now=after(951))
    assert later is EchoOutcome.FOREIGN, "a colleague who writes after the restore has the talk"


async def test_a_message_of_the_backups_queue_that_was_answered_since_is_not_answered_again(store: Store) -> None:
    """It waited for a worker when the backup was made; another life of the worker took it."""
    await say(store, message(1))
    await _backup_until(store, 10)
    await _reads_back(store, message(1), _of_ours("the answer", at=30, id_="900"))
    assert await _waits(store) == []


async def test_a_worker_that_already_thinks_about_it_commits_nothing(store: Store) -> None:
    """Somebody started dialogue too early."""
    await say(store, message(1))
    await _backup_until(store, 10)
    lease = await own(store)
    turn = await handed_out(store, lease)
    await _reads_back(store, message(1), _of_ours("the answer", at=30, id_="900"))
    await end_turn(store, lease, turn)
    await store.outbox.holds.resume()
    assert await claim(store, at=1100) is None


async def test_what_had_waited_long_when_the_backup_was_made_is_not_answered_again(store: Store) -> None:
    """The action server was away for an hour; its answer went after the backup. What is read back reaches to it."""
    await say(store, message(2, sent=-600))
    await say(store, message(1, sent=-3600, text="the oldest, that came late"))
    await _backup_until(store, 10)
    (gap,) = await store.gaps.all()
    assert gap.since < after(-3600)


async def test_what_came_after_our_last_answer_is_answered_and_a_word_about_a_wait_is_no_answer(store: Store) -> None:
    """They were told how long it takes, and then Redis was lost."""
    await _backup_until(store, 0)
    one, two, three = (message(number, sent=number * 100, text=f"said {number}") for number in (1, 2, 3))
    await _reads_back(
        store,
        one,
        _of_ours("the answer", at=150, id_="900"),
        two,
        _of_ours("word: about 20 minutes", at=210, id_="901"),
        three,
    )
    assert await _waits(store) == ["said 2", "said 3"]


async def _perhaps(store: Store) -> list[str]:
    return [one.text for one in await store.dead.listed(reason=PERHAPS)]


async def test_more_messages_than_answers_leave_the_last_ones_where_people_find_them(store: Store) -> None:
    """The answer to the first waited for X's allowance, and Redis was lost before the second's went: X does not say
    which of them it answers."""
    await say(store, message(1))
    await _backup_until(store, 10)
    talk = (message(1), message(2, sent=300, text="and this?"), _of_ours("the answer", at=800, id_="900"))
    await _reads_back(store, *talk)
    assert await _waits(store) == [], "a repeat is worse than a question asked again"
    assert await _perhaps(store) == ["and this?"]

    await _reads_back(store, *talk)
    (dead,) = await store.dead.listed()
    assert await store.dead.replay(dead.id, oldest=None) is Replayed.REPLAYED
    lease = await own(store)
    turn = await handed_out(store, lease)
    await end_turn(store, lease, turn)
    await store.outbox.holds.resume()
    assert (await claimed(store, at=1300)).send.in_reply_to == dead.message_id


async def test_an_answer_for_each_message_leaves_nothing_to_look_at(store: Store) -> None:
    """Where every talk of the day lay there, nobody would find the few that count."""
    await _backup_until(store, 0)
    await _reads_back(
        store,
        message(1, sent=10),
        _of_ours("the answer", at=20, id_="900"),
        message(2, sent=30),
        message(3, sent=31),
        _of_ours("the second", at=40, id_="901"),
        _of_ours("word: it takes a while", at=41, id_="902"),
        _of_ours("the third", at=50, id_="903"),
    )
    assert (await _waits(store), await _perhaps(store)) == ([], [])


async def test_who_was_behind_all_day_is_found_by_the_last_message(store: Store) -> None:
    """Answers go in order, so it is the end of the talk that may have none, wherever it fell behind."""
    await _backup_until(store, 0)
    await _reads_back(
        store,
        message(1, sent=10),
        message(2, sent=20),
        _of_ours("the answer", at=30, id_="900"),
        message(3, sent=40),
        _of_ours("the second", at=50, id_="901"),
    )
    assert await _perhaps(store) == ["said 3"]


async def test_an_answer_known_to_the_backup_answers_nothing_written_since(store: Store) -> None:
    """X was slow: what it reports is what waited in the backup, not the answer to what was asked meanwhile."""
    send = await answered(store, message(1))
    await _backup_until(store, 10)
    await _reads_back(store, message(1), message(2, sent=20, text="and this?"), echo(send, "900", at=30))
    assert await _waits(store) == ["and this?"]


async def test_reading_back_twice_changes_nothing(store: Store) -> None:
    """Watch was killed in the middle and reads all anew."""
    await _backup_until(store, 0)
    talk = (message(1, sent=10), _of_ours("the answer", at=20, id_="900"), message(2, sent=30, text="and this?"))
    await _reads_back(store, *talk)
    await _reads_back(store, *talk)
    assert await _waits(store) == ["and this?"]


async def test_nothing_of_this_holds_in_a_store_that_was_not_restored(store: Store) -> None:
    """Where a colleague wrote during our outage, the talk is theirs as ever."""
    await _reads_back(store, message(1), _of_ours("Anna here", at=20, id_="900"))
    talk = await store.talks.get(ANN)
    assert talk is not None
    assert talk.colleague_at == after(20)
    assert await _waits(store) == ["said 1"]
