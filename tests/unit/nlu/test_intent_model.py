"""The classifier: what was trained is what is loaded, as plain arrays, with honest confidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.findings import find
from nlu.intents.features import FLAGS, flags_of, grams_of_word, pairs_of, shape_of, words_of_shape
from nlu.intents.grams import Floats, Grams
from nlu.intents.model import Features, IntentModel, ranking
from nlu.intents.training import NEVER, Recipe, sure_from, train_intents
from nlu.words.lexicon import Lexicon

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
    return Features(shape_of(found), lambda: np.zeros(8, dtype=np.float32), flags_of(found))


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
    np.savez(tmp_path / "intent_model.npz", idf=np.array([print], dtype=object))
    with pytest.raises(ValueError, match="pickle"):
        IntentModel.load(tmp_path)


def test_training_twice_gives_the_same_model(model: IntentModel, lexicon: Lexicon) -> None:
    """Rasa's cache and every comparison rely on it."""
    pairs = [(features_of(text, lexicon), label) for label, texts in SAID.items() for text in texts]
    again = train_intents([one for one, _ in pairs], [label for _, label in pairs], Recipe(least_count=1))
    assert np.array_equal(again.light.weights, model.light.weights)
    assert np.array_equal(again.full.weights, model.full.weights)
    assert (again.full.temperature, again.sure) == (model.full.temperature, model.sure)


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


def test_the_sentence_vector_is_computed_only_where_the_light_head_is_unsure(
    model: IntentModel, lexicon: Lexicon
) -> None:
    """It costs more than everything else that is done with a message."""
    asked: list[str] = []

    def vector() -> Floats:
        asked.append("vector")
        return np.zeros(8, dtype=np.float32)

    features = replace(features_of("gift for my mum", lexicon), vector=vector)
    lightly = replace(model, sure=0.0).probabilities(features)
    assert asked == []
    fully = replace(model, sure=NEVER).probabilities(features)
    assert asked == ["vector"]
    between = replace(model, sure=float(lightly.max()))
    assert np.array_equal(between.probabilities(features), lightly)
    assert np.array_equal(replace(model, sure=float(lightly.max()) + 0.01).probabilities(features), fully)


def scores(choices: list[int], confidences: list[float]) -> Floats:
    """Log-probabilities over three labels, with the confidence given to the choice."""
    rows = np.log((1 - np.asarray(confidences)) / 2)[:, None].repeat(3, axis=1)
    rows[np.arange(len(choices)), choices] = np.log(confidences)
    return np.asarray(rows, dtype=np.float32)


def test_the_light_head_decides_from_where_it_agrees_often_enough() -> None:
    """Two heads that disagree the less the surer the light one is, as they do."""
    chance = np.random.default_rng(5)
    confidences = chance.uniform(0.5, 0.999, 4_000)
    full = (chance.random(4_000) < 2 * (1 - confidences) ** 1.5).astype(int).tolist()
    light = [0] * 4_000
    sure = sure_from(scores(light, confidences.tolist()), scores(full, [0.8] * 4_000), agreement=0.99)
    agreed = np.asarray(full) == 0
    assert agreed[confidences >= sure].mean() >= 0.985
    assert agreed[confidences >= sure - 0.1].mean() < 0.98  # no surer than need be


def test_a_light_head_that_is_no_guide_to_the_full_one_never_decides() -> None:
    """Confidence in what is not so must not save a sentence vector."""
    confidences = [0.5 + index / 2_000 for index in range(990)]
    full = [index % 2 for index in range(990)]
    assert sure_from(scores([0] * 990, confidences), scores(full, [0.8] * 990), agreement=0.995) == NEVER


def test_a_handful_of_messages_proves_nothing() -> None:
    """Twelve that agree are luck."""
    confidences = [0.5 + index / 30 for index in range(12)]
    assert sure_from(scores([0] * 12, confidences), scores([0] * 12, confidences), agreement=0.995) == NEVER


def naively_weighed(shape: str, grams: Grams) -> dict[str, float]:
    words = words_of_shape(shape)
    counts = Counter(gram for word in words for gram in grams_of_word(word))
    counts.update(pairs_of(words))
    weighed = {
        gram: (1 + np.log(counts[gram])) * float(idf)
        for gram, idf in zip(grams.known, grams.idf, strict=True)
        if gram in counts
    }
    norm = np.sqrt(sum(value**2 for value in weighed.values()))
    return {gram: value / norm for gram, value in weighed.items()}


WORDS = ["a", "gift", "gifts", "for", "my", "xrel", "xmoney", "?", "tea", "teapot", "unknown", "x" * 60]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_grams_weigh_as_counted_one_by_one(shape: str) -> None:
    """Remembering the columns of a word is for speed only."""
    grams = Grams.seen_in(["a gift for my xrel", "gifts for tea xmoney ?", "a teapot ?"], least_count=1)
    for _ in range(2):  # the second time from memory
        columns, values = grams.weigh(shape)
        found = {grams.known[column]: value for column, value in zip(columns, values, strict=True)}
        assert found == pytest.approx(naively_weighed(shape, grams), abs=1e-6)


@given(st.text(max_size=500))
def test_any_text_has_features(text: str) -> None:
    """No message may fall between the components."""
    columns, values = Grams.seen_in(["a gift"], least_count=1).weigh(text.lower())
    assert len(columns) == len(values)
    assert len(FLAGS) == 15
