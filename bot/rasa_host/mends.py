"""Two hot spots of Rasa 3.6, mended without a change of behaviour (tests/integration/test_rasa_mends.py).

1. For every custom action Rasa calls ``jsonschema.validate``, which validates *the schema itself* before the answer:
   20 to 50 ms for a constant. Here the validator is compiled once (RasaHQ/rasa#11717).
2. For every event it reads back Rasa walks all subclasses of ``Event``; here a dictionary answers.
"""

from __future__ import annotations

import functools
from typing import Any


def install() -> None:
    """Put both mends in place. Safe to call again."""
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.core.events import Event

    if getattr(RemoteAction, "_giftbot_mended", False):
        return
    RemoteAction._giftbot_mended = True
    _validate_with_compiled_schema(RemoteAction)
    _look_up_events_by_name(Event)


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
        if validator().is_valid(result):
            return True
        return bool(original(self, result))  # Rasa's own way to the same error, with its words

    remote_action._validate_action_result = validate


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
