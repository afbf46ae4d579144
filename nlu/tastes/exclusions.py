"""What is not wanted: disliked, owned, given before, forbidden."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from nlu.tastes.anything import behind_anything
from nlu.tastes.belongings import find_belongings
from nlu.tastes.framed_things import behind_amount, find_framed
from nlu.tastes.negations import KINDS_OF_PEOPLE, NEGATIONS, find_negated, not_that_person
from nlu.tastes.past_gifts import find_past_gifts
from nlu.tastes.said_behind import (
    ALLERGY,
    find_allergies,
    find_cheaply_had,
    find_liked_less,
    find_owned_already,
    is_person,
    read_before,
)
from nlu.tastes.taken_back import find_taken_back
from nlu.words.lexicon import Lexicon
from nlu.words.open_lists import MOST_LISTS, OF_A_FEAST, Span, read_list, span_of
from nlu.words.phrases import Found, find_phrases
from nlu.words.text import Word

_BUYING = frozenset({"to", "get", "buy", "give", "do", "add", "make", "have", "go", "with", "her", "him", "them", "just", "end", "up", "getting", "buying", "giving", "be", "more", "me", "another", "any", "receive", "see"})  # fmt: skip
"""Between "don't want" and the thing: "to get her a"."""
_LOOSE = frozenset({"no", "not", "nothing", "without", "avoid", "except", "besides", "other than"})
_BARE_NOT = frozenset({"not", "not too", "not be", "that isn't", "that aren't", "that isnt", "that's not", "which isn't", "which aren't", "has already", "have already"})  # fmt: skip
_OWN_WORD = frozenset({"her", "his", "that", "this", "a lot", "those", "these", "my", "much", "many"})
_LOOSE_OF_DOING = frozenset(
    {"without", "instead of", "rather than", "besides", "other than", "apart from", "aside from", "except"}
)
_ADDING = frozenset({"other than", "besides", "apart from", "aside from", "except", "except for"})
_LIKING = frozenset(
    {"likes", "loves", "enjoys", "passion", "hobby", "hobbies", "into", "interests", "adores", "collects"}
)
_MONEY = frozenset({"money", "cash", "vouchers", "voucher"})
_NO_MONEY = frozenset({"not", "no", "other than", "besides", "apart from", "aside from", "instead of", "anything but", "don't want", "rather than", "hates"})  # fmt: skip
_LACKING = frozenset({"has", "have", "had", "got", "is", "are", "was", "there's", "there", "ahs", "play", "plays", "be", "of", "literally", "almost", "basically", "having"})  # fmt: skip
"""Before "no" these tell what is missing, and what is missing may be welcome."""
_OF_GIVER = frozenset({"i'm", "im", "am", "i", "we're", "it's", "its"})
_NEW_IN_LIFE = frozenset({"car", "house", "home", "apartment", "flat", "puppy", "dog", "cat", "kitten", "pet", "baby", "boat", "bike", "motorbike", "van", "caravan"})  # fmt: skip
_MORE = frozenset({"any", "more", "another", "other", "further"})
_HABITS = frozenset({"drink", "drinks", "smoke"})
"""What somebody does not do, said with nothing behind it: "she doesn't drink"."""
_GENERAL = frozenset({"time", "friends", "hobbies", "hobby", "interests", "energy", "money", "work", "space", "room", "fun", "family", "kids", "children", "everything", "things", "stuff", "those", "that", "it", "patience", "pets", "experience", "one", "free time", "debt", "issues", "problems", "registry", "wishlist", "word", "words", "complaint", "furniture", "budget", "internet", "limit", "ones", "response", "answer", "particular", "degree", "licence", "license", "relationship", "choices", "options", "brand", "brands", "color", "colour", "colors", "colours", "amount", "model", "models", "price", "prices", "size", "sizes", "design", "shape", "look", "looks", "material", "quality", "shipping", "delivery", "feature", "features", "specs", "offense", "prob", "refunds", "context", "luck", "trouble", "love", "people", "to", "style", "idea", "ideas", "clue", "clues", "whatever", "shame", "pressure", "wait", "list", "rules", "season", "pull", "coordination", "reason", "point", "sense", "way", "view", "inch", "sun", "spare", "anything", "shade", "signal", "shop", "shops", "store", "stores", "website"})  # fmt: skip


def find_exclusions(text: str, words: Sequence[Word], lexicon: Lexicon) -> tuple[Span, ...]:
    """Find everything a message rules out: "no perfume", "she hates candles", "already has a Kindle"."""
    found: list[Span] = []
    idle: set[int] = set()
    said = {word.text for word in words}
    denied = not NEGATIONS.isdisjoint(said)
    negated = {hit.first: hit for hit in islice(find_negated(words, lexicon), MOST_LISTS)} if denied else {}
    for hit in islice(find_phrases(words, lexicon.exclusion_openers), MOST_LISTS):
        kind = lexicon.exclusion_openers[hit.phrase]
        if kind == "behind":
            found += read_before(text, words, hit, lexicon)
        elif kind == "refused" and any(
            at in negated and negated[at].last > hit.last for at in range(hit.first, hit.last)
        ):
            continue
        elif kind != "none" and not _adds(words, hit):
            found += _behind(text, words, hit, kind, lexicon)
        else:
            idle.update(range(hit.first, hit.last))
    for hit in negated.values():
        if hit.first not in idle:
            found += _behind(text, words, hit, "refused", lexicon)
    people = (span_of(text, words, first, last) for first, last in not_that_person(words)) if denied else ()
    found += [
        one for one in people if one and one.text not in lexicon.not_excluded and one.text not in lexicon.empty_likes
    ]
    if "already" in said:
        found += find_owned_already(text, words, lexicon)
    if not ALLERGY.isdisjoint(said):
        found += find_allergies(text, words, lexicon)
    if "gets" in said or "getting" in said:
        found += find_cheaply_had(text, words, lexicon)
    if "than" in said or "over" in said:
        found += find_liked_less(text, words, lexicon)
    found += find_past_gifts(text, words, lexicon)
    found += find_belongings(text, words, lexicon)
    found += find_taken_back(text, words, lexicon)
    found += find_framed(text, words, lexicon)
    return tuple(_without_overlap(found))


def _behind(text: str, words: Sequence[Word], hit: Found, kind: str, lexicon: Lexicon) -> list[Span]:
    """Read what stands behind words that rule out."""
    at = _behind_much(words, _behind_more(text, words, hit.last))
    if words[at - 1].text in _HABITS and (
        at >= len(words)
        or _parted(text, words, at)
        or words[at].text in lexicon.stops
        or words[at].text in ("or", "and")
    ):
        other = at + 1 if at + 1 < len(words) and words[at].text in ("or", "and") else at
        habits = [at - 1, *([other] if other < len(words) and words[other].text in _HABITS else [])]
        return [Span(words[one].text, one, one + 1, words[one].start, words[one].end) for one in habits]
    if at >= len(words) or words[at].sentence != words[hit.first].sentence or _parted(text, words, at):
        return []
    if hit.phrase in _LOOSE_OF_DOING and words[at].text.endswith("ing") and words[at].text not in lexicon.interests:
        return []
    first = behind_anything(words, _behind_buying(words, at) if kind == "refused" else at, lexicon)
    if kind == "owned":
        first = behind_amount(words, first)
    if first < 0 or (first == at and _is_idle(words, hit.first, at, lexicon)):
        return []
    spans = read_list(text, words, first, lexicon, reach="or" if kind == "refused" else "and")
    spans = [span for span in spans if words[span.last - 1].text not in KINDS_OF_PEOPLE]
    return [span for span in spans if _rules_out(words, hit, kind, span, lexicon)]


def _adds(words: Sequence[Word], hit: Found) -> bool:
    """Whether "other than", "besides" add to what is liked: "besides reading he loves chess"."""
    if hit.phrase not in _ADDING:
        return False
    opens = hit.first == 0 or words[hit.first - 1].clause != words[hit.first].clause
    behind = {word.text for word in words[hit.last : hit.last + 14] if word.sentence == words[hit.first].sentence}
    return opens and not behind.isdisjoint(_LIKING)


def _behind_much(words: Sequence[Word], at: int) -> int:
    """Return where the thing begins behind "a lot of"."""
    much = [word.text for word in words[at : at + 3]] == ["a", "lot", "of"] and at + 3 < len(words)
    return at + 3 if much and words[at + 3].clause == words[at].clause else at


def _behind_more(text: str, words: Sequence[Word], at: int) -> int:
    """Return where the thing begins behind "any more", "another"; not in "no more than"."""
    first = at
    while (
        first + 1 < len(words)
        and words[first].text in _MORE
        and not _parted(text, words, first)
        and not _parted(text, words, first + 1)
    ):
        first += 1
    return at if first == at or words[first].text in ("than", "expensive", "ideas", "please") else first


def _parted(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether a clause ends before a word, other than with a mark that leads to the thing: "hates: mugs"."""
    before = words[at - 1]
    return before.clause != words[at].clause and text[before.end : words[at].start].strip() not in ('"', ":", "-")


