"""What can be set, each with its sentence: one frozen section for each part of giftbot."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


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
        "This worker's name in leases. A restarted worker of the same name goes on at once. No two that run "
        "may share one (the earlier one takes another name and says so); empty: host and process."
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
    per_minute: int = _setting(
        "Requests one token may make in a minute at all processes together; further ones get 429."
    )


@dataclass(frozen=True, slots=True)
class GapsSettings:
    """What X may have failed to deliver: noticed and fetched by the watch role."""

    check_every_s: float = _setting(
        "Seconds between two checks of webhook and subscriptions at X; where nothing new came meanwhile, X is asked "
        "for a CRC too."
    )
    silent_after_min: float = _setting(
        "Minutes without a new delivery of X's after which that stretch is fetched; of a quiet night it costs nothing."
    )
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
