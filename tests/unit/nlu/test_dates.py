"""The day of the occasion and the last day to arrive are read as dates, and nothing else is taken for one."""

# ruff: noqa: E501 - what shoppers write is listed, one to a line
from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlu.days.dates import DatesFound, find_dates
from nlu.days.occasions import find_occasions
from nlu.words.lexicon import Lexicon
from nlu.words.text import clean, words_of

TODAY = date(2026, 6, 10)
"""A Wednesday."""


def read(text: str, lexicon: Lexicon, today: date = TODAY, country: str = "GB") -> DatesFound:
    words = words_of(clean(text).text)
    return find_dates(clean(text).text, words, find_occasions(words, lexicon), today=today, country=country)


OCCASIONS = {
    "her birthday next Friday": "2026-06-19",
    "it's my brother's birthday on Friday": "2026-06-12",
    "mum's birthday this saturday, likes tea": "2026-06-13",
    "birthday on the 3rd": "2026-07-03",
    "his birthday is the 23rd": "2026-06-23",
    "she turns 50 on March 12, birthday gift please": "2027-03-12",
    "wedding in two weeks": "2026-06-24",
    "our anniversary is in a fortnight": "2026-06-24",
    "anniversary tomorrow help": "2026-06-11",
    "graduation party this weekend": "2026-06-13",
    "their wedding is at the end of the month": "2026-06-30",
    "dad's birthday is Dec 3": "2026-12-03",
    "birthday 3/12": "2026-12-03",
    "wedding on 2026-12-03": "2026-12-03",
    "her birthday is a week on Saturday": "2026-06-20",
    "retirement do on Saturday week": "2026-06-20",
    "birthday is the second of november": "2026-11-02",
    "my nephew's birthday is July the 4th": "2026-07-04",
    "tomorrow is our anniversary": "2026-06-11",
    "housewarming on sat": "2026-06-13",
    "birthday present for my sister. It's on the 5th.": "2026-07-05",
    "birthday gift for my uncle. Next Monday.": "2026-06-15",
    "her birthday is wendesday week": "2026-06-24",
    "wedding is in 10 days, they love cooking": "2026-06-20",
    "their wedding is on saturday the 20th": "2026-06-20",
    "his birthday is the day before Christmas": "2026-12-24",
    "grandma's birthday falls on new year's eve": "2026-12-31",
    "baby shower two weeks from saturday": "2026-06-27",
    "christening on sunday 21st": "2026-06-21",
    "the birthday party is 12 days away": "2026-06-22",
    "I need it for a party on Saturday": "2026-06-13",
    "my aunt will be 60 on new year's eve": "2026-12-31",
    "her birthday was last month, our anniversary is on Saturday": "2026-06-13",
    "birthday on the 1st of next month": "2026-07-01",
    "graduation next Thurs": "2026-06-18",
    "birthday july 1 2027": "2027-07-01",
}


@pytest.mark.parametrize(("text", "day"), OCCASIONS.items())
def test_the_day_said_of_an_occasion_is_its_date(text: str, day: str, lexicon: Lexicon) -> None:
    """People name days in many ways; each is one day of the calendar, and no deadline."""
    assert read(text, lexicon) == DatesFound(date.fromisoformat(day), None, read(text, lexicon).spans)


DEADLINES = {
    "needs to arrive by the 23rd": "2026-06-23",
    "something for my sister, by Friday": "2026-06-12",
    "I need it for Saturday": "2026-06-13",
    "must be here within 3 days": "2026-06-13",
    "gift for mum asap": "2026-06-10",
    "I need a present today": "2026-06-10",
    "need it tomorrow": "2026-06-11",
    "I leave on Monday, something for my host": "2026-06-15",
    "can it be delivered before the 20th?": "2026-06-19",
    "it has to be here on 12 June at the latest": "2026-06-12",
    "I've only got until Sunday": "2026-06-14",
    "has to arrive no later than next thursday": "2026-06-18",
    "got to be here by 5pm Friday": "2026-06-12",
    "I've got three days to find a thing for my boss": "2026-06-13",
    "we fly out on the 15th": "2026-06-15",
    "must get here in the next 2 weeks": "2026-06-24",
    "present needed by end of next week please": "2026-06-19",
}


@pytest.mark.parametrize(("text", "day"), DEADLINES.items())
def test_the_last_day_to_arrive_is_a_deadline_and_no_occasion(text: str, day: str, lexicon: Lexicon) -> None:
    """What comes too late is no gift; and nobody's birthday was spoken of."""
    assert (read(text, lexicon).deadline, read(text, lexicon).occasion_date) == (date.fromisoformat(day), None)


