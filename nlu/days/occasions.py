"""What the gift is for: a birthday, Christmas, a thank-you."""

# ruff: noqa: E501 - a pattern or a list of words is checked more easily on one line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.days.implied import find_implied_occasions, line_of
from nlu.words.lexicon import Lexicon
from nlu.words.open_lists import OF_A_FEAST
from nlu.words.phrases import Found, find_phrases
from nlu.words.text import Word

_GIFT_WORDS = frozenset(
    {"gift", "gifts", "present", "presents", "pressie", "idea", "ideas", "something", "for", "to", "say"}
)
_WEAK = frozenset({"thank you", "thank_you", "graduate", "graduated", "graduates", "marriage", "retire", "retires", "moving in", "promotion", "promoted", "confirmation", "quince"})  # fmt: skip
_AS_A_NOUN = frozenset({"a", "small", "little", "big", "huge", "proper", "nice", "term", "year", "season", "our", "my"})
"""Before "thank you", they make it a thing given."""
_ANSWERS = frozenset({"all", "any", "your", "reading", "taking", "helping", "looking", "this", "everything", "every"})
"""What a reader is thanked for."""
_OF_READERS = frozenset({"ideas", "suggestions", "responses", "replies", "answers", "advice", "input", "comments", "advance"})  # fmt: skip
"""What but a reader gives."""
_WHOSE = frozenset({"his", "her", "their", "on", "got", "been", "getting"})
_DRAWS = frozenset({"secret_santa", "gift_exchange", "white_elephant"})
"""There "I got him" means whose name was drawn."""
_NO = frozenset({"no", "not", "without", "any", "hates"})
_STATES = frozenset(
    {"pregnant", "new baby", "newborn baby", "new born", "newborn", "expecting a baby", "having a baby", "just got engaged", "got engaged",
     "getting engaged", "graduated", "graduate", "graduates", "finished uni", "new house", "new home", "new flat", "new apartment", "moved house", "new job", "first job",
     "got promoted", "promotion", "in hospital", "feeling down", "funeral", "marriage", "starting uni", "starting university", "off to university", "going off to uni", "off to uni", "off to college", "starting college", "retired"}
)  # fmt: skip
"""How somebody lives now: an occasion only where the message names no other."""
_OWN_STEPS = frozenset({"graduation", "retirement", "farewell", "housewarming", "new_job", "back_to_school"})
_MADE_LONG = re.compile(r"([a-z])\1{2,}")

