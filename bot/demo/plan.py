"""What one run of the demo consists of: its ports, its fresh secrets, and each role's settings. Pure."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.departments.tokens import new_token
from bot.settings import StoreSettings

LOOPBACK = "127.0.0.1"
ROLES = ("sandbox", "intake", "actions", "dialogue", "sending", "departments", "watch")
ACCOUNT_ID = "1700000000000000001"
"""The demo brand's X user id: made up, longer than 2**53 as real ones are."""
PARTITIONS = 8
KEY_PREFIX = "gb"
PRIVACY_KEY = "no secret: the shoppers of the demo are made up"
"""The same at every start, as a real one must be: a STOP outlives its shopper's data under it."""
MESSAGES_PER_15_MIN = 10_000
"""X's self-serve tier lets an account send 15; a person at the chat page would meet that within minutes."""
LOOP_TURNS = 200
TAKEOVER_H = 12
"""How long a colleague's message keeps the bot silent: production's default, told on the chat page as well."""
WEBHOOK = "https://giftbot.example/webhooks/x"
"""The webhook's address as X knows it; the sandbox leads it to the intake of the run."""
CHAT_PORT = 8642
"""Tried first, so that the chat page's address stays the same from start to start."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Loopback ports of one run; ``ops`` holds each role's health port."""

    redis: int
    sandbox: int
    intake: int
    actions: int
    departments: int
    ops: dict[str, int]


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets made anew for every run, as X and Redis would hand them out; and tokens for two other departments."""

    consumer_key: str = field(repr=False)
    consumer_secret: str = field(repr=False)
    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)
    redis_password: str = field(repr=False)
    care_token: str = field(repr=False)
    care_lead_token: str = field(repr=False)
    support_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """One run of the demo."""

    root: Path
    """Where config.yml, models/ and var/catalog are; every child works there."""
    ports: Ports
    keys: Keys

    @property
    def redis_url(self) -> str:
        """Address of the run's Redis, with its password."""
        return f"redis://:{self.keys.redis_password}@{LOOPBACK}:{self.ports.redis}/0"

    @property
    def sandbox_url(self) -> str:
        """Where X's side answers."""
        return f"http://{LOOPBACK}:{self.ports.sandbox}"

    @property
    def departments_url(self) -> str:
        """Where other departments ask for messages."""
        return f"http://{LOOPBACK}:{self.ports.departments}"

    @property
    def webhook_url(self) -> str:
        """Where the sandbox delivers what shoppers write."""
        return f"http://{LOOPBACK}:{self.ports.intake}/webhooks/x"

    @property
    def rules(self) -> Path:
        """The governor's rules."""
        return self.root / "data" / "governance.yml"

    def ready_url(self, role: str) -> str:
        """Where ``role`` tells whether it can do its work."""
        return f"http://{LOOPBACK}:{self.ports.ops[role]}/readyz"

    def settings(self, role: str) -> dict[str, str]:
        """Give the ``GIFTBOT_*`` variables of ``role``: production's, with the sandbox's addresses."""
        values = {
            "X_ACCOUNT_ID": ACCOUNT_ID,
            "X_CONSUMER_KEY": self.keys.consumer_key,
            "X_CONSUMER_SECRET": self.keys.consumer_secret,
            "X_ACCESS_TOKEN": self.keys.access_token,
            "X_ACCESS_TOKEN_SECRET": self.keys.access_token_secret,
            "X_API_BASE_URL": self.sandbox_url,
            "X_WEBHOOK_URL": WEBHOOK,
            "STORE_REDIS_URL": self.redis_url,
            "STORE_PARTITIONS": PARTITIONS,
            "STORE_KEY_PREFIX": KEY_PREFIX,
            "INTAKE_HOST": LOOPBACK,
            "INTAKE_PORT": self.ports.intake,
            "INTAKE_PATH": "/webhooks/x",
            "DIALOGUE_NAME": "demo",  # so that a second start takes the first one's talks over at once
            "DIALOGUE_MODEL_DIR": self.root / "models",
            "DIALOGUE_ACTIONS": "server",
            "DIALOGUE_BURST_S": 0,  # a person at the chat page waits for each answer
            "DIALOGUE_LOOP_TURNS": LOOP_TURNS,
            "DIALOGUE_TAKEOVER_H": TAKEOVER_H,
            "DIALOGUE_ACTIONS_URL": f"http://{LOOPBACK}:{self.ports.actions}/webhook",
            "ACTIONS_HOST": LOOPBACK,
            "ACTIONS_PORT": self.ports.actions,
            "SENDING_PER_15_MIN": MESSAGES_PER_15_MIN,
            "SENDING_PER_24_H": MESSAGES_PER_15_MIN * 96,
            "SENDING_READS_PER_15_MIN": MESSAGES_PER_15_MIN,
            "SENDING_SETTLE_DELAY_S": 2,
            "SENDING_RULES": self.rules,
            "SENDING_DOMAIN": self.root / "domain.yml",
            "DEPARTMENTS_HOST": LOOPBACK,
            "DEPARTMENTS_PORT": self.ports.departments,
            "SANDBOX_HOST": LOOPBACK,
            "SANDBOX_PORT": self.ports.sandbox,
            "SANDBOX_WEBHOOK_URL": self.webhook_url,
            "SANDBOX_PER_15_MIN": MESSAGES_PER_15_MIN,
            "SANDBOX_PER_24_H": MESSAGES_PER_15_MIN * 96,
            "SANDBOX_READS_PER_15_MIN": MESSAGES_PER_15_MIN,
            "PRIVACY_KEY": PRIVACY_KEY,
            "CATALOG_DIR": self.root / "var" / "catalog",
            "CATALOG_HANDLING": "0-1",  # the sample feed names no delivery times; with these a day by which is kept
            "CATALOG_TRANSIT": "2-3",
            "OPS_HOST": LOOPBACK,
            "OPS_PORT": self.ports.ops[role],
        }
        return {f"GIFTBOT_{name}": str(value) for name, value in values.items()}


