"""Rasa as it is without the mends, for comparing."""

from __future__ import annotations

from typing import Any

import pytest

from bot.rasa_host import prepare

prepare()

from rasa.core import processor  # noqa: E402
from rasa.core.actions import action  # noqa: E402
from rasa.core.policies.memoization import MemoizationPolicy  # noqa: E402
from rasa.core.policies.rule_policy import RulePolicy  # noqa: E402
from rasa.engine.runner.dask import DaskGraphRunner  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.rasa_host.mends_runner import OrderedGraphRunner  # noqa: E402

MENDED: tuple[tuple[Any, str], ...] = (
    (Domain, "states_for_tracker_history"),
    (Domain, "_get_user_sub_state"),
    (DialogueStateTracker, "copy"),
    (RulePolicy, "_get_possible_keys"),
    (RulePolicy, "format_tracker_states"),
    (processor.MessageProcessor, "_log_slots"),
    (action, "default_actions"),
    (action.ActionExtractSlots, "run"),
    (MemoizationPolicy, "_recall_states"),
)


class Unmended:
    """Rasa's own methods of prediction for as long as the block runs."""

    def __init__(self) -> None:
        self._patch = pytest.MonkeyPatch()

    def __enter__(self) -> None:
        for owner, name in MENDED:
            mended = vars(owner)[name]
            static = isinstance(mended, staticmethod)
            own = (mended.__func__ if static else mended).__wrapped__
            self._patch.setattr(owner, name, staticmethod(own) if static else own)
        self._patch.setattr(OrderedGraphRunner, "run", DaskGraphRunner.run)

    def __exit__(self, *_: object) -> None:
        self._patch.undo()
