"""What Rasa does around every action ends as its own way ends, whatever the domain, the message and the stories."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rasa_host import prepare

prepare()

from rasa.core.actions import action  # noqa: E402
from rasa.core.channels.channel import CollectingOutputChannel  # noqa: E402
from rasa.core.policies.memoization import MemoizationPolicy  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402
from rasa.utils.endpoints import EndpointConfig  # noqa: E402

from bot.rasa_host.mends_actions import only_actions_fill_slots  # noqa: E402
from tests.integration.rasas_own import Unmended  # noqa: E402

OURS = Domain.load(str(Path(__file__).parents[2] / "domain.yml"))
MAPPINGS = (
    {"type": "custom"},
    {"type": "from_entity", "entity": "size"},
    {"type": "from_intent", "intent": "greet", "value": True},
    {"type": "from_text"},
    {"type": "custom", "action": "action_fill"},
)


class Filling(EndpointConfig):
    """An action server whose every action sets the slot `b`."""

    def __init__(self) -> None:
        super().__init__("local://actions")
        self.asked = 0

    async def request(self, *_: Any, **__: Any) -> Any:
        self.asked += 1
        return {"events": [{"event": "slot", "timestamp": None, "name": "b", "value": "filled"}], "responses": []}


def domain_of(first: list[int], second: list[int], validated: bool) -> Domain:
    slots = {
        name: {"type": "any", "mappings": [MAPPINGS[one] for one in which]}
        for name, which in (("a", first), ("b", second))
    }
    actions = ["action_fill", *(["action_validate_slot_mappings"] if validated else [])]
    return Domain.from_dict({"intents": ["greet"], "entities": ["size"], "slots": slots, "actions": actions})


def filled(domain: Domain, events: list[Event]) -> tuple[list[Event], int]:
    server = Filling()
    talk = DialogueStateTracker.from_events("42", events, domain.slots)
    run = action.ActionExtractSlots(server).run(CollectingOutputChannel(), None, talk, domain)  # type: ignore[arg-type]
    return asyncio.run(run), server.asked


WHICH = st.lists(st.integers(0, len(MAPPINGS) - 1), min_size=1, max_size=2) | st.just([0])


@given(WHICH, WHICH, st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_message_fills_the_slots_it_fills_in_rasa(
    first: list[int], second: list[int], validated: bool, sized: bool
) -> None:
    """Entities, intents, texts and actions that fill slots do so; as many actions are asked."""
    domain = domain_of(first, second, validated)
    entities = [{"entity": "size", "value": "small"}] if sized else []
    events = [ActionExecuted("action_listen"), UserUttered("hi", {"name": "greet"}, entities)]
    ours, asked = filled(domain, events)
    with Unmended():
        theirs, asked_by_rasa = filled(domain, events)
    told = [[(one.key, one.value) for one in found if isinstance(one, SlotSet)] for found in (ours, theirs)]
    assert told[0] == told[1]
    assert len(ours) == len(theirs)
    assert asked == asked_by_rasa


def test_our_slots_are_filled_by_actions_alone() -> None:
    """Else the mend would spare nothing."""
    assert only_actions_fill_slots(OURS)
    assert not only_actions_fill_slots(domain_of([0], [1], False))
    assert not only_actions_fill_slots(domain_of([0], [4], False))
    assert not only_actions_fill_slots(domain_of([0], [0], True))


def test_every_action_found_is_of_the_kind_and_the_endpoint_rasa_gives_it() -> None:
    """Two agents in one process have two endpoints; each action answers to its own."""
    one, other = EndpointConfig("http://one.example"), EndpointConfig("http://other.example")
    for endpoint in (one, other, one, None):
        ours = [action.action_for_name_or_text(name, OURS, endpoint) for name in OURS.action_names_or_texts]
        with Unmended():
            theirs = [action.action_for_name_or_text(name, OURS, endpoint) for name in OURS.action_names_or_texts]
        assert [type(each) for each in ours] == [type(each) for each in theirs]
        for mine, rasas in zip(ours, theirs, strict=True):
            assert vars(mine).keys() == vars(rasas).keys()
            assert all(value is vars(rasas)[name] or value == vars(rasas)[name] for name, value in vars(mine).items())
            assert vars(mine).get("_action_endpoint", endpoint) is endpoint


def test_default_actions_keep_nothing_of_a_talk() -> None:
    """One that kept something of a talk could not be shared by two."""
    endpoint = EndpointConfig("http://one.example")
    for each in action.default_actions(endpoint):
        kept = {name: value for name, value in vars(each).items() if value is not endpoint}
        assert all(isinstance(value, (str, bool)) for value in kept.values()), kept


TALKS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "user": st.fixed_dictionaries({"intent": st.sampled_from(["greet", "ask"])}),
            "prev_action": st.fixed_dictionaries({"action_name": st.sampled_from(["action_listen", "größe"])}),
        },
    ),
    max_size=3,
)


class Recalling(MemoizationPolicy):
    """The part of the policy that recalls, with a lookup of its own."""

    def __init__(self, compressed: bool) -> None:
        self.config = {"enable_feature_string_compression": compressed}
        self.lookup: dict[str, str] = {}

    def learn(self, talks: list[Any]) -> None:
        for at, states in enumerate(talks):
            key = self._create_feature_key(states)
            if key:
                self.lookup[key] = f"action_{at}"


@given(st.lists(TALKS, max_size=4), st.lists(TALKS, max_size=4), st.booleans(), st.lists(TALKS, max_size=6))
@settings(deadline=None)
def test_what_stories_say_is_recalled_as_rasa_recalls_it(
    known: list[Any], later: list[Any], compressed: bool, asked: list[Any]
) -> None:
    """Also where the lookup grew meanwhile."""
    policy = Recalling(compressed)
    for talks in (known, later):
        policy.learn(talks)
        ours = [policy._recall_states(states) for states in [*known, *later, *asked]]
        with Unmended():
            assert ours == [policy._recall_states(states) for states in [*known, *later, *asked]]


def test_another_lookup_put_in_place_is_the_one_that_counts() -> None:
    """A policy trained anew says what it learnt last."""
    policy = Recalling(True)
    states = [{"user": {"intent": "greet"}}]
    policy.learn([states])
    assert policy._recall_states(states) == "action_0"
    policy.lookup = dict.fromkeys(policy.lookup, "action_other")
    assert policy._recall_states(states) == "action_other"
    assert policy._recall_states([]) is None


@pytest.mark.parametrize("entity", ["size", "colour"])
def test_a_slot_an_entity_fills_makes_rasa_look(entity: str) -> None:
    """The promise above is not kept by never filling anything."""
    domain = domain_of([1], [0], False)
    found, _ = filled(domain, [UserUttered("hi", {"name": "greet"}, [{"entity": entity, "value": "small"}])])
    assert len(found) == (entity == "size")
