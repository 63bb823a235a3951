"""Checks bodies against a specification, and fields nobody named against a short list."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

import jsonschema_rs

from tests.oracle.sources import HERE, Schema, Specification, shape

DRAFT = "https://json-schema.org/draft/2020-12/schema"
DOCUMENT = "urn:discord"
REF = "#/components/schemas/"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


class UnknownOperation(LookupError):
    """The specification has no such operation, or no such answer to it."""


def _is_snowflake(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) < 2**64


def _is_nonce(text: str) -> bool:
    return len(text) <= 25


def _is_time(text: str) -> bool:
    try:
        return bool(RFC3339.fullmatch(text)) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


FORMATS = {"snowflake": _is_snowflake, "nonce": _is_nonce, "date-time": _is_time}


class Judge:
    def __init__(self, specification: Specification) -> None:
        self._schemas = {name: _bounded(one) for name, one in specification.schemas.items()}
        self._operations = specification.operations
        document = {"$schema": DRAFT, "components": {"schemas": _absolute(self._schemas)}}
        self._registry = jsonschema_rs.Registry([(DOCUMENT, document)])
        self._validators: dict[str, jsonschema_rs.Draft202012Validator] = {}

    def covers(self, method: str, path: str) -> bool:
        return (method.upper(), shape(path)) in self._operations

    def paths(self, method: str, length: int) -> list[str]:
        """Operations whose path has so many parts; the more literal ones first."""
        found = [
            path
            for known, path in self._operations
            if known == method and path.count("/") == length
        ]
        return sorted(found, key=lambda path: path.count("{"))

    def required(self, name: str) -> list[str]:
        """The fields an object may not lack."""
        fields: list[str] = self._schemas[name]["required"]
        return fields

    def check_response(self, method: str, path: str, status: int, body: Any) -> None:
        """The answer to an operation: its status must be foreseen and its body fit."""
        answers = self._operations.get((method.upper(), shape(path)))
        if answers is None:
            raise UnknownOperation(f"{method} {path}")
        if 400 <= status < 500:
            self.check_error(body)
            return
        assert str(status) in answers, f"{method} {path} never answers {status}"
        schema = answers[str(status)]
        if schema is None:
            assert body in (None, b"", ""), f"{method} {path} answers {status} without a body"
        else:
            self._check(schema, body, frozenset())

    def check_error(self, body: Any) -> None:
        obj = _decoded(body)
        limited = "retry_after" in obj
        self._check({"$ref": REF + ("RatelimitedResponse" if limited else "ErrorResponse")}, obj)
        assert type(obj["code"]) is int, f"the code of an answer is a number: {obj['code']!r}"
        for leaf in _leaves(obj.get("errors", {})):
            assert isinstance(leaf["code"], str), f"the code of a field is a word: {leaf}"

    def check_schema(self, name: str, obj: Any, also: frozenset[str] = frozenset()) -> None:
        assert name in self._schemas, f"the specification has no schema {name}"
        self._check({"$ref": REF + name}, obj, also)

    def _check(self, schema: Schema, body: Any, also: frozenset[str] = frozenset()) -> None:
        obj = _decoded(body)
        wrong = [
            f"{'/'.join(map(str, error.instance_path)) or 'the whole'}: {error.message[:300]}"
            for error in self._validator(schema).iter_errors(obj)
        ]
        unnamed = self.unnamed(schema, obj) - self._private_fields - also
        wrong += [f"{field}: a field nobody named" for field in sorted(unnamed)]
        assert not wrong, "\n".join([f"does not fit {json.dumps(schema)}", *wrong])

    def _validator(self, schema: Schema) -> jsonschema_rs.Draft202012Validator:
        key = json.dumps(schema, sort_keys=True)
        if key not in self._validators:
            self._validators[key] = jsonschema_rs.Draft202012Validator(
                _absolute(schema), formats=FORMATS, validate_formats=True, registry=self._registry
            )
        return self._validators[key]

    @cached_property
    def _private_fields(self) -> frozenset[str]:
        lines = (HERE / "private_fields.txt").read_text().splitlines()
        return frozenset(line.split()[0] for line in lines if line)

    def unnamed(self, schema: Schema, obj: Any, name: str = "?") -> set[str]:
        """Fields, as `Schema.field`, which no schema that fits the object names."""
        branches = list(self._branches(schema, obj, name))
        if isinstance(obj, list):
            items = [(one["items"], at) for one, at in branches if "items" in one]
            return set().union(*(self.unnamed(one, item, at) for one, at in items for item in obj))
        if not isinstance(obj, dict) or not any("properties" in one for one, _ in branches):
            return set()
        found: set[str] = set()
        for key, value in obj.items():
            homes = [
                (o["properties"][key], at) for o, at in branches if key in o.get("properties", {})
            ]
            found |= set().union(*(self.unnamed(home, value, at) for home, at in homes))
            if not homes:
                found.add(f"{branches[0][1]}.{key}")
        return found

    def _branches(self, schema: Schema, obj: Any, name: str) -> Iterator[tuple[Schema, str]]:
        """The plain schemas a schema stands for, without alternatives that do not fit."""
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            yield from self._branches(self._schemas[name], obj, name)
            return
        yield schema, name
        for part in schema.get("allOf", ()):
            yield from self._branches(part, obj, name)
        for part in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
            if self._validator(part).is_valid(obj):
                yield from self._branches(part, obj, name)


def _decoded(body: Any) -> Any:
    return json.loads(body) if isinstance(body, bytes) else body


def _leaves(tree: Any) -> Iterator[dict[str, Any]]:
    for key, value in tree.items():
        if key == "_errors":
            yield from value
        else:
            yield from _leaves(value)


def _absolute(schema: Any) -> Any:
    """With references that hold wherever the schema is used."""
    if isinstance(schema, list):
        return [_absolute(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: DOCUMENT + value if key == "$ref" else _absolute(value)
        for key, value in schema.items()
    }


def _bounded(schema: Any) -> Any:
    """With the range that the format int32 promises; JSON Schema does not look at it."""
    if isinstance(schema, list):
        return [_bounded(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    bounded = {key: _bounded(value) for key, value in schema.items()}
    if schema.get("format") == "int32":
        bounded = {"minimum": -(2**31), "maximum": 2**31 - 1, **bounded}
    return bounded
