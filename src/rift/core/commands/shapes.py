"""Commands as their form, their table and the wire have them, in one language or in all."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from rift.core.unit import Row
from rift.snowflake import Snowflake
from rift.wire.commands import (
    CHAT_INPUT,
    Choice,
    Command,
    CommandOption,
    CreateCommand,
    IndexCommand,
    ModifyCommand,
    OptionBody,
)

_FALLBACKS: Final = {"en-US": "en-GB", "en-GB": "en-US", "es-419": "es-ES"}
_KEPT: Final = (
    "description",
    "name_localizations",
    "description_localizations",
    "options",
    "default_member_permissions",
    "dm_permission",
    "nsfw",
    "integration_types",
    "contexts",
)
_IN_DMS: Final = frozenset({1, 2})

Named = TypeVar("Named", bound=Command | CommandOption)


def made(
    body: CreateCommand, id_: Snowflake, application_id: Snowflake, guild_id: Snowflake | None
) -> Command:
    """The command of a form, with its defaults; the version is still the id."""
    everywhere = guild_id is None
    return Command(
        id=id_,
        application_id=application_id,
        version=id_,
        type=body.type or CHAT_INPUT,
        name=body.name,
        description=body.description or "",
        name_localizations=_words(body.name_localizations),
        description_localizations=_words(body.description_localizations),
        guild_id=UNSET if guild_id is None else guild_id,
        options=[_option(one) for one in body.options] if body.options else UNSET,
        default_member_permissions=_default_permissions(body),
        dm_permission=_in_dms(body) if everywhere else UNSET,
        nsfw=bool(body.nsfw),
        integration_types=list(body.integration_types or (0,)) if everywhere else UNSET,
        contexts=_contexts(body) if everywhere else UNSET,
    )


def form(command: Command) -> CreateCommand:
    """The form that makes this command."""
    given = msgspec.to_builtins(command)
    fields = {name: given[name] for name in CreateCommand.__struct_fields__ if name in given}
    return msgspec.convert(fields, CreateCommand)


def modified(command: Command, body: ModifyCommand) -> CreateCommand:
    """The form of a command with what an edit says in it."""
    before = form(command)
    changes = {
        name: value
        for name in body.__struct_fields__
        if (value := getattr(body, name)) is not UNSET
    }
    if "dm_permission" in changes and "contexts" not in changes:
        changes["contexts"] = None
    if "contexts" in changes and "dm_permission" not in changes:
        changes["dm_permission"] = None
    return replace(before, **changes)


def row(command: Command) -> tuple[Any, ...]:
    """The columns of a command."""
    whole = msgspec.to_builtins(command)
    return (
        command.id,
        command.application_id,
        command.guild_id or None,
        command.type,
        command.name,
        command.version,
        {name: whole[name] for name in _KEPT if name in whole},
    )


def command(row: Row) -> Command:
    """The command of a row."""
    fields = {**row["body"], **{name: row[name] for name in row if name != "body"}}
    if fields["guild_id"] is None:
        del fields["guild_id"]
    return msgspec.convert(fields, Command)


def same(one: Command, other: Command) -> bool:
    """Whether they differ in nothing that was registered."""
    return one == replace(other, id=one.id, version=one.version)


def localized(item: Named, locale: str) -> Named:
    """In one language, with the others left out."""
    options = item.options
    told = replace(
        item,
        name_localized=_in(item.name_localizations, locale),
        description_localized=_in(item.description_localizations, locale),
        name_localizations=UNSET,
        description_localizations=UNSET,
        options=[localized(one, locale) for one in options] if options else options,
    )
    if isinstance(told, CommandOption) and told.choices:
        return replace(told, choices=[_localized_choice(one, locale) for one in told.choices])
    return told


def indexed(item: Command, locale: str) -> IndexCommand:
    """As a client shows it: the name in its language is its name."""
    told = localized(item, locale)
    fields = {name: getattr(told, name) for name in Command.__struct_fields__}
    for name in ("name", "description"):
        words = fields[f"{name}_localized"]
        if words is not UNSET:
            fields |= {name: words, f"{name}_default": fields[name]}
    return IndexCommand(**fields)


def _option(body: OptionBody) -> CommandOption:
    return CommandOption(
        type=body.type,
        name=body.name,
        description=body.description,
        name_localizations=_words(body.name_localizations) or UNSET,
        description_localizations=_words(body.description_localizations) or UNSET,
        required=body.required or UNSET,
        choices=[
            Choice(
                name=one.name,
                value=one.value,
                name_localizations=_words(one.name_localizations) or UNSET,
            )
            for one in body.choices
        ]
        if body.choices
        else UNSET,
        options=[_option(one) for one in body.options] if body.options else UNSET,
        channel_types=list(dict.fromkeys(body.channel_types or ())) or UNSET,
        min_value=_given(body.min_value),
        max_value=_given(body.max_value),
        min_length=_given(body.min_length),
        max_length=_given(body.max_length),
        autocomplete=body.autocomplete or UNSET,
    )


def _given(value: Any) -> Any:
    return UNSET if value is None else value


def _words(words: Mapping[Any, str] | None) -> dict[str, str] | None:
    return dict(words) if words else None


def _default_permissions(body: CreateCommand) -> str | None:
    if body.default_member_permissions is None and body.default_permission is False:
        return "0"
    return body.default_member_permissions


def _contexts(body: CreateCommand) -> list[int] | None:
    if body.contexts is not None:
        return list(dict.fromkeys(body.contexts))
    return [0] if body.dm_permission is False else None


def _in_dms(body: CreateCommand) -> bool:
    contexts = _contexts(body)
    return contexts is None or not _IN_DMS.isdisjoint(contexts)


def _in(words: Mapping[str, str] | None | UnsetType, locale: str) -> str | UnsetType:
    if not words:
        return UNSET
    return words.get(locale) or words.get(_FALLBACKS.get(locale, "")) or UNSET


def _localized_choice(choice: Choice, locale: str) -> Choice:
    words = _in(choice.name_localizations, locale)
    return replace(choice, name_localizations=UNSET, name_localized=words)