BOTH = {
    "birthday's on the 5th so must have it the day before": ("2026-07-05", "2026-07-04"),
    "christmas gift for dad, must be here before Christmas": ("2026-12-25", "2026-12-24"),
    "will it come in time for Christmas": ("2026-12-25", "2026-12-24"),
    "need something before her birthday on Friday": ("2026-06-12", "2026-06-11"),
    "it's her birthday on the 20th, needs to arrive by the 18th": ("2026-06-20", "2026-06-18"),
    "anniversary gift, needs to be here in time for our anniversary on 1 July": ("2026-07-01", "2026-07-01"),
    "something for Father's Day, arriving by Saturday 20th": ("2026-06-21", "2026-06-20"),
}


@pytest.mark.parametrize(("text", "days"), BOTH.items())
def test_occasion_and_deadline_are_told_apart(text: str, days: tuple[str, str], lexicon: Lexicon) -> None:
    """The day it is given and the day it must be there are two things."""
    found = read(text, lexicon)
    assert (str(found.occasion_date), str(found.deadline)) == days


NEITHER = [
    "mum likes wine, 3/4 quid each", "open 24/7 shop for my brother", "size 12 dress for my sister's birthday", "my number is 07700 900123",
    "she may like 3 things for her birthday", "he may 5 or so times a week go running", "the second one for her birthday", "birthday gift, something for the sun",
    "she sat down and cried on her birthday", "a march around the park for her birthday", "mum's 60th birthday", "gift for a 23 year old",
    "birthday in august", "wedding next month", "no rush, birthday gift for dad", "her birthday was last week", "birthday gift, i get paid on friday",
    "he loves a sunday roast, birthday present", "she's out of work since Monday, birthday gift", "that's all for today", "don't send it before the 12th", "will look tomorrow", "birthday, last Friday we argued", "she goes swimming every tuesday", "her birthday was on the 3rd",
    "wedding present under 50", "I saw it yesterday", "we've been dating 3 months, gift ideas?", "the 1st thing I thought of for her birthday was tea",
    "i bought her perfume two weeks ago for her birthday", "married 12/12 times", "he collects star wars since 2019-05-04 for his birthday", "sign up by phone",
    "black friday deals", "one by one", "gift for a 4 month old baby", "she's on a 3/4 length coat kick", "what's the weather in Leeds tomorrow",
]  # fmt: skip


@pytest.mark.parametrize("text", NEITHER)
def test_figures_and_words_that_name_no_day_to_come_are_no_date(text: str, lexicon: Lexicon) -> None:
    """A date made of a size or a price would rule out every gift."""
    assert (read(text, lexicon).occasion_date, read(text, lexicon).deadline) == (None, None)


@pytest.mark.parametrize(
    ("today", "friday", "monday"),
    [("2026-06-10", "2026-06-19", "2026-06-15"), ("2026-06-12", "2026-06-19", "2026-06-15"), ("2026-06-13", "2026-06-19", "2026-06-15"),
     ("2026-06-15", "2026-06-26", "2026-06-22")],
)  # fmt: skip
def test_next_is_of_next_week(today: str, friday: str, monday: str, lexicon: Lexicon) -> None:
    """Said on Wednesday, "next Friday" is not the day after tomorrow."""
    day = date.fromisoformat(today)
    assert str(read("birthday next Friday", lexicon, day).occasion_date) == friday
    assert str(read("birthday next Monday", lexicon, day).occasion_date) == monday


def test_the_order_of_day_and_month_is_the_country_s(lexicon: Lexicon) -> None:
    """3/12 is in March in the US, and 25/12 can only be Christmas Day."""
    assert str(read("birthday is 3/12", lexicon, country="US").occasion_date) == "2027-03-12"
    assert str(read("birthday is 25/12", lexicon, country="US").occasion_date) == "2026-12-25"