def make_plan(root: Path, *, token: Callable[[int], str] = secrets.token_hex) -> Plan:
    """Make a plan with free ports and fresh secrets; ``token`` makes a text from that many random bytes."""
    ports = iter(free_ports(5 + len(ROLES)))
    return Plan(
        root=root,
        ports=Ports(
            redis=next(ports),
            sandbox=next(ports),
            intake=next(ports),
            actions=next(ports),
            departments=next(ports),
            ops={role: next(ports) for role in ROLES},
        ),
        keys=Keys(
            *(token(length) for length in (12, 32, 24, 24, 24)),
            *(new_token(token) for _ in ("care", "care's lead", "support")),
        ),
    )


def free_ports(count: int) -> list[int]:
    """``count`` different loopback ports nothing listens on, all held until the last is found."""
    held = [socket.socket() for _ in range(count)]
    try:
        for each in held:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in held]
    finally:
        for each in held:
            each.close()


def store_settings(redis_url: str) -> StoreSettings:
    """How the chat page and ``--say`` reach the run's records: as its roles do."""
    return StoreSettings(redis_url=redis_url, partitions=PARTITIONS, timeout_s=2.0, key_prefix=KEY_PREFIX)


def redis_conf(plan: Plan, data: Path) -> str:
    """Write the configuration of the run's Redis: append-only, synced at every write, behind a password.

    ``appendfsync always`` because intake's 200 promises X that the message is kept, and X sends it only once.
    """
    return "\n".join(
        [
            f"bind {LOOPBACK}",
            f"port {plan.ports.redis}",
            f"requirepass {plan.keys.redis_password}",
            f'dir "{data}"',
            "appendonly yes",
            "appendfsync always",
            'save ""',
            "maxmemory-policy noeviction",
            "maxmemory 512mb",
            "daemonize no",
            "",
        ]
    )
