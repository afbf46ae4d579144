"""The runner without Dask gives what Rasa's own gives: outputs, order of need, and errors."""

from __future__ import annotations

import ast
import logging
from pathlib import Path
from typing import Any, ClassVar

import pytest

from bot.rasa_host import prepare

prepare()

from rasa.core import processor  # noqa: E402
from rasa.engine.exceptions import GraphComponentException, GraphRunError  # noqa: E402
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode  # noqa: E402
from rasa.engine.runner.dask import DaskGraphRunner  # noqa: E402
from rasa.engine.runner.interface import GraphRunner  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.exceptions import RasaException  # noqa: E402

from bot.rasa_host.copies import CopiesForDebugLines  # noqa: E402
from bot.rasa_host.mends_runner import OrderedGraphRunner  # noqa: E402

ROOT = Path(__file__).parents[2]


class Part(GraphComponent):
    """A component of a graph made up for these tests: notes that it ran, and joins what it is given."""

    ran: ClassVar[list[str]] = []

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Part:
        return cls(config)

    def join(self, **given: Any) -> str:
        name = self._config["name"]
        Part.ran.append(name)
        if error := self._config.get("error"):
            raise error
        return f"{name}({', '.join(f'{key}={value}' for key, value in sorted(given.items()))})"


def node(name: str, *, target: bool = False, error: Exception | None = None, **needs: str) -> SchemaNode:
    config = {"name": name, "error": error}
    return SchemaNode(
        needs=needs, uses=Part, constructor_name="create", fn="join", config=config, eager=True, is_target=target
    )


def graph(**errors: Exception) -> GraphSchema:
    """Two ways from the message to the answer, and a node nobody needs; named so that no order by name is right."""
    return GraphSchema(
        {
            "answer": node("answer", target=True, one="words", other="facts", error=errors.get("answer")),
            "facts": node("facts", words="words", told="__message__"),
            "words": node("words", text="zero", error=errors.get("words")),
            "zero": node("zero", text="__message__"),
            "unneeded": node("unneeded", text="zero"),
        }
    )


def runner(kind: type[DaskGraphRunner], schema: GraphSchema, folder: Path) -> GraphRunner:
    return kind.create(schema, LocalModelStorage(folder), ExecutionContext(schema))


CALLS: list[tuple[dict[str, Any] | None, list[str] | None]] = [
    ({"__message__": "hi"}, None),
    ({"__message__": "hi"}, ["answer"]),
    ({"__message__": ["a", "list"]}, ["facts", "zero"]),
    ({"__message__": None, "__tracker__": 3}, ["unneeded", "answer"]),
    ({"__message__": "hi"}, ["__message__"]),
    ({"__message__": "hi", "words": "said"}, ["answer"]),
    ({"__message__": "hi"}, ["no such node"]),
    ({"__message__": "zero"}, ["answer"]),
    ({}, ["answer"]),
    (None, None),
]


def ends(kind: type[DaskGraphRunner], schema: GraphSchema, folder: Path, inputs: Any, targets: Any) -> Any:
    """What a run gives: the outputs, or the kind of its error and of the error behind it."""
    running = runner(kind, schema, folder)
    try:
        first = running.run(inputs, targets)
    except Exception as error:
        return type(error), type(error.__cause__)
    assert running.run(inputs, targets) == first  # the second time by the remembered order
    return first


@pytest.mark.parametrize(("inputs", "targets"), CALLS, ids=str)
def test_a_run_gives_what_rasas_runner_gives(inputs: Any, targets: Any, tmp_path: Path) -> None:
    """Outputs and refusals, over every way to ask."""
    ours = ends(OrderedGraphRunner, graph(), tmp_path / "ours", inputs, targets)
    assert ours == ends(DaskGraphRunner, graph(), tmp_path / "theirs", inputs, targets)


@pytest.mark.parametrize("error", [ValueError("broken"), RasaException("broken"), RuntimeError("broken")], ids=repr)
def test_an_error_in_a_node_comes_out_as_rasas_runner_lets_it_out(error: Exception, tmp_path: Path) -> None:
    """Who calls tells a broken component from a broken graph by it."""
    ours = ends(OrderedGraphRunner, graph(words=error), tmp_path / "ours", {"__message__": "hi"}, None)
    assert ours == ends(DaskGraphRunner, graph(words=error), tmp_path / "theirs", {"__message__": "hi"}, None)
    assert ours[0] is (RasaException if isinstance(error, RasaException) else GraphComponentException)


def test_each_node_runs_once_after_those_it_needs_and_unneeded_ones_do_not(tmp_path: Path) -> None:
    """Components change the message they are given."""
    Part.ran.clear()
    runner(OrderedGraphRunner, graph(), tmp_path).run({"__message__": "hi"}, ["answer"])
    assert Part.ran == ["zero", "words", "facts", "answer"]


def test_a_runtime_error_outside_the_nodes_is_a_broken_graph(tmp_path: Path) -> None:
    """As in Rasa's runner."""
    running = runner(OrderedGraphRunner, graph(), tmp_path)
    assert isinstance(running, OrderedGraphRunner)

    def fails(*_: Any) -> Any:
        raise RuntimeError("no more threads")

    running._steps[("answer",)] = [("answer", fails, ())]  # type: ignore[list-item]
    with pytest.raises(GraphRunError, match="Error running runner"):
        running.run({}, ["answer"])


def test_the_processor_loads_models_into_this_runner_and_training_keeps_its_own() -> None:
    """Training frees what it no longer needs; there Rasa's own scheduler is right."""
    from rasa import model_training

    assert processor.DaskGraphRunner is OrderedGraphRunner
    assert model_training.DaskGraphRunner is DaskGraphRunner


@pytest.mark.parametrize(
    ("domain", "empty"),
    [
        (Domain.empty(), True),
        (Domain.from_dict({"intents": ["greet"]}), False),
        (Domain.load(ROOT / "domain.yml"), False),
    ],
    ids=["empty", "one intent", "ours"],
)
def test_an_empty_domain_is_known_as_rasa_knows_it(domain: Domain, empty: bool) -> None:
    """Rasa warns of unknown intents only where there is a domain."""
    assert domain.is_empty() is empty
    assert (domain.as_dict() == Domain.empty().as_dict()) is empty


def test_debug_lines_show_what_was_understood_at_their_time(caplog: pytest.LogCaptureFixture) -> None:
    """A copy where somebody reads them; nothing copied where nobody does."""
    entities = [{"entity": "recipient"}]
    caplog.set_level(logging.INFO, logger="rasa")
    assert CopiesForDebugLines.deepcopy(entities) is entities
    caplog.set_level(logging.DEBUG, logger="rasa")
    copied = CopiesForDebugLines.deepcopy(entities)
    assert copied == entities
    assert copied[0] is not entities[0]


def test_the_processor_copies_for_debug_lines_only() -> None:
    """Any other use of ``copy`` there would get the thing itself instead of a copy."""
    tree = ast.parse(Path(processor.__file__).read_text(encoding="utf-8"))
    uses = {id(one) for one in ast.walk(tree) if isinstance(one, ast.Name) and one.id == "copy"}
    debug_lines = [
        one for one in ast.walk(tree) if isinstance(one, ast.Call) and ast.unparse(one.func) == "structlogger.debug"
    ]
    assert uses
    assert uses == {id(one) for line in debug_lines for one in ast.walk(line) if id(one) in uses}
