"""An outage is noticed by itself: intake silent, Redis away, the webhook switched off by X."""

from __future__ import annotations

import asyncio
import dataclasses
import random
import time
from datetime import datetime, timedelta

import aiohttp
from prometheus_client import REGISTRY

from bot.clock import from_ms, to_ms, utc_now
from bot.model import ShopperId
from bot.settings import StoreSettings
from bot.store.connection import Store
from bot.store.inbound.gaps import Doubt
from bot.x.admin import XAdmin
from bot.x.signature import CLIENT_SIGNATURE_HEADER, SIGNATURE_HEADER, sign
from tests.fakes.fake_door import FakeDoor
from tests.fakes.x_side import SECRET, delivery, intake, settings
from tests.integration.gaps_talk import Moved, Outage, outage
from tests.integration.redis_server import RedisServer
from tests.integration.store_talk import NOON, after

DOWN = timedelta(minutes=5)
HOUR = timedelta(hours=1)


async def beat(store: Store, at: float) -> str:
    return await store.gaps.beat(now=after(at), event=None, crc=None, down_after=DOWN)


async def test_intake_down_for_over_five_minutes_is_a_gap_and_less_is_none(store: Store) -> None:
    """X itself delivers again for about five minutes; what came later is lost without this."""
    assert await beat(store, 0) == ""
    assert await beat(store, 299) == ""
    assert await beat(store, 299 + 301) == "intake_down"
    (gap,) = await store.gaps.all()
    assert (gap.since, gap.till) == (after(299), after(600))
    assert await beat(store, 615) == ""


async def test_one_of_several_intakes_is_enough_to_be_up(store: Store) -> None:
    """A rolling restart is no outage; a process whose clock is behind opens no gap either."""
    for second in range(0, 1200, 15):
        assert await beat(store, second) == ""
        assert await beat(store, second - 200) == ""
    assert await store.gaps.all() == ()


async def test_many_outages_lose_none_of_them(store: Store) -> None:
    """Where X cannot be asked for days and intake comes and goes; the last of fifty gaps then grows."""
    for number in range(60):
        said = await beat(store, number * 1000)
        assert said == ("intake_down" if number else "")
    gaps = await store.gaps.all()
    assert len(gaps) == 50
    for number in range(1, 60):
        middle = after(number * 1000 - 500)
        assert any(gap.since <= middle <= gap.till for gap in gaps), f"outage {number} is forgotten"


async def test_a_gap_that_grew_while_it_was_filled_is_filled_to_its_new_end(store: Store) -> None:
    """The filler knows it as it was: neither its progress nor its closing may take the new stretch away."""
    for number in range(51):
        await beat(store, number * 1000)
    before = (await store.gaps.all())[-1]
    assert before.till == after(50_000)
    await beat(store, 51_000)
    await store.gaps.keep(dataclasses.replace(before, progress={"tries": 1}))
    grown = (await store.gaps.all())[-1]
    assert (grown.id, grown.till, grown.progress) == (before.id, after(51_000), {"tries": 1})
    await store.gaps.close(before)
    left = (await store.gaps.all())[-1]
    assert (left.since, left.till, left.progress) == (after(50_000), after(51_000), {})
    await store.gaps.close(left)
    assert len(await store.gaps.all()) == 49


async def test_the_clock_of_one_intake_opens_no_gap_and_hides_none(store: Store) -> None:
    """A machine an hour ahead: by Redis' clock nothing is down or silent, and what it refused lies where it was."""
    async with Store(store._wire.settings, own_time=True) as mine:
        real, ahead = utc_now(), utc_now() + timedelta(hours=1)
        for now in (real, ahead, real):
            said = await mine.gaps.beat(now=now, event=now, crc=None, down_after=DOWN, silent_after=HOUR / 2)
            assert said == ""
        doubt = Doubt(ahead - timedelta(minutes=2), ahead, "not_stored")
        said = await mine.gaps.beat(now=ahead, event=ahead, crc=None, down_after=DOWN, doubts=[doubt])
        assert said == "not_stored"
        (gap,) = await mine.gaps.all()
        assert abs(gap.till - utc_now()) < timedelta(seconds=30)
        signs = await mine.gaps.signs()
        assert signs.up is not None
        assert abs(signs.up - utc_now()) < timedelta(seconds=30)


