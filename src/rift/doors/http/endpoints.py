"""How an operation is declared: one line with method, path, verb and rate-limit bucket."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Protocol, Self, TypedDict, Unpack

import msgspec

from rift.core.actor import Actor
from rift.errors import Refusal
from rift.protocols.multipart import Head
from rift.protocols.ratelimit import Bucket as Bucket  # noqa: PLC0414  # declared with it
from rift.snowflake import Snowflake, parse

JSON: Final = "application/json"
MULTIPART: Final = "multipart/form-data"
FORM: Final = "application/x-www-form-urlencoded"
WRITTEN: Final = (JSON, MULTIPART, FORM)
"""How messages may be written: client libraries send a form without files urlencoded."""

WITH_PICTURES: Final = 17 * 1024 * 1024
"""The largest body of a form that may hold a picture, as a data URI."""

Verb = Callable[..., Awaitable[Any]]


class Luggage(Protocol):
    """Takes the files of a form while they come; what no verb has taken over goes at the end.

    To enter it is to be let in: who may not do this at all is refused before anything is read.
    """

    @property
    def files(self) -> Sequence[Any]:
        """What the verb is given."""
        ...

    @property
    def most_bytes(self) -> int:
        """How much there may be in all, known once it is entered."""
        ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
        /,
    ) -> bool | None: ...

    async def take(self, head: Head, content: AsyncIterator[bytes]) -> None:
        """Keep a file."""
        ...


Intake = Callable[..., Luggage]
"""Called as the verb is, with unit, actor and path, but before the body is read."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    method: str
    path: str
    verb: Verb
    bucket: Bucket
    status: int = 200
    hot: bool = False
    """Whether the request is served on the fast lane, without ASGI."""
    media_types: tuple[str, ...] = (JSON,)
    max_bytes: int | None = None
    """The largest body, where it is not the one of the settings."""
    scopes: frozenset[str] = frozenset()
    """An OAuth2 token with one of these is let in; with none named, no such token is."""
    intake: Intake | None = None
    """Who takes the files of its forms; without one, it has no files."""
    streamed: bool = False
    """Whether the verb reads the body itself, from its `request`, for as long as that takes."""


class Options(TypedDict, total=False):
    """What an endpoint may say of itself besides its method, path, verb and bucket."""

    status: int
    hot: bool
    media_types: tuple[str, ...]
    max_bytes: int | None
    scopes: frozenset[str]
    intake: Intake | None
    streamed: bool


def as_discord(refusal: Refusal) -> Any:
    """A refusal spelled as Discord does it."""
    return refusal.body()


class Authenticator(Protocol):
    """Turns an `Authorization` header into an actor."""

    def lookup(self, header: str) -> Actor | None:
        """The actor, if the token is known already; never one who has a grant."""
        ...

    async def resolve(self, header: str) -> Actor:
        """The actor; raises `Unauthorized` for a token that is not valid."""
        ...


class Error(msgspec.Struct):
    """Why a request was refused."""

    message: str
    code: int
    errors: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET


_SNOWFLAKE: Final[Mapping[str, Any]] = {"type": "string", "pattern": "^[0-9]{1,20}$"}
_SCHEMES: Final[Mapping[str, Any]] = {
    "token": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "A session token, or `Bot` and a bot token.",
    },
    "oauth2": {
        "type": "http",
        "scheme": "bearer",
        "description": "An OAuth2 access token with the scope that is named.",
    },
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How ids and refusals are written, and who asks; as at Discord, unless said otherwise."""

    title: str = "Rift"
    spell: Callable[[Refusal], Any] = as_discord
    error: type[msgspec.Struct] = Error
    """The shape of what `spell` makes."""
    parse_id: Callable[[str], Snowflake | None] = parse
    id_schema: Mapping[str, Any] = field(default_factory=lambda: _SNOWFLAKE)
    authenticator: Authenticator | None = None
    """Who knows the tokens, where these are of another kind than everywhere else."""
    schemes: Mapping[str, Any] = field(default_factory=lambda: _SCHEMES)
    """The kinds of tokens, as OpenAPI describes them; the one people use is `token`."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Endpoints that share their prefixes and their dialect."""

    prefixes: tuple[str, ...]
    endpoints: Sequence[Endpoint]
    dialect: Dialect = Dialect()

    def spell(self, refusal: Refusal) -> Any:
        """A refusal as a client of this surface reads it."""
        return self.dialect.spell(refusal)


def discord(endpoints: Sequence[Endpoint]) -> Surface:
    return Surface(("/api/v10", "/api/v9"), endpoints)


def get(
    path: str, verb: Verb, bucket: Bucket | None = None, **options: Unpack[Options]
) -> Endpoint:
    return _endpoint("GET", path, verb, bucket, options)


def post(
    path: str, verb: Verb, bucket: Bucket | None = None, **options: Unpack[Options]
) -> Endpoint:
    return _endpoint("POST", path, verb, bucket, options)


def put(
    path: str, verb: Verb, bucket: Bucket | None = None, **options: Unpack[Options]
) -> Endpoint:
    return _endpoint("PUT", path, verb, bucket, options)


def patch(
    path: str, verb: Verb, bucket: Bucket | None = None, **options: Unpack[Options]
) -> Endpoint:
    return _endpoint("PATCH", path, verb, bucket, options)


def delete(
    path: str, verb: Verb, bucket: Bucket | None = None, **options: Unpack[Options]
) -> Endpoint:
    return _endpoint("DELETE", path, verb, bucket, options)


def _endpoint(
    method: str, path: str, verb: Verb, bucket: Bucket | None, options: Options
) -> Endpoint:
    if bucket is None:
        bucket = _own_bucket(method, path)
    return Endpoint(method, path, verb, bucket, **options)


def _own_bucket(method: str, path: str) -> Bucket:
    """The bucket of an operation that names none: reads are cheap, writes are not."""
    limit, per_s = (50, 1.0) if method == "GET" else (10, 1.0)
    return Bucket(f"{method} {path}", limit, per_s)
