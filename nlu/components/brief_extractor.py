"""Rasa component: reads each message with the grammars and puts what it says among the entities."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timezone, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.findings import Findings, find
from nlu.intents.features import flags_of, shape_of
from nlu.intents.side_wishes import find_side_wishes
from nlu.reading import Reading, reading_of
from nlu.wish import money_to_json
from nlu.words.lexicon import FILES, Lexicon

SHAPE, FLAGS = "giftbot_shape", "giftbot_flags"
"""Keys under which the intent classifier finds its part in the message; they never leave the pipeline."""


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=True,
)
class BriefExtractor(GraphComponent, EntityExtractorMixin):
    """Entities of a gift request; training keeps the word lists in the model, so that a model is whole."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return where the word lists are, seen from where training runs, and where the shop is (ISO 3166, tz)."""
        return {"lookups": "data/lookups", "country": "GB", "time_zone": "Europe/London"}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, lexicon: Lexicon | None
    ) -> None:
        self._folder = Path(config["lookups"])
        self._country = str(config["country"])
        self._zone = ZoneInfo(str(config["time_zone"]))
        self._storage = storage
        self._resource = resource
        self._lexicon = lexicon

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> BriefExtractor:
        """Make the component for training."""
        return cls(config, model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> BriefExtractor:
        """Make the component from a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Lexicon.load(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa train anew when a word list or a grammar changed."""
        folder = Path(config.get("lookups", cls.get_default_config()["lookups"]))
        sources = sorted(Path(__file__).parent.parent.rglob("*.py"))
        digest = hashlib.sha256()
        for path in (*(folder / name for name in FILES), *sources):
            digest.update(path.read_bytes() if path.exists() else b"")
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the word lists in the model; the grammars need no training."""
        Lexicon.load(self._folder)  # a broken list must fail here, not in front of a shopper
        with self._storage.write_to(self._resource) as folder:
            for name in FILES:
                (folder / name).write_bytes((self._folder / name).read_bytes())
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give the intent classifier the shape of each example."""
        for message in training_data.training_examples:
            if message.get(TEXT):
                self._keep_shape(message, self._find(message))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message."""
        for message in messages:
            found = self._find(message)
            self._keep_shape(message, found)
            entities = self.add_extractor_name(list(entities_of(found, reading_of(found))))
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages

    def _find(self, message: Message) -> Findings:
        today = day_of(message, self._zone)
        country = country_of(message, self._country)
        return find(message.get(TEXT) or "", self._words, today=today, country=country)

    @property
    def _words(self) -> Lexicon:
        if self._lexicon is None:
            self._lexicon = Lexicon.load(self._folder)
        return self._lexicon

    @staticmethod
    def _keep_shape(message: Message, found: Findings) -> None:
        message.set(SHAPE, shape_of(found))
        message.set(FLAGS, flags_of(found))


SENT_AT = "sent_at"
"""Key of a message's metadata: when the shopper wrote it, ISO 8601 with its offset."""
COUNTRY = "country"
"""Key of a message's metadata: where it was written, ISO 3166; left out where the channel does not know."""


def country_of(message: Message, shop: str) -> str:
    """Return the country the channel gave with the message, else the shop's."""
    said = (message.get("metadata") or {}).get(COUNTRY)
    return said if isinstance(said, str) and said else shop


def day_of(message: Message, zone: tzinfo) -> date:
    """Return the day the message was written, where the shop is; today where the channel did not say."""
    said = (message.get("metadata") or {}).get(SENT_AT)
    try:
        written = datetime.fromisoformat(said) if isinstance(said, str) else datetime.now(timezone.utc)
    except ValueError:
        written = datetime.now(timezone.utc)
    return written.astimezone(zone).date()


def entities_of(found: Findings, reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield one entity for each fact, at its place, and the whole Reading as one more."""
    text_end = len(found.cleaned.text)
    who = found.recipient
    if reading.recipient:
        span = (who.start, who.end) if who and who.name == reading.recipient else (0, text_end)
        yield _entity(found, "recipient", reading.recipient, *span)
    if reading.recipient_age:
        span = (found.ages[0].start, found.ages[0].end) if found.ages else (0, text_end)
        yield _entity(found, "recipient_age", list(reading.recipient_age), *span)
    if reading.recipient_gender:
        yield _entity(found, "recipient_gender", reading.recipient_gender, 0, text_end)
    if found.occasions:
        yield _entity(found, "occasion", found.occasions[0].name, found.occasions[0].start, found.occasions[0].end)
    if reading.budget_min is not None or reading.budget_max is not None:
        money = {
            "min": money_to_json(reading.budget_min),
            "max": money_to_json(reading.budget_max),
            "currency": reading.currency,
        }
        span = (found.budget.start, found.budget.end) if found.budget else (0, text_end)
        yield _entity(found, "budget", money, *span)
    for like in found.interests:
        yield _entity(found, "interest", like.text, like.start, like.end)
    for unwanted in found.exclusions:
        yield _entity(found, "exclusion", unwanted.text, unwanted.start, unwanted.end)
    if found.position:
        yield _entity(found, "position", found.position.position, found.position.start, found.position.end)
    if also := find_side_wishes(found.cleaned.text):
        yield _entity(found, "also", list(also), 0, text_end)
    yield _entity(found, "reading", reading.to_json(), 0, text_end)


def _entity(found: Findings, kind: str, value: object, start: int, end: int) -> dict[str, Any]:
    first, last = found.cleaned.span_in_original(start, end)
    return {"entity": kind, "value": value, "start": first, "end": last}