async def test_what_is_refused_on_and_on_is_one_gap_and_where_there_are_many_nothing_is_forgotten(store: Store) -> None:
    """Six hours of 503 told every 15 seconds, and fifty other stretches: each moment doubted lies in a gap."""
    for second in range(0, 3600, 15):
        doubt = Doubt(after(second), after(second + 15), "not_stored")
        said = await store.gaps.beat(now=after(second + 15), event=None, crc=None, down_after=DOWN, doubts=[doubt])
        assert said == ("not_stored" if second == 0 else "")
    (gap,) = await store.gaps.all()
    assert (gap.since, gap.till) == (after(0), after(3600))
    for number in range(60):
        at = 10_000 + number * 100
        await store.gaps.doubt(Doubt(after(at), after(at + 10), "unsubscribed", "only"))
    gaps = await store.gaps.all()
    assert len(gaps) == 50
    for number in range(60):
        middle = after(10_000 + number * 100 + 5)
        (gap,) = [gap for gap in gaps if gap.since <= middle <= gap.till]
        assert from_ms(gap.progress["read_from"]) <= middle, "and it is read back, not replayed"


async def test_a_redis_that_was_away_may_have_lost_its_tail(store: Store) -> None:
    """A minute before the last beat on is fetched again; what is known passes the door once."""
    with RedisServer("always") as server:
        chosen = StoreSettings(**{**_fields(store), "redis_url": server.url})
        async with Store(chosen) as mine:
            assert await beat(mine, 0) == ""
            assert await beat(mine, 15) == ""
            server.kill()
            server.start()
            assert await beat(mine, 30) == "redis_restarted"
            (gap,) = await mine.gaps.all()
            assert (gap.since, gap.till) == (after(15 - 60), after(30))


async def test_a_webhook_x_switched_off_is_switched_on_again_and_the_time_between_fetched(store: Store) -> None:
    """X tells nobody; without the check the brand is deaf until somebody wonders."""
    async with outage(store) as out:
        watching = out.watching()
        assert await watching.check() == "valid"
        await out.hand.put("/sandbox/webhook", valid=False)
        out.clock.now += timedelta(minutes=9)
        await out.hand.says("nobody hears this")
        out.clock.now += timedelta(minutes=1)
        assert await watching.check() == "revalidated"
        assert (await out.admin.webhooks())[0].valid
        (gap,) = await out.store.gaps.all()
        assert gap.reason == "webhook_invalid"
        await out.fill()
        assert await out.queued() == ["nobody hears this"]
        assert await watching.check() == "valid"


async def test_since_when_nothing_came_outlives_the_process_that_noticed(store: Store) -> None:
    """watch is restarted while X does not reach us; the next one fetches from the first sign on."""
    async with outage(store) as out:
        await out.hand.put("/sandbox/webhook", valid=False)
        noticed = out.watching()
        noticed._hooks = _NeverValid(out.admin)  # type: ignore[assignment]
        assert await noticed.check() == "invalid"
        since = out.clock.now
        out.clock.now += timedelta(hours=30)
        assert await out.watching().check() == "revalidated"
        (gap,) = await store.gaps.all()
        assert gap.since <= since
        assert (await store.gaps.signs()).lost is None


class _NeverValid:
    """The app's webhook as X tells it, and a check that fails."""

    def __init__(self, admin: XAdmin) -> None:
        self.webhooks = admin.webhooks
        self.subscriptions = admin.subscriptions

    async def validate(self, webhook_id: str) -> bool:
        return False


