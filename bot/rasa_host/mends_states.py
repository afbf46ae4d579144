"""What Rasa's policies look at, found without replaying the talk (tests/integration/test_rasa_mends_states.py).

Rasa replays every event of a talk through a fresh tracker five times a turn to list its states, and once more for each
action it runs; then it holds each rule against each state, however far back. Talks as ours are plain: messages, actions
and slots that no policy looks at. Their replay needs no slots, their tracker is copied as it stands, and the rules that
can apply are found by the last message and action. Any other talk (loops, follow-ups, reverts, slots that influence the
talk) goes Rasa's own way.
"""

from __future__ import annotations

import functools
import json
import logging
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any

from rasa.core.policies import memoization, rule_policy
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.constants import DEFAULT_SENDER_ID
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, ACTION_TEXT, INTENT

from bot.rasa_host.copies import CopiesForDebugLines

State = dict[str, Any]

PLAIN = frozenset(
    {ActionExecuted, BotUttered, DefinePrevUserUtteredFeaturization, SessionStarted, SlotSet, UserUttered}
)
"""Events that neither take others back nor begin a loop nor name the action to follow."""


def install() -> None:
    """Put the mends in place; `bot.rasa_host.mends` sees to it that it is done once."""
    Domain.states_for_tracker_history = _in_one_pass_or(Domain.states_for_tracker_history)
    DialogueStateTracker.copy = _as_it_stands_or(DialogueStateTracker.copy)
    Domain._get_user_sub_state = _once_for_a_message(Domain._get_user_sub_state)
    RulePolicy._get_possible_keys = functools.wraps(RulePolicy._get_possible_keys)(possible_keys)
    rule_policy.copy = memoization.copy = CopiesForDebugLines
    RulePolicy.format_tracker_states = staticmethod(_for_debug_lines_only(RulePolicy.format_tracker_states))


def is_plain(tracker: DialogueStateTracker) -> bool:
    """Whether the talk holds nothing that a replay must undo, and no slot that policies look at."""
    return (
        tracker.active_loop is None
        and PLAIN.issuperset(map(type, tracker.events))
        and not any(slot.influence_conversation for slot in tracker.slots.values())
    )


# ------------------------------------------------------------------ replaying
class Replayed:
    """Of a tracker what states are made of, for a plain talk."""

    __slots__ = ("followup_action", "latest_action", "latest_message")

    def __init__(self) -> None:
        self.latest_action: dict[str, str] = {}
        self.latest_message: UserUttered = UserUttered.empty()
        self.followup_action: str | None = ACTION_LISTEN_NAME

    @property
    def latest_action_name(self) -> str | None:
        """As `DialogueStateTracker.latest_action_name`."""
        return self.latest_action.get(ACTION_NAME) or self.latest_action.get(ACTION_TEXT)


