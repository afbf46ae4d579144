"""A worker leaves out what its model never calls, and nothing else."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from bot.rasa_host.leaving_out import KNOWN, needs_none_of_it

ROOT = Path(__file__).parents[2]

TURN = """
import asyncio, json, sys
from pathlib import Path
from bot.rasa_host import prepare
models = Path(sys.argv[1])
prepare(models)
from bot.dialogue.action_endpoints import LocalActions
from bot.dialogue.agent import GiftAgent
agent = asyncio.run(GiftAgent.load(models, LocalActions(None), kept_events=40))
said = asyncio.run(agent.understood("a present for my mum, about 30 pounds"))
there = [name for name in ("pandas", "sklearn", "pymongo", "aiogram") if name in sys.modules]
import pandas
print(json.dumps([said["intent"]["name"], there, list(pandas.DataFrame({"a": [1]}).shape)]))
"""


def model_of(folder: Path, *components: str) -> Path:
    """A model file that names these components, and nothing else."""
    told = json.dumps({"predict_schema": {"nodes": {name: {"uses": name} for name in components}}}).encode()
    path = folder / "model.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("metadata.json")
        member.size = len(told)
        archive.addfile(member, io.BytesIO(told))
    return path


def test_a_worker_understands_without_what_is_left_out_and_who_needs_it_gets_the_real_one(models: Path) -> None:
    """120 MB less in each worker, and the catalogue's pandas is pandas."""
    command = [sys.executable, "-W", "ignore", "-c", TURN, str(models)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout.splitlines()[-1]) == ["ask_gift", [], [1, 1]]


def test_a_model_with_another_component_gets_the_whole_of_rasa(tmp_path: Path) -> None:
    """A shop may put any of Rasa's components into config.yml."""
    own = [f"{place}Component" for place in KNOWN]
    assert needs_none_of_it(model_of(tmp_path, *own))
    classifier = "rasa.nlu.classifiers.logistic_regression_classifier.LogisticRegressionClassifier"
    assert not needs_none_of_it(model_of(tmp_path, *own, classifier))


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08broken"], ids=["empty", "text", "cut"])
def test_a_model_that_cannot_be_read_leaves_nothing_out(content: bytes, tmp_path: Path) -> None:
    """Loading it is what must tell of it."""
    path = tmp_path / "model.tar.gz"
    path.write_bytes(content)
    assert not needs_none_of_it(path)
    assert not needs_none_of_it(tmp_path / "none.tar.gz")
