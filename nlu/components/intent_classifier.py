"""Rasa component: the intent of a message, by a light classifier with calibrated confidence."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.brief_extractor import FLAGS, SHAPE, BriefExtractor
from nlu.components.sentence_encoder import ORIGIN, SentenceEncoder
from nlu.intents.model import Features, IntentModel, ranking
from nlu.intents.sentence_vectors import SIZE
from nlu.intents.training import Recipe, train_intents


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LightIntentClassifier(GraphComponent, IntentClassifier):
    """Multinomial logistic regression over masked text and the facts found, and the sentence vector if need be."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Return what must stand before it in the pipeline."""
        return [BriefExtractor, SentenceEncoder]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the recipe chosen by cross-validation, and how many intents the ranking keeps."""
        recipe = Recipe()
        return {
            "c": recipe.c,
            "light_c": recipe.light_c,
            "agreement": recipe.agreement,
            "vector_scale": recipe.vector_scale,
            "flag_scale": recipe.flag_scale,
            "ranking_length": 4,
        }

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: IntentModel | None = None
    ) -> None:
        self._recipe = Recipe(
            c=float(config["c"]),
            light_c=float(config["light_c"]),
            agreement=float(config["agreement"]),
            vector_scale=float(config["vector_scale"]),
            flag_scale=float(config["flag_scale"]),
        )
        self._length = int(config["ranking_length"])
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LightIntentClassifier:
        """Make the component for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> LightIntentClassifier:
        """Make the component from a trained model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, IntentModel.load(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Make Rasa train anew when the recipe or the form of the model changed."""
        sources = sorted((Path(__file__).parent.parent / "intents").glob("*.py"))
        return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example that has an intent, and write the model."""
        examples = [one for one in training_data.intent_examples if one.get(INTENT) and one.get(TEXT)]
        features = [_features(one) for one in examples]
        self._model = train_intents(features, [one.get(INTENT) for one in examples], self._recipe)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and intent ranking of each message."""
        if self._model is None:
            return messages
        for message in messages:
            order = ranking(self._model.labels, self._model.probabilities(_features(message)), self._length)
            message.set(INTENT, order[0], add_to_output=True)
            message.set("intent_ranking", order, add_to_output=True)
        return messages


def _features(message: Message) -> Features:
    """Return what the components before left in the message; the vector is computed only where it is asked for."""

    def vector() -> npt.NDArray[np.float32]:
        dense = next((one.features for one in message.features if one.origin == ORIGIN), None)
        return np.zeros(SIZE, dtype=np.float32) if dense is None else np.asarray(dense, dtype=np.float32).ravel()

    return Features(message.get(SHAPE) or "", vector, tuple(message.get(FLAGS) or ()))
