"""Settings out of the environment: read, checked, and told of all at once where one is missing or wrong."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path
from typing import Any

from environs import EnvError, FileAwareEnv
from marshmallow import validate

from bot.errors import SettingsError
from bot.pseudonyms import SHORTEST_KEY
from bot.settings.sections import (
    ActionsSettings,
    CatalogSettings,
    DepartmentsSettings,
    DialogueSettings,
    GapsSettings,
    IntakeSettings,
    OpsSettings,
    PrivacySettings,
    SandboxSettings,
    SendingSettings,
    Settings,
    StoreSettings,
    XSettings,
)

PREFIX = "GIFTBOT_"


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
            "check_every_s": env.float("GAPS_CHECK_EVERY_S", 300.0, validate=positive),
            "silent_after_min": env.float("GAPS_SILENT_AFTER_MIN", 60.0, validate=positive),
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
