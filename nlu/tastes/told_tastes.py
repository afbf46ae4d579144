"""Likes told without "likes": a favourite, a heading, "cat lover", "nascar gifts", "she knits"."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Sequence

from nlu.words.lexicon import Lexicon
from nlu.words.little_words import JOINERS, LEADING, NEW_SUBJECT, PRONOUNS, SOFT, VERBS
from nlu.words.open_lists import Span, read_list, span_of
from nlu.words.text import Word

_FAVOURITE = frozenset({"favourite", "favorite", "favourites", "favorites", "fav", "fave", "favs", "faves", "favorit"})
_IS = frozenset({"is", "are", "include", "includes", "including", "was", "were", "being", "right"})
_HEADINGS = frozenset({"hobbies", "interests", "interest", "likes", "loves", "hobby", "enjoys", "shows", "music", "movies", "films", "books", "games", "bands", "authors", "sports", "passions", "things", "facts", "favorites", "favourites", "her", "him", "them", "interests/hobbies", "into", "include", "likes/interests", "artists", "tastes", "teams", "food", "foods", "including"})  # fmt: skip
_LOVERS = frozenset({"lover", "lovers", "fan", "fans", "enthusiast", "enthusiasts", "nerd", "nerds", "geek", "geeks", "buff", "buffs", "addict", "fanatic", "junkie", "player", "players", "nut", "nuts", "freak", "aficionado", "collector", "obsessed", "themed", "related", "loving", "mad", "crazy", "major", "majors", "student", "students", "degree", "residency", "collection", "obsession", "kick", "inspired", "drinker", "eater", "watcher", "reader", "person", "sort", "hater", "maniac", "snob", "teacher", "professor", "gear", "accessories", "supplies", "stuff", "things", "vibes", "team", "band", "taste", "firm", "merch", "scene", "style", "colors", "colours", "theme", "goods", "project", "projects", "equipment", "lessons", "classes", "club", "job", "shop", "nerdy", "household", "parents", "friendly"})  # fmt: skip
_GIFTS = frozenset({"gift", "gifts", "present", "presents", "pressie", "pressies", "prezzie", "hamper", "hampers"})
_NO_MODIFIER = frozenset({"belated", "good", "great", "best", "perfect", "nice", "need", "any", "some", "get", "more", "other", "past", "previous", "first", "next", "same", "his", "her", "late", "early", "minute", "last", "awesome", "amazing", "decent", "better", "ideal", "right", "new", "own", "this", "that", "these", "those", "generous", "of", "for", "or", "and", "a", "an", "the", "my", "your", "our", "their", "one", "two", "three", "few", "only", "each", "every", "no", "little", "big", "what", "which", "buy", "find", "give", "gave", "given", "giving", "receive", "received", "exchange", "buying", "getting", "want", "wanted", "day", "appropriate", "suitable", "possible", "potential", "additional", "dream", "actual", "free", "worst", "terrible", "bad", "ok", "okay", "really", "wonderful", "fantastic", "lovely", "excellent", "wedding", "shower", "showers", "is", "as", "to", "with", "inexpensive", "cheap", "expensive", "affordable", "budget", "second", "final", "main", "joint", "many", "most", "all", "c", "out", "suggest", "recommend", "me", "us", "offer", "boring", "traditional", "typical", "usual", "normal", "different", "recent", "love", "loves", "like", "likes", "valentine", "valentines", "valentine's", "open", "bring", "make", "send", "i", "you"})  # fmt: skip
_PERSONS = frozenset({"she", "he", "they", "who", "she's", "he's", "and", "also", "sometimes", "always", "often", "really", "currently", "usually", "dad", "mum", "mom", "wife", "husband", "sister", "brother", "girlfriend", "boyfriend", "friend"})  # fmt: skip
_SEVERAL = frozenset({"they", "both", "who"})
_IRREGULAR = {
    "runs": "running",
    "swims": "swimming",
    "jogs": "jogging",
    "knits": "knitting",
    "sews": "sewing",
    "shops": "shopping",
}

MOST_HEADINGS = 12
"""Headings and bullets read of one message."""


def of_favourites(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find what somebody's favourite is: "her favourite band is Blur", "favorite colour: teal"."""
    found: list[Span] = []
    for at, word in enumerate(words):
        if word.text not in _FAVOURITE:
            continue
        for index in range(at + 1, min(at + 5, len(words))):
            if words[index].sentence != word.sentence:
                break
            if words[index].text in _IS or text[words[index - 1].end : words[index].start].startswith(":"):
                first = index + (words[index].text in _IS)
                if first < len(words) and words[first].sentence == word.sentence:
                    found += read_list(text, words, first, lexicon, reach="far")
                break
    return found


