"""The one settings object, read from the environment, frozen, printed without secrets.

Every variable begins with ``GIFTBOT_``; section and name follow (``GIFTBOT_X_ACCOUNT_ID`` is
``settings.x.account_id``). ``docs/settings.md`` is held true by a test. Nothing else reads the environment.
"""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from environs import EnvError, FileAwareEnv
from marshmallow import validate

from bot.errors import SettingsError
from bot.pseudonyms import SHORTEST_KEY

PREFIX = "GIFTBOT_"


def _setting(sentence: str, *, secret: bool = False, default: Any = dataclasses.MISSING) -> Any:
    """A dataclass field that carries its sentence for docs/settings.md; secrets stay out of repr."""
    return field(repr=not secret, default=default, metadata={"doc": sentence, "secret": secret})


@dataclass(frozen=True, slots=True)
class XSettings:
    """How to reach X, and as whom."""

    account_id: str = _setting("X user id of the brand's account (digits). Required.")
    consumer_key: str = _setting("The app's API key.", secret=True)
    consumer_secret: str = _setting("The app's API secret: signs the CRC, verifies webhooks. Required.", secret=True)
    consumer_secret_previous: str = _setting(
        "The secret before a rotation; still accepted on webhooks while set.", secret=True
    )
    access_token: str = _setting("OAuth 1.0a access token of the brand's account.", secret=True)
    access_token_secret: str = _setting("Its secret.", secret=True)
    oauth2_token: str = _setting("OAuth 2.0 user token; used instead of OAuth 1.0a where set.", secret=True)
    oauth2_client_id: str = _setting("OAuth 2.0 client id of the app: with it giftbot refreshes its own user token.")
    oauth2_client_secret: str = _setting(
        "Its client secret; where set, it also verifies webhooks and answers the CRC.", secret=True
    )
    oauth2_refresh_token: str = _setting(
        "The refresh token to begin with; X gives a new one at every refresh, kept in Redis. Set anew to begin anew.",
        secret=True,
    )
    crc_key: str = _setting("What the CRC is answered with: client, consumer, or auto (client where it is set).")
    bearer_token: str = _setting(
        "The app's own (app-only) bearer token, for webhooks and subscriptions; empty: fetched with the API key.",
        secret=True,
    )
    webhook_url: str = _setting("Public https address of the webhook, as `giftbot x setup` registers it.")
    api_base_url: str = _setting("Where X's API answers; the demo puts the sandbox here.")
    send_timeout_s: float = _setting("Seconds one call to X may take before its outcome is in doubt.")
    tier: str = _setting("X's tier, for its limits: self-serve, legacy or enterprise (then set the limits yourself).")


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where Redis is and how giftbot uses it."""

    redis_url: str = _setting(
        "Redis 6.2 or later: redis:// or rediss://; a cluster as redis+cluster://host:port,host:port.", secret=True
    )
    partitions: int = _setting("Into how many partitions talks are divided. Fixed once talks exist.")
    timeout_s: float = _setting("Seconds to wait for Redis before giving up.")
    key_prefix: str = _setting("First part of every key, for a Redis shared with others.")
    replicas: int = _setting(
        "Replicas that must have a change before giftbot relies on it. Unset: 1 on a cluster, else 0.", default=0
    )


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """The public door."""

    host: str = _setting("Address intake listens on.")
    port: int = _setting("Port intake listens on.")
    path: str = _setting("Path of the webhook.")
    max_body_bytes: int = _setting("Largest webhook body read; larger ones get 413.")
    header_timeout_s: float = _setting("Seconds a connection may take to send its headers or its body.")
    max_connections: int = _setting(
        "Connections open at once. A further one takes the place of the longest waiting; refused if all are in work."
    )
    max_age_h: float = _setting("Messages older than this are recorded but not answered.")
    share_port: bool = _setting(
        "Whether several intake processes of one machine may listen on the port.", default=False
    )


@dataclass(frozen=True, slots=True)
class DialogueSettings:
    """The dialogue worker."""

    name: str = _setting(
        "This worker's name in leases. A restarted worker of the same name goes on at once; empty: host and process."
    )
    partitions: str = _setting("Partitions this worker may own: all, or a range such as 0-3.")
    model_dir: Path = _setting("Folder of trained Rasa models; the newest is loaded.")
    actions: str = _setting("Where custom actions run: server (actions_url) or here (the worker's own process).")
    actions_url: str = _setting("Address of the action server's webhook.")
    actions_timeout_s: float = _setting("Seconds the action server may take.")
    turn_timeout_s: float = _setting("Seconds one turn may take before it is abandoned and tried again.")
    max_tries: int = _setting("Tries before a message is buried with an apology.")
    lease_s: float = _setting("Seconds a worker owns a partition without renewing.")
    kept_events: int = _setting("Rasa events kept of a talk; slots are always kept.")
    burst_s: float = _setting(
        "Seconds a shopper must be quiet before a short message is answered, in case more comes; 0: at once."
    )
    burst_gap_s: float = _setting(
        "Messages of a shopper that wait and were written within so many seconds of each other are one turn; 0: never."
    )
    burst_short: int = _setting("Characters up to which a message is short, and held for burst_s.")
    takeover_h: float = _setting("Hours the bot stays silent after a colleague wrote to the shopper in X's app.")
    loop_turns: int = _setting("Answers in one talk within 10 minutes beyond which it is paused for an hour; 0: never.")


@dataclass(frozen=True, slots=True)
class ActionsSettings:
    """The action server."""

    host: str = _setting("Address the action server listens on; keep it on loopback or a private network.")
    port: int = _setting("Port the action server listens on.")


@dataclass(frozen=True, slots=True)
class SendingSettings:
    """The way out."""

    per_15_min: int = _setting("Direct messages X lets the account send in 15 minutes; 0: what the tier allows.")
    per_24_h: int = _setting("Direct messages X lets the account send in 24 hours; 0: what the tier allows.")
    reads_per_15_min: int = _setting(
        "Reads of talks X lets the account make in 15 minutes, every call is one; 0: what the tier allows."
    )
    settle_delay_s: float = _setting("Seconds a Send in doubt waits before giftbot looks whether X has it.")
    max_attempts: int = _setting("Times one Send is tried where the fault is its own; an outage does not count.")
    expires_after_min: float = _setting(
        "Minutes after which a Send in doubt is not looked after any more; when it expires unsent is in the rules."
    )
    word_after_min: float = _setting(
        "Minutes an answer must have to wait for X's allowance before the shopper is told how long; 0: never."
    )
    domain: Path = _setting("File with the sentence about a long wait: utter_queue_word of domain.yml.")
    rules: Path = _setting("File of the rules every outgoing message is judged by (docs/governance.md).")
    pictures: bool = _setting("Send a picture of the ideas with an answer, where the shop has photos of them.")
    pictures_timeout_s: float = _setting("Seconds a picture may take to make; later ones are left out.")
    start_paused: bool = _setting(
        "Pause sending each time this role starts, until `giftbot outbox resume`: after a restore of Redis."
    )


@dataclass(frozen=True, slots=True)
class DepartmentsSettings:
    """The door for other departments (docs/departments.md)."""

    host: str = _setting("Address the departments' interface listens on; keep it on loopback or behind TLS.")
    port: int = _setting("Port it listens on.")
    tokens: str = _setting("File of the departments' tokens: name, department, role and digest of each.")
    max_body_bytes: int = _setting("Largest request read; larger ones get 413.")
    per_minute: int = _setting("Requests one token may make in a minute; further ones get 429.")


@dataclass(frozen=True, slots=True)
class GapsSettings:
    """What X may have failed to deliver: noticed and fetched by the watch role."""

    check_every_s: float = _setting("Seconds between two checks of the webhook's validity at X.")
    silent_after_min: float = _setting("Minutes without a CRC or an event after which X is asked for a CRC.")
    down_after_min: float = _setting("Minutes intake may be down before what came meanwhile is fetched.")
    reads_per_15_min: int = _setting("Of the reads X allows in 15 minutes, those that may fill gaps; looks have all.")
    max_messages: int = _setting("Messages read back for one gap at most; X bills a cent for each. 0: none.")


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """X's side on loopback, for the demo and for tests. Account and keys are those of the X section."""

    host: str = _setting("Address the sandbox listens on; keep it on loopback.")
    port: int = _setting("Port the sandbox listens on.")
    webhook_url: str = _setting("Where the sandbox delivers what shoppers write; empty: nowhere.")
    registered: bool = _setting("Whether the sandbox starts with that webhook registered and subscribed.")
    per_15_min: int = _setting("Direct messages the sandbox lets the account send in 15 minutes.")
    per_24_h: int = _setting("Direct messages the sandbox lets the account send in 24 hours.")
    reads_per_15_min: int = _setting("Reads of talks the sandbox allows in 15 minutes.")


