"""What Rasa does around every action for nothing (tests/integration/test_rasa_mends_actions.py).

1. To find one action it makes all twelve default actions, three times a turn. They keep nothing but the endpoint they
   were made with, so those of one endpoint are made once.
2. After every message it asks of every slot whether something in the message fills it. Slots that only actions set
   have a mapping that says so and no more: nothing can come of asking.
3. To recall what stories say to do next it compresses the talk, as its lookup is; here the lookup is laid open once.
"""

from __future__ import annotations

import base64
import functools
import json
import zlib
from collections.abc import Mapping
from typing import Any

from rasa.core.actions import action
from rasa.core.policies.memoization import MemoizationPolicy
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS, DEFAULT_SLOT_NAMES
from rasa.shared.core.domain import Domain

_SET_BY_ACTIONS = {"type": "custom"}
_ENCODING = "utf-8"


def install() -> None:
    """Put the mends in place; `bot.rasa_host.mends` sees to it that it is done once."""
    action.default_actions = _once_for_an_endpoint(action.default_actions)
    action.ActionExtractSlots.run = _unless_nothing_is_filled(action.ActionExtractSlots.run)
    MemoizationPolicy._recall_states = _from_the_open_lookup(MemoizationPolicy._recall_states)


def _once_for_an_endpoint(original: Any) -> Any:
    made: list[tuple[Any, list[Any]]] = []

    @functools.wraps(original)
    def default_actions(action_endpoint: Any = None) -> list[Any]:
        if not made or made[0][0] is not action_endpoint:
            made[:] = [(action_endpoint, original(action_endpoint))]
        return list(made[0][1])

    return default_actions


def only_actions_fill_slots(domain: Domain) -> bool:
    """Whether no message of itself fills a slot, and no action is asked to look at what did."""
    return ACTION_VALIDATE_SLOT_MAPPINGS not in domain.user_actions and all(
        mapping == _SET_BY_ACTIONS
        for slot in domain.slots
        if slot.name not in DEFAULT_SLOT_NAMES
        for mapping in slot.mappings
    )


def _unless_nothing_is_filled(original: Any) -> Any:
    @functools.wraps(original)
    async def run(self: Any, output_channel: Any, nlg: Any, tracker: Any, domain: Domain) -> list[Any]:
        if only_actions_fill_slots(domain):
            return []
        return list(await original(self, output_channel, nlg, tracker, domain))

    return run


class OpenLookup:
    """What stories say to do next, by the talk's states as plain text."""

    def __init__(self, lookup: Mapping[str, str]) -> None:
        self.lookup, self.size = lookup, len(lookup)
        self.keys = {zlib.decompress(base64.b64decode(key)).decode(_ENCODING): key for key in lookup}

    def is_of(self, lookup: Mapping[str, str]) -> bool:
        """Whether it was laid open from this very lookup, as it is now."""
        return self.lookup is lookup and self.size == len(lookup)


def _from_the_open_lookup(original: Any) -> Any:
    @functools.wraps(original)
    def recall_states(self: MemoizationPolicy, states: list[dict[str, Any]]) -> str | None:
        if not states or not self.config["enable_feature_string_compression"]:
            return original(self, states)  # type: ignore[no-any-return]
        known: OpenLookup | None = self.__dict__.get("_giftbot_open")
        if known is None or not known.is_of(self.lookup):
            known = self._giftbot_open = OpenLookup(self.lookup)
        key = known.keys.get(json.dumps(states, sort_keys=True).replace('"', ""))
        return None if key is None else self.lookup.get(key)  # asked now: what is learnt twice counts as learnt last

    return recall_states
