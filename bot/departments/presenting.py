"""Sends, verdicts, rules and consents as the document writes them. Empty values are left out."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from bot.governance.rule_forms import FORMS
from bot.governance.rules import Rule
from bot.governance.verdict import Verdict
from bot.governance.wording import length
from bot.model import Send
from bot.store.outbound.sends import Step
from bot.store.shoppers.consents import ConsentRecord

_KINDS = {form.makes: name for name, form in FORMS.items()}
_FIELDS = {"purposes": "for"}


def told(moment: datetime | None) -> str:
    """A moment in UTC; empty for none."""
    return (
        ""
        if moment is None
        else moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """One verdict."""
    return _without_empty(
        may=verdict.may.value, reason=verdict.reason, sentence=verdict.sentence, until=told(verdict.until)
    )


def send_json(send: Send, *, with_text: bool) -> dict[str, Any]:
    """One Send; its text only for those whose it is."""
    optional = _without_empty(
        campaign=send.campaign,
        approved_by=send.approved_by,
        not_before=told(send.not_before),
        put_off_until=told(send.put_off_until),
        expires_at=told(send.expires_at),
        text=send.text if with_text else "",
    )
    return {
        "id": send.id,
        "shopper_id": send.shopper_id,
        "purpose": send.purpose.value,
        "department": send.department,
        "state": send.state.value,
        "reason": send.reason,
        "attempts": send.attempts,
        "created_at": told(send.created_at),
        **optional,
    }


def step_json(step: Step) -> dict[str, Any]:
    """One step of a Send's life."""
    return {"at": told(step.at), "state": step.state.value, "reason": step.reason}


def rule_json(rule: Rule) -> dict[str, Any]:
    """One rule, in the words of its file as near as may be."""
    fields = {field.name: getattr(rule, field.name) for field in dataclasses.fields(rule)}
    plain = {_FIELDS.get(name, name): _plain(value) for name, value in fields.items()}
    return {"id": rule.id, "rule": _KINDS[type(rule)], **plain}


def consent_json(record: ConsentRecord) -> dict[str, Any]:
    """One row of the ledger of consents."""
    row = {
        "purpose": record.purpose.value,
        "granted": record.granted,
        "source": record.source,
        "how": record.how,
        "at": told(record.at),
    }
    return {**row, **_without_empty(wording=record.wording, by=record.by, said_at=told(record.said_at))}


def _plain(value: Any) -> Any:
    match value:
        case timedelta():
            return length(value)
        case time():
            return f"{value:%H:%M}"
        case datetime():
            return told(value)
        case date():
            return value.isoformat()
        case ZoneInfo():
            return value.key
        case frozenset():
            return sorted(getattr(each, "value", each) for each in value)
    return value


def _without_empty(**values: str) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
