"""What the sandbox is told before it starts."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.x.limits import READ_MESSAGES, SEND_MESSAGE, Window


@dataclass(frozen=True, slots=True)
class SandboxConfig:
    """X's side on loopback: who the brand is, which keys are right, where its webhook answers.

    ``retry_s`` are the seconds between the tries of one delivery; X publishes none, and its older text speaks
    of about five minutes in all. With an empty ``webhook_url`` nothing is delivered.
    """

    host: str
    port: int
    account_id: str
    consumer_secret: str = field(repr=False)
    consumer_key: str = field(default="", repr=False)
    access_token: str = field(default="", repr=False)
    access_token_secret: str = field(default="", repr=False)
    oauth2_token: str = field(default="", repr=False)
    webhook_url: str = ""
    send_windows: tuple[Window, ...] = SEND_MESSAGE
    read_windows: tuple[Window, ...] = READ_MESSAGES
    retry_s: tuple[float, ...] = (0.5, 1, 2, 5, 10, 30, 60, 120)
    delivery_timeout_s: float = 10.0
