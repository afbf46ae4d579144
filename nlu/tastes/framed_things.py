"""The things the frames rule out, read from where a frame says they stand."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Sequence

from nlu.tastes.anything import behind_anything
from nlu.tastes.frames import FrameBook, Framed, find_frames
from nlu.tastes.frames_before import BEFORE, INSIDE, TOPIC
from nlu.tastes.frames_behind import BEHIND, LOOSE
from nlu.tastes.frames_told import TOLD
from nlu.words.lexicon import Lexicon
from nlu.words.little_words import JOINERS, LEADING, PRONOUNS, VERBS
from nlu.words.open_lists import Span, read_list
from nlu.words.text import Word

FRAMES = FrameBook.of((*BEHIND, *LOOSE, *BEFORE, *TOPIC, *INSIDE, *TOLD))
LONGEST_TOPIC = 12
"""Words before a frame among which its things may be listed."""
_AMOUNTS = frozenset({"a", "an", "the", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "dozen", "dozens", "hundred", "hundreds", "thousand", "million", "half", "single", "every", "any", "each", "of", "those", "these", "sets", "pairs", "bottle", "bottles", "pair", "box", "boxes", "set", "already", "got", "for", "new"})  # fmt: skip
"""Before a thing these say how many, and would match no product."""
_TO_WHOM = frozenset({"her", "him", "them", "me", "us"})
_OPENS_TOPIC = frozenset({"and", "also", "plus", "so", "but", "honestly", "sadly", "unfortunately", "obviously", "maybe", "sorry", "apparently", "even", "another", "yet", "then", "because", "since", "though", "although", "as", "anything", "something", "stuff", "giving", "buying", "getting"})  # fmt: skip
_UNLESS = frozenset({"if", "whether", "unless"})
_NO_TOPIC = frozenset({"shopping", "gift", "gifts", "present", "presents", "budget", "shipping", "delivery", "time", "money", "that", "price", "idea", "ideas", "problem", "option", "options", "advice", "suggestion", "suggestions", "help", "everything", "nothing", "most", "birthday", "christmas", "venue", "party", "list", "one", "ones", "question", "post", "title", "life", "work", "job", "house", "family", "thing", "things", "weather", "size", "response", "taste", "part", "rest", "hint", "hints", "limit", "exchange", "occasion", "day", "year", "relationship", "people", "thought", "anything", "both", "all", "none", "each", "others", "other", "shops", "selection", "stores", "website", "postage", "deadline", "fact", "case", "way", "any ideas", "any", "edit", "update", "hobbies", "interests", "likes", "dislikes", "tldr", "tl", "dr", "ps", "background", "info", "note", "bonus"})  # fmt: skip
"""What a sentence is about that is no gift: "the budget is a bit too small"."""
_OF_A_KIND = frozenset({"gift", "gifts", "present", "presents", "thing", "things", "idea", "ideas"})
_MONEY = frozenset({"money", "cash", "vouchers", "voucher"})
_NO_THING = frozenset({"whatever", "lined", "picked", "planned", "small", "down", "waiting", "wait", "drawing", "limited", "place", "list", "shame", "trouble", "pressure", "members", "matter", "competitive", "obvious", "hints", "clue", "expected", "usual", "average", "normal", "bad", "good", "better", "same", "hold", "hands", "things", "stuff", "lots", "loads", "months", "weeks", "days", "way", "anything", "something", "thoughts", "everyone", "adulthood", "reasons", "times", "mine", "ours", "quickly", "easily", "exactly", "probably", "actually", "honestly", "seriously", "basically", "supposed", "fast", "slow", "slowly", "liked", "season", "angry", "eachother", "beauties", "pull", "rules", "coordination", "overly", "happy", "pregnant", "married", "engaged", "available", "comfortable", "aware", "related", "apparently", "except", "died", "send", "little", "lame", "reckons", "full", "cent", "penny", "fault", "mistake", "cupboard"})  # fmt: skip
"""Words alone that no frame rules out."""


def find_framed(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find what the frames rule out, as the shopper wrote it; spans may overlap."""
    found: list[Span] = []
    for one in find_frames(text, words, FRAMES):
        if one.first < len(words):
            found += [
                span
                for span in _things(text, words, one, lexicon)
                if is_thing(words, span, lexicon) and (not one.known or is_known(words, span, lexicon))
            ]
    return found


def _things(text: str, words: Sequence[Word], one: Framed, lexicon: Lexicon) -> list[Span]:
    if one.side == "behind":
        if one.last >= len(words):
            return []
        first = behind_anything(words, behind_amount(words, one.last), lexicon)
        return read_list(text, words, first, lexicon, reach="and")
    if one.side == "inside":
        return read_list(text, words[: one.last], behind_amount(words, one.first), lexicon, reach="and")
    if one.first == 0 or (one.side == "before" and _is_parted(text, words, one.first)):
        return []
    if words[one.first - 1].text in _NO_TOPIC and not _is_told_apart(words, one.first - 1, lexicon):
        return []
    first = topic_start(text, words, one.first, lexicon, listed=one.side == "topic")
    return read_list(text, words[: one.first], first, lexicon, reach="and") if first >= 0 else []