@dataclass(frozen=True, slots=True)
class CatalogSettings:
    """The catalogue."""

    dir: str = _setting("Folder of published snapshots, interactions and fitted models; or an address such as s3://….")
    cache: Path = _setting("Where what is published at an address is copied to on this machine; a folder needs none.")
    currency: str = _setting("Three-letter currency of feeds that name none.")
    link_template: str = _setting("Address of a product in feeds without links: https://shop.example/p/{id}.")
    feed_rows: int = _setting("Rows a feed may have; beyond two million the reader needs more than its 256 MiB.")
    country: str = _setting("Two-letter country of the shop: its bank holidays, and where orders go unless told.")
    subdivision: str = _setting("Part of it with holidays of its own (ENG, SCT, NY, BY); empty: none.")
    time_zone: str = _setting("Time zone of the shop: cut-offs, and the days that steering and feeds name.")
    cut_off: str = _setting("Time of day until which an order is handled from the same day.")
    handling: str = _setting("Working days until dispatch where the feed says nothing, such as 0-1; empty: not known.")
    transit: str = _setting("Working days from dispatch to the door, likewise, within the shop's country.")
    transit_abroad: str = _setting("The same to other countries, such as IE=3-5,DE=4-7; no promise to any other.")
    saturday_delivery: bool = _setting("Whether the carrier delivers on Saturdays.")
    stock_max_age_days: int = _setting("Days after which stock told by a feed is not promised any more; 0: never.")
    steering: str = _setting("File of what merchandisers boost, bury, pin or hide; empty: steering.yml in dir.")
    explore: float = _setting("Share of answers, 0 to 1, whose last idea is drawn to learn from; docs/ranking.md.")
    margin_weight: float = _setting("What a product's margin may add to its score, 0 to 1; a met wish adds 6.")
    consented_sources: str = _setting("Sources of interactions every shopper consented to, by the shop's terms.")
    consent_file: str = _setting("CSV file of single shoppers' consents and withdrawals by source; empty: none.")
    pull_url: str = _setting("https address of the feed `giftbot catalog pull` fetches.", secret=True)
    pull_every_s: float = _setting("Seconds between two pulls; 0: pull once and end.")
    pull_user: str = _setting("User name, where the feed asks for one (basic authentication).")
    pull_password: str = _setting("Its password.", secret=True)
    pull_header: str = _setting("A header to send instead, such as “X-Api-Key: …”.", secret=True)
    pull_ports: str = _setting("Ports a feed may be fetched from, such as 443,8443.")
    pull_max_mb: float = _setting("Largest feed fetched, in MiB as it comes over the line.")
    pull_timeout_s: float = _setting("Seconds one pull may take from the first look-up to the last byte.")


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """What keeps people's ids out of logs, and a STOP alive when everything else of a shopper is deleted."""

    key: str = _setting(
        "Secret of 32 characters or more behind the names shoppers have in logs and in the list of those who said "
        "STOP and were forgotten. Required, the same in every role; never change it: their STOP would be lost.",
        secret=True,
    )


