"""Puts a picture at X, to go with one direct message."""

from __future__ import annotations

import base64
import re
from typing import Any

from bot.errors import GiftbotError
from bot.x.caller import NO_ANSWER, Caller

MOST_BYTES = 5_000_000
"""X's limit for a ``dm_image``."""
_ID = re.compile(r"[0-9]{1,19}")


class NotUploaded(GiftbotError):
    """X did not take the picture; the message goes without it. ``reason`` is for metrics."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def upload(caller: Caller, jpeg: bytes, alt_text: str) -> str:
    """X's id of the picture; good for one message, for a day.

    Words that stand for it are added where X takes them; a picture is not given up for want of them, as the message
    says the same.

    Raises:
        NotUploaded: whatever the reason was.
    """
    if not jpeg or len(jpeg) > MOST_BYTES:
        raise NotUploaded("too_large")
    body = {
        "media": base64.b64encode(jpeg).decode(),
        "media_category": "dm_image",  # a tweet_image is refused in a direct message
    }
    answered = await _post(caller, "/2/media/upload", body)
    data = answered.get("data")
    media_id = data.get("id") if isinstance(data, dict) else None
    if not isinstance(media_id, str) or not _ID.fullmatch(media_id):
        raise NotUploaded("unclear_answer")
    if alt_text:
        try:
            await _post(caller, "/2/media/metadata", {"id": media_id, "metadata": {"alt_text": {"text": alt_text}}})
        except NotUploaded:
            return media_id
    return media_id


async def _post(caller: Caller, route: str, body: dict[str, Any]) -> dict[str, Any]:
    try:
        answer = await caller.answer(
            lambda: caller.tweepy.request("POST", route, params={}, json=body, user_auth=caller.oauth1)
        )
    except NO_ANSWER as error:
        raise NotUploaded("no_answer") from error
    except GiftbotError as error:
        raise NotUploaded("no_token") from error
    found = answer.parsed()
    if not 200 <= answer.status < 300 or not isinstance(found, dict):
        raise NotUploaded(f"http_{answer.status}")
    return found
