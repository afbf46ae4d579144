"""What each kind of rule may say in the file: the fields, their bounds, and the words told where one is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import RAISE, Schema, ValidationError, fields, validate, validates_schema

from bot.governance import rules
from bot.model import GIFTBOT, Purpose

KEPT = timedelta(days=34)
"""How far back a rule may look: the store knows for 35 days what a shopper got, and leeway comes on top."""

_UNITS = {"minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_LENGTH = re.compile(r"^([0-9]{1,6}) (minute|hour|day|week)s?$")
_NAME = r"^[a-z0-9][a-z0-9_.-]{0,63}$"
_FEWEST_LOUD = timedelta(hours=4)


class _Length(fields.Field[timedelta]):
    """Such as ``30 minutes``, ``7 days``."""

    def __init__(self, most: timedelta = KEPT, **more: Any) -> None:
        super().__init__(**more)
        self._most = most

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> timedelta:
        found = _LENGTH.match(value) if isinstance(value, str) else None
        length = timedelta(seconds=int(found[1]) * _UNITS[found[2]]) if found else timedelta()
        if not timedelta() < length <= self._most:
            raise ValidationError(
                f"must be a length of time such as 30 minutes or 7 days, up to {self._most.days} days"
            )
        return length


def _told(length: timedelta) -> str:
    return f"{length.days} days" if length.days else f"{length.seconds // 60} minutes"


class _Purposes(fields.List[Purpose]):
    """Some of service, reminder and marketing; answer only where the rule may bind answers."""

    def __init__(self, *allowed: Purpose, **more: Any) -> None:
        self._allowed = allowed or tuple(purpose for purpose in Purpose if purpose in rules.OTHERS)
        super().__init__(fields.Raw(), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:
        names = {purpose.value: purpose for purpose in self._allowed}
        if (
            not isinstance(value, list)
            or not value
            or not all(isinstance(each, str) and each in names for each in value)
        ):
            answers = "" if Purpose.ANSWER in self._allowed else "; answers are always free of it"
            raise ValidationError(f"must be a list of {', '.join(names)}{answers}")
        return frozenset(names[each] for each in value)


class _Zone(fields.Field[ZoneInfo]):
    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> ZoneInfo:
        try:
            return ZoneInfo(str(value))
        except (ValueError, OSError, LookupError) as error:
            raise ValidationError("must be a time zone such as Europe/London") from error


def _whole(least: int = 1, most: int = 1_000_000) -> fields.Integer:
    bounds = validate.Range(least, most, error=f"must be a whole number from {least} to {most}")
    return fields.Integer(
        required=True, validate=bounds, error_messages={"invalid": f"must be a whole number from {least} to {most}"}
    )


def _name(pattern: str = _NAME, **more: Any) -> fields.String:
    rule = validate.Regexp(pattern, error="must be small letters, digits, dots, dashes and underscores, up to 64")
    return fields.String(validate=rule, **{"required": True, **more})


def _sentence() -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, 500, error="must be 1 to 500 characters"))


class _Form(Schema):
    class Meta:
        unknown = RAISE

    id = _name()
    author = _sentence()
    since = fields.Date(required=True, error_messages={"invalid": "must be a day such as 2026-11-22"})
    why = _sentence()


class _For(_Form):
    purposes = _Purposes(required=True, data_key="for")


class _Zoned(_Form):
    zone = _Zone(required=True)


class _Leeway(_Form):
    clocks = _Length(timedelta(minutes=30), required=True)
    calls = _Length(timedelta(minutes=30), required=True)


class _Counting(_For):
    counts = _Purposes(required=True)


class _Cap(_Counting):
    most = _whole()
    within = _Length(required=True)


class _Gap(_Counting):
    at_least = _Length(required=True)


class _QuietHours(_For):
    starts = fields.Time(required=True, format="%H:%M", data_key="from", error_messages={"invalid": "must be as 21:00"})
    ends = fields.Time(required=True, format="%H:%M", data_key="to", error_messages={"invalid": "must be as 08:00"})

    @validates_schema
    def _leaves_time(self, data: Mapping[str, Any], **_: Any) -> None:
        minutes = [each.hour * 60 + each.minute for each in (data["starts"], data["ends"])]
        if timedelta(minutes=(minutes[0] - minutes[1]) % 1440) < _FEWEST_LOUD:
            raise ValidationError("must leave at least 4 hours of the day", "to")


class _Within(_For):
    within = _Length(required=True)


class _Opened(_For):
    within = _Length(timedelta(days=366), required=True)


class _NotIntoTalk(_For):
    silent_for = _Length(required=True)


class _Bulk(_For):
    most = _whole()
    within = _Length(required=True)


class _Expiry(_Form):
    purposes = _Purposes(*Purpose, required=True, data_key="for")
    after = _Length(required=True)


class _NewestAnswer(_Form):
    after = _Length(required=True)


class _Department(_Bulk):
    department = _name(rf"^\*$|(?!{GIFTBOT}$){_NAME}")


class _Campaign(_Form):
    campaign = _name()
    departments = fields.List(_name(), required=True, validate=validate.Length(1, error="must name one at least"))
    starts = fields.AwareDateTime(required=True, data_key="from")
    ends = fields.AwareDateTime(required=True, data_key="until")
    most = _whole()
    most_a_day = _whole()

    @validates_schema
    def _has_an_end(self, data: Mapping[str, Any], **_: Any) -> None:
        if not timedelta() < data["ends"] - data["starts"] <= KEPT:
            raise ValidationError(f"must be after “from”, by {KEPT.days} days at most", "until")


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of rule is written, and the value it makes."""

    schema: type[Schema]
    makes: type[rules.Rule]


FORMS: dict[str, Form] = {
    "time_zone": Form(_Zoned, rules.TimeZone),
    "leeway": Form(_Leeway, rules.Leeway),
    "quiet_hours": Form(_QuietHours, rules.QuietHours),
    "cap": Form(_Cap, rules.Cap),
    "gap": Form(_Gap, rules.Gap),
    "opened_by_shopper": Form(_Opened, rules.OpenedByShopper),
    "not_into_talk": Form(_NotIntoTalk, rules.NotIntoTalk),
    "same_text": Form(_Within, rules.SameText),
    "bulk": Form(_Bulk, rules.Bulk),
    "consent": Form(_For, rules.Consent),
    "approval": Form(_For, rules.Approval),
    "expiry": Form(_Expiry, rules.Expiry),
    "newest_answer": Form(_NewestAnswer, rules.NewestAnswer),
    "department": Form(_Department, rules.Department),
    "campaign": Form(_Campaign, rules.Campaign),
}
"""By the value of ``rule:`` in the file."""
