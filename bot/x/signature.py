"""X's two uses of the app's secret: answering a challenge (CRC), and proving that a webhook came from X.

Both use the same key, algorithm and prefix, so an endpoint that answers any challenge is a signing oracle:
a stranger sends a forged event as ``crc_token`` and gets its valid signature back. Only opaque tokens are
answered here, and no event body is one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from urllib.parse import unquote

SIGNATURE_HEADER = "x-twitter-webhooks-signature"
_PREFIX = b"sha256="
_OPAQUE = re.compile(r"[A-Za-z0-9+/=_-]{16,128}")


def sign(secret: str, body: bytes) -> bytes:
    """The signature X puts on ``body``: ``sha256=`` and the base64 of the HMAC-SHA256."""
    digest = hmac.new(secret.encode("utf-8", "surrogatepass"), body, hashlib.sha256).digest()
    return _PREFIX + base64.b64encode(digest)


def is_signed(body: bytes, header: str | None, secrets: Sequence[str]) -> bool:
    """Whether ``header`` is the signature of exactly these bytes under one of ``secrets``.

    Compares bytes in constant time, and answers False for any header whatever: X's own sample compares two
    texts and fails with an exception on a header that is missing or not ASCII. Empty secrets never match.
    """
    given = (header or "").encode("utf-8", "surrogatepass")
    matches = [hmac.compare_digest(sign(secret, body), given) for secret in secrets if secret]
    return any(matches)


def token_in_query(raw_query: str) -> str | None:
    """The ``crc_token`` of a query as it stood in the request line, or None.

    A raw ``+`` stays a plus: X's tokens may be base64, they hold no space, and reading the query as a form
    would turn a valid token into a refused one.
    """
    for pair in raw_query.split("&"):
        name, _, value = pair.partition("=")
        if name == "crc_token":
            return unquote(value)
    return None


def crc_answer(token: str | None, secret: str) -> str | None:
    """The ``response_token`` for a challenge; None where the token is not opaque and must not be signed."""
    if token is None or not _OPAQUE.fullmatch(token):
        return None
    return sign(secret, token.encode()).decode()
