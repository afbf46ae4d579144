"""openapi.yml as what requests are held to: the document is the check, so the two cannot come apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, cast

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from bot.departments.problems import Problem

_MOST_TOLD = 20
_METHODS = ("get", "post", "delete")


def _whole_pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    # `$` of Python's own search would let a line end through
    if isinstance(instance, str) and not re.fullmatch(pattern, instance):
        yield ValidationError("does not match")


_Validator = extend(Draft202012Validator, {"pattern": _whole_pattern})  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: where it is, and what its parameters and its body must look like."""

    id: str
    method: str
    path: str
    open_to_all: bool
    parameters: Mapping[str, tuple[str, bool, Mapping[str, Any]]]
    """By name: where (path, query), whether it must be there, and its schema."""
    body: Mapping[str, Any] | None


class Document:
    """The interface as its document says it is."""

    def __init__(self) -> None:
        self.text = (files("bot.departments") / "openapi.yml").read_text("utf-8")
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._whole: dict[str, Any] = yaml.load(self.text, Loader=loader)  # noqa: S506 -- both are safe loaders
        self._validators: dict[int, Any] = {}
        self.operations = tuple(
            self._operation(path, method, item)
            for path, item in self._whole["paths"].items()
            for method in _METHODS
            if method in item
        )

    def read_parameters(
        self, operation: Operation, path: Mapping[str, str], query: Mapping[str, list[str]]
    ) -> dict[str, Any]:
        """The parameters as values, defaults put in.

        Raises:
            Problem: 400, naming each that does not fit.
        """
        errors = [(f"query/{name}", "is not known here") for name in query if name not in operation.parameters]
        values: dict[str, Any] = {}
        for name, (where, required, schema) in operation.parameters.items():
            written = [path[name]] if where == "path" else query.get(name, [])
            if len(written) > 1:
                errors.append((f"query/{name}", "is given more than once"))
            elif not written:
                if required:
                    errors.append((f"query/{name}", "is missing"))
                if "default" in schema:
                    values[name] = schema["default"]
            else:
                values[name] = _value(written[0], schema.get("type", "string"))
                errors += [(f"{where}/{name}", told) for _, told in self._faults(schema, values[name])]
        if errors:
            raise _invalid(errors)
        return values

    def check_body(self, operation: Operation, body: Any) -> None:
        """Raise Problem (400), naming every place that does not fit."""
        assert operation.body is not None
        errors = self._faults(operation.body, body)
        if errors:
            raise _invalid(errors)

    def _faults(self, schema: Mapping[str, Any], value: Any) -> list[tuple[str, str]]:
        validator = self._validators.get(id(schema))
        if validator is None:
            whole = {**schema, "components": self._whole["components"]}
            validator = self._validators[id(schema)] = _Validator(whole)
        found: list[tuple[str, str]] = []
        for error in validator.iter_errors(value):
            found += [("/".join(map(str, one.absolute_path)), _told(one)) for one in (error.context or [error])]
            if len(found) >= _MOST_TOLD:
                break
        return found

    def _operation(self, path: str, method: str, item: Mapping[str, Any]) -> Operation:
        said = item[method]
        parameters = [self._resolved(each) for each in (*item.get("parameters", ()), *said.get("parameters", ()))]
        body = said.get("requestBody")
        return Operation(
            said["operationId"],
            method,
            path,
            said.get("security") == [],
            {
                each["name"]: (each["in"], each.get("required", False), self._resolved(each["schema"]))
                for each in parameters
            },
            self._resolved(body["content"]["application/json"]["schema"]) if body else None,
        )

    def _resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in node:
            found: Any = self._whole
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            node = found
        return node


def _value(text: str, kind: str) -> Any:
    """A parameter's text as the kind its schema asks for; left as it is where it is none, for the schema to refuse."""
    if kind == "integer" and text.isascii() and text.removeprefix("-").isdigit() and len(text) < 20:
        return int(text)
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def _told(error: ValidationError) -> str:
    """What is wrong, without the value: it may be what a shopper is to read."""
    wanted: Any = error.validator_value
    schema: Any = error.schema
    match error.validator:
        case "required":
            missing = [name for name in wanted if name not in cast("dict[str, Any]", error.instance)]
            return f"{', '.join(missing)} missing"
        case "additionalProperties":
            return f"only {', '.join(schema.get('properties', {}))} are known here"
        case "type":
            return f"must be of the type {wanted}"
        case "enum":
            return f"must be one of {', '.join(map(str, wanted))}"
        case "pattern":
            return schema.get("description") or f"must look like {wanted}"
        case _:
            return f"does not fit: {error.validator} {wanted}"


def _invalid(errors: list[tuple[str, str]]) -> Problem:
    return Problem(400, "Mend what “errors” names and ask again; nothing was done.", errors=errors[:_MOST_TOLD])
