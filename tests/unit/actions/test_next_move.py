"""When the bot asks: at most two questions before ideas, none twice, none about what was said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from actions.next_move import MAX_QUESTIONS, question
from actions.talk import TalkSoFar
from nlu.brief import Brief

briefs = st.builds(
    Brief,
    recipient=st.none() | st.sampled_from(["mom", "friend"]),
    budget_max=st.none() | st.just(Decimal(20)),
    interests=st.sampled_from([(), ("tea",)]),
    no_budget=st.booleans(),
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


@given(answers=st.lists(briefs, min_size=8, max_size=8))
def test_never_more_than_two_questions_and_none_twice(answers: list[Brief]) -> None:
    """Whatever the shopper answers, ideas follow."""
    talk = TalkSoFar()
    for brief in answers:
        asked = question(talk)
        if asked is None:
            break
        assert asked not in talk.asked
        talk = replace(talk, brief=brief, asked=(*talk.asked, asked))
    assert len(talk.asked) <= MAX_QUESTIONS
    assert question(talk) is None or len(talk.asked) < MAX_QUESTIONS