def of_headings(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find what stands under a heading: "Hobbies: chess, judo", with one thing a line or a bullet each too."""
    heads = [at for at in range(1, len(words)) if _is_under_heading(text, words, at)]
    found: list[Span] = []
    for at in heads[:MOST_HEADINGS]:
        if not found or at >= found[-1].last:
            found += read_list(text, words, at, lexicon, reach="far", headed=True)
    return found


def _is_under_heading(text: str, words: Sequence[Word], at: int) -> bool:
    between = text[words[at - 1].end : words[at].start]
    bullet = ("* " in between or "•" in between) and words[at].sentence >= 0
    return bullet or (":" in between and words[at - 1].text in _HEADINGS)


def of_lovers(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find what stands before "lover", "fan", "major", "stuff": "a huge Vonnegut fan", "gift for tea/cat lover"."""
    found: list[Span] = []
    for at in range(1, len(words)):
        if words[at].text in _LOVERS:
            found += _before(text, words, at, lexicon, far=True)
    return found


def of_presents(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find what kind of gift is asked for: "nascar gifts", "family reunion gift ideas"."""
    found: list[Span] = []
    for at in range(1, len(words)):
        if words[at].text in _GIFTS and words[at - 1].text not in _NO_MODIFIER:
            found += [
                span
                for span in _before(text, words, at, lexicon, far=False)
                if not any(words[index].text in _NO_MODIFIER for index in range(span.first, span.last))
            ]
    return found


def _before(text: str, words: Sequence[Word], at: int, lexicon: Lexicon, *, far: bool) -> list[Span]:
    """Read backward the up to three words before a head, and what a slash, "&" or "and" lists before them."""
    first = at
    while first > 0 and at - first < 3 and _modifies(words, first - 1, at, lexicon):
        if first < at and text[words[first - 1].end : words[first].start] in ("/", "&", " & "):
            break
        first -= 1
    while first < at and words[first].text in LEADING:
        first += 1
    span = span_of(text, words, first, at) if first < at else None
    if span is None or _is_givers(words, first):
        return []
    found = [span]
    while (
        far and first > 1 and text[words[first - 1].end : words[first].start].strip() in ("/", "&") and len(found) < 6
    ):
        one = span_of(text, words, first - 1, first)
        if one is None or words[first - 1].text in NEW_SUBJECT:
            break
        found.append(one)
        first -= 1
    return found


def _is_givers(words: Sequence[Word], first: int) -> bool:
    """Whether the giver tells of themselves: "I'm a college student"."""
    near = [word.text for word in words[max(0, first - 3) : first] if word.sentence == words[first].sentence]
    return bool(near) and bool({"i'm", "im", "am", "we're", "i've"} & set(near))


def _modifies(words: Sequence[Word], index: int, at: int, lexicon: Lexicon) -> bool:
    word = words[index]
    if word.clause != words[at].clause or word.text in lexicon.stops or word.text in JOINERS:
        return False
    if word.text in SOFT or word.text in VERBS or word.text in PRONOUNS or word.text[:1].isdigit():
        return False
    return word.text not in lexicon.like_openers and word.text not in (
        "a",
        "an",
        "the",
        "of",
        "to",
        "for",
        "my",
        "some",
    )


def of_verbs(words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find what somebody does where its "-ing" is a known activity: "she knits", "he golfs on Sundays"."""
    found: list[Span] = []
    for at, word in enumerate(words):
        if _is_done_by_several(words, at, lexicon):
            found.append(Span(word.text, at, at + 1, word.start, word.end))
        if not word.text.endswith("s") or len(word.text) < 4 or word.text in VERBS:
            continue
        before = words[at - 1] if at and words[at - 1].sentence == word.sentence else None
        opens = before is None or before.clause != word.clause
        if not (opens or (before and (before.text in _PERSONS or before.text in lexicon.relations))):
            continue
        if _activity(word.text, lexicon) and (not opens or before is not None):
            found.append(Span(word.text, at, at + 1, word.start, word.end))
    return found


def _activity(verb: str, lexicon: Lexicon) -> bool:
    stem = verb[:-1]
    forms = [stem + "ing", stem[:-1] + "ing" if stem.endswith("e") else stem + stem[-1] + "ing"]
    return any(form in lexicon.interests for form in forms) or verb in _IRREGULAR


def _is_done_by_several(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a bare verb tells what people do or did: "they camp", "both paint", "used to run"."""
    said, before = words[at].text, words[max(0, at - 2) : at]
    if not before or before[-1].clause != words[at].clause or len(said) < 3 or said in VERBS:
        return False
    done = before[-1].text in _SEVERAL or [word.text for word in before] == ["used", "to"]
    return done and _activity(said + "s", lexicon)
