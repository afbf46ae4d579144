"""What a message tells of the recipient's life: what they are, do for a living, study, where they are from or going."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Sequence

from nlu.words.lexicon import Lexicon
from nlu.words.open_lists import Span, read_list, span_of
from nlu.words.phrases import Found
from nlu.words.text import Word

_GIVER = frozenset({"i", "i'm", "im", "we", "we're", "i've", "we've", "me", "us", "myself", "you", "our", "currently"})
_NO_PERSON = frozenset({"it", "this", "that", "there", "here", "what", "which", "budget", "price", "limit", "gift", "present", "presents", "gifts", "idea", "ideas", "christmas", "birthday", "thing", "things", "problem", "issue", "money", "else", "not", "it's", "time", "only", "reason", "goal", "theme", "exchange", "party", "place", "wedding", "anniversary", "help", "there's", "these", "those", "one", "how", "why"})  # fmt: skip
_PEOPLE = frozenset({"guy", "guys", "girl", "girls", "woman", "man", "person", "people", "lady", "dude", "kid", "boy", "boys", "friend", "couple", "lad", "bloke", "gal", "one", "mom", "mum", "mother", "dad", "father", "child", "brother", "sister", "lot", "family", "type", "sort", "major", "student", "parents", "firm", "company", "owner", "senior", "junior", "freshman", "sophomore", "loss", "speaker", "brat", "idiot"})  # fmt: skip
_FANS = frozenset(
    {"fan", "fans", "lover", "lovers", "enthusiast", "addict", "fanatic", "junkie", "nut", "freak", "buff", "player"}
)
_PRAISE = frozenset({"big", "huge", "total", "avid", "true", "real", "great", "good", "nice", "lovely", "amazing", "awesome", "wonderful", "best", "keen", "young", "old", "older", "little", "massive", "major", "bit", "complete", "tough", "hard", "difficult", "picky", "fantastic", "hardcore", "semi", "self-proclaimed", "enthusiastic", "occasional", "aspiring", "budding", "amateur", "former", "ex", "retired", "recent", "year", "years", "year-old", "fellow", "pretty", "cool", "very", "super", "really", "future", "only", "typical", "such", "sweet", "kind", "beautiful", "smart", "grown"})  # fmt: skip


def is_of_person(words: Sequence[Word], hit: Found, kind: str) -> bool:
    """Whether the words before tell of another person: not "I live in", "the budget is a"."""
    before = [
        word.text for word in words[max(0, hit.first - 4) : hit.first] if word.sentence == words[hit.first].sentence
    ]
    if kind == "is":
        return not before or before[-1] not in _NO_PERSON
    return not _GIVER & set(before)


def what_is_told(text: str, words: Sequence[Word], hit: Found, kind: str, lexicon: Lexicon) -> list[Span]:
    """Read the trades, studies and places behind an opener, without praise and without the bare person."""
    if words[hit.last].clause != words[hit.last - 1].clause:
        return []
    found = []
    for span in read_list(text, words, hit.last, lexicon, reach="or" if kind == "place" else "far"):
        cut = _without_person(text, words, span, lexicon)
        if cut is not None and (kind != "place" or text[cut.start].isupper()):
            found.append(cut)
    return found


def _without_person(text: str, words: Sequence[Word], span: Span, lexicon: Lexicon) -> Span | None:
    """Return "volleyball" of "a great volleyball girl"; None where only the person is named."""
    first, last = span.first, span.last
    while first < last and (words[first].text in _PRAISE or words[first].text[:1].isdigit()):
        first += 1
    while last - first > 1 and words[last - 1].text in _FANS:
        last -= 1
    while last > first and (
        words[last - 1].text in _PEOPLE
        or (words[last - 1].text in lexicon.relations and words[last - 1].text not in lexicon.trades)
    ):
        last -= 1
    if (first, last) == (span.first, span.last):
        return span
    return span_of(text, words, first, last)
