"""A small shop, and one shopper's talk in it through rasa_sdk's own executor."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from actions.desk import Desk
from actions.server import InProcess
from nlu.reading import Reading

NOW = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)

PRODUCTS = """id,title,price,currency,availability,link
t1,Garden trowel,6.00,GBP,in_stock,https://shop.example/p/t1
t2,Garden gloves,8.00,GBP,in_stock,https://shop.example/p/t2
t3,Herb garden planter,14.00,GBP,in_stock,https://shop.example/p/t3
t4,Garden watering can,22.00,GBP,in_stock,https://shop.example/p/t4
t5,Garden bench cushion,27.00,GBP,in_stock,https://shop.example/p/t5
t6,Garden parasol,29.00,GBP,in_stock,https://shop.example/p/t6
c1,Vanilla candle,5.00,GBP,in_stock,https://shop.example/p/c1
c2,Rose candle,24.00,GBP,in_stock,https://shop.example/p/c2
m1,Blue mug,4.00,GBP,in_stock,https://shop.example/p/m1
k1,Cake tin,12.00,GBP,in_stock,https://shop.example/p/k1
"""


class Chat:
    """One shopper's talk: keeps the slots between actions as Rasa does."""

    def __init__(self, desk: Desk) -> None:
        self._actions = InProcess(desk)
        self._slots: dict[str, Any] = {}

    def kept(self, slot: str) -> Any:
        """What the talk remembers in a slot."""
        return self._slots[slot]

    async def says(
        self,
        action: str,
        intent: str,
        *,
        likely: tuple[str, ...] = (),
        also: tuple[str, ...] = (),
        message_id: str = "",
        **reading: Any,
    ) -> dict[str, Any]:
        """Run one action; answers the responses it named, and the suggestions."""
        entities = [
            {"entity": "reading", "value": Reading(**reading).to_json()},
            {"entity": "also", "value": list(also)},
        ]
        ranking = [{"name": name, "confidence": 0.2} for name in likely]
        message = {
            "message_id": message_id,
            "text": "",
            "intent": {"name": intent},
            "intent_ranking": ranking,
            "entities": entities,
        }
        tracker = {"sender_id": "42", "slots": self._slots, "latest_message": message, "events": []}
        result = await self._actions.run({"next_action": action, "tracker": tracker, "domain": {}})
        for event in result["events"]:
            self._slots[event["name"]] = event["value"]
        custom = [one["custom"] for one in result["responses"] if one["custom"]]
        return {
            "said": [one["response"] for one in result["responses"] if one["response"]],
            "suggestions": custom[-1].get("suggestions", []),
            "interactions": custom[-1].get("interactions", []),
            "brief": custom[-1]["brief"],
            "hand_over": custom[-1].get("hand_over", False),
            "values": result["responses"],
        }


async def gardening_for_mum(chat: Chat, **more: Any) -> dict[str, Any]:
    """The first ideas of most talks here."""
    return await chat.says("action_suggest", "ask_gift", recipient="mom", interests=("gardening",), **more)
