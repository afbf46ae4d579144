"""X's two uses of the app's secret: answering a challenge (CRC), and proving that a webhook came from X.

X has two keys for both: the app's OAuth 2.0 client secret, and its older consumer secret. An app that has both may get
both signatures; the newer one is then the one to believe.

Challenge and delivery use the same key, algorithm and prefix, so an endpoint that answers any challenge is a signing
oracle: a stranger sends a forged event as ``crc_token`` and gets its valid signature back. Only opaque tokens are
answered here, and no event body is one.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from bot.settings import XSettings

SIGNATURE_HEADER = "x-twitter-webhooks-signature"
CLIENT_SIGNATURE_HEADER = "x-twitter-webhooks-signature-oauth2"
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


def is_from_x(body: bytes, headers: Mapping[str, str], x: XSettings) -> bool:
    """Whether a delivery with these headers (by any case) is X's.

    A signature by the client secret is judged alone where we have that secret: a wrong one is not made good by a
    right older one.
    """
    newer = headers.get(CLIENT_SIGNATURE_HEADER)
    if newer is not None and x.oauth2_client_secret:
        return is_signed(body, newer, (x.oauth2_client_secret,))
    return is_signed(body, headers.get(SIGNATURE_HEADER), (x.consumer_secret, x.consumer_secret_previous))


def claims_to_be_x(headers: Mapping[str, str]) -> bool:
    """Whether a delivery carries a signature at all, right or wrong; X's always do."""
    return CLIENT_SIGNATURE_HEADER in headers or SIGNATURE_HEADER in headers


def crc_secret(x: XSettings) -> str:
    """The secret a challenge is answered with: X asks for the client secret where the app has one."""
    use_client = x.crc_key == "client" or (x.crc_key == "auto" and x.oauth2_client_secret)
    return x.oauth2_client_secret if use_client else x.consumer_secret


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
