"""Reads the rules from the text of a file: strictly, every fault with line, rule, field and what to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from marshmallow import ValidationError

from bot.errors import GiftbotError
from bot.governance.rule_forms import FORMS
from bot.governance.rules import (
    Bulk,
    Campaign,
    Consent,
    Department,
    Expiry,
    For,
    Leeway,
    NewestAnswer,
    OpenedByShopper,
    QuietHours,
    Rule,
    Rules,
    TimeZone,
)
from bot.model import Purpose

MOST_BYTES = 1 << 20
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 3  # list, rule, list of values
_MUST_BIND: dict[type[For], tuple[frozenset[Purpose], str]] = {
    Expiry: (frozenset(Purpose), "what is never dropped arrives when nobody wants it any more"),
    Consent: (frozenset({Purpose.REMINDER, Purpose.MARKETING}), "X allows reminders and marketing only with consent"),
    Bulk: (frozenset({Purpose.SERVICE, Purpose.REMINDER, Purpose.MARKETING}), "X forbids bulk messages"),
    OpenedByShopper: (frozenset({Purpose.MARKETING}), "X allows messages only in talks the shopper opened"),
}
_ONCE_A_PURPOSE = (Expiry, QuietHours, OpenedByShopper)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one rule, and what to do."""

    line: int
    """From 1; 0 where it is the file as a whole."""
    rule: str
    field: str
    trouble: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.rule, self.field) if part)
        return f"{place}: {self.trouble}" if place else self.trouble


class RulesError(GiftbotError):
    """The rules cannot be used as they stand; every fault is named."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class _Written:
    name: str
    line: int
    fields: Mapping[str, Any]
    lines: Mapping[str, int]


def read_rules(text: str) -> Rules:
    """Read all rules.

    Raises:
        RulesError: naming every fault.
    """
    faults: list[Fault] = []
    read: list[tuple[_Written, Rule]] = []
    for written in _written(text, faults):
        rule = _rule(written, faults)
        if rule is not None:
            read.append((written, rule))
    if not faults:  # what is missing as a whole is only told where each rule is sound
        faults += [*_twice(read), *_missing([rule for _, rule in read])]
    if faults:
        raise RulesError(sorted(faults, key=lambda fault: fault.line))
    return Rules(tuple(rule for _, rule in read))


def _rule(written: _Written, faults: list[Fault]) -> Rule | None:
    kind = written.fields.get("rule")
    form = FORMS.get(kind) if isinstance(kind, str) else None
    if form is None:
        faults.append(Fault(written.line, written.name, "rule", f"must be one of {', '.join(FORMS)}"))
        return None
    fields = {name: value for name, value in written.fields.items() if name != "rule"}
    try:
        return form.makes(**form.schema().load(fields))  # type: ignore[no-any-return]
    except ValidationError as error:
        for field, said in sorted(_by_field(error).items()):
            place = written.lines.get(field, written.line)
            faults += [Fault(place, written.name, field, text) for text in _texts(said)]
        return None


def _by_field(error: ValidationError) -> dict[str, Any]:
    return error.messages if isinstance(error.messages, dict) else {"": error.messages}


def _texts(said: Any) -> Iterator[str]:
    """Marshmallow's messages of one field: a list, or those of each item of a list by its index."""
    if isinstance(said, dict):
        for each in said.values():
            yield from _texts(each)
    else:
        yield from (f"{text[0].lower()}{text[1:]}".rstrip(".") for text in dict.fromkeys(said))


def _twice(read: list[tuple[_Written, Rule]]) -> Iterator[Fault]:
    seen: dict[Any, str] = {}
    for written, rule in read:
        for key, what in _alone(rule):
            if key in seen:
                yield Fault(written.line, written.name, "", f"{what} is there already ({seen[key]}); keep one of them")
            seen.setdefault(key, rule.id)


def _alone(rule: Rule) -> Iterator[tuple[Any, str]]:
    """What there may be only one of, as a key and in words."""
    yield ("id", rule.id), f"a rule of the name {rule.id}"
    match rule:
        case TimeZone() | Leeway() | NewestAnswer():
            yield type(rule), "such a rule"
        case Department(department=name):
            yield (Department, name), f"a rule of the department {name}"
        case Campaign(campaign=name):
            yield (Campaign, name), f"a rule of the campaign {name}"
        case Expiry() | QuietHours() | OpenedByShopper():
            for purpose in sorted(rule.purposes):
                yield (type(rule), purpose), f"such a rule for {purpose.value}"


def _missing(rules: list[Rule]) -> Iterator[Fault]:
    names = {form.makes: name for name, form in FORMS.items()}
    if not any(isinstance(rule, TimeZone) for rule in rules):
        yield Fault(0, "", "", "a rule of the kind time_zone is missing: quiet hours need the account's zone")
    for kind, (purposes, why) in _MUST_BIND.items():
        bound = {purpose for rule in rules if isinstance(rule, kind) for purpose in rule.purposes}
        lacking = [purpose.value for purpose in Purpose if purpose in purposes - bound]
        if lacking:
            yield Fault(0, "", "", f"a rule of the kind {names[kind]} for {', '.join(lacking)} is missing: {why}")


def _written(text: str, faults: list[Fault]) -> Iterator[_Written]:
    """The rules as written: all text, with the lines they stand in; no guessed types (21:00 is no number)."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise RulesError([Fault(0, "", "", "larger than 1 MiB")])
    try:
        _refuse_traps(text)
        top = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        trouble = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise RulesError([Fault(mark.line + 1 if mark else 0, "", "", f"not YAML: {trouble}")]) from error
    if not isinstance(top, yaml.SequenceNode):
        raise RulesError([Fault(0, "", "", "not a list of rules; begin each with “- id: …”")])
    for number, node in enumerate(top.value, start=1):
        fields: dict[str, Any] = {}
        lines: dict[str, int] = {}
        name, line = f"rule {number}", node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            faults.append(Fault(line, name, "", "not a rule; write its fields as “name: value” lines"))
            continue
        name = next((str(value.value) for key, value in node.value if key.value == "id"), name)
        for key, value in node.value:
            field, lines[str(key.value)] = str(key.value), key.start_mark.line + 1
            if field in fields:
                faults.append(Fault(lines[field], name, field, "written twice; keep one of them"))
            fields[field] = _plain(value)
        yield _Written(name, line, fields, lines)


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else {}


def _refuse_traps(text: str) -> None:
    """Anchors could make a small file endless, depth could exhaust the reader."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if getattr(event, "anchor", None):
            raise RulesError([Fault(line, "", "", "anchors are not read; write the value out")])
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise RulesError([Fault(line, "", "", "nested too deeply")])
