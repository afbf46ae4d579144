"""When an order arrives: never too early a promise, never on a day nobody delivers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.offers.arrival import NEVER, DeliveryRules, arrives, latest_days
from catalog.offers.working_days import UnknownCountry, working_days
from catalog.product import Delivery

LONDON = ZoneInfo("Europe/London")
SHOP = DeliveryRules(LONDON, "GB", "ENG", cut_off=time(14))
NEXT_DAY = Delivery((0, 0), (1, 1))


def _at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def _latest(delivery: Delivery, now: datetime, rules: DeliveryRules = SHOP, deliver_to: str | None = None) -> str:
    days = arrives(delivery, now, rules, deliver_to)
    assert days is not None
    return days[1].isoformat()


@pytest.mark.parametrize(
    ("ordered", "comes"),
    [
        ("2026-11-24T13:59", "2026-11-25"),  # Tuesday before the cut-off
        ("2026-11-24T14:00", "2026-11-26"),  # the cut-off itself is too late
        ("2026-11-27T10:00", "2026-11-30"),  # Friday: over the weekend
        ("2026-11-27T15:00", "2026-12-01"),  # Friday after the cut-off: handled on Monday
        ("2026-11-29T09:00", "2026-12-01"),  # Sunday
        ("2026-12-24T10:00", "2026-12-29"),  # Christmas is a Friday, Boxing Day is kept on Monday the 28th
        ("2026-04-02T10:00", "2026-04-07"),  # Good Friday to Easter Monday
    ],
)
def test_next_day_delivery_skips_weekends_and_bank_holidays(ordered: str, comes: str) -> None:
    """What a carrier's calendar says, an answer says."""
    assert _latest(NEXT_DAY, _at(ordered)) == comes


def test_saturday_counts_where_the_carrier_comes_on_saturdays() -> None:
    """Friday morning's order is there on Saturday, and is still not sent on one."""
    rules = replace(SHOP, saturday=True)

    assert _latest(NEXT_DAY, _at("2026-11-27T10:00"), rules) == "2026-11-28"
    assert _latest(NEXT_DAY, _at("2026-11-28T10:00"), rules) == "2026-12-01"


def test_handling_keeps_the_shops_holidays_and_transit_the_doors() -> None:
    """Thanksgiving stops a van in New York and no hand in London."""
    rules = replace(SHOP, abroad={"US": (3, 3), "DE": (1, 1)})

    assert _latest(Delivery((0, 0)), _at("2026-11-24T10:00"), rules, "US") == "2026-11-30"
    assert _latest(Delivery((1, 1)), _at("2026-12-24T10:00"), rules, "DE") == "2026-12-30"


def test_a_feeds_transit_is_no_promise_to_another_country() -> None:
    """A British carrier's two days say nothing of Australia."""
    assert arrives(Delivery((0, 0), (1, 2)), _at("2026-11-24T10:00"), SHOP, "AU") is None
    assert latest_days(_days(0), _days(2), _at("2026-11-24T10:00"), SHOP, "AU").tolist() == [NEVER]


@pytest.mark.parametrize("delivery", [None, Delivery(), Delivery(handling=(0, 1)), Delivery(transit=(1, 2))])
def test_half_known_is_unknown_unless_the_shop_said_its_usual_times(delivery: Delivery | None) -> None:
    """Nothing is promised from a guess; settings are no guess."""
    now = _at("2026-11-24T10:00")

    assert arrives(delivery, now, SHOP) is None
    assert arrives(delivery, now, replace(SHOP, handling=(0, 1), transit=(1, 2))) is not None


def test_the_range_runs_from_the_fastest_to_the_slowest() -> None:
    """A shopper hears both ends."""
    assert arrives(Delivery((0, 2), (1, 3)), _at("2026-11-23T10:00"), SHOP) == (date(2026, 11, 24), date(2026, 11, 30))


def test_an_empty_shop_and_one_that_tells_nothing_are_no_errors() -> None:
    """Odd catalogues get an answer too."""
    now = _at("2026-11-24T10:00")

    assert latest_days(_days(), _days(), now, SHOP).tolist() == []
    assert latest_days(_days(-1, 5), _days(-1, -1), now, SHOP).tolist() == [NEVER, NEVER]
    assert latest_days(_days(0), _days(0), now, replace(SHOP, abroad={"XX": (1, 1)}), "XX").tolist() == [NEVER]


@pytest.mark.parametrize(("country", "subdivision"), [("XX", None), ("GB", "YRK")])
def test_an_unknown_country_says_what_to_write(country: str, subdivision: str | None) -> None:
    """A slip in a setting is found at the start."""
    with pytest.raises(UnknownCountry, match="ISO 3166"):
        working_days(country, subdivision, 2026)


