"""Sends as ``giftbot outbox`` prints them: for people, and as one JSON object a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.model import Send

if TYPE_CHECKING:
    from datetime import datetime

    from bot.governance.verdict import Verdict


def plain(send: Send, with_text: bool) -> dict[str, Any]:
    """One Send; what it says only where that is asked for."""
    told = {
        "id": send.id,
        "shopper": send.shopper_id,
        "department": send.department,
        "purpose": send.purpose.value,
        "campaign": send.campaign,
        "state": send.state.value,
        "reason": send.reason,
        "attempts": send.attempts,
        "created": send.created_at.isoformat(),
        "not_before": send.not_before.isoformat() if send.not_before else "",
        "put_off_until": send.put_off_until.isoformat() if send.put_off_until else "",
        "expires": send.expires_at.isoformat() if send.expires_at else "",
        "approved_by": send.approved_by,
        "in_reply_to": send.in_reply_to,
        "dm_event": send.dm_event_id,
    }
    return {**told, "text": send.text} if with_text else told


def said(verdict: Verdict | None) -> dict[str, str]:
    """What the governor says now of one that waits; nothing of others."""
    return {} if verdict is None else {"may": verdict.may.value, "why": verdict.reason, "sentence": verdict.sentence}


def row(send: Send, verdict: Verdict | None, with_text: bool) -> str:
    """One Send on a line, and of one that waits what the governor says now."""
    reason = f" ({send.reason})" if send.reason else ""
    until = ""
    if verdict is not None:
        moment = f" until {at(verdict.until)}" if verdict.until else ""
        until = f": {verdict.may.value} ({verdict.reason}){moment}"
    text = f"\n    {' '.join(send.text.split())}" if with_text else ""
    who = f"{send.department}/{send.purpose.value}"
    return f"{at(send.created_at)}  {send.id}  to {send.shopper_id}  {who}  {send.state.value}{reason}{until}{text}"


def story(told: dict[str, Any]) -> list[str]:
    """A Send's life, line by line, of what `plain` and bot.wiring.explaining tell."""
    campaign = f", campaign {told['campaign']}" if told["campaign"] else ""
    lines = [f"{told['id']} to {told['shopper']}: {told['state']}" + (f" ({told['reason']})" if told["reason"] else "")]
    lines.append(f"  {told['purpose']} of {told['department']}{campaign}; tried {told['attempts']} times")
    lines += [
        f"  {name.replace('_', ' ')}: {told[name]}" for name in ("approved_by", "expires", "dm_event") if told[name]
    ]
    if told["sentence"]:
        lines.append(f"  the governor said: {told['sentence']}")
    lines += [f"  {step['at']}  {step['state']}: {step['reason']}" for step in told["steps"]]
    if told["due"]:
        lines.append(f"  due {told['due']}")
    lines += [f"  now: {one}" for one in told["now"]]
    if "text" in told:
        lines.append(f"  text: {told['text']}")
    return lines


def at(moment: datetime) -> str:
    """A moment in UTC, to the second."""
    return f"{moment:%Y-%m-%d %H:%M:%S}Z"