def _is_told_apart(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether "gifts", "things" have a kind before them: "yarn gifts", "goat-shaped things"."""
    if at == 0 or words[at].text not in _OF_A_KIND or words[at - 1].clause != words[at].clause:
        return False
    kind = words[at - 1].text
    return (
        kind not in LEADING
        and kind not in lexicon.stops
        and kind not in VERBS
        and kind not in lexicon.empty_likes
        and kind not in PRONOUNS
    )


def _is_parted(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether a clause ends before a word, other than a remark in brackets: "tech (tablets) isn't for her"."""
    before = words[at - 1]
    return before.clause != words[at].clause and text[before.end : words[at].start].strip() != ")"


def behind_amount(words: Sequence[Word], at: int) -> int:
    """Return where the thing begins behind "three", "a dozen", "her a"."""
    first = at
    while (
        first + 1 < len(words)
        and (words[first].text in _AMOUNTS or words[first].text in _TO_WHOM or words[first].text.isdigit())
        and words[first + 1].clause == words[at].clause
    ):
        first += 1
    return first


def topic_start(text: str, words: Sequence[Word], end: int, lexicon: Lexicon, *, listed: bool = False) -> int:
    """Return where the things before a word begin: in its clause, or in the list of clauses before; -1 where none.

    ``listed`` where the clauses before are a list even without "and": "Picks, strap, capo: he has them".
    """
    if end == 0:
        return -1
    end = _before_whom(words, end, lexicon)
    first = end
    while first > 0 and end - first < LONGEST_TOPIC and words[first - 1].clause == words[end - 1].clause:
        word = words[first - 1].text
        if word in VERBS or word in PRONOUNS or word in lexicon.stops:
            break
        first -= 1
    if first == end:
        return -1
    before = words[first - 1] if first else None
    if before is not None and before.clause == words[first].clause and before.text in _UNLESS:
        return -1
    while first < end - 1 and (words[first].text in _OPENS_TOPIC or words[first].text in _AMOUNTS):
        first += 1
    listed = listed or any(words[index].text in JOINERS for index in range(first, end))
    while listed and first > 0 and _is_item(text, words, first, lexicon):
        clause = words[first - 1].clause
        while first > 0 and words[first - 1].clause == clause:
            first -= 1
    return first


def _before_whom(words: Sequence[Word], end: int, lexicon: Lexicon) -> int:
    """Return where "for her", "for my mum" begins that stands between a thing and its frame, else the end."""
    for back in (2, 3):
        if end > back and words[end - back].text == "for" and words[end - back].clause == words[end - 1].clause:
            who = [word.text for word in words[end - back + 1 : end]]
            if who[-1] in _TO_WHOM or who[-1] in lexicon.relations:
                return end - back
    return end


def _is_item(text: str, words: Sequence[Word], first: int, lexicon: Lexicon) -> bool:
    """Whether a comma and nothing but one short thing stand before a word."""
    if words[first - 1].sentence != words[first].sentence or words[first - 1].clause == words[first].clause:
        return False
    if text[words[first - 1].end : words[first].start].strip() != ",":
        return False
    clause = words[first - 1].clause
    item = [word.text for word in words[max(0, first - 5) : first] if word.clause == clause]
    return len(item) < 5 and not any(
        word in VERBS or word in PRONOUNS or word in lexicon.stops or word in lexicon.relations for word in item
    )


def is_known(words: Sequence[Word], span: Span, lexicon: Lexicon) -> bool:
    """Whether a passage is or holds a well-known thing."""
    said = [words[index].text for index in range(span.first, span.last)]
    return any(" ".join(said[at : at + size]) in lexicon.interests for size in (1, 2, 3) for at in range(len(said)))


def is_thing(words: Sequence[Word], span: Span, lexicon: Lexicon) -> bool:
    """Whether a passage is a thing that can be ruled out: no person, no occasion, no small talk."""
    if (span.text in lexicon.not_excluded and span.text not in _MONEY) or span.text in lexicon.empty_likes - _MONEY:
        return False
    said = [words[index].text for index in range(span.first, span.last)]
    if said[-1] in _NO_TOPIC or said[0].isdigit():
        return False
    if any(" ".join(said[-size:]) in lexicon.occasions for size in (1, 2)):
        return False
    if len(said) == 1 and said[0] in _NO_THING:
        return False
    return not all(
        lexicon.relations.get(word) not in (None, "cat", "dog", "pet") or word in lexicon.empty_likes for word in said
    )
