"""What is known of the gift wanted, one message after another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from nlu.brief import Brief, merge
from nlu.reading import Reading, read
from nlu.wish import Person
from nlu.words.lexicon import Lexicon


def told(lexicon: Lexicon, *messages: str) -> Brief:
    brief = Brief()
    for message in messages:
        brief = merge(brief, read(message, today=date(2026, 3, 2), lexicon=lexicon))
    return brief


def test_facts_of_several_messages_come_together(lexicon: Lexicon) -> None:
    """Half-sentences across messages are how people write."""
    brief = told(lexicon, "present for my mum", "she likes tea", "about £20 to £30", "not candles")
    assert brief == Brief("mom", None, "female", None, Decimal(20), Decimal(30), "GBP", ("tea",), ("candles",))


def test_a_correction_changes_the_person_and_keeps_the_rest(lexicon: Lexicon) -> None:
    """Nobody wants to say the budget twice because of a slip."""
    brief = told(lexicon, "birthday present for my mum, 60, under £30", "no, my sister, not my mum")
    assert (brief.recipient, brief.recipient_age, brief.occasion, brief.budget_max) == (
        "sister",
        None,
        "birthday",
        Decimal(30),
    )


def test_another_person_starts_anew(lexicon: Lexicon) -> None:
    """What mum likes has nothing to do with the next present."""
    brief = told(lexicon, "present for my mum who loves gardening, £20", "and something for my dad, he's into fishing")
    assert brief == Brief("dad", None, "male", interests=("fishing",))


def test_a_new_budget_replaces_the_old_one_whole(lexicon: Lexicon) -> None:
    """Half an old budget with half a new one is nobody's."""
    assert told(lexicon, "£20 to £30", "max 15").budget_min is None
    assert told(lexicon, "£20 to £30", "max 15").budget_max == Decimal(15)


def test_an_end_said_later_leaves_the_other_end_standing(lexicon: Lexicon) -> None:
    """A most is a promise until it is taken back; "at least £10" does not take it back."""
    for messages in (("under £30", "at least £10"), ("at least £10", "under £30"), ("£20 to £30", "at least £10")):
        brief = told(lexicon, *messages)
        assert (brief.budget_min, brief.budget_max, brief.currency) == (Decimal(10), Decimal(30), "GBP")
    raised = told(lexicon, "under £30", "over £50")
    assert (raised.budget_min, raised.budget_max) == (Decimal(50), None)


def test_ends_in_two_currencies_never_make_one_budget(lexicon: Lexicon) -> None:
    """Thirty pounds and ten dollars are no range."""
    brief = told(lexicon, "under £30", "at least $10")
    assert (brief.budget_min, brief.budget_max, brief.currency) == (Decimal(10), None, "USD")


def test_a_currency_goes_with_the_amount_it_was_said_with(lexicon: Lexicon) -> None:
    """A stale currency on a new figure admits nothing in the shop."""
    assert told(lexicon, "under €30", "money no object").currency is None
    assert told(lexicon, "under €30", "max 25").currency is None
    assert told(lexicon, "under €30", "she likes tea").currency == "EUR"


def test_no_budget_lifts_the_budget_and_a_figure_sets_one_again(lexicon: Lexicon) -> None:
    """The last word counts."""
    lifted = told(lexicon, "under £20", "money no object")
    assert lifted.no_budget
    assert lifted.budget_max is None
    assert not told(lexicon, "money no object", "max £40").no_budget


def test_who_changes_their_mind_about_a_thing_is_believed(lexicon: Lexicon) -> None:
    """Liked then unwanted is unwanted, and the other way round."""
    assert told(lexicon, "she likes candles", "no candles").interests == ()
    assert told(lexicon, "no candles", "she loves candles").exclusions == ()


def test_a_vague_word_does_not_replace_a_known_person(lexicon: Lexicon) -> None:
    """A "lady" may still be one's mother."""
    assert told(lexicon, "present for my mum", "something a lady would like").recipient == "mom"


readings = st.builds(
    Reading,
    recipient=st.sampled_from([None, "mom", "dad", "woman", "friend"]),
    recipient_age=st.none() | st.integers(0, 60).map(lambda low: (low, low + 5)),
    recipient_gender=st.sampled_from([None, "female", "male"]),
    occasion=st.sampled_from([None, "birthday"]),
    budget_min=st.none() | st.decimals(0, 100, places=2),
    budget_max=st.none() | st.decimals(100, 900, places=2),
    currency=st.sampled_from([None, "GBP"]),
    interests=st.lists(st.sampled_from(["tea", "cats", "golf"]), unique=True).map(tuple),
    exclusions=st.lists(st.sampled_from(["tea", "candles"]), unique=True).map(tuple),
    no_budget=st.booleans(),
    corrected=st.booleans(),
)


