"""Names of bands, shows, games, teams and places: capitals inside a sentence, where capitals mean something."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Sequence

from nlu.words.lexicon import Lexicon
from nlu.words.little_words import NEW_SUBJECT, PRONOUNS, VERBS
from nlu.words.open_lists import Span
from nlu.words.text import Word

MOST_WORDS = 5
_INSIDE = frozenset({"of", "the"})
_NO_NAME = frozenset({"reddit", "secret", "santa", "us", "usa", "uk", "u.s", "u.s.a", "america", "united", "states", "kingdom", "england", "europe", "eu", "canada", "australia", "btw", "tldr", "edit", "fyi", "asap", "so", "gf", "bf", "f", "m", "nyc", "ny", "la", "ok", "tl", "dr", "usd", "gbp", "cad", "aud", "eur", "merica",
    "white", "elephant", "years", "present", "gift", "gifts", "presents", "ideas", "idea", "day", "late", "early", "under", "around", "more", "just", "very", "again", "please", "thank", "thanks", "hi", "hello", "hey", "any", "all", "other", "others", "one", "many", "much", "first", "new", "need", "help", "only", "special", "favors", "best", "budget", "thing", "things", "stuff", "multiple", "turning", "currently", "previous", "sorry", "dvr", "gmil", "age", "male", "female", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "never", "always", "everything", "anything", "nothing", "something", "also", "and", "or", "but", "for", "with", "the", "a", "an", "in", "on", "at", "his", "her", "hers", "their", "my", "our", "great", "good", "big", "little", "young", "old", "love", "valentines", "mothers", "fathers", "valentine's", "mother's", "father's", "happy", "english", "info", "p.s", "ps", "exchange", "family", "live", "adult", "couple", "various", "interests", "hobbies", "likes", "loves", "halp", "plus", "merry"})  # fmt: skip
_HERE = frozenset({"i", "we", "i'm", "we're", "im", "i've", "we've", "us"})
_SHOUTING = 0.5
"""Share of capitals among the letters of a message above which they mean nothing."""
_OF_SOMEBODY = frozenset({"she", "he", "they", "her", "him", "his", "them", "their", "she's", "he's", "they're", "shes", "hes", "gift", "gifts", "present", "presents", "someone", "likes", "loves", "hobbies", "interests", "who"})  # fmt: skip
"""Only where a person or a gift is spoken of are names tastes."""
_MAKES_A_TASTE = frozenset({"gift", "gifts", "present", "presents", "fan", "fans", "lover", "lovers", "addict", "nut", "merch", "stuff", "themed", "and", "or"})  # fmt: skip
"""Behind a capitalised word, these make it a taste and no person's name."""
_SHORT_NAMES = frozenset({"it", "pc", "tv", "dc", "u2", "x-men"})


def find_proper_names(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find runs of capitalised words that no sentence, heading or shouting explains ("his band plays Radiohead").

    Where the giver lives ("we are in Denver") is no taste of the recipient.
    """
    if text.islower() or not _is_of_somebody(words, lexicon) or _is_shouted(text):
        return []
    found: list[Span] = []
    at = 0
    while at < len(words):
        last = _run_from(text, words, at, lexicon) if text[words[at].start].isupper() else at
        if last == at:
            at += 1
            continue
        opens = _opens(text, words, at) and last - at < 2
        if not (opens or _is_placed(words, at) or _is_person(words, last)):
            start, end = words[at].start, words[last - 1].end
            found.append(Span(" ".join(text[start:end].lower().split()), at, last, start, end))
        at = last
    return found


def is_first_name(text: str, words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether one capitalised word names a person: "my friend Rose", "for Grace, my niece"; not "my sister Lego fan"."""
    if last - first != 1 or not text[words[first].start].isupper() or _is_shouted(text):
        return False
    behind = [word.text for word in words[last : last + 3]]
    if behind and behind[0] in _MAKES_A_TASTE:
        return False
    before = words[first - 1] if first else None
    if before is None or before.clause != words[first].clause:
        return False
    if before.text in lexicon.relations:
        # Between the noun and a name stands nothing but a blank, and a capital is not owed to a heading or to shouting.
        return text[before.end : words[first].start] == " " and text[before.start : before.end].islower()
    told = behind[0] in ("my", "our") and any(word in lexicon.relations for word in behind[1:]) if behind else False
    return before.text == "for" and told


def _is_of_somebody(words: Sequence[Word], lexicon: Lexicon) -> bool:
    return any(word.text in _OF_SOMEBODY or word.text in lexicon.relations for word in words)


def _run_from(text: str, words: Sequence[Word], at: int, lexicon: Lexicon) -> int:
    """Return the end of the name that begins at a word, or the word itself where none does."""
    if not _is_name(text, words[at], lexicon):
        return at
    last = end = at + 1
    while last < len(words) and last - at < MOST_WORDS and text[words[last - 1].end : words[last].start] == " ":
        if _is_name(text, words[last], lexicon):
            end = last + 1
        elif words[last].text not in _INSIDE:
            break
        last += 1
    return end


def _is_name(text: str, word: Word, lexicon: Lexicon) -> bool:
    if (
        not text[word.start].isupper()
        or text[word.start - 1 : word.start] in ("@", "#")
        or word.end - word.start < 2
        or word.sentence < 0
    ):
        return False
    said, size = word.text, word.end - word.start
    if (size == 2 and said not in _SHORT_NAMES) or (size > 5 and text[word.start : word.end].isupper()):
        return False
    if said in _NO_NAME or said in PRONOUNS or said in NEW_SUBJECT or said in VERBS:
        return False
    return said not in lexicon.relations and said not in lexicon.occasions and "/" not in said


def _opens(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether a capital is owed to the beginning of a sentence, also behind a colon or a quotation mark."""
    return (
        at == 0
        or words[at - 1].sentence != words[at].sentence
        or any(mark in text[words[at - 1].end : words[at].start] for mark in ':"-/')
    )


def _is_placed(words: Sequence[Word], at: int) -> bool:
    """Whether the name is where somebody is ("in Denver", "we're from Hull"), and no taste."""
    near = words[max(0, at - 5) : at]
    if not near or near[-1].sentence != words[at].sentence:
        return False
    if near[-1].text in ("in", "near", "i'm", "im", "to"):
        return True
    giver = any(word.text in _HERE for word in near if word.sentence == words[at].sentence)
    return giver and near[-1].text in ("from", "the", "of")


def _is_person(words: Sequence[Word], last: int) -> bool:
    """Whether an age behind the name tells that it is a person's: "Ava, 7", "Theo 10"."""
    return last < len(words) and words[last].text.isdigit() and words[last].sentence == words[last - 1].sentence


def _is_shouted(text: str) -> bool:
    return sum(map(str.isupper, text)) > _SHOUTING * sum(map(str.isalpha, text))
