"""Whom a 403 is about: this one shopper, the brand's whole account, or nobody can tell. Pure.

X names the cause by an error code, a problem type or a sentence, and not always by any. Codes are those of X's
page of response codes; sentences those seen in answers to POST dm_conversations and in X's forum (read 2026-11-22).
"""

from __future__ import annotations

from typing import Any

from bot.errors import GiftbotError, Refused, Retryable

RECIPIENT = "recipient_closed"
ACCOUNT = "account_restricted"
UNCLEAR = "forbidden"

RECIPIENT_CODES = {
    108: "cannot find the user",
    150: "cannot message users who do not follow",
    349: "cannot message this user",
    476: "the recipient takes requests from verified accounts alone",
}
ACCOUNT_CODES = {
    64: "the account is suspended",
    87: "the client may not do this",
    93: "the app may not touch messages",
    226: "looks automated",
    261: "the app may not write",
    326: "locked until somebody logs in",
    453: "the access level does not cover this",
}
_RECIPIENT_SAID = (
    "permission to dm one or more of the participants",
    "cannot send messages to this user",
    "cannot send messages to users who are not following",
    "not verified to send message requests",
)
_ACCOUNT_SAID = (
    "looks like it might be automated",
    "protect our users from spam",
    "temporarily locked",
    "your account is suspended",
    "oauth1 app permissions",
    "oauth2 app permissions",
    "not permitted to access or delete your direct messages",
)
_ACCOUNT_TYPES = ("client-forbidden", "oauth1-permissions", "unsupported-authentication", "client-not-enrolled")


def forbidden(body: dict[str, Any]) -> GiftbotError:
    """The error of a 403 with this JSON body.

    One about the account is a Retryable that stops every Send: the message was not taken, a person must act, and
    asking on would make it worse. Where a body speaks of both, the account is believed.
    """
    problems = [body, *(one for one in _listed(body.get("errors")) if isinstance(one, dict))]
    codes = {one.get("code") for one in problems if isinstance(one.get("code"), int)}
    said = " ".join(str(one.get(name, "")) for one in problems for name in ("title", "detail", "message", "reason"))
    types = " ".join(str(one.get(name, "")) for one in problems for name in ("type", "reason"))
    if codes & ACCOUNT_CODES.keys() or _any(_ACCOUNT_SAID, said) or _any(_ACCOUNT_TYPES, types):
        return Retryable(ACCOUNT, whole_account=True)
    if codes & RECIPIENT_CODES.keys() or _any(_RECIPIENT_SAID, said):
        return Refused(RECIPIENT)
    return Refused(UNCLEAR)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _any(parts: tuple[str, ...], text: str) -> bool:
    lowered = text.lower()
    return any(part in lowered for part in parts)
