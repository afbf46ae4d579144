"""Every key giftbot keeps in Redis, with its type, its lifetime and what it holds.

All keys of one partition share the hash tag ``{<prefix>:<n>}``, so a script over them also runs on a Redis
Cluster. The tables below are the ones of docs/store.md, held equal by a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zlib import crc32

from bot.model import MessageId, SendId, ShopperId

SEEN_FOR = timedelta(days=35)
"""Longer than the 30 days X can replay a signed body, so none can be both young enough and forgotten."""
TALK_FOR = timedelta(days=90)
RECORD_FOR = timedelta(days=3)
GRANT_FOR = timedelta(days=400)
"""From the last message or grant, where something is granted: a reminder may be asked for a year ahead."""
DEAD_FOR = timedelta(days=30)
LEDGER_FOR = timedelta(days=1095)
"""From the last entry of a shopper's consents: as long as a claim about an unwelcome message may come."""
BELL_FOR = timedelta(minutes=1)
WINDOW_FOR = timedelta(days=400)
"""As long as the window: two days at most for X's, a campaign's length for its budget."""
QUEUE_FOR = timedelta(days=2)
PAUSE_FOR = timedelta(days=35)
TOKENS_FOR = timedelta(days=200)
"""X's refresh tokens live about half a year."""
REPLAYS_FOR = timedelta(days=2)
MOST_INTERACTIONS = 100_000
"""Turns whose interactions wait in one partition while the ledger cannot be written; beyond, the oldest go."""


@dataclass(frozen=True, slots=True)
class KeyKind:
    """One kind of key: the name after the hash tag, Redis type, longest lifetime (None: until used up)."""

    name: str
    redis_type: str
    lifetime: timedelta | None
    holds: str


PARTITION_KINDS = (
    KeyKind("turns", "stream", None, "messages waiting for an answer; an entry goes when its turn commits"),
    KeyKind("dead", "stream", DEAD_FOR, "messages given up, or perhaps answered before a restore, with the reason"),
    KeyKind("lease", "string", None, "who owns the partition: fence and owner; goes when not renewed"),
    KeyKind("fence", "string", None, "how often the partition changed owner; a commit must name it"),
    KeyKind("seen:<message>", "string", SEEN_FOR, "the message passed the door"),
    KeyKind("done:<message>", "string", SEEN_FOR, "the message was answered or buried"),
    KeyKind("foreign:<message>", "string", SEEN_FOR, "an echo of what a person typed in X's app"),
    KeyKind("consent:<shopper>", "hash", GRANT_FOR, "what they allow, by which message; closed stays"),
    KeyKind("consents:<shopper>", "list", LEDGER_FOR, "ledger of all they granted and withdrew; many STOPs are folded"),
    KeyKind("hush:<name>", "string", None, "a shopper who said STOP and was forgotten, by a keyed hash: when (ms)"),
    KeyKind("gone:<name>", "string", SEEN_FOR, "a shopper who was forgotten, by a keyed hash: when (ms)"),
    KeyKind("forget", "hash", None, "shoppers who asked to be forgotten: when they wrote so and when it was read (ms)"),
    KeyKind("talk:<shopper>", "hash", TALK_FOR, "the tracker, and whether a person has the talk"),
    KeyKind("record:<message>", "string", RECORD_FOR, "what a turn understood and offered"),
    KeyKind("send:<send>", "hash", RECORD_FOR, "one outgoing message; begins to age when its state is final"),
    KeyKind("queue:<shopper>", "hash", None, "Sends not final yet: urgency, order, when due (ms), whether at X, mark"),
    KeyKind("due_looks", "zset", None, "shoppers with a Send that is sending or in doubt, by its revisit (ms)"),
    KeyKind("due_answers", "zset", None, "shoppers whose next answer may go, by the time (ms) it is due"),
    KeyKind("due_others", "zset", None, "shoppers with another message that may go, by the time (ms) it is due"),
    KeyKind("all", "zset", None, "Send and shopper, by creation (ms), while the Send's own record lives"),
    KeyKind("ended", "zset", None, "Send and shopper, by the time (ms) the Send's own record ends"),
    KeyKind("sent:<shopper>", "zset", SEEN_FOR, "X's ids of messages we sent, by time (ms)"),
    KeyKind("spent:<shopper>", "zset", SEEN_FOR, "what X has or may have of all departments, by time (ms)"),
    KeyKind("sends:<shopper>", "list", None, "of the release before: ids of Sends; taken over into `queue:`"),
    KeyKind("due", "zset", None, "of the release before: shoppers with a Send in `sends:`, by time (ms)"),
    KeyKind("handed:<shopper>", "zset", RECORD_FOR, "of the release before: fingerprints of texts handed to X"),
    KeyKind("interactions", "stream", None, "what shoppers did with what was shown, until the ledger has it"),
    KeyKind("spoilt", "stream", DEAD_FOR, "interactions nobody understands, kept from blocking the others"),
    KeyKind("restored", "string", SEEN_FOR, "from when to when (ms) X knows more than the restored backup"),
    KeyKind("tries:<message>", "set", RECORD_FOR, "tries at an answer that were begun and did not end"),
)  # fmt: skip
"""Keys ``{<prefix>:<n>}:<name>`` of each partition n."""

