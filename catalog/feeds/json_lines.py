"""Reads JSON lines: one product a line, every value as the text it was written in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from catalog.feeds.cleaning.rules import Refused, rejection
from catalog.feeds.columns import OURS, plain_name
from catalog.feeds.limits import Limits
from catalog.feeds.rejection import Rejection
from catalog.feeds.rows import FeedError, Row
from catalog.feeds.text_lines import lines


def objects(source: BinaryIO, limits: Limits) -> Iterator[Row | Rejection]:
    """Yield one row a line; a line that is no JSON object is a Rejection, the next one is read all the same."""
    decoder = json.JSONDecoder(
        parse_float=str, parse_int=str, parse_constant=_refuse_constant, object_pairs_hook=_object, strict=False
    )
    names: dict[str, str] = {}
    count = 0
    for number, line in enumerate(lines(source, limits.line_bytes), start=1):
        text = line.strip()
        if not text:
            continue
        count += 1
        if count > limits.rows:
            raise FeedError(f"more than {limits.rows} rows; split the feed", number)
        try:
            told = decoder.decode(text)
            if not isinstance(told, dict):
                raise Refused("", text, "not_json")
            yield Row(number, _values(told, names, limits))
        except Refused as why:
            yield why.rejection(number)
        except (ValueError, RecursionError):
            yield rejection(number, "", text, "not_json")


def _refuse_constant(word: str) -> str:
    raise Refused("", word, "not_json")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    if len(told) < len(pairs):
        seen: set[str] = set()
        raise Refused(next(key for key, _ in pairs if key in seen or seen.add(key)), "", "doubled_field")  # type: ignore[func-returns-value]
    return told


def _values(told: dict[str, Any], names: dict[str, str], limits: Limits) -> dict[str, str]:
    if len(told) > limits.columns:
        raise Refused("", ", ".join(told), "too_long", limit=limits.columns)
    values: dict[str, str] = {}
    emptied: list[str] = []
    for key, value in told.items():
        name = names.get(key)
        if name is None:
            name = plain_name(key)
            if len(names) < 1000:  # the same few names come in every line
                names[key] = name
        text = value.strip() if type(value) is str else _text(value)
        if len(text) > limits.value_characters:
            raise Refused(name, text, "too_long", limit=limits.value_characters)
        if name and text:
            if name in values:
                raise Refused(name, text, "doubled_field")
            values[name] = text
        elif name in OURS:
            emptied.append(name)
    if emptied:  # null says something: a sale price that is none ends the sale
        filled = {OURS[name] for name in values if name in OURS}
        values.update((name, "") for name in emptied if OURS[name] not in filled)
    return values


def _text(value: Any) -> str:
    """A list of plain values parted by commas; an amount with its currency as Google writes it; else JSON again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(one.strip() for one in value)
    if isinstance(value, dict):
        if isinstance(value.get("content"), str):  # structured_title
            return str(value["content"])
        amount = value.get("value", value.get("amount"))
        currency = value.get("currency", value.get("currencyCode"))
        if isinstance(amount, str) and isinstance(currency, str):
            return f"{amount} {currency}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)
