"""What the sandbox is told before it starts."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.settings import Settings
from bot.x.limits import READ_MESSAGES, SEND_MESSAGE, Window

PUBLIC_URL = "https://giftbot.example/webhooks/x"
RETRY_S = (0.5, 1, 2, 5, 10, 30, 60, 120)


@dataclass(frozen=True, slots=True)
class SandboxConfig:
    """X's side on loopback: who the brand is, which keys are right, where its webhook answers.

    ``public_url`` is the address outsiders know the webhook by, ``webhook_url`` where it really answers, as behind a
    proxy; X takes only the former. ``signed_by`` are the keys deliveries are signed with: consumer, client, or both.
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
    oauth2_client_id: str = ""
    oauth2_client_secret: str = field(default="", repr=False)
    oauth2_refresh_token: str = field(default="", repr=False)
    bearer_token: str = field(default="", repr=False)
    webhook_url: str = ""
    public_url: str = PUBLIC_URL
    registered: bool = True
    signed_by: tuple[str, ...] = ("consumer",)
    token_life_s: float = 7200.0
    send_windows: tuple[Window, ...] = SEND_MESSAGE
    read_windows: tuple[Window, ...] = READ_MESSAGES
    retry_s: tuple[float, ...] = RETRY_S
    delivery_timeout_s: float = 10.0


def config_from(settings: Settings) -> SandboxConfig:
    """The sandbox that fits these settings: it knows the same account and keys as giftbot."""
    x, sandbox = settings.x, settings.sandbox
    return SandboxConfig(
        host=sandbox.host,
        port=sandbox.port,
        account_id=x.account_id,
        consumer_secret=x.consumer_secret,
        consumer_key=x.consumer_key,
        access_token=x.access_token,
        access_token_secret=x.access_token_secret,
        oauth2_token=x.oauth2_token,
        oauth2_client_id=x.oauth2_client_id,
        oauth2_client_secret=x.oauth2_client_secret,
        oauth2_refresh_token=x.oauth2_refresh_token,
        bearer_token=x.bearer_token,
        webhook_url=sandbox.webhook_url,
        public_url=x.webhook_url or PUBLIC_URL,
        registered=sandbox.registered,
        send_windows=(Window(sandbox.per_15_min, 15 * 60), Window(sandbox.per_24_h, 24 * 3600)),
        read_windows=(Window(sandbox.reads_per_15_min, 15 * 60),),
    )