def _rules_out(words: Sequence[Word], hit: Found, kind: str, span: Span, lexicon: Lexicon) -> bool:
    """Whether a passage is a thing that can be ruled out."""
    if span.text in _MONEY:
        return kind != "owned" and not hit.phrase.endswith(("need", "needs"))
    if span.text in lexicon.not_excluded or words[span.last - 1].text in _GENERAL or _is_occasion(words, span, lexicon):
        return False
    if kind != "refused" and span.text in lexicon.empty_likes:
        return False
    if kind == "owned" and words[span.last - 1].text in _NEW_IN_LIFE:
        return False
    return _is_thing(words, hit, span, lexicon)


def _is_occasion(words: Sequence[Word], span: Span, lexicon: Lexicon) -> bool:
    """Whether a day is named, and not what is like it ("Christmas stuff")."""
    if span.last < len(words) and words[span.last].text in OF_A_FEAST:
        return False
    said = [words[index].text for index in range(span.first, span.last)]
    return any(" ".join(said[at : at + size]) in lexicon.occasions for size in (1, 2) for at in range(len(said)))


def _behind_buying(words: Sequence[Word], at: int) -> int:
    """Return where the thing begins behind "don't want": behind "to get her"; -1 where something else is refused."""
    if words[at].text != "to" and words[at - 1].text not in ("buy", "get", "give"):
        return at
    first = at
    while first < len(words) and words[first].clause == words[at].clause and words[first].text in _BUYING:
        first += 1
    if words[at].text != "to":
        return first if first < len(words) and words[first].clause == words[at].clause else at
    if first == at + 1 or first >= len(words) or words[first].clause != words[at].clause:
        return -1
    return first


