"""How a verb wants to be called, read once from its signature; wrong declarations do not start."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import Any, Final, get_args, get_type_hints
from urllib.parse import unquote

import msgspec

from rift.core.actor import Actor, Guest
from rift.doors.http.bodies import Body, Fields, refuse_nul
from rift.doors.http.endpoints import MULTIPART, Endpoint
from rift.doors.http.messages import Request
from rift.errors import InvalidForm
from rift.snowflake import Snowflake, parse

_PARAMETER: Final = re.compile(r"\{(\w+)\}")
_MAJOR: Final = ("channel_id", "guild_id", "server_id", "webhook_id")
_MAJOR_SECRET: Final = ("webhook_token", "token")
_PROVIDED: Final = ("unit", "actor", "query", "body", "request", "visit", "files")

_REST: Final = ("query", "body", "request", "visit", "files")

ParseId = Callable[[str], Snowflake | None]
Reader = Callable[[str, str], str]


class WrongEndpoint(Exception):
    """A declaration that cannot be served; the program does not start with it."""


class Identity(Enum):
    """Whom a verb wants to know as its actor."""

    NOBODY = "nobody"
    GUEST = "guest"
    ACTOR = "actor"
    EITHER = "either"


class Plan:
    """Everything the handler must know of one endpoint, worked out at start-up."""

    __slots__ = (
        "_parse_id",
        "body",
        "body_type",
        "endpoint",
        "identity",
        "major",
        "parameters",
        "path_types",
        "query",
        "query_type",
        "reads",
        "returns",
        "takes_actor",
        "takes_forms",
        "wants_actor",
        "wants_request",
        "wants_rest",
        "wants_unit",
        "wants_visit",
    )

    def __init__(self, endpoint: Endpoint, parse_id: ParseId = parse) -> None:
        self.endpoint = endpoint
        self._parse_id = parse_id
        hints = _hints(endpoint)
        names = _PARAMETER.findall(endpoint.path)
        _check(endpoint, hints, names)
        readers: dict[Any, Reader] = {Snowflake: partial(_read_id, parse_id), str: _read_text}
        self.parameters = tuple(
            (name, _reader(endpoint, name, hints[name], readers)) for name in names
        )
        self.path_types = {name: hints[name] for name in names}
        self.major = _major(names)
        self.identity = _identity(endpoint, hints.get("actor"))
        self.wants_actor = "actor" in hints
        self.takes_actor = self.identity in (Identity.ACTOR, Identity.EITHER)
        self.reads = endpoint.method == "GET"
        self.wants_unit = "unit" in hints
        self.wants_request = "request" in hints
        self.wants_visit = "visit" in hints
        self.query_type = hints.get("query")
        self.query = Fields(self.query_type) if "query" in hints else None
        self.body_type = hints.get("body")
        self.body = Body(self.body_type, endpoint.media_types) if "body" in hints else None
        self.wants_rest = not hints.keys().isdisjoint(_REST)
        self.returns = hints["return"]
        self.takes_forms = MULTIPART in endpoint.media_types

    def read_path(self, values: Sequence[str]) -> dict[str, Any]:
        """The verb's arguments that stand in the path."""
        pairs = zip(self.parameters, values, strict=True)
        return {name: read(name, value) for (name, read), value in pairs}

    def add_rest(self, arguments: dict[str, Any], request: Request) -> None:
        """The other arguments of the verb, but for its unit and actor."""
        if self.query is not None:
            arguments["query"] = self.query.from_query(request.query)
        if self.body is not None:
            arguments["body"] = self.body.decode(request)
        if request.files:
            arguments["files"] = request.files
        if self.wants_request:
            arguments["request"] = request
        if self.wants_visit:
            arguments["visit"] = request.visit()

    def major_key(self, values: Sequence[str]) -> str:
        """The channel, guild or webhook by which the bucket counts apart."""
        if self.major == 0:
            return ""
        first = self._parse_id(values[0]) or values[0]  # one channel may be written in many ways
        return first if self.major == 1 else "/".join([first, *values[1 : self.major]])


def _hints(endpoint: Endpoint) -> dict[str, Any]:
    verb = endpoint.verb
    hints = get_type_hints(verb, include_extras=True)
    for name in inspect.signature(verb).parameters:
        if name not in hints:
            raise _wrong(endpoint, f"parameter {name} has no annotation")
    if "return" not in hints:
        raise _wrong(endpoint, "the verb has no return annotation")
    if not inspect.getdoc(verb):
        raise _wrong(endpoint, "the verb has no docstring")
    return hints


def _check(endpoint: Endpoint, hints: Mapping[str, Any], names: Sequence[str]) -> None:
    if not endpoint.path.startswith("/") or endpoint.path.endswith("/"):
        raise _wrong(endpoint, "the path must begin with a slash and not end with one")
    if len(set(names)) != len(names):
        raise _wrong(endpoint, "a path parameter occurs twice")
    for name in names:
        if name not in hints or name in _PROVIDED:
            raise _wrong(endpoint, f"the verb does not take the path parameter {name}")
    for name in hints:
        if name not in names and name not in (*_PROVIDED, "return"):
            raise _wrong(endpoint, f"the path has no parameter {name}")
    if (endpoint.intake is not None) != ("files" in hints):
        raise _wrong(endpoint, "files need both an intake and a verb that is given them")
    if "query" in hints and not _is_struct(hints["query"]):
        raise _wrong(endpoint, "query must be a msgspec.Struct")


def _is_struct(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)


def _wrong(endpoint: Endpoint, what: str) -> WrongEndpoint:
    verb = getattr(endpoint.verb, "__qualname__", repr(endpoint.verb))
    return WrongEndpoint(f"{endpoint.method} {endpoint.path} ({verb}): {what}")


def _identity(endpoint: Endpoint, hint: Any) -> Identity:
    if hint is None:
        return Identity.NOBODY
    if hint is Actor:
        return Identity.ACTOR
    if hint is Guest:
        return Identity.GUEST
    if set(get_args(hint)) == {Actor, Guest}:
        return Identity.EITHER
    raise _wrong(endpoint, "actor must be annotated Actor, Guest or Actor | Guest")


def _major(names: Sequence[str]) -> int:
    """How many leading path parameters the rate-limit bucket counts by."""
    if not names or names[0] not in _MAJOR:
        return 0
    return 2 if len(names) > 1 and names[1] in _MAJOR_SECRET else 1


def _reader(endpoint: Endpoint, name: str, hint: Any, readers: Mapping[Any, Reader]) -> Reader:
    for type_, reader in readers.items():
        if hint is type_:
            return reader
    raise _wrong(endpoint, f"path parameter {name} must be a Snowflake or a str")


def _read_id(parse_id: ParseId, name: str, value: str) -> str:
    id_ = parse_id(value)
    if id_ is None:
        shown = unquote(value)[:64]
        raise InvalidForm.at(name, "NUMBER_TYPE_COERCE", f'Value "{shown}" is not snowflake.')
    return id_


def _read_text(name: str, value: str) -> str:
    text = unquote(value)
    if "\0" in text:
        refuse_nul(name)
    return text
