"""What the forms of roles say, as columns of the table."""

from typing import Any, Final

from msgspec import UNSET

from rift.errors import REQUIRED, InvalidForm
from rift.permissions import ALL
from rift.snowflake import Snowflake
from rift.wire.roles import CreateRole, RoleColoursBody

Row = dict[str, Any]

_NEW: Final = "new role"


def columns(body: CreateRole, pictures: Row | None = None) -> Row:
    """The columns that a form names; null stands for the default.

    A role has an image for its icon or an emoji: the one that is given takes the other's place.
    """
    row: Row = {**(pictures or {})}
    if body.name is not UNSET:
        row["name"] = _name(body.name)
    if body.permissions is not UNSET and body.permissions is not None:
        row["permissions"] = str(int(body.permissions) & ALL)
    colour = _colour(body)
    if colour is not None:
        row["color"] = colour
    if body.hoist is not UNSET:
        row["hoist"] = bool(body.hoist)
    if body.mentionable is not UNSET:
        row["mentionable"] = bool(body.mentionable)
    if body.unicode_emoji is not UNSET:
        row["unicode_emoji"] = body.unicode_emoji
    if body.upload_bytes is not UNSET:
        row["upload_bytes"] = body.upload_bytes
    if row.get("icon"):
        row["unicode_emoji"] = None
    elif row.get("unicode_emoji"):
        row["icon"] = None
    return row


def inserted(id_: Snowflake, guild_id: Snowflake, permissions: int, row: Row) -> Row:
    """A whole row, at position 1, with defaults for what is not named."""
    defaults: Row = {
        "name": _NEW,
        "color": 0,
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": 1,
        "permissions": str(permissions),
        "managed": False,
        "mentionable": False,
        "tags": None,
        "upload_bytes": None,
    }
    return {**defaults, **row, "id": id_, "guild_id": guild_id}


def _name(name: str | None) -> str:
    if name is None:
        return _NEW
    if not name.strip():
        raise InvalidForm({"name": [REQUIRED]})
    return name.strip()


def _colour(body: CreateRole) -> int | None:
    """`colors` is the newer form of `color`, and goes before it."""
    if isinstance(body.colors, RoleColoursBody):
        for field in ("secondary_color", "tertiary_color"):
            if getattr(body.colors, field) is not None:
                words = "Roles of more than one color are not supported."
                raise InvalidForm.at(f"colors.{field}", "ROLE_COLORS_NOT_SUPPORTED", words)
        return body.colors.primary_color or 0
    return None if body.color is UNSET else body.color or 0
