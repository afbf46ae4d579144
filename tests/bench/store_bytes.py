"""How many bytes one shopper takes in Redis, by kind of key: what docs/scale.md counts with.

    python -m tests.bench.store_bytes [--shoppers 300] [--turns 6]

Whole turns through the store's own scripts: message, talk, record, answer, claim, settled. Each key is
asked with MEMORY USAGE; what expires at another time is told apart, so that a page can say what a day and a month cost.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
from collections import defaultdict
from typing import Any

from bot.model import ShopperId
from bot.settings import StoreSettings
from bot.store.access.keys import PARTITION_KINDS
from bot.store.connection import Store
from nlu.optout.wishes import OptWish
from tests.integration.redis_server import RedisServer
from tests.integration.store_talk import after, claim, end_turn, handed_out, message, own

ANSWER = "Here are three ideas for your mum: " + "a lovely thing, £24.99 https://shop.example/p/12345 " * 5


def talk(events: int) -> bytes:
    """A talk as the dialogue keeps it: slots of a brief, and so many events."""
    user = {
        "event": "user",
        "timestamp": 1790000000.123,
        "text": "",
        "parse_data": {"intent": {"name": "ask_gift", "confidence": 0.987}, "entities": []},
    }
    action = {
        "event": "action",
        "timestamp": 1790000000.456,
        "name": "action_suggest_gifts",
        "policy": "RulePolicy",
        "confidence": 1.0,
        "action_text": None,
        "hide_rule_turn": False,
    }
    slot = {"event": "slot", "timestamp": 1790000000.789, "name": "asked_for", "value": "budget"}
    brief = {
        "recipient": "mom",
        "age": 70,
        "budget": {"max": "30.00", "currency": "GBP"},
        "occasion": "birthday",
        "interests": ["gardening", "books"],
        "not": ["candles"],
        "by": "2026-12-01",
    }
    shown = [{"id": f"SKU-{n:06}", "title": "A product with a name of some length", "price": "24.99"} for n in range(9)]
    kept = [(user, action, slot, action)[n % 4] for n in range(events)]
    return json.dumps({"format": 1, "slots": {"brief": brief, "shown": shown}, "events": kept}).encode()


async def measure(shoppers: int, turns: int, events: int) -> tuple[dict[str, list[int]], int]:
    """Bytes of every key by kind, and how far all of Redis grew."""
    sizes: dict[str, list[int]] = defaultdict(list)
    with RedisServer("no") as server:
        settings = StoreSettings(redis_url=server.url, partitions=1, timeout_s=5.0, key_prefix="gb")
        async with Store(settings, "a-key-for-measuring-only-0123456789abcdef") as store:
            redis: Any = store._wire.commands
            await store.ping()
            before = int((await redis.info("memory"))["used_memory"])
            lease = await own(store, ShopperId("1"))
            for shopper in range(shoppers):
                id_ = ShopperId(str(1_500_000_000_000_000_000 + shopper))
                for turn in range(turns):
                    at = 60.0 * turn
                    inbound = message(turn, id_, sent=at, text="gift for my mum, she gardens, under £30, by Friday")
                    await store.door.accept(inbound, wish=OptWish.NONE, too_old=False, now=after(at))
                    queued = await handed_out(store, lease)
                    await end_turn(store, lease, queued, ANSWER, tracker=talk(events), at=at)
                    made = await claim(store, f"t{shopper}.{turn}", at=at, shopper_id=id_)
                    assert made is not None
                    await store.outbox.settle_sent(made, dm_event_id=f"{10**18 + shopper * 100 + turn}", now=after(at))
            grown = int((await redis.info("memory"))["used_memory"]) - before
            async for raw in redis.scan_iter(count=1000):
                name = raw.decode().split("}:", 1)[1]
                kinds = [k.name for k in PARTITION_KINDS if re.fullmatch(re.sub("<.*>", r"\\S+", k.name), name)]
                sizes[kinds[0] if kinds else name].append(int(await redis.memory_usage(raw, samples=0)))
    return sizes, grown


async def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shoppers", type=int, default=300)
    parser.add_argument("--turns", type=int, default=6)
    parser.add_argument("--events", type=int, default=40)
    asked = parser.parse_args()
    sizes, grown = await measure(asked.shoppers, asked.turns, asked.events)
    print(f"{asked.shoppers} shoppers, {asked.turns} turns each, talks of {len(talk(asked.events))} bytes")
    for kind, found in sorted(sizes.items(), key=lambda item: -sum(item[1])):
        each, a_shopper = sum(found) / len(found), sum(found) / asked.shoppers
        print(f"{kind:22} {len(found):6} keys  {each:8.0f} bytes each  {a_shopper:8.0f} bytes a shopper")
    print(f"all of Redis: {grown / asked.shoppers:.0f} bytes a shopper")


if __name__ == "__main__":
    asyncio.run(main())
