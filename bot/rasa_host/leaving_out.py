"""Leave out of a dialogue worker what Rasa imports and our model never calls: 120 MB of a process.

Rasa's core imports the clients of every channel, tracker store and broker it knows, and pandas and scikit-learn for
components that config.yml does not name. While Rasa is imported inert modules stand for them (`bot.rasa_host.standin`);
afterwards these are taken away, so that whoever else needs the real ones (the catalogue) gets them. Only a model whose
every component is known to need none of them is served so; any other gets the whole of Rasa.
"""

from __future__ import annotations

import importlib.machinery
import json
import sys
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.rasa_host.standin import Inert

LEFT_OUT = frozenset(
    # channels other than ours
    {"aiogram", "fbmessenger", "mattermostwrapper", "rocketchat_API", "slack_sdk", "twilio", "webexteamssdk"}
    | {"socketio", "engineio"}
    # stores and brokers other than ours
    | {"aio_pika", "aiormq", "boto3", "botocore", "bson", "gridfs", "pymongo", "s3transfer"}
    # pictures of measurements, the command line
    | {"matplotlib", "PIL", "prompt_toolkit", "questionary"}
    # components we do not use
    | {"pandas", "sklearn"}
)

KNOWN = (
    "nlu.components.",
    "rasa.core.policies.ensemble.",
    "rasa.core.policies.memoization.",
    "rasa.core.policies.rule_policy.",
    "rasa.graph_components.",
    "rasa.nlu.classifiers.fallback_classifier.",
    "rasa.nlu.classifiers.keyword_intent_classifier.",
    "rasa.nlu.classifiers.regex_message_handler.",
    "rasa.nlu.extractors.entity_synonyms.",
    "rasa.nlu.tokenizers.whitespace_tokenizer.",
)
"""Where components lie that need nothing of `LEFT_OUT`."""


class _Finder(Inert):
    def find_spec(self, fullname: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] in LEFT_OUT:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None


def needs_none_of_it(model: Path) -> bool:
    """Whether every component of a trained model is one of `KNOWN`; False where that cannot be read."""
    try:
        with tarfile.open(model) as archive:
            found = archive.extractfile("metadata.json")
            nodes = json.load(found)["predict_schema"]["nodes"] if found else {"": {"uses": ""}}
    except (OSError, EOFError, KeyError, ValueError, tarfile.TarError, zlib.error):
        return False
    return all(str(node["uses"]).startswith(KNOWN) for node in nodes.values())


@contextmanager
def left_out() -> Iterator[None]:
    """While the block runs, importing something of `LEFT_OUT` that is not there yet gives an inert module."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name, module in list(sys.modules.items()):
            if name.partition(".")[0] in LEFT_OUT and getattr(module, "__loader__", None) is finder:
                del sys.modules[name]
