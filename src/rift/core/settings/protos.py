"""What can be done with the settings that user clients keep as protocol buffers."""

import base64
import binascii
from typing import Final, NamedTuple

from rift import events
from rift.core.actor import Actor
from rift.core.settings import queries
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.protocols import protobuf
from rift.wire.settings import (
    ModifiedSettingsProto,
    ModifySettingsProto,
    SettingsProto,
    SettingsProtoChange,
    TypedProto,
)

_TYPES: Final = {"1": 1, "2": 2, "3": 3}
_VERSIONS: Final = 1
"""The field of every such message that holds its versions."""
_DATA_VERSION: Final = 3
_LARGEST: Final = 1024 * 1024


class _Kept(NamedTuple):
    version: int
    proto: bytes

    @property
    def text(self) -> str:
        """As clients get it: with the version of the data among the others."""
        versions = _versions(self.proto) + protobuf.varint_field(_DATA_VERSION, self.version)
        return base64.b64encode(_with_versions(self.proto, versions)).decode()


async def fetch(unit: Unit, actor: Actor, settings_type: str) -> SettingsProto:
    """One's settings of a type, as a client left them."""
    return SettingsProto(settings=await load(unit, actor, _type(actor, settings_type)))


async def load(unit: Unit, actor: Actor, type_: int) -> str:
    """The same for a type that is known to be one, for the greeting of the gateway."""
    return (await _kept(unit, actor, type_)).text


async def modify(
    unit: Unit, actor: Actor, settings_type: str, body: ModifySettingsProto
) -> ModifiedSettingsProto:
    """Replace the fields that the change has; a change of an older version is not taken."""
    type_ = _type(actor, settings_type)
    change = _decoded(body.settings)
    await unit.one(queries.HOLD, actor.id)
    before = await _kept(unit, actor, type_)
    if body.required_data_version not in {None, before.version}:
        return ModifiedSettingsProto(settings=before.text, out_of_date=True)
    after = _Kept(before.version + 1, protobuf.replaced(before.proto, change))
    if len(after.proto) > _LARGEST:
        raise _invalid("The settings are too large to be kept.")
    await unit.run(queries.WRITE_PROTO, actor.id, type_, after.version, after.proto)
    told = SettingsProtoChange(settings=TypedProto(type=type_, proto=after.text))
    unit.emit(events.UserSettingsProtoUpdate(data=told, to=(actor.id,)))
    return ModifiedSettingsProto(settings=after.text)


async def _kept(unit: Unit, actor: Actor, type_: int) -> _Kept:
    row = await unit.maybe(queries.PROTO, actor.id, type_)
    return _Kept(0, b"") if row is None else _Kept(row["version"], row["proto"])


def _type(actor: Actor, text: str) -> int:
    actor.must_be_person()
    if text not in _TYPES:
        raise InvalidForm.at("type", "BASE_TYPE_CHOICES", "Value must be one of (1, 2, 3).")
    return _TYPES[text]


def _decoded(text: str) -> bytes:
    """A change, without the version of the data: that is the server's to count."""
    try:
        message = base64.b64decode(text, validate=True)
        versions = _versions(message)
    except (binascii.Error, ValueError) as error:
        raise _invalid("This is no message of protocol buffers in base64.") from error
    return _with_versions(message, versions) if versions else message


def _versions(message: bytes) -> bytes:
    """The versions a message names, but that of its data."""
    named = (raw for number, raw in protobuf.fields(message) if number == _VERSIONS)
    inner = b"".join(map(protobuf.payload, named))
    return b"".join(raw for number, raw in protobuf.fields(inner) if number != _DATA_VERSION)


def _with_versions(message: bytes, versions: bytes) -> bytes:
    return protobuf.replaced(message, protobuf.bytes_field(_VERSIONS, versions))


def _invalid(words: str) -> InvalidForm:
    return InvalidForm.at("settings", "USER_SETTINGS_PROTO_INVALID", words)