def test_weekends_are_the_countrys_own() -> None:
    """Friday and Saturday are free in Saudi Arabia, Sunday is not."""
    calendar = working_days("SA", None, 2026)

    assert [bool(free) for free in calendar.weekmask] == [True, True, True, True, False, False, True]


ZONES = st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"])
FROM, TO = datetime(2024, 1, 1), datetime(2028, 12, 31)  # noqa: DTZ001  # hypothesis adds the zone itself
MOMENTS = st.datetimes(FROM, TO, timezones=st.just(timezone.utc))
HOURS = st.times().map(lambda moment: moment.replace(microsecond=0))
RANGES = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda two: (min(two), max(two)))
DELIVERIES = st.builds(Delivery, RANGES, RANGES)


@st.composite
def shops(draw: st.DrawFn) -> DeliveryRules:
    """Any shop this code may serve."""
    country = draw(st.sampled_from([("GB", "SCT"), ("GB", "ENG"), ("US", "NY"), ("DE", "BY"), ("SA", None)]))
    return DeliveryRules(ZoneInfo(draw(ZONES)), *country, cut_off=draw(HOURS), saturday=draw(st.booleans()))


@given(rules=shops(), delivery=DELIVERIES, now=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=5)))
@settings(max_examples=150, deadline=None)
def test_who_orders_later_never_receives_earlier(
    rules: DeliveryRules, delivery: Delivery, now: datetime, later: timedelta
) -> None:
    """Through weekends, feasts and clocks put forward or back."""
    first, second = arrives(delivery, now, rules), arrives(delivery, now + later, rules)

    assert first is not None
    assert second is not None
    assert first[0] <= second[0]
    assert first[1] <= second[1]


@given(minutes=st.integers(0, 600), cut_off=HOURS, zone=st.sampled_from(["Europe/London", "America/New_York"]))
@settings(max_examples=80, deadline=None)
def test_the_hour_that_comes_twice_lets_no_later_order_overtake(minutes: int, cut_off: time, zone: str) -> None:
    """On the night clocks go back, a quarter past one after half past one is later."""
    rules = DeliveryRules(ZoneInfo(zone), "GB", "ENG", cut_off=cut_off)
    night = datetime(2026, 10, 24, 22, tzinfo=timezone.utc) + timedelta(days=7 if "York" in zone else 0)
    moment = night + timedelta(minutes=minutes)

    assert rules.order_day(moment) <= rules.order_day(moment + timedelta(minutes=17))


@given(rules=shops(), delivery=DELIVERIES, now=MOMENTS)
@settings(max_examples=150, deadline=None)
def test_nothing_ever_arrives_on_a_day_nobody_delivers(rules: DeliveryRules, delivery: Delivery, now: datetime) -> None:
    """Nor before it was ordered."""
    days = arrives(delivery, now, rules)
    assert days is not None

    for day in days:
        assert np.is_busday(np.datetime64(day), busdaycal=rules.calendar_of_door(None, day.year))
        assert day >= now.astimezone(rules.zone).date()
    assert days[0] <= days[1]


@given(rules=shops(), now=MOMENTS, slow=st.integers(0, 11), way=st.integers(0, 11))
@settings(max_examples=100, deadline=None)
def test_more_days_of_handling_or_transit_never_bring_it_sooner(
    rules: DeliveryRules, now: datetime, slow: int, way: int
) -> None:
    """Longer is never shorter."""

    def latest(handling: int, transit: int) -> date:
        days = arrives(Delivery((0, handling), (0, transit)), now, rules)
        assert days is not None
        return days[1]

    assert latest(slow, way) <= latest(slow + 1, way)
    assert latest(slow, way) <= latest(slow, way + 1)


@given(
    rules=shops(),
    now=MOMENTS,
    pairs=st.lists(st.tuples(st.integers(-1, 9), st.integers(-1, 9)), min_size=1, max_size=20),
    usual=st.sampled_from([None, (1, 3)]),
    to=st.sampled_from([None, "IE"]),
)
@settings(max_examples=150, deadline=None)
def test_what_is_said_of_all_products_at_once_is_said_of_each(
    rules: DeliveryRules, now: datetime, pairs: list[tuple[int, int]], usual: tuple[int, int] | None, to: str | None
) -> None:
    """A product kept by a deadline is never told to arrive after it, and none in time is left out."""
    rules = replace(rules, handling=usual, abroad={"IE": (2, 4)})
    found = latest_days(_days(*(h for h, _ in pairs)), _days(*(t for _, t in pairs)), now, rules, to)

    for at, (handling, transit) in enumerate(pairs):
        told = Delivery((0, handling) if handling >= 0 else None, (0, transit) if transit >= 0 else None)
        days = arrives(told, now, rules, to)
        assert found[at] == (NEVER if days is None else (days[1] - date(1970, 1, 1)).days)


def _days(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int16)
