"""What the policies look at is what Rasa's own replaying gives them, for talks of any kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.rasa_host import prepare

prepare()

from rasa.core.policies.rule_policy import RulePolicy  # noqa: E402
from rasa.shared.core.constants import PREVIOUS_ACTION, USER  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import (  # noqa: E402
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402
from rasa.shared.nlu.constants import ACTION_NAME, INTENT  # noqa: E402

from bot.rasa_host import mends_states  # noqa: E402
from tests.integration.rasas_own import Unmended  # noqa: E402

DOMAIN = Domain.load(str(Path(__file__).parents[2] / "domain.yml"))
TOLD = Domain.from_yaml(
    """
    version: "3.1"
    intents: [greet, {order: {use_entities: [size]}}]
    entities: [size, colour]
    slots: {vip: {type: bool, influence_conversation: true, mappings: [{type: custom}]}}
    actions: [action_suggest, action_service]
    """
)
"""A domain with what ours has not: a slot that policies look at, and entities they look at."""

NAMES = ("action_listen", "action_suggest", "action_service")
INTENTS = ("greet", "ask_gift", "order")


def heard(intent: str, text: str, entities: list[str]) -> Event:
    return UserUttered(text, {"name": intent}, [{"entity": one, "value": 1} for one in entities])


def plain_events() -> st.SearchStrategy[Event]:
    said = st.builds(
        heard, st.sampled_from(INTENTS), st.sampled_from(["", "hi"]), st.lists(st.sampled_from(["size", "colour"]))
    )
    done = st.builds(
        lambda name, hide: ActionExecuted(name, hide_rule_turn=hide), st.sampled_from(NAMES), st.booleans()
    )
    slot = st.builds(SlotSet, st.sampled_from(["asked", "seen", "vip"]), st.sampled_from([None, True, ["a"]]))
    other = st.sampled_from([SessionStarted, lambda: BotUttered("hi")]).map(lambda make: make())
    by_text = st.builds(DefinePrevUserUtteredFeaturization, st.booleans())
    return st.one_of(said, said, done, done, done, slot, by_text, other)


def any_events() -> st.SearchStrategy[Event]:
    odd = st.sampled_from(
        [
            Restarted,
            ActionReverted,
            UserUtteranceReverted,
            lambda: FollowupAction("action_suggest"),
            lambda: ActiveLoop("action_suggest"),
            lambda: ActiveLoop(None),
        ]
    ).map(lambda make: make())
    return st.one_of(plain_events(), plain_events(), plain_events(), odd)


def tracker(domain: Domain, events: list[Event]) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("42", events, domain.slots)


def as_it_stands(one: DialogueStateTracker) -> dict[str, Any]:
    told = {**one.__dict__, "slots": {name: (slot.value, slot.has_been_set) for name, slot in one.slots.items()}}
    return {**told, "events": [id(event) for event in one.events], "said": one.latest_bot_utterance.text}  # type: ignore[union-attr]


@pytest.mark.parametrize("domain", [DOMAIN, TOLD], ids=["ours", "another"])
@given(events=st.lists(any_events(), max_size=25), without_rules=st.booleans())
@settings(max_examples=80, deadline=None)
def test_the_states_of_any_talk_are_those_rasa_lists(domain: Domain, events: list[Event], without_rules: bool) -> None:
    """A policy that sees another talk takes another decision."""
    talk = tracker(domain, events)
    ours = talk.past_states(domain, ignore_rule_only_turns=without_rules)
    with Unmended():
        assert ours == talk.past_states(domain, ignore_rule_only_turns=without_rules)


@given(events=st.lists(any_events(), max_size=25))
@settings(max_examples=80, deadline=None)
def test_a_copied_talk_stands_as_rasas_copy_does(events: list[Event]) -> None:
    """An action runs on the copy; what it sees must be the talk."""
    talk = tracker(DOMAIN, events)
    ours = talk.copy()
    with Unmended():
        theirs = talk.copy()
    for name in ("latest_message", "latest_bot_utterance"):
        mine, other = getattr(ours, name), getattr(theirs, name)
        assert mine is other or (mine == other and mine == type(mine).empty())  # Rasa makes an empty one each time
    left_out = {"latest_message", "latest_bot_utterance"}
    told = [{key: value for key, value in as_it_stands(one).items() if key not in left_out} for one in (ours, theirs)]
    assert told[0] == told[1]
    assert all(ours.slots[name] is not slot for name, slot in talk.slots.items())


@given(events=st.lists(plain_events(), max_size=12))
@settings(max_examples=30, deadline=None)
def test_states_handed_out_twice_are_not_the_same_to_change(events: list[Event]) -> None:
    """Each policy strikes out of its states what it does not look at."""
    talk = tracker(DOMAIN, events)
    first = talk.past_states(DOMAIN)
    kept = [{name: dict(part) for name, part in state.items()} for state in first]
    for state in first:
        state.get(USER, {}).clear()
    assert talk.past_states(DOMAIN) == kept


STATES = st.fixed_dictionaries(
    {},
    optional={
        USER: st.fixed_dictionaries({}, optional={INTENT: st.sampled_from(INTENTS), "text": st.just("hi")}),
        PREVIOUS_ACTION: st.fixed_dictionaries({}, optional={ACTION_NAME: st.sampled_from((*NAMES, "..."))}),
        "slots": st.fixed_dictionaries({}, optional={"vip": st.sampled_from([[1.0], "should_not_be_set"])}),
        "active_loop": st.fixed_dictionaries({}, optional={"name": st.sampled_from(["form", "should_not_be_set"])}),
    },
)


@st.composite
def rules_and_states(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """A talk's states, and rules: some made up, some of the talk's own last states with parts left out."""
    states = draw(st.lists(STATES, min_size=1, max_size=6))
    rules = draw(st.lists(st.lists(STATES, min_size=1, max_size=4), max_size=4))
    for _ in range(draw(st.integers(0, 4))):
        end = states[-draw(st.integers(1, len(states))) :]
        rules.append([{name: part for name, part in state.items() if draw(st.integers(0, 3))} for state in end])
    return rules, states


LISTENS = {PREVIOUS_ACTION: {ACTION_NAME: "action_listen"}}
GREETED = {**LISTENS, USER: {INTENT: "greet"}}


@given(made=rules_and_states())
@example(made=([[LISTENS], [GREETED], [{**LISTENS, USER: {INTENT: "order"}}]], [{}, GREETED]))
@example(made=([[{PREVIOUS_ACTION: {"action_text": "hi"}, USER: {INTENT: "greet"}}]], [GREETED]))
@settings(max_examples=200, deadline=None)
def test_the_rules_that_apply_are_those_rasa_finds(made: tuple[list[Any], list[Any]]) -> None:
    """Over rules and talks of every shape."""
    rules, states = made
    policy = RulePolicy.__new__(RulePolicy)
    lookup = {json.dumps(rule, sort_keys=True): "action_suggest" for rule in rules}
    theirs = mends_states.possible_keys.__wrapped__  # type: ignore[attr-defined]
    assert policy._get_possible_keys(lookup, states) == theirs(policy, lookup, states)
