"""Run by .stock-rasa's own Python, which has Rasa with TensorFlow and nothing of giftbot: trains once, then parses.

    python train_and_parse.py WORK CONFIG < requests > answers

WORK/examples.jsonl holds the training examples, ``{"text", "intent", "entities": [{entity, value, start, end}]}`` with
a value of null for words that stand for themselves. The model is kept as WORK/model.tar.gz and not trained again while
it is there. Every line of standard input is ``{"text"}``, every line of standard output
``{"intents", "entities", "ms", "cpu_ms"}``; all else goes to standard error.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
import time
import warnings
from pathlib import Path
from typing import Any

warnings.simplefilter("ignore")


def main(work: Path, config: Path) -> None:
    """Train where there is no model yet, then answer line by line until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with contextlib.redirect_stdout(sys.stderr):  # Rasa and TensorFlow print where they like
        model = work / "model.tar.gz"
        if not model.exists():
            train(work, config, model)
        from rasa.core.agent import Agent

        logging.disable(logging.WARNING)
        agent = Agent.load(str(model))
        loop = asyncio.new_event_loop()
        for text in ("hi", "a present for my mum") * 3:
            loop.run_until_complete(agent.parse_message(text))
        for line in sys.stdin:
            answers.write(json.dumps(parse(agent, loop, json.loads(line)["text"])) + "\n")
            answers.flush()


def parse(agent: Any, loop: asyncio.AbstractEventLoop, text: str) -> dict[str, Any]:
    """One message through the model, timed."""
    began, cpu = time.perf_counter(), time.process_time()
    said = loop.run_until_complete(agent.parse_message(text))
    ms, cpu_ms = (time.perf_counter() - began) * 1_000, (time.process_time() - cpu) * 1_000
    first, others = said["intent"].get("name"), [one["name"] for one in said.get("intent_ranking") or ()]
    entities = [{key: one.get(key) for key in ("entity", "value", "start", "end")} for one in said["entities"]]
    intents = list(dict.fromkeys(name for name in (first, *others) if name))
    return {"intents": intents, "entities": entities, "ms": ms, "cpu_ms": cpu_ms}


def train(work: Path, config: Path, model: Path) -> None:
    """Write the examples as Rasa's own training data and have Rasa train on them."""
    from rasa.model_training import train_nlu
    from rasa.shared.nlu.training_data.training_data import TrainingData

    examples = [json.loads(line) for line in (work / "examples.jsonl").read_text(encoding="utf-8").splitlines()]
    data = TrainingData([_example(one) for one in examples])
    (work / "nlu.yml").write_text(data.nlu_as_yaml(), encoding="utf-8")
    out = work / "new"
    made = train_nlu(config=str(config), nlu_data=str(work / "nlu.yml"), output=str(out))
    if made is None:
        raise SystemExit("Rasa trained no model; what it said stands above.")
    Path(made).replace(model)


def _example(one: dict[str, Any]) -> Any:
    """An example whose marks begin and end where Rasa's tokens do: others it would not learn from."""
    from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
    from rasa.shared.nlu.training_data.message import Message

    message = Message.build(one["text"], one["intent"])
    tokens = WhitespaceTokenizer(WhitespaceTokenizer.get_default_config()).tokenize(message, "text")
    marks: list[dict[str, Any]] = []
    for mark in one["entities"]:
        under = [token for token in tokens if token.start < mark["end"] and mark["start"] < token.end]
        if under and not any(under[0].start < other["end"] for other in marks):
            marks.append({**mark, "start": under[0].start, "end": under[-1].end})
    for mark in marks:
        if mark["value"] is None:
            mark["value"] = one["text"][mark["start"] : mark["end"]]
    return Message.build(one["text"], one["intent"], marks)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
