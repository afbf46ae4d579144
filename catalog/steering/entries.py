"""The entries of a steering file as written: all text, with the lines they stand in; no guessed types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

MOST_BYTES = 1 << 20
MOST_ENTRIES = 1000
_DEEPEST = 4
"""list, entry, field, list of values"""

Written: TypeAlias = "str | tuple[str, ...] | Mapping[str, str | tuple[str, ...]]"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one entry, and what to do."""

    entry: str
    """Its id, or its number from 1 ("entry 3"); empty where it is the file as a whole."""
    line: int
    """From 1; 0 where no line can be named."""
    field: str
    value: str
    rule: str
    hint: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.entry, self.field) if part)
        return f"{place}: {self.rule}{f' ({self.value!r})' if self.value else ''}; {self.hint}"


class SteeringError(ValueError):
    """A steering file cannot be used as it stands; every fault is named. What was in force stays so."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written."""

    number: int
    line: int
    fields: Mapping[str, Written]
    lines: Mapping[str, int]
    """Line of each field."""
    until_at: tuple[int, int]
    """Where in the text the value of ``until`` stands, from and to; (0, 0) where there is none."""

    @property
    def name(self) -> str:
        """What to call it in a message."""
        own = self.fields.get("id")
        return own if isinstance(own, str) and own else f"entry {self.number}"


def read_entries(text: str) -> list[Entry]:
    """Read a steering file; an empty one has no entries. Raises SteeringError."""
    import yaml  # here, not above: without a steering file nobody needs it

    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:  # half a character, out of a terminal
        raise _whole_file("not UTF-8", "save the file as UTF-8") from error
    if size > MOST_BYTES:
        raise _whole_file("larger than 1 MiB", "end what is over and keep this file to what is planned")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_traps(yaml.parse(text, Loader=loader), yaml.events)
        top = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise SteeringError(
            [
                Fault(
                    "",
                    mark.line + 1 if mark else 0,
                    "",
                    "",
                    f"not YAML: {problem}",
                    "see docs/steering.md for the form",
                )
            ]
        ) from error
    if top is None:
        return []
    if not isinstance(top, yaml.SequenceNode):
        raise _whole_file("not a list", "begin every entry with “- id: …”")
    if len(top.value) > MOST_ENTRIES:
        raise _whole_file(f"more than {MOST_ENTRIES} entries", "take out what is over")
    faults: list[Fault] = []
    entries = [_entry(node, number, faults, yaml) for number, node in enumerate(top.value, start=1)]
    if faults:
        raise SteeringError(faults)
    return entries


def _entry(node: Any, number: int, faults: list[Fault], yaml: Any) -> Entry:
    line = node.start_mark.line + 1
    fields: dict[str, Written] = {}
    lines: dict[str, int] = {}
    until_at = (0, 0)
    name = f"entry {number}"
    if not isinstance(node, yaml.MappingNode):
        faults.append(Fault(name, line, "", "", "not an entry", "write its fields as “name: value” lines"))
        return Entry(number, line, fields, lines, until_at)
    for key, value in node.value:
        field, here = str(key.value), key.start_mark.line + 1
        if field in fields:
            faults.append(Fault(name, here, field, "", "written twice", "keep one of them"))
        lines[field] = here
        if field == "until":
            until_at = (value.start_mark.index, value.end_mark.index)
        try:
            fields[field] = _plain(value, yaml)
        except TypeError:
            faults.append(Fault(name, here, field, "", "nested too deeply", "see docs/steering.md for the form"))
    return Entry(number, line, fields, lines, until_at)


def _plain(node: Any, yaml: Any) -> Written:
    if isinstance(node, yaml.MappingNode):
        return {_text(key, yaml): _text_or_texts(value, yaml) for key, value in node.value}
    return _text_or_texts(node, yaml)


def _text_or_texts(node: Any, yaml: Any) -> str | tuple[str, ...]:
    if isinstance(node, yaml.SequenceNode):
        return tuple(_text(each, yaml) for each in node.value)
    return _text(node, yaml)


def _text(node: Any, yaml: Any) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise TypeError
    return str(node.value).strip()


def _refuse_traps(events: Any, kinds: Any) -> None:
    """Anchors could make a small file endless, depth could exhaust the reader."""
    depth = 0
    for event in events:
        line = event.start_mark.line + 1
        if getattr(event, "anchor", None):
            raise SteeringError([Fault("", line, "", event.anchor, "anchors are not read", "write the value out")])
        depth += isinstance(event, kinds.CollectionStartEvent) - isinstance(event, kinds.CollectionEndEvent)
        if depth > _DEEPEST:
            raise SteeringError([Fault("", line, "", "", "nested too deeply", "see docs/steering.md for the form")])


def _whole_file(rule: str, hint: str) -> SteeringError:
    return SteeringError([Fault("", 0, "", "", rule, hint)])
