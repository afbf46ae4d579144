"""The intent classifier at work: logistic regression over plain arrays; no pickle, no scikit-learn.

Two heads: the light one sees the text and the facts found, the full one the sentence vector too. Where the light one
is sure, the vector, which costs more than everything else, is not computed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlu.intents.grams import Floats, Grams

_ARRAYS, _WORDS = "intent_model.npz", "intent_model.json"


@dataclass(frozen=True, slots=True)
class Features:
    """One message as the classifier sees it: masked text, sentence vector (computed when called), yes-or-no flags."""

    shape: str
    vector: Callable[[], Floats]
    flags: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Weights of one classifier, a row for each feature and a column for each label; ``temperature`` softens it."""

    weights: Floats
    bias: Floats
    temperature: float

    def probabilities(self, scores: Floats) -> Floats:
        """Return the calibrated probability of each label."""
        tempered = scores / self.temperature
        exp = np.exp(tempered - tempered.max())
        return np.asarray(exp / exp.sum(), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class IntentModel:
    """Two trained heads. Rows of ``light``: grams, flags; of ``full``: grams, flags, sentence vector.

    ``sure`` is the confidence from which the light head decides alone; above 1 it never does.
    """

    labels: tuple[str, ...]
    grams: Grams
    light: Head
    full: Head
    sure: float
    vector_scale: float
    flag_scale: float

    def probabilities(self, features: Features) -> Floats:
        """Return the calibrated probability of each label, by the light head where it is sure."""
        columns, values = self.grams.weigh(features.shape)
        flags = np.asarray(features.flags, dtype=np.float32) * self.flag_scale
        known, upto = len(self.grams.known), len(self.grams.known) + len(flags)

        def scores_of(head: Head) -> Floats:
            scores = head.bias + values @ head.weights.take(columns, axis=0) + flags @ head.weights[known:upto]
            return np.asarray(scores, dtype=np.float32)

        lightly = self.light.probabilities(scores_of(self.light))
        if lightly.max() >= self.sure:
            return lightly
        vector = features.vector() * self.vector_scale
        return self.full.probabilities(scores_of(self.full) + vector @ self.full.weights[upto:])

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays and a JSON file."""
        np.savez_compressed(
            folder / _ARRAYS,
            idf=self.grams.idf,
            light_weights=self.light.weights,
            light_bias=self.light.bias,
            full_weights=self.full.weights,
            full_bias=self.full.bias,
        )
        words: dict[str, Any] = {
            "labels": self.labels,
            "grams": self.grams.known,
            "light_temperature": self.light.temperature,
            "full_temperature": self.full.temperature,
            "sure": self.sure,
            "vector_scale": self.vector_scale,
            "flag_scale": self.flag_scale,
        }
        (folder / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read what `save` wrote; arrays of numbers only, so that a model file cannot carry code."""
        words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            return cls(
                labels=tuple(words["labels"]),
                grams=Grams(tuple(words["grams"]), arrays["idf"]),
                light=Head(arrays["light_weights"], arrays["light_bias"], float(words["light_temperature"])),
                full=Head(arrays["full_weights"], arrays["full_bias"], float(words["full_temperature"])),
                sure=float(words["sure"]),
                vector_scale=float(words["vector_scale"]),
                flag_scale=float(words["flag_scale"]),
            )


def ranking(labels: Sequence[str], probabilities: Floats, length: int) -> list[dict[str, Any]]:
    """Return the likeliest labels first, in the form Rasa keeps them."""
    order = np.argsort(-probabilities, kind="stable")[:length]
    return [{"name": labels[index], "confidence": float(probabilities[index])} for index in order]
