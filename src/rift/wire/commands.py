"""Application commands: as kept, as registered, and what each guild lets whom do with them."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import PermissionsInput, Snowflake, SnowflakeInput
from rift.wire.limits import Count

CHAT_INPUT = 1
USER = 2
MESSAGE = 3

SUB_COMMAND = 1
SUB_COMMAND_GROUP = 2
STRING = 3
INTEGER = 4
BOOLEAN = 5
USER_OPTION = 6
CHANNEL = 7
ROLE = 8
MENTIONABLE = 9
NUMBER = 10
ATTACHMENT = 11

Locale = Literal[
    "ar",
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "en-GB",
    "en-US",
    "es-419",
    "es-ES",
    "fi",
    "fr",
    "he",
    "hi",
    "hr",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "lt",
    "nl",
    "no",
    "pl",
    "pt-BR",
    "ro",
    "ru",
    "sv-SE",
    "th",
    "tr",
    "uk",
    "vi",
    "zh-CN",
    "zh-TW",
]
Name = Annotated[str, Meta(min_length=1, max_length=32)]
Words = Annotated[str, Meta(min_length=1, max_length=100)]
Names = dict[Locale, Name]
Descriptions = dict[Locale, Words]
Text = dict[str, str]
Value = Annotated[str, Meta(max_length=6000)] | int | float
Safe = Annotated[int, Meta(ge=-(2**53) + 1, le=2**53 - 1)] | float
Length = Annotated[int, Meta(ge=0, le=6000)]
Kind = Literal[1, 2, 3]
OptionKind = Literal[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
Installation = Literal[0, 1]
Context = Literal[0, 1, 2]


class Choice(Struct, frozen=True, kw_only=True):
    name: str
    value: str | int | float
    name_localizations: Text | None | UnsetType = UNSET
    name_localized: str | UnsetType = UNSET


class CommandOption(Struct, frozen=True, kw_only=True):
    type: int
    name: str
    description: str
    name_localizations: Text | None | UnsetType = UNSET
    name_localized: str | UnsetType = UNSET
    description_localizations: Text | None | UnsetType = UNSET
    description_localized: str | UnsetType = UNSET
    required: bool | UnsetType = UNSET
    choices: list[Choice] | UnsetType = UNSET
    options: "list[CommandOption] | UnsetType" = UNSET
    channel_types: list[int] | UnsetType = UNSET
    min_value: int | float | UnsetType = UNSET
    max_value: int | float | UnsetType = UNSET
    min_length: int | UnsetType = UNSET
    max_length: int | UnsetType = UNSET
    autocomplete: bool | UnsetType = UNSET


class Command(Struct, frozen=True, kw_only=True):
    id: Snowflake
    application_id: Snowflake
    version: Snowflake
    type: int
    name: str
    description: str = ""
    name_localizations: Text | None | UnsetType = UNSET
    name_localized: str | UnsetType = UNSET
    description_localizations: Text | None | UnsetType = UNSET
    description_localized: str | UnsetType = UNSET
    guild_id: Snowflake | UnsetType = UNSET
    options: list[CommandOption] | UnsetType = UNSET
    default_member_permissions: str | None = None
    dm_permission: bool | UnsetType = UNSET
    nsfw: bool = False
    integration_types: list[int] | UnsetType = UNSET
    contexts: list[int] | None | UnsetType = UNSET


class ChoiceBody(Struct, frozen=True, kw_only=True):
    name: Words
    value: Value
    name_localizations: dict[Locale, Words] | None = None


class OptionBody(Struct, frozen=True, kw_only=True):
    """What goes with what is looked at by the verb: it depends on the type."""

    type: OptionKind
    name: Name
    description: Words
    name_localizations: Names | None = None
    description_localizations: Descriptions | None = None
    required: bool | None = None
    choices: Annotated[list[ChoiceBody], Meta(max_length=25)] | None = None
    options: "Annotated[list[OptionBody], Meta(max_length=25)] | None" = None
    channel_types: Annotated[list[Count], Meta(max_length=100)] | None = None
    min_value: Safe | None = None
    max_value: Safe | None = None
    min_length: Length | None = None
    max_length: Annotated[int, Meta(ge=1, le=6000)] | None = None
    autocomplete: bool | None = None


Options = Annotated[list[OptionBody], Meta(max_length=25)]
Installations = Annotated[list[Installation], Meta(min_length=1, max_length=2)]
Contexts = Annotated[list[Context], Meta(min_length=1, max_length=3)]


class CreateCommand(Struct, frozen=True, kw_only=True):
    """What is left out has its default; the id is that of the command it takes the place of."""

    name: Name
    type: Kind | None = None
    id: SnowflakeInput | None = None
    name_localizations: Names | None = None
    description: Annotated[str, Meta(max_length=100)] | None = None
    description_localizations: Descriptions | None = None
    options: Options | None = None
    default_member_permissions: PermissionsInput | None = None
    dm_permission: bool | None = None
    default_permission: bool | None = None
    nsfw: bool | None = None
    integration_types: Installations | None = None
    contexts: Contexts | None = None


class ModifyCommand(Struct, frozen=True, kw_only=True):
    name: Name | UnsetType = UNSET
    name_localizations: Names | None | UnsetType = UNSET
    description: Annotated[str, Meta(max_length=100)] | None | UnsetType = UNSET
    description_localizations: Descriptions | None | UnsetType = UNSET
    options: Options | None | UnsetType = UNSET
    default_member_permissions: PermissionsInput | None | UnsetType = UNSET
    dm_permission: bool | None | UnsetType = UNSET
    default_permission: bool | None | UnsetType = UNSET
    nsfw: bool | None | UnsetType = UNSET
    integration_types: Installations | None | UnsetType = UNSET
    contexts: Contexts | None | UnsetType = UNSET


class CommandsQuery(Struct, frozen=True, kw_only=True):
    with_localizations: bool = False


class CommandPermission(Struct, frozen=True, kw_only=True):
    """Type 1 is a role, 2 a user, 3 a channel."""

    id: SnowflakeInput
    type: Literal[1, 2, 3]
    permission: bool


class CommandPermissions(Struct, frozen=True, kw_only=True):
    """Under the id of the application: for all commands without permissions of their own."""

    id: Snowflake
    application_id: Snowflake
    guild_id: Snowflake
    permissions: list[CommandPermission]


class ModifyCommandPermissions(Struct, frozen=True, kw_only=True):
    permissions: Annotated[list[CommandPermission], Meta(max_length=100)]


class IndexPermissions(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is set for oneself, one's roles and channels."""

    user: bool | UnsetType = UNSET
    roles: dict[Snowflake, bool] | UnsetType = UNSET
    channels: dict[Snowflake, bool] | UnsetType = UNSET


class IndexCommand(Command, frozen=True, kw_only=True):
    """By its name in the language of who asks; its own name is then the default one."""

    name_default: str | UnsetType = UNSET
    description_default: str | UnsetType = UNSET
    permissions: IndexPermissions | UnsetType = UNSET


class IndexApplication(Struct, frozen=True, kw_only=True):
    id: Snowflake
    name: str
    description: str
    icon: str | None
    flags: str
    bot_id: Snowflake | UnsetType = UNSET
    permissions: IndexPermissions | UnsetType = UNSET


class CommandIndex(Struct, frozen=True, kw_only=True):
    """The commands somebody can use, and whose they are."""

    applications: list[IndexApplication]
    application_commands: list[IndexCommand]
    version: Snowflake


class CommandIndexUpdate(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
