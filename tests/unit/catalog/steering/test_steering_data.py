"""A steering file says exactly what it means, or every fault of it is named."""

from __future__ import annotations

import contextlib
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.steering.entries import SteeringError
from catalog.steering.steers import Steers

LONDON = ZoneInfo("Europe/London")
WHOLE = """
- id: tins-in-march
  do: boost
  products: [tin, 007, NO]
  for: {recipient: mum, likes: [baking, tea], budget_to: 30}
  strength: 0.8
  author: Anna
  reason: "too many tins: 400 of them"
  from: 2026-03-02
  until: 2026-03-15
"""


def _entry(**changed: str | None) -> str:
    fields: dict[str, str | None] = {
        "id": "one", "do": "boost", "products": "[tin]", "author": "Anna", "reason": "stock",
        "from": "2026-03-01", "until": "2026-03-31",
    }  # fmt: skip
    fields.update({name.rstrip("_"): value for name, value in changed.items()})
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "- " + "\n  ".join(lines) + "\n"


def test_ids_stay_text_whatever_they_look_like() -> None:
    """007 is not 7, NO is not false, and a day is a day."""
    (steer,) = Steers.parse(WHOLE, LONDON).entries

    assert steer.products == ("tin", "007", "NO")
    assert steer.brief is not None
    assert (steer.author, steer.strength, steer.brief.likes) == ("Anna", 0.8, ("baking", "tea"))


def test_a_day_holds_from_its_first_to_its_last_minute_in_the_shops_zone() -> None:
    """ "Until 29 March" includes that Sunday, on which British clocks go forward."""
    (steer,) = Steers.parse(_entry(until="2026-03-29"), LONDON).entries

    assert steer.starts == datetime(2026, 3, 1, tzinfo=timezone.utc)
    assert steer.ends == datetime(2026, 3, 29, 23, tzinfo=timezone.utc)
    assert steer.is_on(datetime(2026, 3, 29, 22, 59, 59, tzinfo=timezone.utc))
    assert not steer.is_on(steer.ends)


def test_a_moment_may_name_its_own_zone() -> None:
    """A sale that ends at noon ends at noon."""
    (steer,) = Steers.parse(_entry(from_="2026-03-01T12:00Z", until="2026-07-01T12:00"), LONDON).entries

    assert steer.starts == datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
    assert steer.ends == datetime(2026, 7, 1, 11, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("id", None, "missing"),
        ("author", None, "missing"),
        ("reason", None, "missing"),
        ("from_", None, "missing"),
        ("until", None, "missing"),
        ("until", "2026-02-01", "before from"),
        ("until", "next week", "no day or moment"),
        ("until", "2026-02-30", "no day or moment"),
        ("until", "9999-12-31", "no day or moment"),
        ("do", "promote", "boost, bury, pin or hide"),
        ("strength", "2", "up to 1"),
        ("strength", "much", "up to 1"),
        ("strength", "nan", "up to 1"),
        ("products", None, "missing"),
        ("where", "{brand: Acme}", "beside products"),
        ("where", "[brand]", "not a mapping"),
        ("products", "{tin: 1}", "not a list"),
        ("for", "{colour: red}", "not known"),
        ("for", "{budget_to: plenty}", "no sum"),
        ("for", "{budget_to: -3}", "no sum"),
        ("for", "{recipient: [mum, dad]}", "one text"),
        ("colour", "red", "not a field"),
        ("reason", "x" * 301, "one line"),
    ],
)
def test_a_fault_names_line_entry_field_and_what_to_write(field: str, value: str | None, told: str) -> None:
    """A merchandiser mends it without asking an engineer."""
    text = _entry(id="sound") + _entry(id="wrong", **{field: value}) if field != "id" else _entry(id=value)
    with pytest.raises(SteeringError) as caught:
        Steers.parse(text, LONDON)

    fault = next(one for one in caught.value.faults if told in f"{one.rule}; {one.hint}")
    assert fault.entry == ("wrong" if field != "id" else "entry 1")
    assert fault.line >= 1
    assert fault.field == field.rstrip("_")
    assert fault.hint


