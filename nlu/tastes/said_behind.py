"""What is ruled out by words behind or around it: "candles are out", "has a kindle already", "rather tea than cake"."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Sequence

from nlu.words.lexicon import Lexicon
from nlu.words.little_words import PRONOUNS, VERBS
from nlu.words.open_lists import Span, read_list, span_of
from nlu.words.phrases import Found
from nlu.words.text import Word

_PETS = frozenset({"cat", "dog", "pet", "baby"})
_ANYTHING = frozenset({"anything", "something", "stuff", "things"})
_HAS = frozenset({"has", "have", "got", "owns", "own", "had", "bought", "gotten"})
ALLERGY = frozenset({"allergy", "allergies", "intolerant", "intolerance"})
"""Words a thing stands right before that harms."""
_NO_ALLERGEN = frozenset({"no", "any", "an", "a", "food", "bad", "severe", "seasonal", "her", "his", "is", "has", "have", "with", "and", "of", "the", "terrible", "many", "some", "other", "awful", "serious", "she's", "he's"})  # fmt: skip
_IS_GETTING = frozenset({"is", "he's", "she's", "hes", "shes"})
_REASONS = frozenset(
    {"because", "since", "as", "so", "but", "too", "and", "for", "cos", "cause", "though", "unless", "then"}
)


def read_before(text: str, words: Sequence[Word], hit: Found, lexicon: Lexicon) -> list[Span]:
    """Read what stands before "is out", "feels lazy", "are not an option"."""
    last = hit.last
    goes_on = last < len(words) and words[last].clause == words[last - 1].clause and words[last].text not in _REASONS
    if goes_on and hit.phrase in ("is out", "are out", "are all out"):
        return []
    said = " ".join(word.text for word in words[hit.first : last + 1])
    if said.endswith(("a no brainer", "is too", "a no one")):
        return []
    spans = read_list(text, words[: hit.first], _beginning(words, hit.first, lexicon), lexicon, reach="and")
    if " ".join(word.text for word in words[last : last + 3]) == "as well as" and last + 3 < len(words):
        spans += read_list(text, words, last + 3, lexicon, reach="and")
    return [span for span in spans if span.text not in lexicon.empty_likes and not is_person(words, span, lexicon)]


def _beginning(words: Sequence[Word], end: int, lexicon: Lexicon) -> int:
    """Return where the thing before a word begins: with its clause, or behind the last verb or pronoun in it."""
    first = clause = end
    while clause > 0 and words[clause - 1].clause == words[end].clause:
        clause -= 1
    while first > clause and words[first - 1].text not in lexicon.stops:
        if words[first - 1].text in VERBS or words[first - 1].text in PRONOUNS:
            break
        first -= 1
    told = any(word.text in VERBS or word.text in PRONOUNS for word in words[clause:end])
    return first if told else clause


def find_owned_already(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Read "she has a kindle already", "he's got one of those fryers already"."""
    found: list[Span] = []
    for at in range(2, len(words)):
        if words[at].text != "already" or words[at].clause != words[at - 1].clause:
            continue
        first = at - 1
        while (
            first >= 0 and words[first].clause == words[at].clause and at - first < 7 and words[first].text not in _HAS
        ):
            first -= 1
        if first >= 0 and words[first].clause == words[at].clause and words[first].text in _HAS and first + 1 < at:
            spans = read_list(text, words[:at], first + 1, lexicon, reach="and")
            found += [
                span
                for span in spans
                if span.text not in lexicon.empty_likes and words[span.last - 1].text not in lexicon.not_excluded
            ]
    return found


def find_allergies(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Read "she has a nut allergy", "lactose intolerant"."""
    found: list[Span] = []
    for at in range(1, len(words)):
        head, before = words[at], words[at - 1]
        if head.text in ALLERGY and before.clause == head.clause and before.text not in _NO_ALLERGEN:
            span = span_of(text, words, at - 1, at)
            found += [span] if span and span.text not in lexicon.empty_likes else []
    return found


def find_cheaply_had(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Read what comes anyway: "gets make-up at a discount", "is getting a tablet from his gran"."""
    found: list[Span] = []
    for at in range(1, len(words) - 1):
        gets = words[at].text == "gets" or (words[at].text == "getting" and words[at - 1].text in _IS_GETTING)
        if not gets or words[at + 1].clause != words[at].clause:
            continue
        behind = [word.text for word in words[at + 1 : at + 10] if word.clause == words[at].clause]
        if "discount" in behind or "free" in behind or (words[at].text == "getting" and "from" in behind):
            spans = read_list(text, words, at + 1, lexicon, reach="and")
            found += [span for span in spans if span.text not in lexicon.empty_likes and span.text != "discount"]
    return found


def find_liked_less(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Read what is liked less: "rather one big thing than small bits", "prefers things over experiences"."""
    found: list[Span] = []
    for at in range(1, len(words) - 1):
        if words[at].text not in ("than", "over") or words[at + 1].clause != words[at].clause:
            continue
        before = {word.text for word in words[max(0, at - 9) : at] if word.sentence == words[at].sentence}
        if (
            before & {"rather", "prefer", "prefers", "prefering"} | ({words[at - 1].text} & _ANYTHING)
            and not words[at + 1].text[:1].isdigit()
        ):
            spans = read_list(text, words, at + 1, lexicon, reach="or")
            found += [span for span in spans if span.text not in lexicon.not_excluded]
    return found


def is_person(words: Sequence[Word], span: Span, lexicon: Lexicon) -> bool:
    """Whether a passage names a person ("my sister", "no wait, sister in law"); pets may be things too."""
    said = [word.text for word in words[span.first : span.last]]
    names = [lexicon.relations.get(word) for word in said]
    tail = lexicon.relations.get(" ".join(said[-3:])) if len(said) > 3 else None
    return (all(names) and not _PETS & set(names)) or tail is not None
