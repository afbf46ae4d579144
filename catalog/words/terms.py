"""The merchant's lookup of gift terms: which catalogue words an interest, recipient or occasion means."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from catalog.words.stems import Phrase, phrase

_SEASON = re.compile(r"(\d\d)-(\d\d) to (\d\d)-(\d\d)")
_FILLERS = frozenset(
    {
        "a", "an", "the", "some", "any", "of", "and", "for", "to", "her", "his", "their", "my", "our", "thing", "stuff",
        "lover", "fan", "related", "themed", "anything", "something", "love", "like", "really", "very", "good", "nice",
        "gift", "present", "again",
    }
)  # fmt: skip
"""Stems that carry no kind of thing."""


class TermsError(ValueError):
    """The terms file is not of the expected shape; says where."""


@dataclass(frozen=True, slots=True)
class Term:
    """One interest, recipient or occasion with the words that stand for it in product titles."""

    name: str
    words: tuple[Phrase, ...] = ()
    near: tuple[Phrase, ...] = ()
    """Fitting, but less surely than ``words``."""
    never: tuple[Phrase, ...] = ()
    """Products that hold one of these are not meant, whatever else they hold."""
    audience: str | None = None
    gender: str | None = None
    named: tuple[Phrase, ...] = ()
    """Words that make a product one for this recipient or occasion only ("best dad", "Easter")."""
    season: tuple[tuple[int, int], tuple[int, int]] | None = None
    """Month and day from and to which the things of an occasion are wanted unasked; None where it has no season."""
    written: Mapping[Phrase, str] | None = None
    """How the phrases are written, for reasons."""

    def written_as(self, one: Phrase) -> str:
        """Return the phrase as the lookup (or the shopper) wrote it."""
        return (self.written or {}).get(one, " ".join(one))

    def is_near(self, day: date) -> bool:
        """Tell whether the occasion's season is on; a season may reach over the new year."""
        if self.season is None:
            return False
        first, last = self.season
        today = (day.month, day.day)
        return first <= today <= last if first <= last else not last < today < first


@dataclass(frozen=True)
class GiftTerms:
    """All terms, found by any of their names."""

    interests: Mapping[Phrase, Term]
    recipients: Mapping[Phrase, Term]
    occasions: Mapping[Phrase, Term]
    groups: Mapping[str, Term]
    """for_children, for_adults, female, male, not_gifts, plain."""

    @classmethod
    def load(cls, path: Path) -> GiftTerms:
        """Read ``gift_terms.yml`` or its compiled ``.json``; raises TermsError where its shape is wrong."""
        return cls.parse(plain_terms(path))

    @classmethod
    def parse(cls, raw: Any) -> GiftTerms:
        """Build the terms from the file's plain content."""
        if not isinstance(raw, Mapping):
            raise TermsError("the file must hold the sections interests, recipients, occasions and groups")
        groups = {name: _term(name, {"words": listed}) for name, listed in _section(raw, "groups").items()}
        named = [_by_name(_section(raw, part)) for part in ("interests", "recipients", "occasions")]
        return cls(named[0], named[1], named[2], groups)

    def interest(self, said: str) -> Term:
        """Tell what ``said`` means: a known interest, or else its own words taken literally."""
        whole = phrase(said)
        if whole in self.interests:
            return self.interests[whole]
        kept = tuple(word for word in whole if word not in _FILLERS)
        return self.interests.get(kept) or Term(said, words=(kept,) if kept else (), written={kept: said})

    def head_of(self, said: str) -> Term | None:
        """Find the known interest that the last word of ``said`` names ("red wine": wine)."""
        kept = [word for word in phrase(said) if word not in _FILLERS]
        return self.interests.get((kept[-1],)) if len(kept) > 1 else None

    def literal(self, said: str) -> Phrase:
        """Return the words said, without fillers."""
        return tuple(word for word in phrase(said) if word not in _FILLERS)

    def recipient(self, said: str | None) -> Term | None:
        """Find the recipient meant, or None where the lookup does not know the word."""
        return self.recipients.get(phrase(said)) if said else None

    def occasion(self, said: str | None) -> Term | None:
        """Find the occasion meant, or None where the lookup does not know the word."""
        return self.occasions.get(phrase(said)) if said else None

    def group(self, name: str) -> tuple[Phrase, ...]:
        """Return the words of a group; empty where the file has none."""
        return self.groups[name].words if name in self.groups else ()


def plain_terms(path: Path) -> Any:
    """Read the plain content of a terms file, YAML or its compiled JSON."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return json.loads(text)
    import yaml  # here, not above: the action server reads the compiled form and needs no YAML

    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # both are safe, one is fast


def _section(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = raw.get(name) or {}
    if not isinstance(section, Mapping):
        raise TermsError(f"{name}: must map names to terms")
    return section


def _by_name(section: Mapping[str, Any]) -> dict[Phrase, Term]:
    found: dict[Phrase, Term] = {}
    for name, content in section.items():
        term = _term(name, content or {})
        for also in (name.replace("_", " "), *_texts(name, content or {}, "also")):
            other = found.setdefault(phrase(also), term)
            if other is not term:
                raise TermsError(f"{name}: '{also}' is already a name of {other.name}")
        for kind in _texts(name, content or {}, "kinds"):
            found.setdefault(phrase(kind), _kind_of(term, kind))
    return found


def _kind_of(term: Term, kind: str) -> Term:
    """One kind of thing within an interest ("teapot" in crockery): meant by its own name, the rest is near."""
    own = phrase(kind)
    return replace(
        term, name=kind, words=(own,), near=(*term.words, *term.near), written={**(term.written or {}), own: kind}
    )


def _term(name: str, content: Any) -> Term:
    if not isinstance(content, Mapping):
        raise TermsError(f"{name}: must be a mapping with words, near, never or also")
    unknown = set(content) - {"words", "near", "never", "also", "kinds", "audience", "gender", "named", "season"}
    if unknown:
        raise TermsError(f"{name}: unknown entries {sorted(unknown)}")
    texts = {part: _texts(name, content, part) for part in ("words", "near", "never", "named")}
    written = {phrase(text): text for part in texts.values() for text in part}
    phrases = {part: tuple(phrase(text) for text in listed) for part, listed in texts.items()}
    return Term(
        name.replace("_", " "),
        **phrases,
        audience=content.get("audience"),
        gender=content.get("gender"),
        season=_season(name, content.get("season")),
        written=written,
    )


def _season(name: str, said: object) -> tuple[tuple[int, int], tuple[int, int]] | None:
    if said is None:
        return None
    found = _SEASON.fullmatch(str(said))
    try:
        first, last = (date(2024, int(found[at]), int(found[at + 1])) for at in (1, 3)) if found else (None, None)
    except ValueError:
        first = last = None
    if first is None or last is None:
        raise TermsError(f"{name}: season must be month and day from and to, as in '10-15 to 12-31'")
    return (first.month, first.day), (last.month, last.day)


def _texts(name: str, content: Mapping[str, Any], part: str) -> Sequence[str]:
    """Return a list of texts; one text with commas stands for a list."""
    listed = content.get(part) or []
    if isinstance(listed, str):
        listed = [text.strip() for text in listed.split(",") if text.strip()]
    if not isinstance(listed, list) or not all(isinstance(text, str) and phrase(text) for text in listed):
        raise TermsError(f"{name}: {part} must be a list of words")
    return listed
