"""Request bodies and query strings into the structs that verbs ask for."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn, cast, get_args, get_origin
from urllib.parse import parse_qsl

import msgspec

from rift.doors.http.endpoints import FORM, JSON
from rift.doors.http.messages import Request
from rift.doors.http.refusals import WrongMediaType
from rift.errors import InvalidForm, InvalidJson, from_decoding
from rift.snowflake import decode_hook
from rift.wire.characters import json_holds_nul

_MAX_FIELDS: Final = 200
_EXACT: Final = 1 << 53


def refuse_nul(path: str = "") -> NoReturn:
    """The refusal of a text with a NUL in it, wherever in a request it stood."""
    raise InvalidForm.at(path, "STRING_TYPE_REGEX", "A text cannot hold the NUL character.")


class Fields:
    """Decodes a form of strings into one struct: `"1"` may be a number, repeated keys a list."""

    __slots__ = ("_default", "_lists", "_type")

    def __init__(self, type_: Any) -> None:
        self._type = type_
        self._lists = _list_fields(type_)
        self._default = self._without_fields()

    def _without_fields(self) -> Any:
        """The struct of an empty query, shared by all of them; None where one is required."""
        try:
            return msgspec.convert({}, self._type, dec_hook=decode_hook)
        except msgspec.ValidationError:
            return None

    def from_query(self, query: bytes) -> Any:
        if not query and self._default is not None:
            return self._default
        return self.from_urlencoded(query)

    def from_urlencoded(self, text: bytes) -> Any:
        return self.from_pairs(_pairs(text))

    def from_pairs(self, pairs: Sequence[tuple[str, str]]) -> Any:
        fields: dict[str, Any] = {}
        for name, value in pairs:
            if "\0" in value:
                refuse_nul(name)
            if name in self._lists:
                fields.setdefault(name, []).append(value)
            else:
                fields[name] = value
        try:
            return msgspec.convert(fields, self._type, strict=False, dec_hook=decode_hook)
        except msgspec.ValidationError as error:
            raise InvalidForm.from_validation(error) from error


class Body:
    """Decodes a body of any of the media types its endpoint takes."""

    __slots__ = ("_empty", "_fields", "_json", "_media_types")

    def __init__(self, type_: Any, media_types: Sequence[str]) -> None:
        self._media_types = media_types
        self._json = msgspec.json.Decoder(type_, dec_hook=decode_hook)
        self._empty = b"null" if type(None) in get_args(type_) else b"{}"
        self._fields = Fields(_struct_of(type_)) if list(media_types) != [JSON] else None

    def decode(self, request: Request) -> Any:
        body = request.body or b""
        content_type = request.headers.get(b"content-type")
        if content_type == b"application/json" or content_type is None:
            return self._from_json(body)
        if request.form is not None:
            return self._from_parts(request.form)
        if not body:
            return self._from_json(body)
        media_type = request.media_type
        if media_type not in self._media_types:
            raise WrongMediaType(self._media_types)
        if media_type == FORM:
            return self._from_parts([(name, value.encode()) for name, value in _pairs(body)])
        return self._from_json(body)

    def _from_json(self, body: bytes) -> Any:
        if json_holds_nul(body):
            refuse_nul()
        try:
            return self._decoded(body or self._empty)
        except msgspec.MsgspecError as error:
            raise from_decoding(error) from error
        except RecursionError as error:
            raise InvalidJson("The request body is nested too deeply.") from error
        except UnicodeDecodeError as error:
            raise InvalidJson from error

    def _decoded(self, body: bytes) -> Any:
        try:
            return self._json.decode(body)
        except msgspec.ValidationError:
            if b"." not in body:
                raise
            return self._json.decode(msgspec.json.encode(_whole(msgspec.json.decode(body))))

    def _from_parts(self, pairs: Sequence[tuple[str, bytes]]) -> Any:
        for name, value in pairs:
            if name == "payload_json":
                return self._from_json(value)
        try:
            texts = [(name, value.decode()) for name, value in pairs]
        except UnicodeDecodeError as error:
            raise InvalidJson("The form is not valid UTF-8.") from error
        return cast(Fields, self._fields).from_pairs(texts)


def _pairs(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode("ascii"), True, errors="strict", max_num_fields=_MAX_FIELDS)
    except ValueError as error:
        raise InvalidForm.at("", "BASE_TYPE_CONVERT", "This is not a valid form.") from error


def _whole(value: Any) -> Any:
    """With 5.0 as 5, which JSON calls the same number; bots compute what they send."""
    match value:
        case dict():
            return {name: _whole(held) for name, held in value.items()}
        case list():
            return [_whole(held) for held in value]
        case float() if value.is_integer() and abs(value) < _EXACT:
            return int(value)
        case _:
            return value


def _struct_of(type_: Any) -> Any:
    """The struct of an optional body."""
    members = [member for member in get_args(type_) if member is not type(None)]
    return members[0] if members and get_origin(type_) is not list else type_


def _list_fields(type_: Any) -> Mapping[str, bool]:
    """The names of those fields that may be repeated."""
    return {
        field.encode_name: True for field in msgspec.structs.fields(type_) if _is_list(field.type)
    }


def _is_list(hint: Any) -> bool:
    if get_origin(hint) in (list, tuple, set, frozenset):
        return True
    return any(_is_list(member) for member in get_args(hint))
