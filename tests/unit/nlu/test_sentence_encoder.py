"""The encoder as a Rasa component: a vector for every message, computed only where somebody looks at it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.rasa_host import prepare

prepare()

from rasa.engine.graph import ExecutionContext, GraphSchema  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.engine.storage.resource import Resource  # noqa: E402
from rasa.shared.nlu.constants import TEXT  # noqa: E402
from rasa.shared.nlu.training_data.message import Message  # noqa: E402
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: E402

from nlu.components.sentence_encoder import SentenceEncoder  # noqa: E402

TEXTS = ["gift for my mum", "something cheaper please", "\u200b"]
TRAINING = TrainingData([Message.build(text, intent="ask_gift") for text in TEXTS[:2]])


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> SentenceEncoder:
    """The component as a trained model brings it."""
    parts: tuple[Any, ...] = (LocalModelStorage(tmp_path_factory.mktemp("model")), Resource("encoder"))
    context = ExecutionContext(GraphSchema({}))
    config = SentenceEncoder.get_default_config()
    SentenceEncoder.create(config, *parts, context).train(TRAINING)
    return SentenceEncoder.load(config, *parts, context)


def test_a_vector_nobody_looks_at_is_not_computed(loaded: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    """It costs more than all other parts of understanding together."""
    asked: list[list[str]] = []
    original = loaded.vectors
    monkeypatch.setattr(loaded, "vectors", lambda texts: (asked.append(texts), original(texts))[1])
    message = Message({TEXT: TEXTS[0]})
    loaded.process([message])
    assert asked == []
    first = message.features[0].features
    assert message.features[0].features is first
    assert asked == [[TEXTS[0]]]  # and once at most


def test_rasa_sees_the_features_it_sees_of_any_featurizer(loaded: SentenceEncoder) -> None:
    """A component of Rasa's own, put behind the encoder, must find what training gave it."""
    trained = TrainingData([Message.build(text) for text in TEXTS])
    loaded.process_training_data(trained)
    for text, example in zip(TEXTS, trained.training_examples, strict=True):
        message = Message({TEXT: text})
        loaded.process([message])
        _, at_work = message.get_dense_features(TEXT)
        _, at_training = example.get_dense_features(TEXT)
        assert at_work is not None
        assert at_training is not None
        assert np.abs(at_work.features - at_training.features).max() < 1e-5
        assert (at_work.origin, at_work.type) == (at_training.origin, at_training.type)
        assert message.features[0].is_dense()


def test_a_message_without_a_letter_has_a_vector_of_nothing(loaded: SentenceEncoder) -> None:
    """It means nothing, so it must look like nothing else."""
    assert not loaded.vectors(["\u200b", " "]).any()
    assert loaded.vectors(["hi"]).any()


def test_what_is_usual_in_training_is_ready_at_load(loaded: SentenceEncoder) -> None:
    """The first shopper after a start waits no longer than the thousandth."""
    ready = set(loaded._encoder._row_of)
    loaded.vectors(TEXTS[:2])
    assert set(loaded._encoder._row_of) == ready


def test_a_changed_encoder_is_trained_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A classifier must not meet vectors it was not trained on."""
    before = SentenceEncoder.fingerprint_addon({})
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b"#" * (path.name == "text.py"))
    assert SentenceEncoder.fingerprint_addon({}) != before
