"""When the bot asks: at most two questions before ideas, none twice, none about what was said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from actions.next_move import MAX_QUESTIONS, question
from actions.talk import TalkSoFar
from nlu.brief import Brief, merge
from nlu.reading import Reading

readings = st.builds(
    Reading,
    recipient=st.none() | st.sampled_from(["mom", "woman", "man", "person"]),
    recipient_gender=st.none() | st.sampled_from(["female", "male"]),
    budget_max=st.none() | st.just(Decimal(20)),
    interests=st.sampled_from([(), (), ("tea",)]),
    no_budget=st.booleans(),
    corrected=st.booleans(),
)


def test_who_it_is_for_is_asked_first_when_nothing_is_known() -> None:
    """Nobody can choose a gift for nobody."""
    assert question(TalkSoFar()) == "recipient"


def test_interests_are_enough_for_ideas() -> None:
    """X lets us write about once a minute: ideas come as soon as there is something to go by."""
    assert question(TalkSoFar(brief=Brief(interests=("gardening",)))) is None


def test_interests_and_budget_are_asked_in_one_message() -> None:
    """Two questions in two messages would cost two minutes."""
    assert question(TalkSoFar(brief=Brief(recipient="mom"))) == "interests_and_budget"


def test_a_known_budget_is_not_asked_for() -> None:
    """Being asked for what one has said is the first complaint about bots."""
    assert question(TalkSoFar(brief=Brief(recipient="mom", budget_max=Decimal(30)))) == "interests"


@given(answers=st.lists(readings, min_size=8, max_size=8))
def test_never_more_than_two_questions_and_none_twice(answers: list[Reading]) -> None:
    """Whatever the shopper answers, ideas follow; another person (and only that) begins anew."""
    talk = TalkSoFar()
    for reading in answers:
        before, talk = talk, talk.hears(reading)
        if talk.asked != before.asked:  # begun anew: what was known of the other is gone
            assert talk == TalkSoFar(brief=merge(Brief(), reading))
            assert before.brief.recipient not in (None, talk.brief.recipient)
        asked = question(talk)
        if asked is None:
            continue
        assert asked not in talk.asked
        talk = replace(talk, asked=(*talk.asked, asked))
        assert len(talk.asked) <= MAX_QUESTIONS


def test_telling_who_the_woman_is_does_not_bring_the_same_question_again() -> None:
    """ "A gift for a woman" ... "she's my mum" is one person, told better."""
    talk = TalkSoFar().hears(Reading(recipient="woman", recipient_gender="female"))
    asked = question(talk)
    assert asked is not None
    talk = replace(talk, asked=(asked,)).hears(Reading(recipient="mom", recipient_gender="female"))
    assert talk.brief.recipient == "mom"
    assert question(talk) is None