@dataclass(frozen=True, slots=True)
class OpsSettings:
    """Health, readiness and metrics of this process."""

    host: str = _setting("Address the health and metrics endpoints listen on.")
    port: int = _setting("Port of the health and metrics endpoints; 0 takes a free one.")
    log_level: str = _setting("debug, info, warning or error.")


@dataclass(frozen=True, slots=True)
class Settings:
    """All of it. Build with `load`; sections are frozen."""

    x: XSettings
    store: StoreSettings
    intake: IntakeSettings
    dialogue: DialogueSettings
    actions: ActionsSettings
    sending: SendingSettings
    departments: DepartmentsSettings
    gaps: GapsSettings
    sandbox: SandboxSettings
    catalog: CatalogSettings
    privacy: PrivacySettings
    ops: OpsSettings


class _Environment(FileAwareEnv):
    """Variables, and the files that ``NAME_FILE`` names, without the line end an editor or ``echo`` leaves there."""

    def _get_value(self, env_key: str, default: Any) -> Any:
        value = super()._get_value(env_key, default)
        if os.environ.get(f"{env_key}_FILE") and isinstance(value, str):
            return value.removesuffix("\n").removesuffix("\r")
        return value


def load() -> Settings:
    """Read settings from the environment.

    A variable ``NAME_FILE`` names a file that holds the value, as container secrets are handed over; one line end at
    its end is not part of the value.

    Raises:
        SettingsError: naming every variable that is missing or wrong, not only the first.
    """
    env = _Environment(eager=False, prefix=PREFIX)
    positive = validate.Range(min=0, min_inclusive=False)
    digits = validate.Regexp(r"^[0-9]{1,19}$", error="must be an X user id: 1 to 19 digits")
    port = validate.Range(min=0, max=65535)
    read: dict[str, dict[str, Any]] = {
        "x": {
            "account_id": env.str("X_ACCOUNT_ID", validate=digits),
            "consumer_key": env.str("X_CONSUMER_KEY", ""),
            "consumer_secret": env.str("X_CONSUMER_SECRET", validate=validate.Length(min=16)),
            "consumer_secret_previous": env.str("X_CONSUMER_SECRET_PREVIOUS", ""),
            "access_token": env.str("X_ACCESS_TOKEN", ""),
            "access_token_secret": env.str("X_ACCESS_TOKEN_SECRET", ""),
            "oauth2_token": env.str("X_OAUTH2_TOKEN", ""),
            "oauth2_client_id": env.str("X_OAUTH2_CLIENT_ID", ""),
            "oauth2_client_secret": env.str("X_OAUTH2_CLIENT_SECRET", ""),
            "oauth2_refresh_token": env.str("X_OAUTH2_REFRESH_TOKEN", ""),
            "crc_key": env.str("X_CRC_KEY", "auto", validate=validate.OneOf(["auto", "client", "consumer"])),
            "bearer_token": env.str("X_BEARER_TOKEN", ""),
            "webhook_url": env.str("X_WEBHOOK_URL", ""),
            "api_base_url": env.str("X_API_BASE_URL", "https://api.x.com"),
            "send_timeout_s": env.float("X_SEND_TIMEOUT_S", 10.0, validate=positive),
            "tier": env.str("X_TIER", "self-serve", validate=validate.OneOf(["self-serve", "legacy", "enterprise"])),
        },
        "store": {
            "redis_url": env.str("STORE_REDIS_URL", "redis://127.0.0.1:6379/0"),
            "partitions": env.int("STORE_PARTITIONS", 8, validate=validate.Range(min=1, max=1024)),
            "timeout_s": env.float("STORE_TIMEOUT_S", 2.0, validate=positive),
            "key_prefix": env.str("STORE_KEY_PREFIX", "gb"),
            "replicas": _replicas(env),
        },
        "intake": {
            "host": env.str("INTAKE_HOST", "127.0.0.1"),
            "port": env.int("INTAKE_PORT", 8080, validate=port),
            "path": env.str("INTAKE_PATH", "/webhooks/x", validate=validate.Regexp(r"^/[\w/.-]+$")),
            "max_body_bytes": env.int("INTAKE_MAX_BODY_BYTES", 65536, validate=positive),
            "header_timeout_s": env.float("INTAKE_HEADER_TIMEOUT_S", 5.0, validate=positive),
            "max_connections": env.int("INTAKE_MAX_CONNECTIONS", 256, validate=positive),
            "max_age_h": env.float("INTAKE_MAX_AGE_H", 24.0, validate=positive),
            "share_port": env.bool("INTAKE_SHARE_PORT", False),
        },
        "dialogue": {
            "name": env.str("DIALOGUE_NAME", ""),
            "partitions": env.str(
                "DIALOGUE_PARTITIONS",
                "all",
                validate=validate.Regexp(r"^(all|[0-9]+-[0-9]+)$", error="must be all, or a range such as 0-3"),
            ),
            "model_dir": Path(env.str("DIALOGUE_MODEL_DIR", "models")),
            "actions": env.str("DIALOGUE_ACTIONS", "server", validate=validate.OneOf(["server", "here"])),
            "actions_url": env.str("DIALOGUE_ACTIONS_URL", "http://127.0.0.1:5055/webhook"),
            "actions_timeout_s": env.float("DIALOGUE_ACTIONS_TIMEOUT_S", 8.0, validate=positive),
            "turn_timeout_s": env.float("DIALOGUE_TURN_TIMEOUT_S", 20.0, validate=positive),
            "max_tries": env.int("DIALOGUE_MAX_TRIES", 4, validate=positive),
            "lease_s": env.float("DIALOGUE_LEASE_S", 30.0, validate=positive),
            "kept_events": env.int("DIALOGUE_KEPT_EVENTS", 40, validate=positive),
            "burst_s": env.float("DIALOGUE_BURST_S", 1.0, validate=validate.Range(min=0, max=30)),
            "burst_gap_s": env.float("DIALOGUE_BURST_GAP_S", 10.0, validate=validate.Range(min=0)),
            "burst_short": env.int("DIALOGUE_BURST_SHORT", 40, validate=validate.Range(min=0)),
            "takeover_h": env.float("DIALOGUE_TAKEOVER_H", 12.0, validate=validate.Range(min=0)),
            "loop_turns": env.int("DIALOGUE_LOOP_TURNS", 20, validate=validate.Range(min=0)),
        },
        "actions": {
            "host": env.str("ACTIONS_HOST", "127.0.0.1"),
            "port": env.int("ACTIONS_PORT", 5055, validate=port),
        },
        "sending": {
            "per_15_min": env.int("SENDING_PER_15_MIN", 0, validate=validate.Range(min=0)),
            "per_24_h": env.int("SENDING_PER_24_H", 0, validate=validate.Range(min=0)),
            "reads_per_15_min": env.int("SENDING_READS_PER_15_MIN", 0, validate=validate.Range(min=0)),
            "settle_delay_s": env.float("SENDING_SETTLE_DELAY_S", 120.0, validate=positive),
            "max_attempts": env.int("SENDING_MAX_ATTEMPTS", 6, validate=positive),
            "expires_after_min": env.float("SENDING_EXPIRES_AFTER_MIN", 720.0, validate=positive),
            "word_after_min": env.float("SENDING_WORD_AFTER_MIN", 15.0, validate=validate.Range(min=0)),
            "domain": Path(env.str("SENDING_DOMAIN", "domain.yml")),
            "rules": Path(env.str("SENDING_RULES", "data/governance.yml")),
            "pictures": env.bool("SENDING_PICTURES", True),
            "pictures_timeout_s": env.float("SENDING_PICTURES_TIMEOUT_S", 6.0, validate=positive),
            "start_paused": env.bool("SENDING_START_PAUSED", False),
        },
        "departments": {
            "host": env.str("DEPARTMENTS_HOST", "127.0.0.1"),
            "port": env.int("DEPARTMENTS_PORT", 8070, validate=port),
            "tokens": env.str("DEPARTMENTS_TOKENS", ""),
            "max_body_bytes": env.int("DEPARTMENTS_MAX_BODY_BYTES", 4_194_304, validate=positive),
            "per_minute": env.int("DEPARTMENTS_PER_MINUTE", 120, validate=positive),
        },
        "gaps": {
            "check_every_s": env.float("GAPS_CHECK_EVERY_S", 600.0, validate=positive),
            "silent_after_min": env.float("GAPS_SILENT_AFTER_MIN", 120.0, validate=positive),
            "down_after_min": env.float("GAPS_DOWN_AFTER_MIN", 5.0, validate=positive),
            "reads_per_15_min": env.int("GAPS_READS_PER_15_MIN", 5, validate=validate.Range(min=0)),
            "max_messages": env.int("GAPS_MAX_MESSAGES", 1000, validate=validate.Range(min=0)),
        },
        "sandbox": {
            "host": env.str("SANDBOX_HOST", "127.0.0.1"),
            "port": env.int("SANDBOX_PORT", 8090, validate=port),
            "webhook_url": env.str("SANDBOX_WEBHOOK_URL", ""),
            "registered": env.bool("SANDBOX_REGISTERED", True),
            "per_15_min": env.int("SANDBOX_PER_15_MIN", 15, validate=positive),
            "per_24_h": env.int("SANDBOX_PER_24_H", 1440, validate=positive),
            "reads_per_15_min": env.int("SANDBOX_READS_PER_15_MIN", 15, validate=positive),
        },
        "catalog": _catalog(env),
        "privacy": _privacy(env),
        "ops": _ops(env),
    }
    _seal(env)
    sections: dict[str, type[Any]] = {
        "x": XSettings, "store": StoreSettings, "intake": IntakeSettings, "dialogue": DialogueSettings,
        "actions": ActionsSettings, "sending": SendingSettings,
        "departments": DepartmentsSettings, "gaps": GapsSettings, "sandbox": SandboxSettings,
        "catalog": CatalogSettings, "privacy": PrivacySettings, "ops": OpsSettings,
    }  # fmt: skip
    return Settings(**{name: kind(**read[name]) for name, kind in sections.items()})


