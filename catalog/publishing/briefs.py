"""Requests an import is tried on before it is published: what is often asked, and what was asked lately.

Of a real request only what the lookup knows is kept: the interest's, the recipient's and the occasion's names, and the
prices. No word of the shopper, no id, no age, no date but the day it was asked on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from catalog.storage import Storage
from catalog.wanted import Wanted
from catalog.words.terms import GiftTerms, plain_terms

STANDARD = Path(__file__).parents[2] / "data" / "lookups" / "standard_briefs.yml"
RECENT = "recent-briefs.jsonl"
MOST_RECENT = 200
_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
_ENTRIES = {"recipient", "occasion", "likes", "from", "below", "currency", "day"}


class BriefsError(ValueError):
    """A list of briefs is not what it should be; says which entry."""


@dataclass(frozen=True, slots=True)
class Brief:
    """One request to try an import on."""

    wanted: Wanted
    recent: bool = False
    """True for one a shopper made."""

    def name(self, currency: str) -> str:
        """Say it as a merchandiser would: ``dad, fathers day, under £20``."""
        wanted, sign = self.wanted, _SIGNS.get(currency, f"{currency} ")
        least, most = wanted.price_min, wanted.price_max
        price = f"{sign}{least}–{most}" if least and most else f"under {sign}{most}" if most else ""
        price = price or (f"from {sign}{least}" if least else "")
        parts = [wanted.recipient, wanted.occasion, " and ".join(wanted.likes), price]
        return ", ".join(part for part in parts if part) or "anything"


def standard_briefs(path: Path = STANDARD) -> list[Brief]:
    """Read what is often asked; raises BriefsError where an entry is not one."""
    content = plain_terms(path)
    listed = content.get("briefs") if isinstance(content, Mapping) else None
    if not isinstance(listed, list):
        raise BriefsError(f"{path.name} must hold a list named briefs")
    return [_brief(entry, f"{path.name}, entry {number}") for number, entry in enumerate(listed, start=1)]


def note_briefs(storage: Storage, asked: Sequence[Wanted], terms: GiftTerms, *, now: datetime) -> None:
    """Remember requests for later imports; nothing is kept of one that names nothing the lookup knows.

    Writes the list whole: call it off the turn. Of two processes that write at once one may lose what it noted.
    """
    lines = [line for wanted in asked if (line := _line(wanted, terms, now))]
    if lines:
        before = (storage.read(RECENT) or b"").decode("utf-8", "replace").splitlines()
        storage.write(RECENT, ("\n".join([*before, *lines][-MOST_RECENT:]) + "\n").encode())


def _line(wanted: Wanted, terms: GiftTerms, now: datetime) -> str:
    """What is kept of one request: names of the lookup and prices; '' where there is neither."""
    recipient, occasion = terms.recipient(wanted.recipient), terms.occasion(wanted.occasion)
    known = {term.name for term in terms.interests.values()}
    likes = [name for said in wanted.likes if (name := terms.interest(said).name) in known]
    entry = {
        "recipient": recipient.name if recipient else None,
        "occasion": occasion.name if occasion else None,
        "likes": likes,
        "from": str(wanted.price_min) if wanted.price_min is not None else None,
        "below": str(wanted.price_max) if wanted.price_max is not None else None,
        "currency": wanted.currency,
    }
    kept = {name: value for name, value in entry.items() if value}
    if not kept.keys() - {"currency"}:
        return ""
    return json.dumps({**kept, "day": now.date().isoformat()}, ensure_ascii=False)


def recent_briefs(storage: Storage) -> list[Brief]:
    """Read what was asked lately, each once; lines that cannot be read are left out."""
    found: dict[str, Brief] = {}
    for line in (storage.read(RECENT) or b"").decode("utf-8", "replace").splitlines():
        try:
            brief = _brief(json.loads(line), RECENT)
        except ValueError:
            continue
        found[repr(brief.wanted)] = Brief(brief.wanted, recent=True)
    return list(found.values())


def _brief(entry: Any, where: str) -> Brief:
    if not isinstance(entry, Mapping) or entry.keys() - _ENTRIES:
        raise BriefsError(f"{where}: a brief has {', '.join(sorted(_ENTRIES))} and nothing else")
    likes = entry.get("likes") or []
    if not isinstance(likes, Sequence) or isinstance(likes, str) or not all(isinstance(one, str) for one in likes):
        raise BriefsError(f"{where}: likes must be a list of interests")
    return Brief(
        Wanted(
            recipient=_text(entry, "recipient", where),
            occasion=_text(entry, "occasion", where),
            likes=tuple(likes),
            price_min=_price(entry, "from", where),
            price_max=_price(entry, "below", where),
            currency=_text(entry, "currency", where),
        )
    )


def _text(entry: Mapping[str, Any], name: str, where: str) -> str | None:
    found = entry.get(name)
    if found is not None and not isinstance(found, str):
        raise BriefsError(f"{where}: {name} must be a text")
    return found


def _price(entry: Mapping[str, Any], name: str, where: str) -> Decimal | None:
    found = entry.get(name)
    if found is None:
        return None
    try:
        price = Decimal(str(found))
    except InvalidOperation as error:
        raise BriefsError(f"{where}: {name} must be a price such as 20") from error
    if not (price.is_finite() and price > 0):
        raise BriefsError(f"{where}: {name} must be a price above 0")
    return price
