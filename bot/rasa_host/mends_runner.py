"""Rasa's prediction graph without Dask (tests/integration/test_rasa_mends_runner.py).

For every message, and again for every prediction of an action, Rasa rebuilds the graph, lets Dask sort it anew and
runs its eight nodes through a scheduler made for clusters: 1 ms. The graph never changes while a model is loaded, so
its order is found once for each set of targets. A node that is loaded and has no hooks is run without its debug lines.
Training keeps Rasa's own runner.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from rasa.engine.exceptions import GraphComponentException, GraphRunError
from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.graph import logger as node_logger
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.exceptions import InvalidConfigException, RasaException

logger = logging.getLogger(__name__)

Step = tuple[str, GraphNode, tuple[str, ...]]


class OrderedGraphRunner(DaskGraphRunner):
    """Runs the nodes one after the other, each after those it needs; results and errors are those of Rasa's runner."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._steps: dict[tuple[str, ...], list[Step]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Return the output of each target.

        Raises:
            GraphRunError: an input has the name of a node as its value, or a node ended in a RuntimeError.
        """
        wanted = targets or self._graph_schema.target_names
        steps = self._steps_to(tuple(wanted))
        outputs: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        self._refuse_names_as_values(inputs or {}, steps)
        if logger.isEnabledFor(logging.DEBUG):
            logger.debug("Running graph with inputs: %s, targets: %s.", inputs, targets)
        try:
            for name, node, needs in steps:
                if name not in outputs:  # an input may stand in for a node
                    outputs[name] = _output_of(node, needs, outputs)
        except RuntimeError as error:
            raise GraphRunError("Error running runner.") from error
        return dict(outputs[target] for target in wanted)

    def _steps_to(self, wanted: tuple[str, ...]) -> list[Step]:
        steps = self._steps.get(wanted)
        if steps is None:
            schema = self._graph_schema.minimal_graph_schema(list(wanted))
            steps = [
                (name, self._instantiated_nodes[name], tuple(schema.nodes[name].needs.values()))
                for name in _in_order(schema, wanted)
            ]
            self._steps[wanted] = steps
        return steps

    @staticmethod
    def _refuse_names_as_values(inputs: dict[str, Any], steps: Sequence[Step]) -> None:
        for value in inputs.values():
            if isinstance(value, str) and value in {name for name, _, _ in steps}:
                raise GraphRunError(
                    f"Input value '{value}' clashes with a node name. Make sure that none of the input names passed "
                    f"to the `run` method are the same as node names in the graph schema."
                )


def _output_of(node: GraphNode, needs: Sequence[str], outputs: dict[str, Any]) -> tuple[str, Any]:
    """What calling the node gives; without its asking around, where it is loaded, has no hooks and all it needs."""
    own = node.__dict__
    if not own.get("_eager") or own["_hooks"] or any(need not in outputs for need in needs) or _asked_to_tell():
        return node(*(outputs.get(need, need) for need in needs))  # type: ignore[no-any-return]
    name: str = own["_node_name"]
    given = {inlet: outputs[provider][1] for inlet, provider in own["_inputs"].items()}
    try:
        return name, own["_fn"](own["_component"], **given)
    except InvalidConfigException:
        raise
    except RasaException:
        node_logger.error(f"Error running graph component for node {name}.")
        raise
    except Exception as error:
        raise GraphComponentException(f"Error running graph component for node {name}.") from error


def _asked_to_tell() -> bool:
    return bool(node_logger.isEnabledFor(logging.DEBUG))


def _in_order(schema: GraphSchema, targets: Sequence[str]) -> list[str]:
    """Return the names of the nodes that lead to the targets, each after those it needs."""
    ordered: dict[str, None] = {}

    def visit(name: str) -> None:
        if name in schema.nodes and name not in ordered:
            for need in schema.nodes[name].needs.values():
                visit(need)
            ordered[name] = None

    for target in targets:
        visit(target)
    return list(ordered)
