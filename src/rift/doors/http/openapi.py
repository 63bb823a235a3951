"""Our own API as an OpenAPI 3.1 document, read from the endpoint table."""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, get_args

import msgspec

from rift.doors.http.endpoints import MULTIPART, Dialect, Endpoint, Surface, get
from rift.doors.http.messages import JSON_HEAD, Answer
from rift.doors.http.plans import Identity, Plan
from rift.snowflake import Snowflake, schema_hook

_REF: Final = "#/components/schemas/{name}"
_SECURITY: Final[Mapping[Identity, Sequence[Mapping[str, Any]]]] = {
    Identity.NOBODY: [],
    Identity.GUEST: [],
    Identity.ACTOR: [{"token": []}],
    Identity.EITHER: [{}, {"token": []}],
}


def document(surface: Surface, version: str) -> dict[str, Any]:
    """The document of one surface, whose first prefix is its address."""
    plans = [Plan(endpoint) for endpoint in surface.endpoints]
    dialect = surface.dialect
    schemas = _schemas(plans, dialect)
    paths: dict[str, dict[str, Any]] = {}
    for plan in plans:
        operations = paths.setdefault(plan.endpoint.path, {})
        operations[plan.endpoint.method.lower()] = _operation(plan, schemas, dialect)
    return {
        "openapi": "3.1.0",
        "info": {"title": dialect.title, "version": version},
        "servers": [{"url": surface.prefixes[0]}],
        "paths": paths,
        "components": {
            "schemas": schemas.components,
            "securitySchemes": dict(dialect.schemes),
        },
    }


class _Schemas:
    """The schema of each type, found by identity: annotations need not be hashable."""

    def __init__(
        self, types: Sequence[Any], schemas: Iterable[dict[str, Any]], components: dict[str, Any]
    ) -> None:
        self._by_id = {id(type_): schema for type_, schema in zip(types, schemas, strict=True)}
        self.components = components
        """What they refer to, by names that no two have in all of the document."""

    def of(self, type_: Any) -> dict[str, Any]:
        return self._by_id[id(type_)]


def _schemas(plans: Sequence[Plan], dialect: Dialect) -> _Schemas:
    types: list[Any] = [dialect.error]
    for plan in plans:
        types += [type_ for type_ in (plan.body_type, plan.query_type) if type_ is not None]
        types.append(_content(plan.returns))
    schemas, components = msgspec.json.schema_components(
        types, schema_hook=schema_hook, ref_template=_REF
    )
    return _Schemas(types, schemas, components)


def _content(returns: Any) -> Any:
    """What a verb answers with, as far as it is JSON."""
    return Any if returns is Answer else returns


def _operation(plan: Plan, schemas: _Schemas, dialect: Dialect) -> dict[str, Any]:
    verb = plan.endpoint.verb
    operation: dict[str, Any] = {
        "operationId": f"{verb.__module__.removeprefix('rift.')}.{verb.__name__}",
        "summary": (inspect.getdoc(verb) or "").partition("\n")[0],
        "parameters": [*_path_parameters(plan, dialect), *_query_parameters(plan, schemas)],
        "responses": _responses(plan, schemas, dialect),
        "security": _security(plan),
        "x-rate-limit": _rate_limit(plan.endpoint),
    }
    if plan.body_type is not None:
        media = {"schema": schemas.of(plan.body_type)}
        content = dict.fromkeys(plan.endpoint.media_types, media)
        operation["requestBody"] = {"required": True, "content": content}
    elif plan.endpoint.intake is not None:
        file = {"type": "string", "contentEncoding": "binary"}
        form = {"type": "object", "properties": {"file": file}, "required": ["file"]}
        content = {MULTIPART: {"schema": form}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _security(plan: Plan) -> list[Mapping[str, Any]]:
    """One of these suffices; of the scopes too, and OpenAPI would want all of one entry."""
    scopes = sorted(plan.endpoint.scopes)
    return [*_SECURITY[plan.identity], *({"oauth2": [scope]} for scope in scopes)]


def _rate_limit(endpoint: Endpoint) -> dict[str, Any]:
    bucket = endpoint.bucket
    return {"bucket": bucket.name, "limit": bucket.limit, "per_s": bucket.per_s}


def _path_parameters(plan: Plan, dialect: Dialect) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": dict(dialect.id_schema) if hint is Snowflake else {"type": "string"},
        }
        for name, hint in plan.path_types.items()
    ]


def _query_parameters(plan: Plan, schemas: _Schemas) -> list[dict[str, Any]]:
    if plan.query_type is None:
        return []
    schema = schemas.components[schemas.of(plan.query_type)["$ref"].rpartition("/")[2]]
    required = schema.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in required, "schema": field}
        for name, field in schema["properties"].items()
    ]


def _responses(plan: Plan, schemas: _Schemas, dialect: Dialect) -> dict[str, Any]:
    refusal = {"application/json": {"schema": schemas.of(dialect.error)}}
    responses: dict[str, Any] = {
        "4XX": {"description": "The request was refused.", "content": refusal}
    }
    if plan.returns is type(None):
        responses["204"] = {"description": "Done."}
        return responses
    if type(None) in get_args(plan.returns):
        responses["204"] = {"description": "There is none."}
    responses[str(plan.endpoint.status)] = {
        "description": "Done.",
        "content": {"application/json": {"schema": schemas.of(_content(plan.returns))}},
    }
    return responses


class Description:
    """Serves the document; it is made when somebody first asks for it."""

    def __init__(self, surface: Surface, version: str, path: str = "/openapi.json") -> None:
        self._surface = surface
        self._version = version
        self._path = path
        self._body = b""

    async def fetch(self) -> Answer:
        """The API as an OpenAPI document."""
        if not self._body:
            self._body = msgspec.json.encode(document(self._surface, self._version))
        return Answer(200, self._body, JSON_HEAD)

    def surface(self) -> Surface:
        """Where the document is found."""
        return Surface(("/api",), (get(self._path, self.fetch),))