_NOT_THIS = re.compile(
    r"\b(?:not|isn't|isnt|wasn't|never|nor)(?: \w+ly)?(?: for| about)?(?: a| an| my| her| his| our| the| their)? $|\b(?:don't|dont|doesn't|doesnt|not|never|didn't)(?: \w+ly)? (?:celebrate|celebrating|do|doing|believe in|observe|observing)(?: \w+ or)? $|\bi know this is (?:for|about|a) $"
)
_WAS = re.compile(
    r"\bsince (?:(?:his|her|their) )?$|\b(?:last|previous|past|prior)(?! minute)(?: (?:few|two|three|couple|several|year|year's|years|of))* $|\b(?:was|were) (?:just )?$"
)
_LONG_AGO = re.compile(
    r"\b(?:last year|last time|years? ago|in the past|previously|used to|past (?:few |couple of |two |three )?years|over the years|last (?:birthday|bday|christmas|xmas|valentine'?s?|mother'?s day|father'?s day|anniversary|easter)|so far)\b"
)
_GAVE = re.compile(r"\b(?:gave|got|bought|had|did|made|was|were|received|given|gotten|went|took|knitted|used to)\b")
_NOW = re.compile(r"\bthis (?:year|time|christmas|birthday)\b")
_GAVE_FOR_IT = re.compile(
    r"\b(?:i|we|i've|we've) (?:already |just |also )*(?:got|gave|bought|made|knitted|took|given) (?:him|her|them)\b(?!(?: \w+)? names?\b)[^.]{0,60}\b(?:for|on|at)(?: \w+){0,2} $|\b(?:(?:gave|got|bought) (?:me|us)\b(?! (?:into|thinking|interested|hooked|ideas|some ideas))|made (?:me|us) (?:a|an|some|this)\b|(?:used to|always|usually) gives? (?:me|us)\b)[^.]{0,60} $"
)
_GAVE_THEN = re.compile(
    r"\b(?:i|we) (?:already |also )?(?:got|gave|bought|made|sent|took)(?: (?:him|her|them|it|some|those|that|one)){0,2}(?: (?:for|at|on|last))+ $|"
    r"\b(?:has|have|had|invites?|hosts?) us (?:over |round )?(?:for|at) $"
)
_VISITS = re.compile(
    r"\b(?:home|visit\w*|stay\w*|travel\w*|flying|together) (?:\w+ ){0,3}$|\b(?:wonderful|happy|great|lovely|merry|over|during) (?:the )?$"
)
"""Who is home for the holidays tells when, not what for."""
_ONLY_A_DATE = re.compile(r"\b(?:till|until|before|after|by|since|in) (?:the )?$")
_AND_GAVE = re.compile(
    r"^(?: present| gift)?(?: ,)? (?:i|we) (?:also |just |already )?(?:did|got(?! the\b)|gave|bought|made|took)\b|^(?: ,)? (?:he|she|they) (?:got|gave|bought|made|knitted) me\b|^ (?:present|gift)s? (?:\d{1,2}|a|two|three|few) (?:weeks?|months?) ago\b"
)
_GONE = re.compile(r"^ (?:was|has (?:been|gone|passed)|is over|were)\b")
_TAKEN_BACK = re.compile(r"\b(?:i mean|i meant|no wait|wait no|sorry|actually|or rather|make that|scratch that)\b")
_SOON_TAKEN_BACK = 7
"""Words at most between an occasion and the one said in its place."""
_GIVER = re.compile(r"\b(?:i|i'm|im|i am|i will be|i'll be|i just|i've|i also|and will be)(?: just| also| recently)? $")


@dataclass(frozen=True, slots=True)
class OccasionFound:
    """An occasion by the name the Brief keeps, and where it stands."""

    name: str
    start: int
    end: int


def find_occasions(words: Sequence[Word], lexicon: Lexicon) -> tuple[OccasionFound, ...]:
    """Find the occasions of the gift wanted: those named in the order they stand, then those merely lived through.

    One that is over, that another gift was for, that is denied ("not a birthday") or that is the giver's own step in
    life ("I'm graduating") is none. Where none is named, one may be meant: "turning 30", "mum's 60th".
    """
    words = [_shortened(word) for word in words]
    named, lived = _named(words, lexicon)
    named = _as_corrected(words, named)
    if named and not any(word.text == "on" and word.end + 1 == named[0].start for word in words):
        return (*named, *lived)
    meant = [
        OccasionFound(one.name, words[one.first].start, words[one.last - 1].end)
        for one in find_implied_occasions(words)
    ]
    if named:  # "she's 60 on Valentine's Day": the feast is but the day
        meant = [one for one in meant if 0 < named[0].start - one.end <= len(" on ")]
        return (*meant, *named, *lived)
    return tuple(sorted(lived + meant, key=lambda one: one.start)) or _round_birthday(words)


def _is_refused(words: Sequence[Word], hit: Found) -> bool:
    """Whether only what belongs to the feast is refused: "no Christmas stuff"."""
    before = words[hit.first - 1].text if hit.first else ""
    return before in _NO and hit.last < len(words) and words[hit.last].text in OF_A_FEAST


def _named(words: Sequence[Word], lexicon: Lexicon) -> tuple[list[OccasionFound], list[OccasionFound]]:
    """The occasions named, and apart from them those that tell how somebody lives or that are just over."""
    named: list[OccasionFound] = []
    lived: list[OccasionFound] = []
    hits = list(find_phrases(words, lexicon.occasions))
    if not hits:
        return named, lived
    covers = [(hit.first, hit.last) for hit in find_phrases(words, lexicon.not_occasions)]
    line, starts = line_of(words)
    for hit in hits:
        name = lexicon.occasions[hit.phrase]
        if any(first <= hit.first and hit.last <= last for first, last in covers) or _is_refused(words, hit):
            continue
        start, end = starts[hit.first], starts[hit.last - 1] + len(words[hit.last - 1].text)
        if _is_meant(words, hit.first, hit.last, hit.phrase) and not _is_over(line, start, end, name):
            found = OccasionFound(name, words[hit.first].start, words[hit.last - 1].end)
            is_gone = hit.phrase in _STATES or _GONE.match(line[end:]) is not None
            (lived if is_gone else named).append(found)
    return named, lived


