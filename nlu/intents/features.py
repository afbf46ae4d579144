"""What the intent classifier looks at: a message with its facts masked, counted, and which facts it holds."""

# ruff: noqa: E501 - the flags stand in the order of their names
from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.findings import Findings
from nlu.words.text import squeeze

LONGEST = 400
"""Characters of a message that are counted; what is wanted is said by then."""

FLAGS = (
    "recipient", "age", "gender", "occasion", "budget", "no_budget", "interests", "exclusions", "corrected", "position",
    "gift_word", "question", "short", "long", "surely_for",
)  # fmt: skip
"""Names of the yes-or-no features, in order."""

_GIFT_WORD = re.compile(
    r"\b(?:gifts?|presents?|pressies?|prezzies?|gifting|stocking|geschenk\w*|cadeaux?|regalos?|regali|regalo)\b"
)
_WORD = re.compile(r"[\w'£$€%]+|[?!]+|[^\w\s.,;:()\"'-]")


def shape_of(found: Findings) -> str:
    """Return the message in lower case with every fact replaced by its kind ("gift for my xrel, xmoney")."""
    masks = [(one.start, one.end, " xrel ") for one in found.recipients if one.weight > 0]
    masks += [(one.start, one.end, " xage ") for one in found.ages]
    masks += [(one.start, one.end, " xocc ") for one in found.occasions]
    masks += [(one.start, one.end, " xthing ") for one in (*found.interests, *found.exclusions)]
    if found.destination:  # a place is no cue to what is wanted
        masks.append((found.destination.start, found.destination.end, " xthing "))
    if found.budget:
        masks.append((found.budget.start, found.budget.end, " xmoney "))
    text, pieces, at = found.cleaned.text, [], 0
    for start, end, mask in sorted(masks):
        if start >= at:
            pieces += [text[at:start], mask]
            at = end
    return squeeze("".join((*pieces, text[at:])).replace("\n", " ")[:LONGEST])


def flags_of(found: Findings) -> tuple[float, ...]:
    """Return 1.0 or 0.0 for each of `FLAGS`."""
    who, text = found.recipient, found.cleaned.text.lower()
    said = (
        who is not None, bool(found.ages), bool(found.bracket and found.bracket.gender), bool(found.occasions), found.budget is not None,
        found.no_budget, bool(found.interests or found.destination), bool(found.exclusions), found.corrected, found.position is not None,
        _GIFT_WORD.search(text) is not None, "?" in text, len(found.words) <= 3, len(found.words) >= 15, who is not None and who.weight >= 3,
    )  # fmt: skip
    return tuple(float(one) for one in said)


def words_of_shape(shape: str) -> list[str]:
    """Return the words and signs that are counted, in order."""
    return _WORD.findall(shape)


def pairs_of(words: Sequence[str]) -> list[str]:
    """Return the grams of neighbouring words, the ends of the message included."""
    return [f"p:{one} {two}" for one, two in zip(["<", *words], [*words, ">"], strict=True)]


def grams_of_word(word: str) -> list[str]:
    """Return the grams of one word: itself, and unless it stands for a fact its runs of two to four characters."""
    grams = [f"w:{word}"]
    if word not in _MASKS:
        edged = f" {word} "
        grams += [edged[at : at + size] for size in (2, 3, 4) for at in range(len(edged) - size + 1)]
    return grams


_MASKS = frozenset({"xrel", "xage", "xocc", "xthing", "xmoney"})
