"""Write the web client's types from the server's declarations: objects, events, operations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Raw, UnsetType
from msgspec.structs import FieldInfo, fields

from rift.app.process import discord_surface
from rift.doors.http.messages import Answer
from rift.doors.http.plans import Plan
from rift.events import CATALOGUE, Audience, Event
from rift.snowflake import PermissionsInput, Snowflake, SnowflakeInput, SnowflakesInput
from rift.wire.channels import Channel
from rift.wire.gateway import ThreadListSync, ToldSounds
from rift.wire.guilds import GuildCreate, UnavailableGuild
from rift.wire.memberlists import GuildMemberListUpdate
from rift.wire.members import MembersChunk
from rift.wire.notifications import ChannelOverride, StoredUserGuildSettings
from rift.wire.reading import ReadState, ReadStates
from rift.wire.ready import GatewayGuild, GatewaySession, PersonalReady, ReadySupplemental
from rift.wire.voice import ToldChannelInfo

TARGET: Final = Path(__file__).resolve().parent.parent / "web" / "src" / "wire" / "types.ts"

HEAD: Final = """\
/**
 * The server's objects, events and operations, spelled as the server spells them.
 * Written by tools/web_types.py from the server's own declarations; do not edit.
 */

export type Snowflake = string;
export type Json = Record<string, unknown>;
"""

BY_THE_DOOR: Final[Mapping[str, Any]] = {
    "READY": PersonalReady,
    "READY_SUPPLEMENTAL": ReadySupplemental,
    "RESUMED": dict[str, Any],
    "GUILD_CREATE": GuildCreate,
    "GUILD_DELETE": UnavailableGuild,
    "GUILD_MEMBERS_CHUNK": MembersChunk,
    "GUILD_MEMBER_LIST_UPDATE": GuildMemberListUpdate,
    "SESSIONS_REPLACE": list[GatewaySession],
    "THREAD_LIST_SYNC": ThreadListSync,
    "SOUNDBOARD_SOUNDS": ToldSounds,
    "CHANNEL_INFO": ToldChannelInfo,
}
"""What the gateway says by itself; the rest is in the catalogue of events."""

WRITTEN_ALREADY: Final[Mapping[tuple[type, str], Any]] = {
    (GatewayGuild, "channels"): list[Channel],
    (ReadStates, "entries"): list[ReadState],
    (StoredUserGuildSettings, "channel_overrides"): list[ChannelOverride],
}
"""Fields whose JSON is made before the struct is, and what it holds."""

PLAIN: Final[Mapping[Any, str]] = {
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    datetime: "string",
    type(None): "null",
    Any: "unknown",
    object: "unknown",
    Snowflake: "Snowflake",
    SnowflakeInput: "Snowflake",
    SnowflakesInput: "readonly Snowflake[]",
    PermissionsInput: "string",
}
LEFT_OUT: Final = (UnsetType, Raw)
"""What says that a field may be missing, and what stands for text that is JSON already."""

LISTS: Final = (list, tuple, frozenset, Sequence)


class Writer:
    """Collects the structs that are reachable from what it is asked to spell.

    In one that comes in, fields with defaults are optional; one that goes out always has them. A
    struct that does both is written twice.
    """

    def __init__(self) -> None:
        self._written: dict[str, str] = {}
        self._named: dict[str, type] = {}

    def interfaces(self) -> Iterator[str]:
        for name in sorted(self._written):
            yield self._written[name]

    def spell(self, type_: Any, *, given: bool) -> str:  # noqa: PLR0911  # one for each kind
        origin, arguments = get_origin(type_), get_args(type_)
        if type_ in PLAIN:
            return PLAIN[type_]
        if origin is Annotated:
            return self.spell(arguments[0], given=given)
        if origin in (Union, UnionType):
            return self._union(arguments, given=given)
        if origin is Literal:
            return " | ".join(map(_literal, arguments))
        if origin is tuple and arguments[-1] is not ...:
            items = (self.spell(item, given=given) for item in arguments)
            return f"readonly [{', '.join(items)}]"
        if origin in LISTS:
            item = self.spell(arguments[0], given=given)
            return f"readonly ({item})[]" if " " in item else f"readonly {item}[]"
        if origin in (dict, Mapping):
            return self._record(*arguments, given=given)
        if type_ is dict:
            return "Json"
        if issubclass(type_, Enum):
            return " | ".join(_literal(member.value) for member in type_)
        return self._struct(type_, given=given)

    def _union(self, types: Iterable[Any], *, given: bool) -> str:
        shown = (self.spell(it, given=given) for it in types if it not in LEFT_OUT)
        return " | ".join(dict.fromkeys(shown))

    def _record(self, key: Any, value: Any, *, given: bool) -> str:
        return f"Record<{self.spell(key, given=given)}, {self.spell(value, given=given)}>"

    def _struct(self, type_: type, *, given: bool) -> str:
        name = f"{type_.__name__.removesuffix('Body')}Input" if given else type_.__name__
        if self._named.setdefault(name, type_) is not type_:
            raise SystemExit(f"two structs are called {name}: {self._named[name]} and {type_}")
        if name not in self._written:
            self._written[name] = ""  # it may hold itself
            hints = get_type_hints(type_, include_extras=True)
            lines = (self._field(type_, it, hints, given=given) for it in fields(type_))
            self._written[name] = f"export interface {name} {{\n{''.join(lines)}}}\n"
        return name

    def _field(
        self, owner: type, field: FieldInfo, hints: Mapping[str, Any], *, given: bool
    ) -> str:
        type_ = WRITTEN_ALREADY.get((owner, field.name), hints[field.name])
        optional = UnsetType in get_args(type_) or (given and not field.required)
        spelled = self.spell(type_, given=given)
        return f"  readonly {field.encode_name}{'?' if optional else ''}: {spelled};\n"


def _literal(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def written() -> str:
    """The whole file."""
    writer = Writer()
    operations = list(_operations(writer))
    events = list(_events(writer))
    return "\n".join(
        [
            HEAD,
            *writer.interfaces(),
            "/** What arrives from the gateway, by name. */",
            "export interface Events {\n" + "".join(events) + "}\n",
            "/** What can be asked for: what goes in, and what comes back. */",
            "export interface Operations {\n" + "".join(operations) + "}\n",
        ]
    )


def _events(writer: Writer) -> Iterator[str]:
    payloads: dict[str, list[Any]] = {name: [type_] for name, type_ in BY_THE_DOOR.items()}
    for event in CATALOGUE:
        if event.about.name and event.about.audience is not Audience.INSTANCE:
            payloads.setdefault(event.about.name, []).append(_payload(event))
    for name in sorted(payloads):
        spelled = dict.fromkeys(writer.spell(it, given=False) for it in payloads[name])
        yield f"  {name}: {' | '.join(spelled)};\n"


def _payload(event: type[Event]) -> Any:
    return next(field.type for field in fields(event) if field.name == "data")


def _operations(writer: Writer) -> Iterator[str]:
    plans = [Plan(endpoint) for endpoint in discord_surface().endpoints]
    for plan in sorted(plans, key=lambda plan: (plan.endpoint.path, plan.endpoint.method)):
        parts = [f"answer: {_answer(writer, plan)}"]
        if plan.body_type is not None:
            parts.append(f"body: {writer.spell(plan.body_type, given=True)}")
        if plan.query_type is not None:
            parts.append(f"query: {writer.spell(plan.query_type, given=True)}")
        yield f'  "{plan.endpoint.method} {plan.endpoint.path}": {{ {"; ".join(parts)} }};\n'


def _answer(writer: Writer, plan: Plan) -> str:
    if plan.returns is None or plan.returns is type(None) or plan.returns is Answer:
        return "undefined"
    return writer.spell(plan.returns, given=False)


def main() -> None:
    text = written()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    if not TARGET.exists() or TARGET.read_text() != text:
        TARGET.write_text(text)


if __name__ == "__main__":
    main()
