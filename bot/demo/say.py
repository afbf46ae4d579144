"""``giftbot demo --say``: a talk without a browser, one message after the other, each with its answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

import aiohttp

from bot.demo.plan import store_settings
from bot.demo.talker import Exchange, Talker
from bot.demo.xside import XSide
from bot.model import ShopperId
from bot.store.connection import Store

_SHOWN = ("id", "title", "price", "currency", "reasons")
_SILENCE = {
    "opted_out": "(silence, on purpose: this shopper has opted out and hears nothing until START)",
    "silent": "(silence, on purpose: a person of the brand has this talk)",
    "buried": "(giftbot gave this message up after repeated failure and apologised)",
}


async def converse(
    sandbox_url: str,
    redis_url: str,
    shopper_id: ShopperId,
    texts: Sequence[str],
    *,
    as_json: bool,
    timeout_s: float,
    out: TextIO,
) -> str:
    """Say each text as ``shopper_id`` and print what comes back; stops at the first that is not answered.

    Returns:
        An empty text where every message was answered (or rightly met with silence), else the reason.

    Raises:
        Unavailable: the sandbox or Redis is gone.
    """
    async with aiohttp.ClientSession() as session, Store(store_settings(redis_url)) as store:
        talker = Talker(XSide(session, sandbox_url), store.records, shopper_id)
        for text in texts:
            exchange = await talker.say(text, timeout_s)
            print(
                json.dumps(as_object(exchange), ensure_ascii=False) if as_json else as_text(exchange),
                file=out,
            )
            out.flush()
            if not exchange.handled:
                return why_not(exchange, timeout_s)
    return ""


def as_object(exchange: Exchange) -> dict[str, Any]:
    """One turn for programs: what was said, answered, understood and suggested."""
    record = exchange.record
    return {
        "said": exchange.said,
        "replies": list(exchange.replies),
        "brief": dict(record.brief) if record else {},
        "suggestions": [
            {name: _number(one.get(name)) if name == "price" else one.get(name) for name in _SHOWN}
            for one in (record.suggestions if record else ())
        ],
        "ms": round(exchange.ms),
        "outcome": exchange.outcome,
    }


def as_text(exchange: Exchange) -> str:
    """One turn for a reader, as two speakers."""
    lines = ["you  " + exchange.said.replace("\n", "\n     "), ""]
    for reply in exchange.replies:
        lines += ["bot  " + reply.replace("\n", "\n     "), ""]
    if exchange.outcome in _SILENCE:
        lines += ["     " + _SILENCE[exchange.outcome], ""]
    return "\n".join(lines)


def why_not(exchange: Exchange, timeout_s: float) -> str:
    """Why a message counts as not answered."""
    if exchange.outcome == "buried":
        return f"message {exchange.message_id} was given up by the dialogue worker after repeated failure"
    if exchange.record is not None:
        return f"message {exchange.message_id} has an answer, but it did not arrive in {timeout_s:g} s"
    return f"message {exchange.message_id} was not answered in {timeout_s:g} s"


def _number(price: Any) -> Any:
    try:
        return float(price)
    except (TypeError, ValueError):
        return price