@given(st.lists(readings, max_size=8))
def test_any_talk_leaves_a_brief_that_holds_together(talk: list[Reading]) -> None:
    """Whatever is said in whatever order: JSON keeps it, nothing is liked and ruled out at once."""
    brief = Brief()
    for reading in talk:
        brief = merge(brief, reading)
        assert Brief.from_json(brief.to_json()) == brief
        both = set(brief.interests) & set(brief.exclusions)
        assert both <= set(reading.interests) & set(reading.exclusions)
        assert not (brief.no_budget and (brief.budget_min or brief.budget_max or brief.currency))
        assert brief.budget_min is None or brief.budget_max is None or brief.budget_min <= brief.budget_max
        if reading.budget_max is not None:
            assert brief.budget_max == reading.budget_max


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_a_stored_brief_of_any_shape_is_read_or_ignored(value: object) -> None:
    """A slot written by another version must not stop the talk."""
    names = (
        "recipient",
        "recipient_age",
        "recipient_gender",
        "budget_min",
        "budget_max",
        "interests",
        "no_budget",
        "currency",
    )
    assert isinstance(Brief.from_json(dict.fromkeys(names, value)), Brief)
    assert isinstance(Reading.from_json(dict.fromkeys((*names, "position"), value)), Reading)


def test_children_of_one_name_take_their_turns_by_what_they_like() -> None:
    """Three sons without ages: each gets a turn, and nobody gets two."""
    sons = tuple(Person("son", interests=(like,)) for like in ("lego", "football", "music"))
    brief = Brief("son", interests=("lego",), people=sons)
    assert brief.next_person() == sons[1]
    assert replace(brief, interests=("football",)).next_person() == sons[2]
    assert replace(brief, interests=("music",)).next_person() is None
    assert Brief("son", people=(Person("son"), Person("son"), Person("mom"))).next_person() == Person("mom")


def test_one_of_several_of_a_name_is_turned_to_by_a_like() -> None:
    """ "And for the son who likes football" speaks of that one."""
    sons = tuple(Person("son", interests=(like,)) for like in ("lego", "football"))
    turned = merge(Brief("son", interests=("lego",), people=sons), Reading("son", interests=("football",)))
    assert turned.interests == ("football",)


def test_the_first_of_several_people_keeps_the_gender_of_their_own(lexicon: Lexicon) -> None:
    """A pair has no one gender, but the daughter whose turn is first is a girl."""
    brief = told(lexicon, "something for my daughter 11 and my son 14")
    assert (brief.recipient, brief.recipient_gender) == ("daughter", "female")
    assert [one.gender for one in brief.people] == ["female", "male"]


def test_a_new_sum_for_all_is_still_for_all(lexicon: Lexicon) -> None:
    """Ninety pounds together must not become ninety pounds each."""
    brief = told(lexicon, "£60 in total for my dad and my brother", "actually £90")
    assert (brief.budget_max, brief.budget_scope) == (Decimal(90), "total")
    assert told(lexicon, "£60 in total for my dad and my brother", "£20 for my boss").budget_scope is None


def test_what_is_said_in_ones_turn_is_known_when_they_return(lexicon: Lexicon) -> None:
    """Nobody says twice that dad wants no books."""
    brief = told(
        lexicon,
        "presents for my mum, who loves tea, and my dad, who likes golf",
        "no mugs",
        "now my dad",
        "no books",
        "back to my mum",
    )
    assert (brief.recipient, brief.interests, brief.exclusions) == ("mom", ("tea",), ("mugs",))
    assert [one.exclusions for one in brief.people] == [("mugs",), ("books",)]


def test_what_is_not_wanted_ends_the_interest_it_denies() -> None:
    """In singular or plural; and what is liked after all is ruled out no more."""
    gardens = merge(Brief(), Reading(interests=("gardens", "tea")))
    denied = merge(gardens, Reading(exclusions=("garden",)))

    assert (denied.interests, denied.exclusions) == (("tea",), ("garden",))
    assert merge(denied, Reading(interests=("gardens",))).exclusions == ()


def test_a_deadline_that_is_the_day_of_a_passing_occasion_is_not_kept() -> None:
    """The day of a feast tells the faith as its name does."""
    feast = date(2026, 12, 5)
    brief = Brief(occasion="hanukkah", occasion_date=feast, deadline=feast, passing=("hanukkah",))
    assert (brief.kept().occasion_date, brief.kept().deadline) == (None, None)
    assert replace(brief, deadline=date(2026, 12, 1)).kept().deadline == date(2026, 12, 1)


def test_a_pronoun_turns_to_the_only_one_it_can_mean(lexicon: Lexicon) -> None:
    """ "For him" after mum and dad is dad; among two brothers it is nobody in particular."""
    brief = told(lexicon, "presents for my mum and my dad", "something for him please, he likes golf")
    assert (brief.recipient, brief.interests) == ("dad", ("golf",))
    assert told(lexicon, "presents for my mum, my dad and my brother", "he likes golf").recipient == "mom"
