"""What a form changes of a channel."""

from typing import Any

from msgspec import UNSET, to_builtins

from rift.core.channels import forums, places, shapes
from rift.core.channels.shapes import WRITTEN, Row
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.wire.channels import Channel, ModifyChannel
from rift.world import Picture


def columns(unit: Unit, guild: Picture, channel: Channel, body: ModifyChannel) -> Row:
    """The columns that are no longer what they were; overwrites are not among them."""
    type_ = _type(channel, body)
    own = forums.columns(unit, guild, type_, body, channel)
    row: dict[str, Any] = {**shapes.columns(type_, body), **own, "type": type_}
    if body.name is not UNSET:
        if body.name is None:
            raise InvalidForm({"name": [REQUIRED]})
        row["name"] = shapes.renamed(type_, body.name)
    if isinstance(body.position, int):
        row["position"] = body.position
    if body.parent_id is not UNSET:
        row["parent_id"] = body.parent_id
    changed = {field: value for field, value in row.items() if value != _was(channel, field)}
    if changed.get("parent_id") is not None:
        places.check_parent_with_room(guild, type_, changed["parent_id"])
    return changed


def _type(channel: Channel, body: ModifyChannel) -> int:
    """Written channels may become announcement channels, and plain ones again."""
    if body.type is UNSET or body.type is None or body.type == channel.type:
        return channel.type
    if not {body.type, channel.type} <= WRITTEN:
        raise InvalidForm.at("type", "CHANNEL_TYPE_INVALID", "Invalid channel type")
    return body.type


def _was(channel: Channel, field: str) -> object:
    value = getattr(channel, field)
    return None if value is UNSET else to_builtins(value)
