"""Hot spots of Rasa 3.6, mended without a change of behaviour (tests/integration/test_rasa_mends*.py).

1. For every custom action Rasa calls ``jsonschema.validate``, which validates *the schema itself* before the answer:
   20 to 50 ms for a constant. Here the validator is compiled once (RasaHQ/rasa#11717), and an answer that sets slots
   and says something is valid at a glance (2 ms).
2. For every event it reads back Rasa walks all subclasses of ``Event``; here a dictionary answers.
3. For every message and every predicted action it sorts its graph anew and runs it through Dask: `mends_runner`.
4. For every message it builds an empty domain to see that its own is none (0.3 ms); here the empty one is built once.
5. For every message it copies what was understood, and lists every slot, for debug lines; here only if asked for.
6. For every prediction it replays the talk several times and holds every rule against all of it: `mends_states`.
7. Around every action it makes what it does not need and asks what can have no answer: `mends_actions`.
8. In training it reads every example twice and fingerprints it twenty times: `mends_training`.
"""

from __future__ import annotations

import functools
import logging
from typing import Any


def install() -> None:
    """Put the mends in place. Safe to call again."""
    from rasa.core import processor
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import Event

    from bot.rasa_host import mends_actions, mends_states, mends_training
    from bot.rasa_host.copies import CopiesForDebugLines
    from bot.rasa_host.mends_runner import OrderedGraphRunner

    if getattr(RemoteAction, "_giftbot_mended", False):
        return
    RemoteAction._giftbot_mended = True
    _validate_with_compiled_schema(RemoteAction)
    _look_up_events_by_name(Event)
    processor.DaskGraphRunner = OrderedGraphRunner
    processor.copy = CopiesForDebugLines
    processor.MessageProcessor._log_slots = staticmethod(_for_debug_lines_only(processor.MessageProcessor._log_slots))
    _build_the_empty_domain_once(Domain)
    mends_actions.install()
    mends_states.install()
    mends_training.install()


def _for_debug_lines_only(original: Any) -> Any:
    @functools.wraps(original)
    def log_slots(tracker: Any) -> None:
        if logging.getLogger("rasa").isEnabledFor(logging.DEBUG):
            original(tracker)

    return log_slots


def _build_the_empty_domain_once(domain: Any) -> None:
    @functools.lru_cache(maxsize=1)
    def nothing() -> Any:
        return domain.empty().as_dict()

    def is_empty(self: Any) -> bool:
        return bool(self.as_dict() == nothing())

    domain.is_empty = is_empty


def _validate_with_compiled_schema(remote_action: Any) -> None:
    from jsonschema import validators

    original = remote_action._validate_action_result

    @functools.lru_cache(maxsize=1)
    def validator() -> Any:
        schema = remote_action.action_response_format_spec()
        kind = validators.validator_for(schema)
        kind.check_schema(schema)
        return kind(schema)

    def validate(self: Any, result: Any) -> bool:
        if surely_valid(result) or validator().is_valid(result):
            return True
        return bool(original(self, result))  # Rasa's own way to the same error, with its words

    remote_action._validate_action_result = validate


_SLOT_EVENT = frozenset({"event", "timestamp", "name", "value"})


def surely_valid(result: Any) -> bool:
    """Whether an action's answer is of the kind ours are: slots set and things said. False means: look closer."""
    if type(result) is not dict:
        return False
    events, responses = result.get("events", []), result.get("responses", [])
    return (
        type(events) is list
        and type(responses) is list
        and all(type(response) is dict for response in responses)
        and all(_sets_a_slot(event) for event in events)
    )


def _sets_a_slot(event: Any) -> bool:
    if type(event) is not dict or "value" not in event or not event.keys() <= _SLOT_EVENT:
        return False
    return event.get("event") == "slot" and type(event.get("name")) is str and event.get("timestamp") is None


def _look_up_events_by_name(event: Any) -> None:
    original = event.resolve_by_type
    table: dict[str, Any] = {}

    def resolve(type_name: str, default: Any = None) -> Any:
        found = table.get(type_name)
        if found is None:
            found = original(type_name, default)
            if found is not None and found is not default:
                table[type_name] = found
        return found

    event.resolve_by_type = staticmethod(resolve)