def describe(settings: Settings) -> list[tuple[str, str, str]]:
    """Every setting as (variable, value or ``set``/``not set`` for a secret, sentence), in order."""
    rows = []
    for section in dataclasses.fields(settings):
        values = getattr(settings, section.name)
        for item in dataclasses.fields(values):
            value = getattr(values, item.name)
            if item.metadata["secret"]:
                value = "set" if value else "not set"
            rows.append((f"{PREFIX}{section.name}_{item.name}".upper(), str(value), item.metadata["doc"]))
    return rows


def catalog() -> CatalogSettings:
    """Only the catalogue's settings: importing one needs no account at X. Raises SettingsError."""
    env = _Environment(eager=False, prefix=PREFIX)
    read = _catalog(env)
    _seal(env)
    return CatalogSettings(**read)


def ops() -> OpsSettings:
    """Only where this process tells how it is. Raises SettingsError."""
    env = _Environment(eager=False, prefix=PREFIX)
    read = _ops(env)
    _seal(env)
    return OpsSettings(**read)


def _replicas(env: _Environment) -> int | None:
    clustered = "+cluster://" in env.str("STORE_REDIS_URL", "")
    return env.int("STORE_REPLICAS", 1 if clustered else 0, validate=validate.Range(min=0, max=5))


def _privacy(env: _Environment) -> dict[str, Any]:
    return {
        "key": env.str("PRIVACY_KEY", validate=validate.Length(min=SHORTEST_KEY)),
    }


