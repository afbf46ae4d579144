"""A trained model's reading of single messages: what Rasa makes of a text before any rule or action."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, time
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import yaml

from bot.errors import GiftbotError

WARM_UP = ("hi", "a birthday present for my mum, she loves gardening, £20 to £30", "something cheaper please") * 3


class Parsed(NamedTuple):
    """What Rasa said of one message, and how long it took: milliseconds of the clock and of the processor."""

    said: dict[str, Any]
    ms: float
    cpu_ms: float


def zone_of(config: Path) -> ZoneInfo:
    """The time zone config.yml says the shop is in; the pipeline's own default where it does not say."""
    from nlu.components.brief_extractor import BriefExtractor

    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    said: dict[str, Any] = next((one for one in pipeline if one["name"].endswith(".BriefExtractor")), {})
    return ZoneInfo(str({**BriefExtractor.get_default_config(), **said}["time_zone"]))


def training_examples(folder: Path) -> list[tuple[str, str]]:
    """Every training example as (text, intent), in the order of the files."""
    from rasa.shared.nlu.training_data.loading import load_data

    found = load_data(str(folder)).intent_examples
    return [(str(one.get("text")), str(one.get("intent"))) for one in found if one.get("text")]


class Understanding:
    """A model loaded for reading alone, one message at a time, as the dialogue worker has them read."""

    def __init__(self, model: Path, zone: ZoneInfo) -> None:
        """Load and warm up.

        Args:
            model: a model file, or a folder whose newest model is meant.
            zone: where the shop is; days given to `parse` are days there.

        Raises:
            GiftbotError: there is no model.
        """
        from rasa.core.agent import Agent
        from rasa.model import get_latest_model

        path = get_latest_model(str(model))
        if path is None:
            raise GiftbotError(f"There is no trained model in {model}: run `giftbot rasa train`.")
        self._agent = Agent.load(path)
        self._zone = zone
        self._loop = asyncio.new_event_loop()
        for text in WARM_UP:
            self.parse(text, written=date(2026, 1, 1), country=None)

    def parse(self, text: str, *, written: date, country: str | None) -> Parsed:
        """Have one message read as if a shopper wrote it at noon of that day; ``country`` where it is known."""
        from nlu.components.brief_extractor import COUNTRY, SENT_AT

        metadata = {SENT_AT: datetime.combine(written, time(12), tzinfo=self._zone).isoformat()}
        if country:
            metadata[COUNTRY] = country
        work = self._timed(text, metadata)
        return self._loop.run_until_complete(work)

    async def _timed(self, text: str, metadata: dict[str, str]) -> Parsed:
        began, cpu = perf_counter(), process_time()
        said = await self._agent.processor.parse_message(_message(text, metadata))
        return Parsed(said, (perf_counter() - began) * 1_000, (process_time() - cpu) * 1_000)

    def close(self) -> None:
        """Let go of the loop."""
        self._loop.close()


def _message(text: str, metadata: dict[str, str]) -> Any:
    from rasa.core.channels.channel import UserMessage

    return UserMessage(text, metadata=metadata)
