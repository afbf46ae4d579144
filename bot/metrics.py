"""Every counter and gauge giftbot exposes, with what it means. docs/metrics.md is held true by a test."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import Counter, Gauge, Histogram, Metric


class Told(Gauge):
    """A gauge without labels that a process exposes only once it has been told its value.

    Every role imports this module. A plain gauge would stand at 0 in those that never set it, and an alert on 0
    would ring for ever.
    """

    _told = False

    def set(self, value: float) -> None:
        """Set it; from now on it is exposed."""
        self._told = True
        super().set(value)

    def inc(self, amount: float = 1) -> None:
        """Add to it; from now on it is exposed."""
        self._told = True
        super().inc(amount)

    def dec(self, amount: float = 1) -> None:
        """Take from it; from now on it is exposed."""
        self._told = True
        super().dec(amount)

    def collect(self) -> Iterable[Metric]:
        """Its name and sentence always, its value once it is told."""
        for metric in super().collect():
            if not self._told:
                metric.samples = []
            yield metric


DELIVERIES = Counter(
    "giftbot_intake_deliveries_total", "Webhook deliveries, by HTTP status and reason.", ["status", "reason"]
)
EVENTS = Counter(
    "giftbot_intake_events_total",
    "Events in deliveries, by what became of them; unreadable_encrypted is X Chat we cannot read.",
    ["outcome"],
)
EVENTS.labels("access_revoked")  # at 0 from the start: Prometheus does not see a counter grow that begins at 1
UNKNOWN_TYPES = Counter("giftbot_intake_unknown_types_total", "Deliveries of an event type giftbot does not use.")
CONNECTIONS_CLOSED = Counter(
    "giftbot_intake_connections_closed_total",
    "Connections intake closed itself, by reason: slow_header, made_room, full, rested.",
    ["reason"],
)
PARTITIONS_AWAY = Told(
    "giftbot_store_partitions_away",
    "Partitions whose Redis Cluster node did not answer when all were last asked at once; 0 is good.",
)
STORE_MEMORY = Told(
    "giftbot_store_memory_ratio",
    "Memory in use of what Redis may use (maxmemory), 0 to 1, of its fullest node; 0 where no limit is set.",
)
STORE_SHORTFALLS = Gauge(
    "giftbot_store_shortfalls",
    "Redis nodes that do not keep what giftbot promises to keep, by fault as `giftbot check` tells it; 0 is good.",
    ["fault"],
)
TURNS = Counter("giftbot_turns_total", "Turns finished, by outcome.", ["outcome"])
TURN_SECONDS = Histogram(
    "giftbot_turn_seconds",
    "Seconds from reading a message to its commit.",
    buckets=(0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 20),
)
TURN_RETRIES = Counter("giftbot_turn_retries_total", "Turns that failed and are tried again, by reason.", ["reason"])
BURSTS = Counter("giftbot_bursts_total", "Turns made of several messages that came within seconds.")
TURNS_REDONE = Counter(
    "giftbot_turns_redone_total", "Turns thought again because a colleague, or a command, changed the talk meanwhile."
)
TALKS_PAUSED = Counter(
    "giftbot_talks_paused_total", "Talks paused because the bot answered too often in them: perhaps another bot writes."
)
TURNS_SET_ASIDE = Counter(
    "giftbot_turns_set_aside_total",
    "Messages this release cannot read (of a later one, or broken), by reason; they are with the dead ones.",
    ["reason"],
)
DEAD_LETTERS = Told("giftbot_dead_letters", "Messages given up or set aside, in all partitions; any is an alarm.")
OLDEST_TURN = Told(
    "giftbot_oldest_turn_seconds",
    "How long the message waits that waits longest for an answer, in all partitions; above 60 is an alarm.",
)
WORKERS = Told("giftbot_dialogue_workers", "Dialogue workers alive, as this one sees it.")
NAME_SHARED = Told(
    "giftbot_dialogue_name_shared",
    "1 since another running worker was found to have this one's GIFTBOT_DIALOGUE_NAME; it goes by another name now.",
)
PARTITIONS_OWNED = Told("giftbot_partitions_owned", "Partitions this worker owns.")
STALE_LEASES = Counter("giftbot_stale_leases_total", "Commits refused because another worker owns the partition.")
SENDS = Counter("giftbot_sends_total", "Changes of a Send's state, by new state and reason.", ["state", "reason"])
SEND_SECONDS = Histogram("giftbot_send_seconds", "Seconds one call to X took.")
OUTBOX_WAITING = Told("giftbot_outbox_waiting", "Shoppers with a Send waiting.")
OUTBOX_DUE = Gauge("giftbot_outbox_due", "Shoppers with a Send that is due, by lane: answers, others.", ["lane"])
OUTBOX_OLDEST_DUE = Gauge(
    "giftbot_outbox_oldest_due_seconds", "How long the longest waiting due Send has been due, by lane.", ["lane"]
)
OUTBOX_AT_X = Told("giftbot_outbox_at_x", "Shoppers with a Send that is being sent, or in doubt.")
OUTBOX_OLDEST_DOUBT = Told(
    "giftbot_outbox_oldest_doubt_seconds", "How long ago the first try was of the oldest Send X may or may not have."
)
SENDING_OUTCOMES = Counter(
    "giftbot_sending_outcomes_total",
    "What calls and looks at X came to, by purpose, outcome (took, giveup, again, looklater) and reason.",
    ["purpose", "outcome", "reason"],
)
QUEUE_WORDS = Counter("giftbot_queue_words_total", "Shoppers told how long their answer will take.")
QUOTA_LEFT = Gauge("giftbot_quota_left", "Calls there is room for, by sliding window.", ["window"])
BREAKER_OPEN = Told("giftbot_sending_breaker_open", "1 while X is left alone because it is ill.")
SENDING_PAUSED = Gauge(
    "giftbot_sending_paused_seconds", "Seconds until sending goes on, by the reason X gave for the pause.", ["reason"]
)
CLOCK_OFF = Told(
    "giftbot_clock_off_seconds",
    "How far this machine's clock is ahead of Redis'. Senders go by Redis'; the others by their own.",
)
PICTURES = Counter(
    "giftbot_pictures_total",
    "Pictures wanted for an answer, by outcome: made, no_photo, too_slow, not_uploaded, refused (by X, with its text). "
    "Without one the text goes.",
    ["outcome"],
)
QUOTA_WAITS = Counter(
    "giftbot_quota_waits_total", "Times a window had no room: X's allowance, a budget, a token's requests.", ["window"]
)
HANDOVERS = Counter("giftbot_handovers_total", "Talks a shopper asked a person to take over.")
INTERACTIONS_NOT_KEPT = Counter(
    "giftbot_interactions_not_kept_total", "Times the interactions ledger could not be written; they wait in Redis."
)
FORGOTTEN = Counter("giftbot_forgotten_total", "Shoppers who asked in the chat to be forgotten, and are.")
FORGET_OLDEST = Told(
    "giftbot_forget_oldest_seconds",
    "How long ago the oldest request in the chat to be forgotten was read that is not wholly carried out; 0 without "
    "one, or where another process does the work.",
)
FORGET_FAILURES = Counter(
    "giftbot_forget_failures_total",
    "Requests to be forgotten that could not be carried out when looked at, by reason: not_done (an error; tried "
    "again), unreadable, files_refused (Redis does not write its append-only file anew when asked).",
    ["reason"],
)
for _reason in ("not_done", "unreadable", "files_refused"):
    FORGET_FAILURES.labels(_reason)
INTERACTIONS_SET_ASIDE = Counter(
    "giftbot_interactions_set_aside_total", "Turns whose interactions cannot be understood; they are kept in Redis."
)
PULLS = Counter(
    "giftbot_pulls_total", "Scheduled pulls of the feed, by outcome: published, unchanged, failed.", ["outcome"]
)
LAST_GOOD_PULL = Told(
    "giftbot_last_good_pull_timestamp_seconds",
    "When a scheduled pull last found or published what the shop says, in seconds since 1970; none before the first.",
)
TOKEN_REFRESHES = Counter(
    "giftbot_x_token_refreshes_total",
    "Refreshes of the OAuth 2.0 user token, by outcome: refreshed, token_refused (the account must be given anew), "
    "token_unclear, token_unreachable.",
    ["outcome"],
)
for _outcome in ("refreshed", "token_refused"):
    TOKEN_REFRESHES.labels(_outcome)  # at 0 from the start: Prometheus does not see a counter grow that begins at 1
WEBHOOK_VALID = Told(
    "giftbot_webhook_valid",
    "1 while X calls our webhook valid, 0 where it does not or has none, -1 where it did not tell.",
)
LAST_CRC = Told(
    "giftbot_last_crc_timestamp_seconds",
    "When X last checked the webhook, in seconds since 1970: here, or as `watch` sees it at every intake.",
)
LAST_EVENT = Told(
    "giftbot_last_event_timestamp_seconds",
    "When X last delivered something, in seconds since 1970: here, or as `watch` sees it at every intake.",
)
SUBSCRIPTIONS_MISSING = Told(
    "giftbot_subscriptions_missing",
    "Of the kinds of events giftbot needs, those X does not deliver to our webhook; -1 where it did not tell.",
)
WEBHOOK_CHECKS = Counter(
    "giftbot_webhook_checks_total",
    "Checks of the webhook at X, by what they found: valid, revalidated, invalid, missing, unknown.",
    ["found"],
)
GAPS_OPEN = Told("giftbot_gaps_open", "Stretches of time in which messages may have been missed, not yet fetched.")
GAPS = Counter(
    "giftbot_gaps_total", "Gaps closed, by outcome: replayed, read_back, read_in_part, not_read.", ["outcome"]
)
for _outcome in ("replayed", "read_back", "read_in_part", "not_read"):
    GAPS.labels(_outcome)
GAP_MESSAGES = Counter(
    "giftbot_gap_messages_total",
    "Messages found while a gap was read back, by kind: message, echo (what left our account), other.",
    ["kind"],
)
MESSAGES_READ_BACK = Counter("giftbot_messages_read_back_total", "Messages read to fill gaps; X bills a cent for each.")
RULES_SOUND = Told(
    "giftbot_sending_rules_sound",
    "1 while the file of sending rules is the one in force; 0 where it has a fault and older rules stay in force.",
)
TOKENS_SOUND = Told(
    "giftbot_department_tokens_sound",
    "1 while the file of departments' tokens is the one in force; 0 where it has a fault and older tokens stay good, "
    "or where it is gone and none is.",
)
DEPARTMENT_REQUESTS = Counter(
    "giftbot_department_requests_total",
    "Requests at the departments' interface, by route and HTTP status.",
    ["route", "status"],
)
DEPARTMENT_VERDICTS = Counter(
    "giftbot_department_verdicts_total",
    "Messages departments proposed, by the governor's answer at the door (go, wait, never) and its reason.",
    ["may", "reason"],
)
