"""What a message rules out: each way of saying it, and the sayings that only sound like it."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import pytest

from nlu.tastes.exclusions import find_exclusions
from nlu.words.lexicon import Lexicon
from nlu.words.text import clean, words_of


def ruled_out(message: str, lexicon: Lexicon) -> list[str]:
    text = clean(message).text
    return [span.text for span in find_exclusions(text, words_of(text), lexicon)]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("my aunt is allergic to feathers, lavender and latex", ["feathers", "lavender", "latex"]),
        ("he can't stand football, camping or pub quizzes", ["football", "camping", "pub quizzes"]),
        ("she's sick of mugs, socks and bath bombs. She loves tea", ["mugs", "socks", "bath bombs"]),
        ("she doesn't drink", ["drink"]), ("he doesn't smoke or eat meat", ["smoke", "meat"]), ("she doesn't wear earrings", ["earrings"]),
        ("I don't want to get her a scarf", ["scarf"]), ("we don't want to give them any more ornaments", ["ornaments"]),
        ("he wouldn't want a cookbook", ["cookbook"]), ("please no gift cards", ["gift cards"]), ("I don't want gift cards", ["gift cards"]),
        ("not money, not vouchers", ["money", "vouchers"]), ("anything other than candles", ["candles"]),
        ("a host gift that isn't wine", ["wine"]), ("would rather have one big thing than lots of small bits", ["small bits"]),
        ("I'm hesitant to buy him gloves", ["gloves"]), ("no candles allowed in her room", ["candles"]),
    ],
)  # fmt: skip
def test_what_is_refused_or_disliked_is_ruled_out(text: str, things: list[str], lexicon: Lexicon) -> None:
    """A list of dislikes counts to its last thing."""
    assert ruled_out(text, lexicon) == things


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("she already has a juicer, a blender and a wok, so no idea", ["juicer", "blender", "wok"]),
        ("he has tons of ties", ["ties"]), ("my brother just got a new headset", ["headset"]), ("they own a barbecue", []),
        ("she has all the saucepans she needs", ["saucepans"]), ("everyone gives her mugs", ["mugs"]), ("he has a lot of friends", []),
        ("she just got a new puppy", []),
    ],
)  # fmt: skip
def test_what_is_owned_already_is_not_given_again(text: str, things: list[str], lexicon: Lexicon) -> None:
    """Friends and a puppy are had, and no kind of gift to leave out."""
    assert ruled_out(text, lexicon) == things


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("last year I gave her a poncho and some tulip bulbs", ["poncho", "tulip bulbs"]),
        ("For his birthday I got him a chess set, two novels and a lamp", ["chess set", "novels", "lamp"]),
        ("Last christmas I made a scrapbook", ["scrapbook"]), ("I usually get him whisky", ["whisky"]), ("I always buy my mum flowers", ["flowers"]),
        ("Past gifts: a telescope, a globe, gift cards to his favourite cafe", ["telescope", "globe", "gift cards"]),
        ("Previous presents were slippers and a robe", ["slippers", "robe"]), ("I took her to a musical for our anniversary", ["musical"]),
        ("he adored the juggling balls I got him last summer", ["juggling balls"]), ("I've sent roses before", ["roses"]), ("last year I gave him a bowling day", ["bowling day"]),
        ("I bought her a ring last year, but she lost it", ["ring"]),
    ],
)  # fmt: skip
def test_what_was_given_before_is_not_given_again(text: str, things: list[str], lexicon: Lexicon) -> None:
    """The same scarf twice is worse than none."""
    assert ruled_out(text, lexicon) == things


@pytest.mark.parametrize(
    "text",
    ["I got her name in the draw", "he got her to laugh", "my landlord gave me a plant", "last year I was ill", "I got him for secret santa", "she made him happy",
     "what I got her", "I've got no idea", "I always give her a hug", "she gave up her job"],
)  # fmt: skip
def test_a_tale_without_a_gift_rules_nothing_out(text: str, lexicon: Lexicon) -> None:
    """ "Got" and "gave" tell much else than gifts."""
    assert ruled_out(text, lexicon) == []


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("jewellery is out", ["jewellery"]), ("Cash feels lazy", ["cash"]), ("clothes and perfume are never a good idea", ["clothes", "perfume"]),
        ("books are not really an option", ["books"]), ("flowers aren't her thing", ["flowers"]), ("her new album is out on friday", []), ("mum is out", []),
        ("I was thinking of getting him a drone but he already has one", ["drone"]), ("I thought of a spa day or a massage, but that seems boring", ["spa day", "massage"]),
        ("I was thinking of a drone but I'm not sure which", []), ("I was thinking of a drone, but where can I find one?", []),
    ],
)  # fmt: skip
def test_an_idea_dropped_behind_its_name_is_ruled_out(text: str, things: list[str], lexicon: Lexicon) -> None:
    """The refusal may stand behind the thing; a mere doubt is none."""
    assert ruled_out(text, lexicon) == things


@pytest.mark.parametrize(
    "text",
    ["not only tea but coffee", "you can't go wrong with chocolate", "she can't get enough of crime novels", "no idea what to get", "he can't live without coffee",
     "she has no hobbies", "he has no furniture yet", "she doesn't mind perfume", "I'm not a native speaker", "won't say no to wine", "without breaking the bank",
     "I don't want to spend much", "don't want to spoil the surprise", "nothing beats a good book", "there's no rush", "it's not a birthday"],
)  # fmt: skip
def test_words_that_only_sound_like_a_refusal_rule_nothing_out(text: str, lexicon: Lexicon) -> None:
    """An exclusion hides products: a wrong one costs the sale."""
    assert ruled_out(text, lexicon) == []


@pytest.mark.parametrize("negation", ["doesn't", "does not", "has never", "didn't", "won't", "would not"])
@pytest.mark.parametrize("degree", ["", "really ", "ever ", "really even "])
@pytest.mark.parametrize("verb", ["wear", "want", "use", "care for", "listen to"])
def test_a_negation_is_understood_however_it_is_put_together(
    negation: str, degree: str, verb: str, lexicon: Lexicon
) -> None:
    """Nobody can list every way of not liking a thing."""
    assert ruled_out(f"she {negation} {degree}{verb} bagpipes", lexicon) == ["bagpipes"]


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("she isn't really a jewellery person", ["jewellery"]), ("not much of a whisky drinker", ["whisky"]), ("she's got a juicer already", ["juicer"]),
        ("I was going to buy a kindle but she has one", ["kindle"]), ("his parents are buying him a tablet", ["tablet"]), ("every year I get him socks", ["socks"]),
        ("she doesn't need any more mugs", ["mugs"]), ("not fussed about brands", []), ("not in a relationship", []),
        ("she has a nut allergy and is lactose intolerant", ["nut", "lactose"]), ("my dad gets coffee at a discount", ["coffee"]), ("she's getting a tablet from her gran", ["tablet"]),
        ("jewellery or clothes in her price range are out", ["jewellery", "clothes"]), ("puzzles are out as well as novels, he needs a new lamp but that's over our budget", ["puzzles", "novels", "lamp"]),
        ("he won't give any hints", []), ("it didn't stand a chance", []), ("it's been a long distance relationship for the past year", []),
        ("nothing cheesy like teddy bears or balloons", ["cheesy", "teddy bears", "balloons"]), ("already has chocolates from Belgium and a hamper", ["chocolates", "hamper"]),
    ],
)  # fmt: skip
def test_what_is_ruled_out_is_the_thing_alone(text: str, things: list[str], lexicon: Lexicon) -> None:
    """The person, the place and the quantity around it would match no product, or the wrong ones."""
    assert ruled_out(text, lexicon) == things