async def test_a_quiet_way_is_proven_by_a_challenge_at_the_next_check(store: Store) -> None:
    """A quiet night and a broken way look alike from here; a CRC tells them apart for that moment, for nothing."""
    async with outage(store) as out:
        watching = out.watching()
        assert await watching.check() == "valid"
        out.clock.now += timedelta(minutes=6)
        await out.intake_seen()
        before = (await out.store.gaps.signs()).crc
        assert await watching.check() == "valid"
        deadline = asyncio.get_running_loop().time() + 5
        while (crc := (await out.store.gaps.signs()).crc) == before:
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.02)
        assert crc is not None
        assert crc >= out.clock.ago(minutes=1)
        assert await out.store.gaps.all() == ()


async def test_what_did_not_come_while_intake_ran_and_x_called_the_way_good_is_fetched(store: Store) -> None:
    """nginx or a firewall refuses X's deliveries for hours: a challenge that passes proves a moment, not the hours.

    This test once asked for "valid" and no more after three hours of silence, and so held the loss in place: X gives a
    delivery up after minutes, calls the webhook invalid after 28 hours, and nobody fetched what was said. A STOP, say.
    """
    async with outage(store) as out:
        watching = out.watching()
        assert await watching.check() == "valid"
        await out.hand.says("before")
        await _delivered(out)
        await out.hand.faults(delivery={"lost_rate": 1.0, "echo": "none"})
        await out.hand.says("a gift for mum?")
        await out.hand.says("STOP", "3003")
        for _ in range(18):
            out.clock.now += timedelta(minutes=10)
            await out.intake_seen()
            assert await watching.check() == "valid"
        await out.hand.faults(delivery={"echo": "none"})
        (gap,) = await store.gaps.all()
        assert gap.reason == "silent"
        assert gap.since <= out.clock.ago(hours=2, minutes=59)
        await out.fill()
        assert await out.queued() == ["before", "a gift for mum?"]
        consent = await store.door.consent(ShopperId("3003"))
        assert consent is not None
        assert not consent.open


async def test_a_front_that_is_away_on_a_quiet_evening_is_noticed_by_the_next_check_and_fetched(store: Store) -> None:
    """X still calls the webhook valid, and would for 28 hours; the challenge that does not get through tells."""
    async with outage(store) as out:
        await out.hand.says("before")
        await _delivered(out)
        watching = out.watching()
        cut_off = out.watching()
        cut_off._hooks = _NeverValid(out.admin)  # type: ignore[assignment]
        out.clock.now += timedelta(minutes=6)
        await out.intake_seen()
        await out.missed("STOP", out.clock.now, "3003")
        assert await cut_off.check() == "invalid"
        out.clock.now += timedelta(minutes=14)
        await out.intake_seen()
        assert await watching.check() == "revalidated"
        (gap,) = await store.gaps.all()
        assert (gap.reason, gap.till) == ("webhook_invalid", _to_the_ms(out.clock.now))
        assert gap.since <= out.clock.ago(minutes=19)
        await out.fill()
        consent = await store.door.consent(ShopperId("3003"))
        assert consent is not None
        assert not consent.open


def _to_the_ms(moment: datetime) -> datetime:
    return from_ms(to_ms(moment))


