"""The word lists of data/lookups, ready for look-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

from nlu.wish import Gender
from nlu.words.phrases import PhraseBook
from nlu.words.typos import Spelling

LIKE_KINDS = {
    "wanted_openers": "wanted",
    "place_openers": "place",
    "is_openers": "is",
    "trade_openers": "trade",
    "openers": "like",
}
EXCLUSION_KINDS = {
    "openers": "refused",
    "disliked_openers": "disliked",
    "owned_openers": "owned",
    "refused_behind": "behind",
    "no_openers": "none",
}
"""Lists of like_words.yml and exclusion_words.yml, and what their phrases stand for; of two lists the later counts."""
FILES = (
    "relations.yml", "occasions.yml", "interests.yml", "like_words.yml", "exclusion_words.yml", "sensitive.yml",
    "plain_words.yml", "places.yml",
)  # fmt: skip

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Makes nothing but text, lists and mappings: "no" and "on" stay words. In C, where it is, it is ten times as fast."""


class LexiconError(Exception):
    """A word list is missing or has another shape than expected; the text names the file and the key."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists, read once; look-ups are dictionary look-ups of up to ``longest`` words."""

    relations: PhraseBook
    genders: Mapping[str, Gender]
    trades: PhraseBook
    not_recipients: PhraseBook
    occasions: PhraseBook
    not_occasions: PhraseBook
    interests: PhraseBook
    like_openers: PhraseBook
    not_like_openers: frozenset[str]
    empty_likes: frozenset[str]
    emoji: Mapping[str, str]
    exclusion_openers: PhraseBook
    negated_heads: PhraseBook
    not_excluded: frozenset[str]
    stops: frozenset[str]
    sensitive: PhraseBook
    spelling: Spelling
    places: PhraseBook
    places_written_large: frozenset[str]

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        """Read the lists in a folder.

        Raises:
            LexiconError: a file cannot be read or lacks a list.
        """
        files = [_file(folder / name) for name in FILES]
        relations, occasions, interests, likes, exclusions, sensitive, plain, places = files
        people = _entries(relations, "relations")
        things = _words(interests, "things")
        by_relation, by_occasion = _phrases(people), _phrases(_entries(occasions, "occasions"))
        told = _phrases(_entries(sensitive, "sensitive"))
        # A sensitive word taken for a slip of another would be kept: "muslim" is no slip of "muslin".
        right = _words(relations, "never_typos") | {
            part for phrase in told for word in phrase.split() for part in (word, word.partition("'")[0])
        }
        return cls(
            relations=PhraseBook.of(by_relation),
            genders={one["name"]: cast(Gender, one["gender"]) for one in people if "gender" in one},
            trades=PhraseBook.of(_with_plurals(_words(relations, "trades"))),
            not_recipients=PhraseBook.of(_words(relations, "not_recipients")),
            occasions=PhraseBook.of(by_occasion),
            not_occasions=PhraseBook.of(_words(occasions, "not_occasions")),
            interests=PhraseBook.of(
                _words(interests, "activities")
                | _words(interests, "styles")
                | things
                | {plural(word) for word in things}
            ),
            like_openers=PhraseBook.of(_kinds(likes, LIKE_KINDS)),
            not_like_openers=_words(likes, "not_openers"),
            empty_likes=_words(likes, "empty"),
            emoji=_signs(likes, "emoji"),
            exclusion_openers=PhraseBook.of(_kinds(exclusions, EXCLUSION_KINDS)),
            negated_heads=PhraseBook.of(_words(exclusions, "negated_heads")),
            not_excluded=_words(exclusions, "not_excluded"),
            stops=_words(exclusions, "stops"),
            sensitive=PhraseBook.of(told),
            spelling=Spelling.of(
                _words(relations, "typo_targets"),
                right | {*by_relation, *by_occasion} | _words(plain, "plain_words"),
                _single_words((relations, occasions, interests, likes, exclusions)),
            ),
            places=PhraseBook.of(
                {word.lower(): one["name"] for one in _entries(places, "places") for word in one["words"]}
            ),
            places_written_large=_words(places, "written_large"),
        )


def _with_plurals(words: Iterable[str]) -> dict[str, str]:
    """Return each word and its plural, both standing for the word."""
    return {form: word for word in sorted(words) for form in (plural(word), word)}


def plural(word: str) -> str:
    """Return the regular English plural of a noun or of the last word of a phrase."""
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _file(path: Path) -> dict[str, Any]:
    try:
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"{path} cannot be read: {error}") from error
    if not isinstance(value, dict):
        raise LexiconError(f"{path} is not a mapping of lists")
    return value


def _list(lists: Mapping[str, Any], key: str) -> list[Any]:
    value = lists.get(key)
    if not isinstance(value, list):
        raise LexiconError(f"the word lists lack the list {key!r}")
    return value


def _words(lists: Mapping[str, Any], key: str) -> frozenset[str]:
    """Return the words of a list; one entry may hold several with commas between, as the themes of interests.yml do."""
    entries = _list(lists, key)
    for entry in entries:
        if not isinstance(entry, str):
            raise LexiconError(f"in the list {key!r}, {entry!r} is no word (write no colon)")
    words = (word for entry in entries for word in entry.lower().split(","))
    return frozenset(plain for word in words if (plain := " ".join(word.split())))


def _single_words(files: Iterable[Mapping[str, Any]]) -> set[str]:
    """Return every word that stands in any of the lists, alone or in a phrase."""
    said: list[Any] = list(files)
    words: set[str] = set()
    while said:
        one = said.pop()
        if isinstance(one, str):
            words.update(one.lower().replace(",", " ").split())
        else:
            said.extend(one.values() if isinstance(one, Mapping) else one)
    return words


def _signs(lists: Mapping[str, Any], key: str) -> dict[str, str]:
    """Return single signs and the words they stand for."""
    signs = lists.get(key)
    if not isinstance(signs, dict):
        raise LexiconError(f"the word lists lack the mapping {key!r}")
    return {str(sign): str(word) for sign, word in signs.items() if len(str(sign)) == 1}


def _kinds(lists: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, str]:
    """Return each phrase of several lists with the kind its list stands for."""
    return {phrase: kind for key, kind in keys.items() for phrase in sorted(_words(lists, key))}


def _entries(lists: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    entries = _list(lists, key)
    for entry in entries:
        if not isinstance(entry, dict) or "name" not in entry or not isinstance(entry.get("words"), list):
            raise LexiconError(f"in the list {key!r}, {entry!r} has no name or no words")
    return entries


def _phrases(entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Every way to write every name; a plural does not hide a word of its own."""
    phrases: dict[str, str] = {}
    for entry in entries:
        name = str(entry["name"])
        for word in (name, name.replace("_", " "), *entry["words"]):
            phrases.setdefault(" ".join(str(word).lower().split()), name)
    for phrase, name in list(phrases.items()):
        phrases.setdefault(plural(phrase), name)
    return phrases
