"""The rules in force: read from their file, and again whenever the file changes.

A file with a fault, or one that is gone, keeps the rules that were in force: whoever edits it must not be able to stop
the sender, or to let everything through, by a slip. The fault is logged and a metric tells it until it is mended.
"""

from __future__ import annotations

from pathlib import Path

import structlog

from bot.errors import GiftbotError
from bot.governance.rule_file import RulesError, read_rules
from bot.governance.rules import Rules
from bot.metrics import RULES_SOUND

_log = structlog.get_logger()
_MOST_TOLD = 10


class SendingRules:
    """The rules of one file. `current` is cheap enough to be asked before every claim."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state = _state(path)
        self._rules = _read(path)
        RULES_SOUND.set(1)

    def current(self) -> Rules:
        """The rules in force now."""
        state = _state(self._path)
        if state != self._state:
            self._state = state
            self._take_up()
        return self._rules

    def _take_up(self) -> None:
        try:
            rules = _read(self._path)
        except GiftbotError as error:
            RULES_SOUND.set(0)
            self._tell(error)
            return
        RULES_SOUND.set(1)
        if rules != self._rules:
            self._rules = rules
            _log.info("sending_rules_changed", path=str(self._path.absolute()), count=len(rules.entries))

    def _tell(self, error: GiftbotError) -> None:
        """Where each fault is, as codes: a log line holds no sentence. `giftbot governance check` says what it is."""
        path = str(self._path.absolute())
        if not isinstance(error.__cause__, RulesError):
            _log.error("sending_rules_broken", path=path, reason="unreadable")
            return
        faults = error.__cause__.faults
        for one in faults[:_MOST_TOLD]:
            rule = one.rule.replace(" ", ".")
            _log.error("sending_rules_broken", path=path, line=one.line, rule=rule, field=one.field, count=len(faults))


def _read(path: Path) -> Rules:
    """Read the file; GiftbotError where it cannot be read or has a fault."""
    try:
        return read_rules(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise GiftbotError(f"GIFTBOT_SENDING_RULES={path}: cannot be read ({error}).") from error
    except GiftbotError as error:
        raise GiftbotError(f"GIFTBOT_SENDING_RULES={path} has faults:\n{error}") from error


def _state(path: Path) -> tuple[int, int, int]:
    """Tells one state of the file from another without reading it."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)
