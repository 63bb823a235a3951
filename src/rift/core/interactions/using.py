"""A component of a message is used, or a form is sent in: only what was shown can be."""

from typing import Any, Final

from rift import errors
from rift.core.components.checking import walk
from rift.core.interactions.resolving import Resolved
from rift.errors import REQUIRED, FieldError, InvalidForm
from rift.snowflake import Snowflake, parse
from rift.wire import components as wire
from rift.wire.interactions import ComponentUse, FilledField, ModalSubmit
from rift.wire.limits import Json
from rift.wire.messages import Message

_UNKNOWN: Final = FieldError("COMPONENT_VALIDATION_FAILED", "Component validation failed")
_CHOSEN: Final = (wire.STRING_SELECT, wire.RADIO, wire.CHECKS)
_ENTITIES: Final = (
    wire.USER_SELECT,
    wire.ROLE_SELECT,
    wire.MENTIONABLE_SELECT,
    wire.CHANNEL_SELECT,
)
_SELECTS: Final = (wire.STRING_SELECT, *_ENTITIES)
_LONGEST: Final = 4000


async def use(message: Message, given: ComponentUse, resolved: Resolved) -> Json:
    """The data of a component that somebody uses."""
    shown = _shown(message, given)
    data: Json = {
        "component_type": shown["type"],
        "id": shown["id"],
        "custom_id": given.custom_id,
    }
    if shown["type"] in _SELECTS:
        data["values"] = await _selected(shown, given.values or [], resolved, "data.values")
        if resolved.found:
            data["resolved"] = resolved.found
    return data


async def submit(modal: Json, given: ModalSubmit, resolved: Resolved) -> Json:
    """The data of a form that somebody has filled in."""
    if modal["custom_id"] != given.custom_id:
        raise InvalidForm({"data.custom_id": [_UNKNOWN]})
    fields = {field.custom_id: field for field in _fields(given.components)}
    told = [await _told(item, fields, given, resolved) for item in modal["components"]]
    data: Json = {"custom_id": given.custom_id, "components": told}
    if resolved.found:
        data["resolved"] = resolved.found
    return data


def _shown(message: Message, given: ComponentUse) -> Json:
    kind = given.component_type or given.type
    for item, _ in walk(message.components):
        if item.get("custom_id") == given.custom_id:
            if item["type"] != kind or item.get("disabled"):
                break
            return item
    raise InvalidForm({"data.custom_id": [_UNKNOWN]})


def _fields(given: list[FilledField]) -> list[FilledField]:
    found: list[FilledField] = []
    for field in given:
        inner = [field.component] if field.component else field.components or []
        found += _fields(inner) if inner else [field]
    return found


async def _told(item: Json, fields: Any, given: ModalSubmit, resolved: Resolved) -> Json:
    """What was filled into a component, in the place where that was shown."""
    shape: Json = {"type": item["type"], "id": item["id"]}
    if item["type"] == wire.LABEL:
        return {**shape, "component": await _told(item["component"], fields, given, resolved)}
    if item["type"] == wire.ROW:
        inner = [await _told(one, fields, given, resolved) for one in item["components"]]
        return {**shape, "components": inner}
    if "custom_id" not in item:
        return shape
    shape["custom_id"] = item["custom_id"]
    field = fields.get(item["custom_id"]) or FilledField(type=item["type"])
    path = f"data.components.{item['custom_id']}"
    if field.type != item["type"]:
        raise InvalidForm({path: [_UNKNOWN]})
    return {**shape, **await _filled(item, field, given, resolved, path)}


async def _filled(
    item: Json, field: FilledField, given: ModalSubmit, resolved: Resolved, path: str
) -> Json:
    match item["type"]:
        case wire.TEXT_INPUT:
            return {"value": _written(item, field.value, path)}
        case wire.CHECK:
            return {"value": bool(field.value)}
        case wire.RADIO:
            values = [str(field.value)] if field.value is not None else field.values or []
            chosen = await _selected(item, values, resolved, path)
            return {"value": chosen[0] if chosen else None}
        case wire.UPLOAD:
            _check_count(item, len(field.values or []), path)
            ids = [parse(one) or Snowflake("0") for one in field.values or []]
            found = await resolved.attachments(ids, given.attachments or (), path)
            return {"values": list(found.values())}
        case _:
            return {"values": await _selected(item, field.values or [], resolved, path)}


def _written(item: Json, value: Any, path: str) -> str:
    text = value if isinstance(value, str) else ""
    required = item.get("required", True)
    if not text and not required:
        return text
    least = max(item.get("min_length", 0), int(required))
    if not least <= len(text) <= item.get("max_length", _LONGEST):
        raise InvalidForm({path: [_UNKNOWN if text else REQUIRED]})
    return text


async def _selected(item: Json, values: list[str], resolved: Resolved, path: str) -> list[str]:
    """What was chosen, each once and of what there is."""
    if len(set(values)) < len(values):
        raise InvalidForm({path: [_UNKNOWN]})
    _check_count(item, len(values), path)
    if item["type"] in _CHOSEN:
        known = {option["value"] for option in item["options"]}
        if not known.issuperset(values):
            raise InvalidForm({path: [_UNKNOWN]})
        return values
    ids = [parse(value) for value in values]
    if None in ids:
        raise InvalidForm({path: [_UNKNOWN]})
    await _resolve(item, [id_ for id_ in ids if id_], resolved, path)
    return [str(id_) for id_ in ids]


def _check_count(item: Json, count: int, path: str) -> None:
    if not count and not item.get("required", True):
        return
    highest = len(item["options"]) if item["type"] == wire.CHECKS else 1
    least, most = item.get("min_values", 1), item.get("max_values", highest)
    if item["type"] == wire.RADIO:
        least = int(item.get("required", True))
    if not least <= count <= most:
        raise InvalidForm({path: [_UNKNOWN]})


async def _resolve(item: Json, ids: list[Snowflake], resolved: Resolved, path: str) -> None:
    match item["type"]:
        case wire.USER_SELECT:
            await resolved.users(ids, path)
        case wire.ROLE_SELECT:
            resolved.roles(ids, path)
        case wire.MENTIONABLE_SELECT:
            await resolved.mentionables(ids, path)
        case _:
            resolved.channels(ids, path, item.get("channel_types", ()))


def check_author(message: Message, application_id: Snowflake) -> None:
    """An application hears only of its own messages' components."""
    if application_id not in (message.author.id, message.application_id):
        raise errors.UnknownMessage