async def test_whatever_happens_no_stretch_longer_than_the_silence_is_without_a_delivery_or_a_gap(store: Store) -> None:
    """Intakes that beat, pause and tell late, refusals, gaps that are closed: what X could have said is all fetched."""
    seed = time.time_ns()
    chance, keys = random.Random(seed), store._wire.keys
    for number in range(60):
        await store._wire.commands.delete(keys.account("signs"), keys.account("gaps"))
        now, delivered, fetched = 0.0, 0.0, []
        known: list[tuple[float, float]] = [(0, 0)]  # deliveries, as stretches without length, and gaps
        assert await beat(store, 0) == ""
        for _ in range(25):
            now += chance.choice((15, 15, 60, 400, 2000, 5000))
            doubts = []
            match chance.choice(("delivered", "told late", "refused", "nothing", "nothing", "closed", "found again")):
                case "delivered":
                    delivered = now
                    known.append((now, now))
                case "told late":
                    delivered = max(delivered, now - 300)
                    known.append((delivered, delivered))
                case "refused":
                    doubts = [Doubt(after(now - 400), after(now - 10), "not_stored")]
                case "closed":
                    for gap in await store.gaps.all():
                        fetched.append(gap)
                        await store.gaps.close(gap)
                    continue
                case "found again":
                    await store.gaps.doubt(
                        Doubt(after(now - 700), after(now), "webhook_invalid", "too"), silent_after=HOUR
                    )
                    continue
                case _:
                    pass
            await store.gaps.beat(
                now=after(now), event=after(delivered), crc=None, down_after=DOWN, silent_after=HOUR, doubts=doubts
            )
        await store.gaps.beat(now=after(now), event=after(delivered), crc=None, down_after=DOWN, silent_after=HOUR)
        gaps = [*fetched, *await store.gaps.all()]
        known += [((gap.since - NOON).total_seconds(), (gap.till - NOON).total_seconds()) for gap in gaps]
        reached = 0.0
        for since, till in sorted(known):
            assert since - reached <= HOUR.total_seconds(), f"seed {seed}, history {number}: {reached} to {since}"
            reached = max(reached, till)
        assert now - reached <= HOUR.total_seconds(), f"seed {seed}, history {number}: nothing since {reached}"


async def test_each_hour_of_silence_is_fetched_once_and_a_replay_is_no_sign_of_life(store: Store) -> None:
    """X's replay of an hour comes through the same door; taken for a delivery it would hide the next outage."""
    for minute in range(0, 600, 5):
        said = await store.gaps.beat(
            now=after(minute * 60), event=after(0), crc=after(minute * 60), down_after=DOWN, silent_after=HOUR
        )
        assert said == ("silent" if minute in (65, 130, 195, 260, 325, 390, 455, 520, 585) else ""), minute
        for gap in await store.gaps.all():
            assert gap.till == after(minute * 60), "the stretches meet"
            await store.gaps.close(gap)
    assert await beat(store, 600 * 60) == ""


async def test_a_delivery_after_a_silence_tells_of_the_stretch_before_it(store: Store) -> None:
    """All processes of intake were cut off, and told nothing themselves."""
    assert await beat(store, 0) == ""
    said = await store.gaps.beat(
        now=after(4000), event=after(3990), crc=None, down_after=timedelta(days=1), silent_after=HOUR
    )
    assert said == "silent"
    (gap,) = await store.gaps.all()
    assert (gap.since, gap.till) == (after(0), after(3990))


async def test_what_is_doubted_takes_along_the_silence_before_it(store: Store) -> None:
    """The release before noted no silence; the first thing this one is told must not hide what lies before it."""
    await store.gaps.beat(now=after(0), event=after(0), crc=None, down_after=DOWN)
    for second in range(60, 9060, 60):
        await beat(store, second)
    doubt = Doubt(after(9000), after(9050), "not_stored")
    said = await store.gaps.beat(
        now=after(9060), event=None, crc=None, down_after=DOWN, silent_after=HOUR, doubts=[doubt]
    )
    assert said == "not_stored"
    (gap,) = await store.gaps.all()
    assert (gap.since, gap.till) == (after(0), after(9050))


async def test_a_replayed_delivery_does_not_count_as_new(store: Store) -> None:
    """Only what was written just now shows that X delivers what is written now."""
    async with outage(store) as out:
        await out.hand.says("an old one", at_ms=to_ms(out.clock.ago(minutes=40)))
        await out.until_queued("an old one")
        assert (await store.gaps.signs()).event is None
        await out.hand.says("a new one")
        await _delivered(out)


async def _delivered(out: Outage) -> None:
    deadline = asyncio.get_running_loop().time() + 5
    while (await out.store.gaps.signs()).event is None:
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.02)