def _ops(env: _Environment) -> dict[str, Any]:
    return {
        "host": env.str("OPS_HOST", "127.0.0.1"),
        "port": env.int("OPS_PORT", 0, validate=validate.Range(min=0, max=65535)),
        "log_level": env.str("OPS_LOG_LEVEL", "info", validate=validate.OneOf(["debug", "info", "warning", "error"])),
    }


def _catalog(env: _Environment) -> dict[str, Any]:
    days = validate.Regexp(r"^([0-9]+(-[0-9]+)?)?$", error="must be working days, such as 2 or 1-3")
    return {
        "dir": env.str("CATALOG_DIR", "var/catalog"),
        "cache": Path(env.str("CATALOG_CACHE", "var/cache/catalog")),
        "currency": env.str(
            "CATALOG_CURRENCY", "", validate=validate.Regexp(r"^([A-Z]{3})?$", error="must be a code such as GBP")
        ),
        "link_template": env.str("CATALOG_LINK_TEMPLATE", ""),
        "feed_rows": env.int("CATALOG_FEED_ROWS", 1_000_000, validate=validate.Range(min=1)),
        "country": env.str("CATALOG_COUNTRY", "GB", validate=validate.Regexp(r"^[A-Za-z]{2}$")),
        "subdivision": env.str("CATALOG_SUBDIVISION", "ENG"),
        "time_zone": env.str("CATALOG_TIME_ZONE", "Europe/London"),
        "cut_off": env.str("CATALOG_CUT_OFF", "14:00"),
        "handling": env.str("CATALOG_HANDLING", "", validate=days),
        "transit": env.str("CATALOG_TRANSIT", "", validate=days),
        "transit_abroad": env.str("CATALOG_TRANSIT_ABROAD", ""),
        "saturday_delivery": env.bool("CATALOG_SATURDAY_DELIVERY", False),
        "stock_max_age_days": env.int("CATALOG_STOCK_MAX_AGE_DAYS", 7, validate=validate.Range(min=0)),
        "steering": env.str("CATALOG_STEERING", ""),
        "explore": env.float("CATALOG_EXPLORE", 0.0, validate=validate.Range(0, 1)),
        "margin_weight": env.float("CATALOG_MARGIN_WEIGHT", 0.2, validate=validate.Range(0, 1)),
        "consented_sources": env.str("CATALOG_CONSENTED_SOURCES", "purchase"),
        "consent_file": env.str("CATALOG_CONSENT_FILE", ""),
        "pull_url": env.str("CATALOG_PULL_URL", ""),
        "pull_every_s": env.float("CATALOG_PULL_EVERY_S", 0.0, validate=validate.Range(min=0)),
        "pull_user": env.str("CATALOG_PULL_USER", ""),
        "pull_password": env.str("CATALOG_PULL_PASSWORD", ""),
        "pull_header": env.str("CATALOG_PULL_HEADER", ""),
        "pull_ports": env.str(
            "CATALOG_PULL_PORTS",
            "443",
            validate=validate.Regexp(r"^[0-9]{1,5}(,[0-9]{1,5})*$", error="must be ports, such as 443,8443"),
        ),
        "pull_max_mb": env.float("CATALOG_PULL_MAX_MB", 50.0, validate=validate.Range(min=0, min_inclusive=False)),
        "pull_timeout_s": env.float(
            "CATALOG_PULL_TIMEOUT_S", 60.0, validate=validate.Range(min=0, min_inclusive=False)
        ),
    }


def _seal(env: _Environment) -> None:
    """Tell of everything missing or wrong at once."""
    try:
        env.seal()
    except EnvError as error:
        wrong = getattr(error, "error_messages", {"": [str(error)]})
        lines = [f"  {name}: {' '.join(map(str, texts))}" for name, texts in sorted(wrong.items())]
        raise SettingsError(
            "\n".join(["These settings are missing or wrong (docs/settings.md explains each):", *lines])
        ) from error


def inherited() -> dict[str, str]:
    """This process's environment without giftbot's own variables: what the demo's children start from.

    Somebody's real account must never reach a demo.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
