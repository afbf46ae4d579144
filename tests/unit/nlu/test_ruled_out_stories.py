"""What stories rule out: gifts that did not please, what others bring, what somebody asked to leave."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.reading import read
from nlu.words.lexicon import Lexicon

STORIES = """
    He's been given so many penknives by his brothers | penknives
    Last spring I gave him a kite, the year before a puzzle | kite, puzzle
    Her last birthday I gave her a lamp, Easter a teapot | lamp, teapot
    I've sent a calendar, a bookmark and a plant | calendar, bookmark, plant
    my aunt went badly wrong with a sewing kit | sewing kit
    It's always been socks, scarves, bath salts | socks, scarves, bath salts
    I got her a few things already (a fern, a mug) | fern, mug
    So far I've got: a torch, a compass | torch, compass
    We've been warned off scented candles | scented candles
    Her dad says no to drums | drums
    he said a firm no to crystal | crystal
    I'm not doing vases again | vases
    Neither of them drinks coffee | coffee
    I refuse to do the cufflinks, the hip flask or the tie | cufflinks, hip flask, tie
    she won't have anything leather in the house | leather
    I want it less boring than socks | socks
    nothing for the bathroom please | bathroom
    a card that doesn't scream romance | romance
    he never bothers with his tablet | tablet
    he fell out of love with fishing | fishing
    gifts that are not plastic | plastic
    Scarves are what my aunt always sends | scarves
    Perfume is her sister's job | perfume
    candles need not apply | candles
    A watch is much too early | watch
    honey would be coals to Newcastle, she keeps bees | honey
    puns on a shirt make him roll his eyes, and mugs make him roll them too | shirt, mugs
    A scrapbook has been done by my cousin | scrapbook
    The chess set he's been given by his uncle | chess set
    The cake I usually bring is out | cake
    Oysters I can't afford | oysters
    Unicorns are over now | unicorns
    Chocolate is tricky because he's diabetic | chocolate
    Whisky: has plenty. Tools: has them | whisky, tools
    Wool, needles, hooks: she ordered them at once | wool, needles, hooks
    Brandy: his wife makes it | brandy
    The list had pillows and a kettle, all bought | pillows, kettle
    At home she has a slow cooker and nice slippers | slow cooker, slippers
    Has earbuds, owns a good backpack | earbuds, backpack
    he uses an old thermos | thermos
    We've all got the calendar | calendar
    I don't want it to be another jumper | jumper
    She certainly has nice brushes, easels and smocks | brushes, easels, smocks
    my dad is modest, never flashy | flashy
    it can't be glass, it has to travel | glass
    can't be sure he'd like it |
    we can't be late, he starts on monday |
    I send shortbread every time | shortbread
    I thought maybe a globe, but he has three | globe
    they don't smoke or drink | smoke, drink
    Last Christmas my husband and I brought a fondue set | fondue set
    the flat has no view, she likes plants |
    other than skating he loves chess |
    I have a tent packed for the trip |
    she wouldn't say no to truffles |
    he never says no to a pint |
    wouldn't have it any other way, she adores opera |
    we've always been a family of hikers |
    nothing from that shop again, she loves tea |
    nothing for me, thanks, just looking for her |
    they've been given a second chance |
    he fell out with his boss and needs cheering up |
    the party is over now |
    shopping for him is hard |
"""
"""A sentence to a line: what is said | what is ruled out."""


def _rows() -> list[tuple[str, set[str]]]:
    rows = [line.split("|") for line in STORIES.strip().splitlines()]
    return [(text.strip(), {thing.strip() for thing in out.split(",") if thing.strip()}) for text, out in rows]


@pytest.mark.parametrize(("text", "out"), _rows())
def test_a_story_rules_out_its_things_and_nothing_else(text: str, out: set[str], lexicon: Lexicon) -> None:
    """Nobody wants what was given, refused or spoken for already, however long the story is."""
    assert set(read(text, today=date(2026, 6, 1), lexicon=lexicon, country="GB").exclusions) == out


@pytest.mark.parametrize(
    ("text", "likes"),
    [
        ("Besides skating she loves chess", {"skating", "chess"}),
        ("A present for my son's piano teacher", {"piano"}),
        ("presents for gamers", {"gamers"}),
        ("looking for something extra special for mum", set()),
        ("something special for my gran in her late 70s", set()),
    ],
)
def test_what_a_person_does_is_a_like_and_praise_is_none(text: str, likes: set[str], lexicon: Lexicon) -> None:
    """An added like, a subject taught and a trade guide a gift; "special" and an age in words match no product."""
    assert set(read(text, today=date(2026, 6, 1), lexicon=lexicon, country="GB").interests) == likes


@pytest.mark.parametrize("word", ["forty", "scenes", "skipped", "possible", "journey", "tails", "packing"])
def test_words_added_for_likes_bend_no_right_word(word: str, lexicon: Lexicon) -> None:
    """A sum of forty pounds is no slip of "footy"."""
    assert lexicon.spelling.meant(word) == word