ACCOUNT_KINDS = (
    KeyKind("window:<name>", "zset", WINDOW_FOR, "calls in a sliding window of X's, a budget or a token, by time (ms)"),
    KeyKind("queue_since", "string", QUEUE_FOR, "since when (ms) answers wait because X's allowance is used up"),
    KeyKind("layout", "hash", None, "`partitions`: their number when the first process came; another one is refused"),
    KeyKind("paused", "hash", PAUSE_FOR, "until when X lets no Send go out, and why"),
    KeyKind("held", "hash", None, "whether people paused or drain sending, why and since when (ms)"),
    KeyKind("oauth2", "hash", TOKENS_FOR, "the OAuth 2.0 token pair, sealed, and its version"),
    KeyKind("oauth2_lease", "string", timedelta(minutes=1), "which process refreshes the token pair"),
    KeyKind("signs", "hash", None, "intake up, X delivered anew, challenged; since when it cannot; noted till (ms)"),
    KeyKind("gaps", "hash", None, "stretches of time in which messages may be missing, and how far fetching is"),
    KeyKind("replays", "hash", REPLAYS_FOR, "X's replay jobs that ended, and whether they delivered everything"),
    KeyKind("filler", "string", timedelta(minutes=10), "which process fetches what is missing"),
    KeyKind("workers", "hash", timedelta(days=1), "dialogue workers alive, what each may own and owns"),
    KeyKind("rewrite", "string", None, "since when (ms) Redis' files hold something that was deleted"),
    KeyKind("rewriting", "string", None, "the same, of the deletions a rewrite that has begun is for"),
    KeyKind("forgetter", "string", timedelta(minutes=1), "which process carries out requests to be forgotten"),
    KeyKind("bell", "list", BELL_FOR, "rung when a Send may be due; a hint, never the truth"),
)
"""Keys ``{<prefix>:account}:<name>`` of X's account."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Names of keys for one prefix and number of partitions."""

    prefix: str
    partitions: int

    def partition_of(self, shopper_id: ShopperId) -> int:
        """The partition that holds everything of this shopper; the same in every process and release."""
        return crc32(shopper_id.encode()) % self.partitions

    def of(self, partition: int, name: str) -> str:
        """The key ``name`` of one partition."""
        return f"{{{self.prefix}:{partition}}}:{name}"

    def account(self, name: str) -> str:
        """The key ``name`` of the account."""
        return f"{{{self.prefix}:account}}:{name}"

    def seen(self, partition: int, message_id: MessageId) -> str:
        """The mark of a message that passed the door."""
        return self.of(partition, f"seen:{message_id}")

    def done(self, partition: int, message_id: MessageId) -> str:
        """The mark of a message that was answered."""
        return self.of(partition, f"done:{message_id}")

    def record(self, partition: int, message_id: MessageId) -> str:
        """What the turn of a message came to."""
        return self.of(partition, f"record:{message_id}")

    def tries(self, partition: int, message_id: MessageId) -> str:
        """The tries at an answer to a message that did not end."""
        return self.of(partition, f"tries:{message_id}")

    def send(self, partition: int, send_id: SendId | str) -> str:
        """One outgoing message."""
        return self.of(partition, f"send:{send_id}")

    def shopper(self, name: str, shopper_id: ShopperId) -> str:
        """One of a shopper's own keys: consent, talk, queue, sent, spent and others."""
        return self.of(self.partition_of(shopper_id), f"{name}:{shopper_id}")


def seconds(lifetime: timedelta) -> int:
    """A lifetime as Redis takes it."""
    return int(lifetime.total_seconds())
