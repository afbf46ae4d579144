"""Copies that Rasa makes for its debug lines, made only where those are written."""

from __future__ import annotations

import copy
import logging
from typing import TypeVar

_Anything = TypeVar("_Anything")


class CopiesForDebugLines:
    """Stands where a module of Rasa has the module ``copy``, which it uses for its debug lines only."""

    @staticmethod
    def deepcopy(logged: _Anything) -> _Anything:
        """Return a copy where debug lines are written, else the thing itself."""
        return copy.deepcopy(logged) if logging.getLogger("rasa").isEnabledFor(logging.DEBUG) else logged
