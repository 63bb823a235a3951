"""Applications as their table, their forms and the wire have them."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import UNSET

from rift.core.applications import queries
from rift.core.unit import Row, Unit
from rift.errors import InvalidForm
from rift.wire.applications import Application, ModifyApplication, PrivateApplication
from rift.wire.oauth2 import SCOPES

_WHERE_PRESENT: Final = (
    "terms_of_service_url",
    "privacy_policy_url",
    "custom_install_url",
    "install_params",
    "integration_types_config",
    "cover_image",
)
PUBLIC_CLIENT: Final = 1 << 8
"""Of an application that runs where people are, and so has no secret to log in with."""
_INTENTS: Final = ((1 << 12, 1 << 13), (1 << 14, 1 << 15), (1 << 18, 1 << 19))
"""For each privileged intent: the flag that grants it, and the one below a hundred guilds."""

_PICTURES: Final = frozenset({"icon", "cover_image"})
_DEFAULTS: Final[dict[str, Any]] = {
    "description": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "redirect_uris": [],
    "tags": [],
    "flags": 0,
}
_SCOPES: Final = sorted(SCOPES)


async def applications(unit: Unit, rows: Iterable[Row]) -> list[PrivateApplication]:
    """The applications that rows of COLUMNS stand for, with their owners and bots."""
    rows = list(rows)
    wanted = {row[key] for row in rows for key in ("owner_id", "bot_id")}
    users = {row["id"]: row for row in await unit.all(queries.USERS, list(wanted))}
    return [_application(row, users) for row in rows]


def public(application: PrivateApplication) -> Application:
    """An application without what is its owner's alone."""
    fields: dict[str, Any] = {
        field: getattr(application, field) for field in Application.__struct_fields__
    }
    return Application(**fields | {"summary": UNSET})


def _application(row: Row, users: dict[str, Row]) -> PrivateApplication:
    shape = {key: row[key] for key in row if key not in _WHERE_PRESENT or row[key] is not None}
    shape |= {
        "owner": users[row["owner_id"]],
        "bot": users[row["bot_id"]],
        "flags_new": str(row["flags"]),
        "summary": "",
        "eligible_oauth2_scopes": _SCOPES,
    }
    return msgspec.convert(shape, PrivateApplication)


def columns(body: ModifyApplication) -> Row:
    """The columns that a form names, but for pictures; null stands for the default."""
    row: Row = {}
    for field in body.__struct_fields__:
        value = getattr(body, field)
        if value is UNSET or field in _PICTURES:
            continue
        row[field] = _DEFAULTS.get(field) if value is None else msgspec.to_builtins(value)
    if "flags" in row:
        row["flags"] = _flags(row["flags"])
    return row


def _flags(wished: int) -> int:
    """Either flag of an intent switches it on; besides, owners say whether it keeps a secret."""
    flags = wished & PUBLIC_CLIENT
    wished &= ~PUBLIC_CLIENT
    for full, limited in _INTENTS:
        if wished & (full | limited):
            flags |= limited
        wished &= ~(full | limited)
    if wished:
        words = "Only the flags of privileged intents and of public clients can be changed."
        raise InvalidForm.at("flags", "APPLICATION_FLAGS_INVALID", words)
    return flags
