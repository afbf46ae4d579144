"""What X forbids to store is marked; the thing that is wanted and everyday words are not."""

# ruff: noqa: E501 - what shoppers write is listed, many to a line
from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.findings import find
from nlu.reading import read
from nlu.sensitive import ORDINARY, SensitiveFound, find_sensitive
from nlu.words.lexicon import Lexicon
from nlu.words.text import clean, words_of

TOLD = {
    "health": """she has diabetes|he's in a wheelchair|my aunt is going through chemo|mum is allergic to nuts|his knees are bad|she just had her hip replaced|dad broke his leg|my sister is 5 months pregnant
my wife is expecting|he's 3 years sober|deaf as a post|going blind|she has a bad back|gift for my therapist|nan has dementia|he's autistic|she was diagnosed with lupus|recovering from pneumonia|he's in hospital|a new hip|dad is in AA|low sodium diet|gran has low vision|she is in a nursing home|they lost their baby|he's colourblind|a heroin addict|my gran is poorly? no, feeling poorly""",
    "religion": "she's a devout Catholic|he's Muslim|Eid gift for my aunt|a present for our vicar|goes to church on Sundays|bar mitzvah for my nephew|a christening gift|she reads the Quran|halal sweets only|first communion|Diwali hamper|our rabbi retires|prays five times a day",
    "politics": "he votes labour|lifelong Tory|she's a registered Democrat|voted for Trump|my tory voting aunt|they voted remain|a socialist uncle|he campaigned for the greens",
    "ethnicity": "she's Polish|my Nigerian friend|half Japanese|an elderly Greek lady|our Romanian teacher|he came as a refugee|a gift for my Indian in-laws|he's black, loves jazz|African American art collector|my cleaner, she's lovely, Filipino, sings",
    "finances": "he's in debt|she lost her job|they're on benefits|low income family|we were evicted",
    "sex_life": "he just came out as bi|she's a lesbian|my gay best friend|two mums|her nonbinary cousin|they're polyamorous",
    "union": "our union rep retires|he is a shop steward|the nurses are on strike|he is in Unison|mum is in a union",
    "crime": "just out of prison|he's on parole|she was arrested last year|my cousin did time|she was abused",
}
EVERYDAY = """she's a Cancer sign necklace|cancer zodiac mug|trans-siberian railway book|he has a conservative style|nail polish|a depressing week|broke my mug|I'm broke|boyfriend broke the vase|her favourite colour is black
top trumps|a Japanese tea set|Polish pottery|Indian cooking classes|true crime podcasts|crime novels|Black Friday deal|blind box figures|roller blinds|order confirmation|credit union pen|union jack cushion|rugby union
Christian Dior perfume|gospel music|liberal arts graduate|prime minister mug|retail therapy|stick or twist|Christmas gift|Easter egg|easter basket|valentine's day|asian cooking|mass market paperback|a stroke of luck
expecting a parcel|are you expecting me to pay|works in a hospital|massage therapist|virgin olive oil|Ford Escort model|a golf swinger|I lent him mine|heart shaped mug|hand cream|knee socks|back scratcher|party game|voted best mug|confirmation of my order|my French teacher|a Lego addict|my sister is a handbag addict|they sing in unison|a white lady cocktail|a black man bag|works in a care home|she lost her baby teeth"""


def found(text: str, lexicon: Lexicon) -> tuple[SensitiveFound, ...]:
    plain = clean(text).text
    return find_sensitive(plain, words_of(plain), lexicon)


def phrases(block: str) -> list[str]:
    return [phrase for line in block.splitlines() for phrase in line.split("|")]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, block in TOLD.items() for text in phrases(block)])
def test_what_x_forbids_to_store_is_marked_with_its_kind(kind: str, text: str, lexicon: Lexicon) -> None:
    """Unmarked it would be kept, and X forbids that."""
    assert kind in {one.kind for one in found(text, lexicon)}


@pytest.mark.parametrize("text", phrases(EVERYDAY))
def test_everyday_words_are_not_marked(text: str, lexicon: Lexicon) -> None:
    """A marked word is forgotten after the turn, and the shopper would have to say it again."""
    assert found(text, lexicon) == ()


def test_the_reason_is_marked_and_the_thing_is_not(lexicon: Lexicon) -> None:
    """The thing stays ruled out for the whole talk; why it is, is nobody's business."""
    (one,) = found("my pal is allergic to nuts and wool", lexicon)
    assert one.text == "allergic to"
    reading = read("my pal is allergic to nuts and wool", today=date(2026, 6, 1), lexicon=lexicon)
    assert "nuts" in reading.exclusions
    assert "nuts" not in reading.passing


def test_no_sensitive_word_is_taken_for_a_slip_and_every_listed_phrase_is_marked(lexicon: Lexicon) -> None:
    """A "muslim" mended to "muslin" would be kept as a like and never marked."""
    listed = [phrase for phrase, kind in lexicon.sensitive.names.items() if kind != ORDINARY]
    stems = {word.partition("'")[0] for phrase in listed for word in phrase.split()}
    assert {stem for stem in stems if lexicon.spelling.meant(stem) != stem} == set()
    readings = {one: find(f"a gift for my friend, {one}", lexicon, today=date(2026, 6, 1)) for one in listed}
    assert [one for one, reading in readings.items() if not reading.sensitive] == []


@pytest.mark.parametrize(
    ("text", "recipient"),
    [("for my Welsh friend", "friend"), ("my polish neighbour", "neighbor"), ("my black friend turns 40", "friend"), ("my gay cousin loves tea", "cousin")],
)  # fmt: skip
def test_the_person_stays_when_only_the_word_before_tells(text: str, recipient: str, lexicon: Lexicon) -> None:
    """A recipient who passes with the turn would be asked for again."""
    reading = read(text, today=date(2026, 6, 1), lexicon=lexicon)
    assert reading.recipient == recipient
    assert recipient not in reading.passing
    assert reading.sensitive


def test_a_recipient_whose_own_noun_tells_passes(lexicon: Lexicon) -> None:
    """ "rabbi" kept is a faith kept."""
    assert read("a present for our rabbi", today=date(2026, 6, 1), lexicon=lexicon).passing == ("rabbi",)


@pytest.mark.parametrize("text", ["adhd fidget toys for my son", "dad is in AA", "she likes tea and is a lesbian"])
def test_a_trait_is_no_like(text: str, lexicon: Lexicon) -> None:
    """As a like it would be said back: "I have nothing for adhd"."""
    assert {"adhd", "aa", "lesbian"}.isdisjoint(read(text, today=date(2026, 6, 1), lexicon=lexicon).interests)


@given(st.lists(st.sampled_from(["she", "is", "diabetic", ",", "allergic to", "5 weeks pregnant", "Eid", "bad", "knees", "votes", "tory", "ordinary", "half", "Polish", "."]), max_size=14))  # fmt: skip
def test_marks_stand_in_order_without_overlap_and_say_what_the_text_says(lexicon: Lexicon, parts: list[str]) -> None:
    """Whoever leaves marked words out of a record relies on their places."""
    text = " ".join(parts)
    marks = found(text, lexicon)
    assert all(one.end <= other.start for one, other in itertools.pairwise(marks))
    assert all(text[one.start : one.end].lower() == one.text for one in marks)