def test_all_faults_are_told_at_once() -> None:
    """One round of mending, not five."""
    with pytest.raises(SteeringError) as caught:
        Steers.parse(_entry(do="lift", author=None) + _entry(until="soon"), LONDON)

    assert {fault.field for fault in caught.value.faults} == {"do", "author", "until"}


@pytest.mark.parametrize(
    ("changed", "field"), [({}, "for"), ({"for_": "{recipient: mum}", "products": None}, "products")]
)
def test_a_pin_names_its_brief_and_its_products(changed: dict[str, str | None], field: str) -> None:
    """A product pinned for everybody, or a thousand pinned at once, would be no answer to anybody."""
    fields = {"where": "{brand: Acme}", **changed} if changed else {}
    with pytest.raises(SteeringError) as caught:
        Steers.parse(_entry(do="pin", **fields), LONDON)

    assert field in {fault.field for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("steers: {}", "not a list"),
        ("- [a, b]", "not an entry"),
        ("- id: a\n  id: b", "written twice"),
        (_entry() + _entry(), "used by another"),
        ("- &a [*a]", "anchors"),
        ("- id: *nowhere", "anchors"),
        ("- id: {a: {b: {c: {d: e}}}}", "deeply"),
        ("[" * 5000, "deeply"),
        ("- id: 'open", "not YAML"),
        ("- id: \x00", "not YAML"),
        ("#" * 1_100_000, "1 MiB"),
        ("- id: a\n" * 1001, "1000 entries"),
        ("- ? [x]\n  : y", "not"),
        ("\ud800", "not UTF-8"),
    ],
    ids=range(14),
)
def test_a_broken_or_hostile_file_is_refused_with_its_fault(text: str, told: str) -> None:
    """No anchor bomb, no depth bomb, no stack trace."""
    with pytest.raises(SteeringError, match=told):
        Steers.parse(text, LONDON)


def test_an_empty_file_steers_nothing() -> None:
    """Nor do comments alone."""
    assert Steers.parse("", LONDON).entries == ()
    assert Steers.parse("# planned for June\n[]\n", LONDON).entries == ()


PIECES = ["id", "do", "- ", ": ", WHOLE, *"-:#[]{},&*!|>'\"%@` \n\tax0é\ufeff\x85"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused_and_never_breaks_the_reader(text: str) -> None:
    """The file is typed by hand."""
    with contextlib.suppress(SteeringError):
        Steers.parse(text, LONDON)


@pytest.mark.parametrize("sign", ["\\x85", "\\u2028", "\\0", "\\a", "\\u202e"])
@pytest.mark.parametrize(
    "changed",
    [
        {"products": '["a{}b"]'},
        {"products": None, "where": '{{brand: "a{}b"}}'},
        {"products": None, "where": '{{"a{}b": Acme}}'},
        {"for_": '{{recipient: "m{}m"}}'},
        {"for_": '{{likes: ["m{}m"]}}'},
        {"author": '"B{}o"'},
    ],
    ids=["id", "value", "name", "brief", "like", "author"],
)
def test_no_text_holds_what_nobody_sees(changed: dict[str, str | None], sign: str) -> None:
    """It could only be a slip, or a trick on who reads the list."""
    entry = _entry(**{name: value.format(sign) if value else None for name, value in changed.items()})
    with pytest.raises(SteeringError, match="not one line"):
        Steers.parse(entry, LONDON)


@pytest.mark.parametrize("name", ["Custom Label 0", "custom_label_0", "g:custom_label_0", "customLabel 0"])
def test_attributes_are_named_as_in_feeds(name: str) -> None:
    """However the merchandiser's spreadsheet spells the column."""
    (steer,) = Steers.parse(_entry(products=None, where=f'{{"{name}": Spring}}'), LONDON).entries

    assert steer.where == {"custom_label_0": "Spring"}
