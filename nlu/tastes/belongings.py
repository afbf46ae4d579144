"""What somebody has already, told as a fact: "she has an air fryer", "uses his old thermos", "has AirPods"."""

# ruff: noqa: E501 - a list of words is checked more easily on long lines
from __future__ import annotations

from collections.abc import Sequence

from nlu.words.lexicon import Lexicon
from nlu.words.open_lists import MOST_LISTS, Span, read_list
from nlu.words.text import Word

_HAS = frozenset({"has", "have", "got", "owns", "own", "uses", "had"})
_OF_GIVER = frozenset({"i", "we", "i've", "we've", "you", "i'm", "to", "should", "could", "can", "would", "will", "might", "must", "never", "not", "don't", "doesn't", "didn't", "hasn't", "haven't", "if", "does", "do", "i'd", "just", "recently", "only", "used"})  # fmt: skip
"""Before "have" these tell of the giver, of a wish or of what is lacking."""
_GOODS = frozenset({"headset", "mouse", "keyboard", "monitor", "headphones", "earbuds", "earphones", "airpods", "speaker", "speakers", "printer", "dvr", "tivo", "tv", "fitbit", "garmin", "roomba", "alexa", "projector",
    "mixer", "blender", "fryer", "toaster", "kettle", "pan", "pans", "pots", "skillet", "knives", "knife", "espresso machine", "coffee machine", "coffee maker", "cookware", "cutting board", "thermos", "flask", "tumbler", "stanley", "cooler", "crockpot", "cooker", "instant pot", "keurig", "grill", "smoker", "juicer", "corkscrew", "decanter", "mugs", "glasses", "towels", "sheets", "cookbooks",
    "gloves", "scarf", "scarves", "hat", "hats", "slippers", "robe", "gown", "wallet", "wallets", "belt", "belts", "watch", "watches", "ties", "sunglasses", "backpack", "handbag", "handbags", "purse", "purses", "umbrella", "jewelry", "jewellery", "perfume", "cologne", "candles", "blankets", "blanket", "pillows", "maps", "tags", "pillow", "curtain",
    "toolbox", "drill", "tools", "multitool", "leatherman", "flashlight", "tripod", "mat", "dumbbells", "weights", "helmet", "tent", "rods", "holster", "stand", "stands", "stool", "stools", "case", "cases", "gadgets", "equipment", "headlamp"})  # fmt: skip
"""Goods one is enough of; pets, gardens, instruments and what one buys more for (a console) tell of likes instead."""


def find_belongings(text: str, words: Sequence[Word], lexicon: Lexicon) -> list[Span]:
    """Find the goods another person is said to have; what the giver has counts for nothing."""
    found: list[Span] = []
    reads = 0
    for at in range(len(words) - 1):
        if words[at].text not in _HAS or words[at + 1].clause != words[at].clause or reads >= MOST_LISTS:
            continue
        before = {word.text for word in words[max(0, at - 4) : at] if word.clause == words[at].clause}
        if before & _OF_GIVER:
            continue
        reads += 1
        found += [
            span
            for span in read_list(text, words, at + 1, lexicon, reach="and")
            if words[span.last - 1].text in _GOODS or " ".join(span.text.split()[-2:]) in _GOODS
        ]
    return found
