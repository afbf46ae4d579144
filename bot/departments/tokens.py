"""The departments' tokens: each stands for a name, a department and a role. The file holds only their digests."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from bot.departments.roles import Role
from bot.errors import GiftbotError
from bot.metrics import TOKENS_SOUND
from bot.model import GIFTBOT

_NAME = "^[a-z0-9][a-z0-9_.-]{0,63}$"
_SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["name", "department", "role", "sha256"],
        "additionalProperties": False,
        "properties": {
            "name": {"type": "string", "pattern": _NAME},
            "department": {"type": "string", "pattern": _NAME, "not": {"const": GIFTBOT}},
            "role": {"enum": [role.value for role in Role]},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        },
    },
}
_GONE = (0, 0, 0)
_MOST_TOLD = 10
_log = structlog.get_logger()


class TokensError(GiftbotError):
    """The file of tokens cannot be used as it stands; ``places`` are the faults as codes, ready for a log."""

    def __init__(self, text: str, places: tuple[str, ...] = ()) -> None:
        super().__init__(text)
        self.places = places


@dataclass(frozen=True, slots=True)
class Token:
    """Who asks. ``name`` is what stands in a message it approved."""

    name: str
    department: str
    role: Role
    digest: str


def new_token(random: Callable[[int], str]) -> str:
    """A token to hand out once; ``random`` makes a text from so many random bytes."""
    return f"gbd_{random(32)}"


def digest_of(token: str) -> str:
    """What the file holds of a token. Tokens are long and random, so a plain digest gives nothing away."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def file_line(name: str, department: str, role: str, token: str) -> str:
    """The line of the file for a token."""
    return f"- {{name: {name}, department: {department}, role: {role}, sha256: {digest_of(token)}}}"


def read_tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a file's text.

    Raises:
        TokensError: naming the entry and what is wrong with it.
    """
    try:
        rows: Any = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else "the file"
        raise TokensError(f"{line}: not YAML", (line.replace(" ", "."),)) from error
    faults = list(Draft202012Validator(_SCHEMA).iter_errors(rows))
    if faults:
        told = [_told(fault) for fault in faults]
        places = tuple(_place(fault, ".").replace(" ", ".") for fault in faults)
        raise TokensError("\n".join([*told, "giftbot departments token prints a line that fits"]), places)
    tokens = tuple(Token(row["name"], row["department"], Role(row["role"]), row["sha256"]) for row in rows)
    names = [token.name for token in tokens]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        text = f"{', '.join(twice)}: a name must stand for one token only, as approvals are signed with it"
        raise TokensError(text, ("name.twice",))
    return tokens


def _told(fault: ValidationError) -> str:
    return f"{_place(fault, ', ')}: does not fit ({fault.validator})"


def _place(fault: ValidationError, between: str) -> str:
    place = [str(part) for part in fault.absolute_path]
    entry = f"entry {int(place[0]) + 1}" if place else "the file"
    return between.join([entry, *place[1:]])


class TokenFile:
    """The tokens in force, read again when their file changes.

    One with a fault keeps the old tokens, is logged, and a metric tells it until it is mended: a slip must not lock
    every department out. Where the file is gone no token is good any more: to take it away is the way to stop all.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state = self._stat()
        self._tokens = self._read()
        TOKENS_SOUND.set(1)

    def find(self, token: str) -> Token | None:
        """Who this token stands for. Every digest is compared, in a time that tells nothing."""
        state = self._stat()
        if state != self._state:
            self._state = state
            self._take_up()
        digest, found = digest_of(token), None
        for one in self._tokens:
            if hmac.compare_digest(one.digest, digest):
                found = one
        return found

    def _take_up(self) -> None:
        try:
            self._tokens = self._read()
        except TokensError as error:
            TOKENS_SOUND.set(0)
            gone = self._state == _GONE
            if gone:
                self._tokens = ()
            path = str(self._path.absolute())
            for place in error.places[:_MOST_TOLD] or ("",):
                reason = "gone" if gone else "broken"
                _log.error("department_tokens_broken", path=path, reason=reason, entry=place, count=len(error.places))
            return
        TOKENS_SOUND.set(1)
        _log.info("department_tokens_changed", path=str(self._path.absolute()), count=len(self._tokens))

    def _stat(self) -> tuple[int, int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return _GONE
        return (found.st_mtime_ns, found.st_size, found.st_ino)

    def _read(self) -> tuple[Token, ...]:
        try:
            return read_tokens(self._path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise TokensError(f"GIFTBOT_DEPARTMENTS_TOKENS={self._path}: cannot be read ({error}).") from error
        except TokensError as error:
            raise TokensError(f"GIFTBOT_DEPARTMENTS_TOKENS={self._path}: {error}", error.places) from error
