"""Where in Redis something of a shopper can lie: every kind of key, and how theirs are told from others'.

A test holds this against `bot.store.access.keys`: a new kind of key must say here what it holds of whom.
"""

from __future__ import annotations

from types import MappingProxyType

OWN = MappingProxyType(
    {
        "consent:<shopper>": "what they allow, and when they last wrote",
        "consents:<shopper>": "ledger of what they granted and withdrew",
        "talk:<shopper>": "notes of the talk",
        "queue:<shopper>": "Sends waiting for them",
        "sends:<shopper>": "the same, of the release before",
        "sent:<shopper>": "X's ids of messages we sent them",
        "spent:<shopper>": "what was handed to X for them, without its text",
        "handed:<shopper>": "the same, of the release before",
    }
)
"""Keys with the shopper's id in their name."""

MEMBER = MappingProxyType(
    {
        "due": "when their next Send is due, of the release before",
        "due_looks": "when a Send of theirs is looked after",
        "due_answers": "when their next answer is due",
        "due_others": "when another Send of theirs is due",
        "all": "Sends made for them",
        "ended": "Sends that ended",
    }
)
"""Sorted sets in which a member is their id, or ends with it."""

FIELD = MappingProxyType({"forget": "that they asked to be forgotten, until it is done"})
"""Hashes with a field of their id."""

ENTRY = MappingProxyType(
    {
        "turns": "messages they wrote that wait for an answer",
        "dead": "messages they wrote that were given up",
        "interactions": "what they did with ideas, on its way to the ledger",
        "spoilt": "the same, not understood",
    }
)
"""Streams whose entries name them in the field ``shopper``."""

INSIDE = MappingProxyType(
    {
        "record:<message>": "what a turn of theirs understood and offered",
        "send:<send>": "a message made for them, with its text",
    }
)
"""Keys that name them inside; found by looking through a partition."""

NAMED = MappingProxyType(
    {
        "hush:<name>": "that they said STOP, under a keyed hash: kept, or STOP would be forgotten",
        "gone:<name>": "that they were forgotten, under a keyed hash: X's late reports bring nothing back",
    }
)
"""Keys under a keyed hash of their id: what outlives forgetting."""

NOBODY = MappingProxyType(
    {
        "lease": "which worker owns a partition",
        "fence": "how often that changed",
        "seen:<message>": "X's id of a message and when it came; so X's repeats stay unanswered",
        "done:<message>": "X's id of a message and that it was answered; no person",
        "foreign:<message>": "X's id of a message a colleague typed; no person",
        "tries:<message>": "X's id of a message and tries at it; no person",
        "restored": "a stretch of time",
        "window:<name>": "calls to X: random tokens, and Sends and marks of texts under keyed names",
        "layout": "the number of partitions",
        "paused": "until when X is not called",
        "held": "that people paused sending",
        "oauth2": "the account's own tokens, sealed",
        "oauth2_lease": "which process refreshes them",
        "signs": "when X last delivered",
        "gaps": "stretches of time",
        "replays": "X's replay jobs",
        "filler": "which process fetches what is missing",
        "workers": "which workers there are",
        "queue_since": "since when answers wait for X's allowance",
        "rewrite": "that Redis' files are to be written anew",
        "rewriting": "the same, of a rewrite that has begun",
        "forgetter": "which process forgets who asked for it",
        "bell": "that a Send may be due",
    }
)
"""Keys that hold nothing of a person."""


def places() -> dict[str, str]:
    """Every kind of key that holds something of a shopper, and what."""
    return {**OWN, **MEMBER, **FIELD, **ENTRY, **INSIDE}
