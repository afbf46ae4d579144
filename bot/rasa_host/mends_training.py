"""Hot spots of Rasa's training, mended without a change of behaviour (tests/integration/test_rasa_mends_training.py).

1. It strips every intent whenever examples are put together, and setting an intent makes the example forget its
   fingerprint, which is then computed anew, twenty times in one training. Here only what changes is set.
2. `rasa train` reads all examples for its validation and again for its training. Here what was read is kept as long
   as the files stay as they are.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_Stamp = tuple[str, int, int]
"""A file, when it was last changed (ns) and its size in bytes."""


def install() -> None:
    """Put the mends in place; `bot.rasa_host.mends` sees to it that it is done once."""
    from rasa.shared.importers import utils
    from rasa.shared.nlu.training_data.training_data import TrainingData

    TrainingData.sanitize_examples = staticmethod(sanitize_examples)
    utils.training_data_from_paths = _reading_once(utils.training_data_from_paths)


def sanitize_examples(examples: list[Any]) -> list[Any]:
    """Strip the intents and responses of training examples (Rasa's ``Message``), and drop what is there twice."""
    for example in examples:
        for key in ("intent", "response"):
            if (value := example.get(key)) and value != value.strip():
                example.set(key, value.strip())
    return list(dict.fromkeys(examples))


def _reading_once(read: Any) -> Any:
    @functools.lru_cache(maxsize=2)
    def unchanged(stamps: tuple[_Stamp, ...], language: str) -> Any:
        return read([path for path, _, _ in stamps], language)

    def training_data_from_paths(paths: Iterable[str], language: str) -> Any:
        data = unchanged(tuple(_stamp(path) for path in paths), language)
        return data.merge()  # a copy: who reads may change it

    return training_data_from_paths


def _stamp(path: str) -> _Stamp:
    about = Path(path).stat()
    return str(path), about.st_mtime_ns, about.st_size