@pytest.mark.parametrize(
    ("text", "country", "day"),
    [("mother's day gift", "GB", "2027-03-07"), ("mother's day gift", "US", "2027-05-09"), ("US Mother's Day gift", "GB", "2027-05-09"),
     ("mothers day in Ireland", "US", "2027-03-07"), ("father's day £20", "AU", "2026-09-06"), ("father's day $20", "GB", "2026-06-21"),
     ("christmas", "GB", "2026-12-25"), ("diwali gift", "IN", "2026-11-08"), ("eid gift", "GB", "2027-03-09"), ("hanukkah", "US", "2026-12-04"),
     ("thanksgiving host gift", "CA", "2026-10-12"), ("Eid is on Friday", "GB", "2026-06-12"), ("hanukkah starts on the 14th", "US", "2026-06-14")],
)  # fmt: skip
def test_a_feast_is_kept_on_its_day_in_the_country_meant(text: str, country: str, day: str, lexicon: Lexicon) -> None:
    """The country the message names wins over the shop's, currency signs say nothing, a day said wins over the calendar."""
    assert str(read(text, lexicon, country=country).occasion_date) == day


def test_a_day_said_of_another_occasion_is_not_the_gift_s(lexicon: Lexicon) -> None:
    """A Christmas gift is for Christmas, whenever the birthday is."""
    found = read("Christmas gift for my wife, her birthday is on 3 July too", lexicon)
    assert str(found.occasion_date) == "2026-12-25"


def test_where_a_day_stands_is_told_as_it_was_written(lexicon: Lexicon) -> None:
    """So that money and ages leave its figures alone, also behind a word that was mended."""
    text = "her brithday is saterday the 13th, wedding 12/09"
    assert [text[start:end] for start, end in read(text, lexicon).spans] == ["saterday the 13th", "12/09"]


def test_a_short_weekday_survives_the_mending_of_words(lexicon: Lexicon) -> None:
    """Other words are mended before days are looked for; "thurs" is no slip in "tours"."""
    text = "graduation next thurs"
    words = [replace(word, text="tours" if word.text == "thurs" else word.text) for word in words_of(text)]
    found = find_dates(text, words, find_occasions(words, lexicon), today=TODAY, country="GB")
    assert str(found.occasion_date) == "2026-06-18"


YEARS = st.dates(date(2025, 1, 1), date(2034, 12, 31))
FORMS = ["on {m} {d}", "on {d} {m}", "on the {d}th", "next friday", "in {d} days", "on 29 feb", "in a month", "this weekend", "tomorrow", "on {d}/{n}"]  # fmt: skip


@given(YEARS, st.integers(1, 31), st.integers(1, 12), st.sampled_from(FORMS), st.sampled_from(["GB", "US", "IN", "AU"]))
def test_a_day_lies_at_or_after_today(today: date, day: int, month: int, form: str, country: str) -> None:
    """A year rolls over, a leap day waits for its year, and no month has a 31st that has none."""
    name = date(2024, month, 1).strftime("%B")
    text = f"birthday {form.format(m=name, d=day, n=month)}, need it by {day} {name}"
    words = words_of(text)
    found = find_dates(text, words, (), today=today, country=country)
    assert all(one >= today for one in (found.occasion_date, found.deadline) if one)


@given(today=st.dates(date(2025, 1, 1), date(2034, 12, 31)), days=st.integers(0, 400))
def test_a_day_written_in_full_is_that_day(today: date, days: int, lexicon: Lexicon) -> None:
    """Whatever way it is written, with a year there is nothing to guess."""
    day = today + timedelta(days)
    for written in (day.isoformat(), day.strftime("%d/%m/%Y"), day.strftime("%d %B %Y"), day.strftime("%B %d, %Y")):
        assert read(f"her wedding is on {written}", lexicon, today).occasion_date == day


@settings(max_examples=300)
@given(text=st.text(max_size=200), today=st.dates())
def test_no_text_on_no_day_is_too_much(text: str, today: date, lexicon: Lexicon) -> None:
    """From the first day there is to the last."""
    found = read(
        text + " 3/12 by friday, in 999 weeks, mother's day, hanukkah, end of next month, next friday", lexicon, today
    )
    assert found.deadline is None or found.deadline >= today


def test_a_post_without_a_day_costs_next_to_nothing(lexicon: Lexicon) -> None:
    """Most messages name no day; they are not looked at twice."""
    text = (
        "My brother is hard to buy for. He paints small models, runs in the rain and makes coffee for everyone at work, £40. "
        * 4
    )[:400]
    words = words_of(text)
    best = min(_seconds(text, words) for _ in range(50))
    assert best < 0.0003


def _seconds(text: str, words: tuple) -> float:  # type: ignore[type-arg]
    begun = time.perf_counter()
    find_dates(text, words, (), today=TODAY, country="GB")
    return time.perf_counter() - begun
