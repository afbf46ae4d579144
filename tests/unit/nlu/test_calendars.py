"""Feasts are kept on their days, in every country and every year known."""

# ruff: noqa: E501 - days are checked more easily in rows
from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hebrew import _HebrewLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from holidays.calendars.islamic import _IslamicLunar
from hypothesis import given
from hypothesis import strategies as st

from nlu.days.calendars import FEASTS, next_feast
from nlu.days.countries import country_named
from nlu.days.moon_feasts import MOON_FEASTS

START = date(2026, 1, 1)

KNOWN = [
    ("mothers_day", "GB", "2026-03-15"), ("mothers_day", "IE", "2026-03-15"), ("mothers_day", "US", "2026-05-10"), ("mothers_day", "AU", "2026-05-10"),
    ("mothers_day", "IN", "2026-05-10"), ("mothers_day", "FR", "2026-05-31"), ("mothers_day", "ES", "2026-05-03"), ("mothers_day", "MX", "2026-05-10"),
    ("mothers_day", "NO", "2026-02-08"), ("mothers_day", "PL", "2026-05-26"), ("mothers_day", "AE", "2026-03-21"),
    ("fathers_day", "GB", "2026-06-21"), ("fathers_day", "AU", "2026-09-06"), ("fathers_day", "NZ", "2026-09-06"), ("fathers_day", "DE", "2026-05-14"),
    ("fathers_day", "ES", "2026-03-19"), ("fathers_day", "SE", "2026-11-08"), ("thanksgiving", "US", "2026-11-26"), ("thanksgiving", "CA", "2026-10-12"),
    ("easter", "GB", "2026-04-05"), ("good_friday", "GB", "2026-04-03"), ("black_friday", "GB", "2026-11-27"), ("eid", "GB", "2026-03-20"),
    ("ramadan", "GB", "2026-02-18"), ("hanukkah", "US", "2026-12-04"), ("diwali", "IN", "2026-11-08"), ("raksha_bandhan", "IN", "2026-08-28"),
    ("karva_chauth", "IN", "2026-10-29"), ("valentines_day", "US", "2026-02-14"), ("new_year", "GB", "2026-01-01"), ("memorial_day", "US", "2026-05-25"),
    ("teachers_day", "IN", "2026-09-05"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "country", "day"), KNOWN)
def test_a_feast_of_2026_is_on_the_day_printed_in_calendars(name: str, country: str, day: str) -> None:
    """Looked up by hand; Mother's Day of Britain and America are eight weeks apart."""
    assert next_feast(name, START, country) == date.fromisoformat(day)


def test_the_mothers_day_of_france_gives_way_to_whit_sunday() -> None:
    """In 2023 the last Sunday of May was Whit Sunday."""
    assert next_feast("mothers_day", date(2023, 1, 1), "FR") == date(2023, 6, 4)


@pytest.mark.parametrize(
    ("name", "calendar", "rule", "shift"),
    [("diwali", _HinduLunisolar, "diwali_india_date", 0), ("raksha_bandhan", _HinduLunisolar, "raksha_bandhan_date", 0), ("holi", _HinduLunisolar, "holi_date", 0),
     ("karva_chauth", _HinduLunisolar, "karwa_chauth_date", 0), ("eid_al_fitr", _IslamicLunar, "eid_al_fitr_dates", 0),
     ("eid_al_adha", _IslamicLunar, "eid_al_adha_dates", 0), ("ramadan", _IslamicLunar, "ramadan_beginning_dates", 0),
     ("hanukkah", _HebrewLunisolar, "hanukkah_date", -1), ("lunar_new_year", _ChineseLunisolar, "lunar_new_year_date", 0)],
)  # fmt: skip
def test_feasts_of_the_moon_agree_with_the_package_holidays(name: str, calendar: type, rule: str, shift: int) -> None:
    """The list was made from it; when the package mends a day, this says so. Hanukkah begins the evening before."""
    ours = MOON_FEASTS[name]
    theirs: set[date] = set()
    for year in range(ours[0].year, ours[-1].year + 1):
        said = getattr(calendar(), rule)(year)
        for one in [said] if isinstance(said, tuple) else said:
            day = (one[0] if isinstance(one, tuple) else one) + timedelta(shift)
            theirs |= {day} if ours[0].year <= day.year <= ours[-1].year else set()
    assert set(ours) == theirs


def test_lists_of_feasts_of_the_moon_leave_no_year_out() -> None:
    """They are in order of time and about a year apart."""
    gaps = [(b - a).days for days in MOON_FEASTS.values() for a, b in itertools.pairwise(days)]
    assert min(gaps) > 345
    assert max(gaps) < 390


@given(
    name=st.sampled_from(sorted(FEASTS)),
    today=st.dates(date(2025, 1, 1), date(2034, 6, 1)),
    country=st.sampled_from(["GB", "US", "AU", "FR", "DE", "IN", "KE"]),
)
def test_the_next_feast_is_the_next(name: str, today: date, country: str) -> None:
    """At or after today, no more than a year and a moon ahead, and the same asked on the day itself."""
    day = next_feast(name, today, country)
    if day is None:
        assert name in ("teachers_day", "independence_day")
        return
    assert today <= day <= today + timedelta(396)
    assert next_feast(name, day, country) == day


@given(st.text(max_size=12) | st.sampled_from(sorted(FEASTS)), st.dates(), st.text(max_size=3))
def test_no_name_no_day_and_no_country_is_too_much(name: str, today: date, country: str) -> None:
    """From the first day there is to the last."""
    day = next_feast(name, today, country)
    assert day is None or day >= today


@pytest.mark.parametrize(
    ("text", "country"),
    [("UK Mother's Day present", "GB"), ("american mothers day", "US"), ("for father's day in Australia", "AU"), ("Mother's Day (I'm in Canada)", "CA"),
     ("it's for US Father's Day", "US"), ("we live in the US", "US"), ("she's Irish", "IE"), ("get this to us by Friday", None),
     ("in us we trust", None), ("she loves Italian food", None), ("£20 or $20", None), ("in Canada, but for UK Mother's Day", "GB")],
)  # fmt: skip
def test_the_country_a_message_is_about_is_read(text: str, country: str | None) -> None:
    """The pronoun "us" and a currency sign are no country."""
    assert country_named(text) == country
