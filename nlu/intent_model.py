"""The intent classifier at work: multinomial logistic regression over plain arrays, no pickle, no scikit-learn."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from nlu.intent_features import grams_of

Floats = npt.NDArray[np.float32]
_ARRAYS, _WORDS = "intent_model.npz", "intent_model.json"


@dataclass(frozen=True, slots=True)
class Features:
    """One message as the classifier sees it: masked text, sentence vector (may be empty), yes-or-no flags."""

    shape: str
    vector: Floats
    flags: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class IntentModel:
    """Weights of one trained classifier.

    ``weights`` has one row for each feature (known grams, then the sentence vector, then the flags) and one
    column for each of ``labels``.
    """

    labels: tuple[str, ...]
    gram_index: Mapping[str, int]
    idf: Floats
    weights: Floats
    bias: Floats
    temperature: float
    vector_scale: float
    flag_scale: float

    def probabilities(self, features: Features) -> Floats:
        """Return the calibrated probability of each label."""
        scores = self.scores(features) / self.temperature
        exp = np.exp(scores - scores.max())
        return np.asarray(exp / exp.sum(), dtype=np.float32)

    def scores(self, features: Features) -> Floats:
        """Return the uncalibrated log-odds of each label."""
        columns, values = weigh(features.shape, self.gram_index, self.idf)
        known = len(self.gram_index)
        scores = self.bias + values @ self.weights[columns] if len(columns) else self.bias
        if features.vector.size:
            scores = scores + (features.vector * self.vector_scale) @ self.weights[known : known + features.vector.size]
        flags = np.asarray(features.flags, dtype=np.float32) * self.flag_scale
        return np.asarray(scores + flags @ self.weights[len(self.weights) - len(flags) :], dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays and a JSON file."""
        np.savez_compressed(folder / _ARRAYS, idf=self.idf, weights=self.weights, bias=self.bias)
        words: dict[str, Any] = {
            "labels": self.labels,
            "grams": sorted(self.gram_index, key=lambda gram: self.gram_index[gram]),
            "temperature": self.temperature,
            "vector_scale": self.vector_scale,
            "flag_scale": self.flag_scale,
        }
        (folder / _WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read what `save` wrote; arrays of numbers only, so that a model file cannot carry code."""
        words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            idf, weights, bias = arrays["idf"], arrays["weights"], arrays["bias"]
        return cls(
            labels=tuple(words["labels"]),
            gram_index={gram: index for index, gram in enumerate(words["grams"])},
            idf=idf,
            weights=weights,
            bias=bias,
            temperature=float(words["temperature"]),
            vector_scale=float(words["vector_scale"]),
            flag_scale=float(words["flag_scale"]),
        )


def weigh(shape: str, gram_index: Mapping[str, int], idf: Floats) -> tuple[npt.NDArray[np.intp], Floats]:
    """Return the columns of the known grams of a text and their tf-idf weights, of length 1 together."""
    pairs = [(gram_index[gram], 1.0 + math.log(count)) for gram, count in grams_of(shape).items() if gram in gram_index]
    columns = np.fromiter((column for column, _ in pairs), dtype=np.intp, count=len(pairs))
    values = np.fromiter((value for _, value in pairs), dtype=np.float32, count=len(pairs)) * idf[columns]
    norm = float(np.sqrt(np.square(values).sum()))
    return columns, np.asarray(values / norm if norm else values, dtype=np.float32)


def ranking(labels: Sequence[str], probabilities: Floats, length: int) -> list[dict[str, Any]]:
    """Return the likeliest labels first, in the form Rasa keeps them."""
    order = np.argsort(-probabilities, kind="stable")[:length]
    return [{"name": labels[index], "confidence": float(probabilities[index])} for index in order]
