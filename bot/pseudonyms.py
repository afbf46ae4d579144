"""Short keyed names for shoppers: the same person has the same one, and without the key nobody can tell whose it is."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from hashlib import sha256

from bot.errors import GiftbotError

SHORTEST_KEY = 32
"""Characters. X's ids are guessable numbers: only the key keeps a hash of one from being undone."""

Pseudonym = Callable[[str], str]
"""Of a shopper's id."""


def hush_name(key: str | None) -> Pseudonym:
    """Names under which a STOP outlives the deletion of everything else; 128 bits, so no two shoppers share one.

    Without a key there is a function all the same, which raises GiftbotError: nothing may be taken in unchecked.
    """
    return _nobody if key is None else _named(key, "hush:", 32)


def log_name(key: str) -> Pseudonym:
    """Names for log lines; 48 bits are enough to follow one shopper's lines, and they differ from the other names."""
    return _named(key, "log:", 12)


def window_name(key: str | None) -> Pseudonym:
    """Names of Sends and texts in what counts calls to X, which outlives them; without a key they stand as they are."""
    return (lambda plain: plain) if key is None else _named(key, "window:", 32)


def _nobody(shopper_id: str) -> str:
    raise GiftbotError("this store was opened without GIFTBOT_PRIVACY_KEY: it can read, not take in or forget")


def _named(key: str, use: str, length: int) -> Pseudonym:
    secret = key.encode()
    return lambda shopper_id: hmac.new(secret, (use + shopper_id).encode(), sha256).hexdigest()[:length]