def _as_corrected(words: Sequence[Word], named: list[OccasionFound]) -> list[OccasionFound]:
    """Leave out an occasion taken back at once: "an anniversary gift, I mean a wedding gift"."""
    kept: list[OccasionFound] = []
    for one in named:
        gap = [word.text for word in words if kept and kept[-1].end <= word.start < one.start]
        joined = " ".join(gap)
        if kept and len(gap) <= _SOON_TAKEN_BACK and _TAKEN_BACK.search(joined):
            kept.pop()
        kept.append(one)
    return kept


def _shortened(word: Word) -> Word:
    """Return the word without letters held down: "birthdayyyy" is a birthday."""
    return replace(word, text=_MADE_LONG.sub(r"\1", word.text)) if _MADE_LONG.search(word.text) else word


def _is_over(line: str, start: int, end: int, name: str) -> bool:
    """Whether an occasion is denied, is past, is one that another gift was for, or is the giver's own."""
    before, behind = line[:start].rsplit(" . ", 1)[-1], line[end:].split(" . ", 1)[0]
    if _NOT_THIS.search(before) or _WAS.search(before):
        return True
    if name in _OWN_STEPS and _GIVER.search(before):
        return True
    if "holiday" in line[start:end] and _VISITS.search(before):
        return True
    if name in _DRAWS:
        return False
    if name == "new_year" and _ONLY_A_DATE.search(before):
        return True
    if _GAVE_THEN.search(before) and not behind.startswith(" next"):
        return True
    if _GAVE_FOR_IT.search(before) or _AND_GAVE.match(behind):
        return True
    sentence = before + line[start:end] + behind
    return bool(_LONG_AGO.search(sentence) and _GAVE.search(sentence)) and not _NOW.search(line)


_ROUND = frozenset({"16th", "18th", "21st", "30th", "40th", "50th", "60th", "65th", "70th", "75th", "80th", "85th", "90th", "95th", "100th"})  # fmt: skip
_DAY_OF_MONTH = frozenset({"the", "on", "by", "before", "until", "till"})
_OTHER_ROUND = frozenset({"anniversary", "wedding", "of", "floor", "century", "grade", "edition", "street", "place", "time"})  # fmt: skip


def _round_birthday(words: Sequence[Word]) -> tuple[OccasionFound, ...]:
    """A round number of years alone is a birthday: "mum's 60th"."""
    for index, word in enumerate(words):
        after = words[index + 1].text if index + 1 < len(words) else ""
        if index and word.text in _ROUND and after not in _OTHER_ROUND and words[index - 1].text not in _DAY_OF_MONTH:
            return (OccasionFound("birthday", word.start, word.end),)
    return ()


def _is_meant(words: Sequence[Word], first: int, last: int, phrase: str) -> bool:
    """Words of politeness and of study count only next to a word of giving."""
    if phrase not in _WEAK:
        return True
    clause = words[first].clause
    near = (*words[max(0, first - 3) : first], *words[last : last + 2])
    around = {word.text for word in near if word.clause == clause}
    behind = [word.text for word in words[last : last + 2]]
    if phrase == "thank you" and behind[:1] == ["for"] and _ANSWERS.intersection(behind[:2]):
        return False
    if phrase == "thank you" and _OF_READERS.intersection(word.text for word in words[last : last + 5]):
        return False
    if around & _GIFT_WORDS:
        return True
    before = words[first - 1].text if first and words[first - 1].clause == words[first].clause else ""
    if phrase in ("thank you", "thank_you"):
        return before in _AS_A_NOUN
    if phrase == "confirmation" and before.endswith("'s"):
        return True
    return phrase in ("promotion", "promoted") and before in _WHOSE