async def test_x_is_not_sent_to_a_door_nobody_opens(store: Store) -> None:
    """While intake is away a challenge could only fail, and X might switch the webhook off for it."""
    async with outage(store) as out:
        await out.intake_seen()
        before = (await out.store.gaps.signs()).crc
        later = dataclasses.replace(out, clock=Moved(out.clock.ago(hours=-3)))  # and no sign of intake since
        assert await later.watching().check() == "valid"
        assert (await out.store.gaps.signs()).crc == before


async def test_a_webhook_that_is_gone_or_cannot_be_mended_is_told(store: Store) -> None:
    """An alarm rings by the metric; X is asked again at the next check."""
    async with outage(store, public_url="https://moved.example/x") as out:
        (hook,) = await out.admin.webhooks()
        await out.admin.remove(hook.id)
        assert await out.watching().check() == "missing"
    async with outage(store, consumer_secret="another-secret-of-another-app") as out:
        await out.hand.put("/sandbox/webhook", valid=False)
        assert await out.watching().check() == "invalid"


async def test_xs_word_that_a_job_ended_reaches_whoever_waits_for_it(store: Store) -> None:
    """It comes to the webhook, and the filler is another process."""
    async with outage(store) as out:
        await out.missed("x", out.clock.ago(minutes=50))
        (hook,) = await out.admin.webhooks()
        job = await out.admin.replay(hook.id, out.clock.ago(minutes=60), out.clock.ago(minutes=40))
        deadline = asyncio.get_running_loop().time() + 5
        while (ended := await out.store.gaps.how_replay_ended(job)) is None:
            assert asyncio.get_running_loop().time() < deadline
            await asyncio.sleep(0.02)
        assert ended


async def test_a_delivery_signed_by_the_client_secret_passes_and_a_wrong_one_is_not_saved_by_the_older() -> None:
    """X signs by the client secret where the app has one; the newer signature is the one to believe."""
    import dataclasses

    chosen = settings()
    chosen = dataclasses.replace(
        chosen, x=dataclasses.replace(chosen.x, oauth2_client_secret="client-secret-0123456789")
    )
    body = delivery(("1", "hello"))
    right, older = sign("client-secret-0123456789", body).decode(), sign(SECRET, body).decode()
    tried = [
        ({CLIENT_SIGNATURE_HEADER: right}, 200),
        ({CLIENT_SIGNATURE_HEADER: right, SIGNATURE_HEADER: "sha256=no"}, 200),
        ({CLIENT_SIGNATURE_HEADER: older, SIGNATURE_HEADER: older}, 401),
        ({SIGNATURE_HEADER: older}, 200),
    ]
    async with intake(FakeDoor(), chosen) as url, aiohttp.ClientSession() as session:
        for headers, status in tried:
            async with session.post(url, data=body, headers=headers) as answer:
                assert answer.status == status, headers
        token = "a-token-of-x-0123456789"
        async with session.get(url, params={"crc_token": token}) as answer:
            told = (await answer.json())["response_token"]
        assert told == sign("client-secret-0123456789", token.encode()).decode()


def _fields(store: Store) -> dict[str, object]:
    chosen = store._wire.settings
    return {name: getattr(chosen, name) for name in chosen.__dataclass_fields__}


async def test_watch_tells_when_x_last_came_to_any_intake(store: Store) -> None:
    """A new intake knows of nothing yet; an alarm on X's silence must not ring because of a release."""
    async with outage(store) as out:
        came = out.clock.now - timedelta(minutes=3)
        await store.gaps.beat(now=out.clock.now, event=came, crc=came - timedelta(minutes=1), down_after=DOWN)
        await out.watching().check()
        told = REGISTRY.get_sample_value("giftbot_last_event_timestamp_seconds")
        assert told is not None
        assert abs(told - came.timestamp()) < 1
        assert REGISTRY.get_sample_value("giftbot_last_crc_timestamp_seconds") is not None
