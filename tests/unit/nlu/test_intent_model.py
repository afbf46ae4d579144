"""The classifier: what was trained is what is loaded, as plain arrays, with honest confidence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.findings import find
from nlu.intent_features import FLAGS, flags_of, grams_of, shape_of
from nlu.intent_model import Features, IntentModel, ranking
from nlu.intent_training import Recipe, train_intents
from nlu.lexicon import Lexicon

SAID = {
    "cheaper": ["something cheaper", "too expensive", "cheaper please", "anything cheaper", "less expensive"],
    "thanks": ["thanks", "thank you so much", "thanks a lot", "thank you", "many thanks"],
    "ask_gift": [
        "gift for my mum",
        "present for my dad",
        "birthday gift for my sister",
        "a present please",
        "gift ideas",
    ],
}


def features_of(text: str, lexicon: Lexicon) -> Features:
    found = find(text, lexicon, today=date(2026, 11, 22))
    return Features(shape_of(found), np.zeros(8, dtype=np.float32), flags_of(found))


@pytest.fixture(scope="module")
def model(lexicon: Lexicon) -> IntentModel:
    pairs = [(features_of(text, lexicon), label) for label, texts in SAID.items() for text in texts]
    return train_intents([one for one, _ in pairs], [label for _, label in pairs], Recipe(least_count=1))


@pytest.mark.parametrize(
    ("text", "intent"), [("cheaper?", "cheaper"), ("thanks!", "thanks"), ("gift for my brother", "ask_gift")]
)
def test_words_it_learned_lead_to_their_intent(text: str, intent: str, model: IntentModel, lexicon: Lexicon) -> None:
    """The least a classifier owes."""
    probabilities = model.probabilities(features_of(text, lexicon))
    assert ranking(model.labels, probabilities, 3)[0]["name"] == intent
    assert probabilities.sum() == pytest.approx(1.0, abs=1e-5)


def test_a_loaded_model_says_exactly_what_the_trained_one_said(
    model: IntentModel, lexicon: Lexicon, tmp_path: Path
) -> None:
    """Training and serving are different processes."""
    model.save(tmp_path)
    loaded = IntentModel.load(tmp_path)
    features = features_of("a cheaper gift, thanks", lexicon)
    assert np.array_equal(loaded.probabilities(features), model.probabilities(features))


def test_a_model_file_cannot_carry_code(model: IntentModel, tmp_path: Path) -> None:
    """Models are read with pickle forbidden."""
    model.save(tmp_path)
    np.savez(tmp_path / "intent_model.npz", idf=np.array([print], dtype=object), weights=np.zeros(1), bias=np.zeros(1))
    with pytest.raises(ValueError, match="pickle"):
        IntentModel.load(tmp_path)


def test_training_twice_gives_the_same_model(model: IntentModel, lexicon: Lexicon) -> None:
    """Rasa's cache and every comparison rely on it."""
    pairs = [(features_of(text, lexicon), label) for label, texts in SAID.items() for text in texts]
    again = train_intents([one for one, _ in pairs], [label for _, label in pairs], Recipe(least_count=1))
    assert np.array_equal(again.weights, model.weights)
    assert again.temperature == model.temperature


def test_one_intent_alone_is_refused(lexicon: Lexicon) -> None:
    """There is nothing to tell apart."""
    with pytest.raises(ValueError, match="two intents"):
        train_intents([features_of("hi", lexicon)], ["greet"], Recipe())


def test_facts_are_masked_so_that_any_of_their_kind_is_alike(lexicon: Lexicon) -> None:
    """What was learned with mum and £20 holds for uncle and €70."""
    one, other = (
        shape_of(find(text, lexicon, today=date(2026, 11, 22)))
        for text in ("gift for my mum, under £20", "gift for my uncle, under €70")
    )
    assert one == other


@given(st.text(max_size=500))
def test_any_text_has_features(text: str) -> None:
    """No message may fall between the components."""
    grams_of(text.lower())
    assert len(FLAGS) == 15