def _in_one_pass_or(original: Any) -> Any:
    @functools.wraps(original)
    def states_for_tracker_history(
        self: Domain,
        tracker: DialogueStateTracker,
        omit_unset_slots: bool = False,
        ignore_rule_only_turns: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        if not is_plain(tracker):
            return original(self, tracker, omit_unset_slots, ignore_rule_only_turns, rule_only_data)  # type: ignore[no-any-return]
        return _without_rules(self, tracker) if ignore_rule_only_turns else _all(self, tracker)

    return states_for_tracker_history


def _all(domain: Domain, tracker: DialogueStateTracker) -> list[State]:
    return [_state(domain, now) for now, _ in _replayed(tracker)]


def _without_rules(domain: Domain, tracker: DialogueStateTracker) -> list[State]:
    """The talk without the turns that stand in rules only, as policies that learnt from stories see it."""
    states: list[State] = []
    action: dict[str, str] = {}
    hidden = False
    for now, hide in _replayed(tracker):
        if not hidden:
            action = now.latest_action
        if not now.followup_action and now.latest_action_name is not None:
            hidden = hide
        if hidden:
            continue
        state = _state(domain, now)
        if states:
            domain._substitute_rule_only_user_input(state, states[-1])
        if action:
            state[PREVIOUS_ACTION] = action
        states.append({name: part for name, part in state.items() if part})
    return states


def _state(domain: Domain, now: Replayed) -> State:
    said = domain._get_user_sub_state(now)
    state: State = {USER: said} if said else {}
    if now.latest_action:
        state[PREVIOUS_ACTION] = now.latest_action
    return state


def _replayed(tracker: DialogueStateTracker) -> Iterator[tuple[Replayed, bool]]:
    """How the talk stood before each action, with whether that action stands in rules only, and how it stands now."""
    now = Replayed()
    for event in _since_the_session_began(tracker):
        kind = type(event)
        if kind is ActionExecuted:
            yield now, event.hide_rule_turn
            now.latest_action, now.followup_action = event.as_sub_state(), None
        elif kind is UserUttered:
            now.latest_message, now.followup_action = event, None
        elif kind is DefinePrevUserUtteredFeaturization:
            event.apply_to(now)
    yield now, False


def _since_the_session_began(tracker: DialogueStateTracker) -> list[Any]:
    events = list(tracker.events)
    begun = next((at for at in range(len(events) - 1, -1, -1) if type(events[at]) is SessionStarted), -1)
    return events[begun + 1 :]


def _once_for_a_message(original: Any) -> Any:
    """A message is the same in every state that holds it; each state gets its own copy, for policies change it."""

    @functools.wraps(original)
    def get_user_sub_state(self: Domain, tracker: Any) -> State:
        message = tracker.latest_message
        if message is None:
            return {}
        by_text = message.use_text_for_featurization
        known = message.__dict__.get("_giftbot_sub_state")
        if known is None or known[0] is not self or known[1] is not by_text or known[2] != len(message.entities):
            known = message._giftbot_sub_state = (self, by_text, len(message.entities), original(self, tracker))
        return dict(known[3])

    return get_user_sub_state


# ------------------------------------------------------------------ copying
def _as_it_stands_or(original: Any) -> Any:
    @functools.wraps(original)
    def copied(self: DialogueStateTracker) -> DialogueStateTracker:
        if not is_plain(self):
            return original(self)  # type: ignore[no-any-return]
        twin: DialogueStateTracker = object.__new__(DialogueStateTracker)
        twin.__dict__.update(self.__dict__)
        twin.sender_id = self.sender_id or DEFAULT_SENDER_ID
        twin.sender_source = twin.model_id = twin.assistant_id = None  # as Rasa's own copy begins
        twin.slots = {name: _own(slot) for name, slot in self.slots.items()}
        twin.events = deque(self.events, self._max_event_history)
        return twin

    return copied


def _own(slot: Slot) -> Slot:
    """As `copy.copy` does for what keeps its values in its dictionary, without asking how to."""
    twin: Slot = object.__new__(type(slot))
    twin.__dict__.update(slot.__dict__)
    return twin


# ------------------------------------------------------------------ finding rules
Last = tuple[str | None, str | None]
"""The last action and the intent of a rule's last state; None where the rule does not ask."""


class RulesByEnd:
    """Rules of one lookup, by what their last state asks for: so few of them are held against a talk."""

    def __init__(self, lookup: dict[str, str]) -> None:
        self.lookup, self.size = lookup, len(lookup)
        self._keys: defaultdict[Last, list[str]] = defaultdict(list)
        for key in lookup:
            last = json.loads(key)[-1]
            self._keys[_asked(last, PREVIOUS_ACTION, ACTION_NAME), _asked(last, USER, INTENT)].append(key)

    def that_may_end_in(self, state: State) -> list[str]:
        """The rules whose last state does not ask for another action or intent."""
        if not state.get(PREVIOUS_ACTION):
            return list(self.lookup)
        done, heard = state[PREVIOUS_ACTION].get(ACTION_NAME), state.get(USER, {}).get(INTENT)
        ends: set[Last] = {(done, heard), (None, heard), (done, None), (None, None)}
        return [key for end in ends for key in self._keys.get(end, ())]


def _asked(state: State, part: str, name: str) -> str | None:
    value = state.get(part, {}).get(name)
    return value if value and value != SHOULD_NOT_BE_SET else None


def possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> set[str]:
    """The rules that apply to the states, as Rasa's own method finds them; a state older than all of them ends it."""
    if not states:
        return set(lookup)
    left = _rules_of(self, lookup).that_may_end_in(states[-1])
    for back, state in enumerate(reversed(states)):
        left = [key for key in left if self._is_rule_applicable(key, back, state)]
        if all(len(self._rule_key_to_state(key)) <= back + 1 for key in left):
            break
    return set(left)


def _rules_of(policy: RulePolicy, lookup: dict[str, str]) -> RulesByEnd:
    known: list[RulesByEnd] = policy.__dict__.setdefault("_giftbot_rules", [])
    for one in known:
        if one.lookup is lookup and one.size == len(lookup):
            return one
    known[:] = [*known[-3:], RulesByEnd(lookup)]  # training makes lookup after lookup
    return known[-1]


def _for_debug_lines_only(original: Any) -> Any:
    @functools.wraps(original)
    def format_tracker_states(states: list[State]) -> str:
        return str(original(states)) if logging.getLogger("rasa").isEnabledFor(logging.DEBUG) else ""

    return format_tracker_states