def _is_idle(words: Sequence[Word], first: int, last: int, lexicon: Lexicon) -> bool:
    """Whether nothing is ruled out though the words say no: "no idea", "not sure", "no more than £20"."""
    next_word = words[last].text
    ahead = " ".join(word.text for word in words[last : last + 2])
    opener = " ".join(word.text for word in words[first:last])
    if next_word in _MONEY and opener in _NO_MONEY:
        return False
    if _known_at(words, last, lexicon):
        return False
    if ahead in lexicon.not_excluded or next_word[:1].isdigit():
        return True
    if next_word in lexicon.not_excluded:
        return opener in _LOOSE or next_word not in _OWN_WORD
    if opener in ("no", "not") and next_word in lexicon.relations:
        return True
    before = words[first - 1].text if first and words[first - 1].clause == words[first].clause else ""
    if (opener == "no" and before in _LACKING) or (opener == "not" and before in _OF_GIVER):
        return True
    return opener in ("has", "already") or (opener == "not" and before in ("whether", "or"))


def _known_at(words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a known thing of two words begins here: "gift cards"."""
    pair = words[at : at + 2]
    return len(pair) == 2 and pair[0].clause == pair[1].clause and f"{pair[0].text} {pair[1].text}" in lexicon.interests


def _opens_clause(words: Sequence[Word], hit: Found) -> bool:
    before = words[hit.first - 1] if hit.first else None
    return before is None or before.clause != words[hit.first].clause or before.text in ("no", "but", "and", "please")


def _is_thing(words: Sequence[Word], hit: Found, span: Span, lexicon: Lexicon) -> bool:
    """Whether a thing is ruled out, and not a person; after a mere "not" it must open its clause or be well known."""
    said = [word.text for word in words[span.first : span.last]]
    if is_person(words, span, lexicon):
        return False
    if hit.phrase not in _BARE_NOT:
        return True
    known = any(" ".join(said[at : at + size]) in lexicon.interests for size in (1, 2, 3) for at in range(len(said)))
    return known or (hit.phrase in ("not", "not too") and _opens_clause(words, hit) and len(said) <= 3)


def _without_overlap(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.first, -one.last)):
        if not kept or span.first >= kept[-1].last:
            kept.append(span)
    return kept
