"""Pictures for direct messages, as X takes them: begun, sent in parts, finished, described. Pure state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

CATEGORIES = {"dm_image": 5_000_000, "tweet_image": 5_000_000, "dm_gif": 15_000_000, "tweet_gif": 15_000_000}
"""Bytes X takes of each category that is a picture; videos are not played here."""
TYPES = {
    "image/jpeg": b"\xff\xd8\xff",
    "image/pjpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
}
"""What a file of each type begins with."""
MOST_ALT = 1000
MOST_PARTS = 1000
USABLE_FOR = timedelta(hours=24)


@dataclass(slots=True)
class Medium:
    """One upload: its parts until it is finished, then the file."""

    id: str
    category: str
    media_type: str
    total_bytes: int
    begun_at: datetime
    parts: dict[int, bytes] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    finished: bool = False
    alt_text: str = ""

    def shown(self, now: datetime) -> dict[str, Any]:
        """As X answers it."""
        left = int((self.begun_at + USABLE_FOR - now).total_seconds())
        whole: dict[str, Any] = {"id": self.id, "media_key": f"3_{self.id}", "expires_after_secs": max(0, left)}
        return whole | ({"size": len(self.body)} if self.finished else {})

    def finish(self) -> str:
        """Put the parts together; what is wrong with them, or nothing."""
        if self.finished:
            return "The upload is finalized already"
        if sorted(self.parts) != list(range(len(self.parts))) or not self.parts:
            return "Segments do not add up to provided total file size"
        body = b"".join(self.parts[number] for number in range(len(self.parts)))
        wrong = "Segments do not add up to provided total file size" if len(body) != self.total_bytes else ""
        wrong = wrong or wrong_file(body, self.category, self.media_type)
        if not wrong:
            self.body, self.parts, self.finished = body, {}, True
        return wrong


@dataclass(slots=True)
class Media:
    """All uploads, by id."""

    kept: dict[str, Medium] = field(default_factory=dict)

    def wrong_attachment(self, media_id: str, now: datetime) -> str:
        """Why a message may not carry this picture; empty where it may."""
        one = self.kept.get(media_id)
        if one is None or not one.finished or now > one.begun_at + USABLE_FOR:
            return "Your media IDs are invalid."
        return "" if one.category.startswith("dm_") else "The media was not uploaded for direct messages."


def wrong_begin(body: Any) -> str:
    """What is wrong with the body that begins an upload; empty where nothing is."""
    known = {"additional_owners", "media_category", "media_type", "shared", "total_bytes"}
    if not isinstance(body, dict) or body.keys() - known:
        return "The body is not an object of " + ", ".join(sorted(known))
    total = body.get("total_bytes")
    if not isinstance(total, int) or isinstance(total, bool) or total < 1:
        return "total_bytes is not a number of bytes"
    category = body.get("media_category")
    if category not in CATEGORIES:
        return "media_category is not one that is taken here"
    if body.get("media_type") not in TYPES:
        return "media_type is not one of " + ", ".join(sorted(TYPES))
    return f"File size exceeds {CATEGORIES[category]} bytes." if total > CATEGORIES[category] else ""


def wrong_file(body: bytes, category: str, media_type: str) -> str:
    """Whether the bytes are what was announced, within the category's size."""
    if len(body) > CATEGORIES[category]:
        return f"File size exceeds {CATEGORIES[category]} bytes."
    return "" if body.startswith(TYPES[media_type]) else "InvalidMedia: the file is not of its type"


def type_of(body: bytes) -> str:
    """The type a file begins as; empty where it is none of a picture."""
    return next((name for name, begin in TYPES.items() if body.startswith(begin)), "")


def wrong_alt(body: Any) -> str:
    """What is wrong with the body that describes a picture; empty where nothing is."""
    if not isinstance(body, dict) or not isinstance(body.get("id"), str) or body.keys() - {"id", "metadata"}:
        return "The body is not an object of id and metadata"
    metadata = body.get("metadata", {})
    alt = metadata.get("alt_text", {"text": ""}) if isinstance(metadata, dict) else None
    text = alt.get("text") if isinstance(alt, dict) else None
    if not isinstance(text, str) or len(text) > MOST_ALT:
        return f"metadata.alt_text.text is not a string of at most {MOST_ALT} characters"
    return ""
