"""Interactions: as somebody's client sets them off, as an application hears of them and answers."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.limits import Flags, Json
from rift.wire.messages import AttachmentBody, Message
from rift.wire.users import User

COMMAND = 2
COMPONENT = 3
AUTOCOMPLETE = 4
MODAL = 5

PONG = 1
REPLY = 4
REPLY_LATER = 5
UPDATE_LATER = 6
UPDATE = 7
CHOICES = 8
SHOW_MODAL = 9

EPHEMERAL = 1 << 6
LOADING = 1 << 7

UNKNOWN = 1
TIMEOUT = 2
"""Why an interaction failed."""

CustomId = Annotated[str, Meta(min_length=1, max_length=100)]
Value = Annotated[str, Meta(max_length=6000)] | int | float | bool


class GivenOption(Struct, frozen=True, kw_only=True):
    """A value, or a sub-command with those given to it."""

    type: int
    name: Annotated[str, Meta(max_length=32)]
    value: Value | None = None
    options: "Annotated[list[GivenOption], Meta(max_length=25)] | None" = None
    focused: bool | None = None


class CommandCall(Struct, frozen=True, kw_only=True):
    id: SnowflakeInput
    name: str
    version: SnowflakeInput | None = None
    type: int | None = None
    guild_id: SnowflakeInput | None = None
    options: Annotated[list[GivenOption], Meta(max_length=25)] | None = None
    target_id: SnowflakeInput | None = None
    attachments: Annotated[list[AttachmentBody], Meta(max_length=10)] | None = None


class ComponentUse(Struct, frozen=True, kw_only=True):
    custom_id: CustomId
    component_type: int | None = None
    type: int | None = None
    values: Annotated[list[Annotated[str, Meta(max_length=100)]], Meta(max_length=25)] | None = None


class FilledField(Struct, frozen=True, kw_only=True):
    type: int
    id: int | None = None
    custom_id: CustomId | None = None
    value: Annotated[str, Meta(max_length=4000)] | bool | None = None
    values: Annotated[list[Annotated[str, Meta(max_length=100)]], Meta(max_length=25)] | None = None
    component: "FilledField | None" = None
    components: "Annotated[list[FilledField], Meta(max_length=40)] | None" = None


class ModalSubmit(Struct, frozen=True, kw_only=True):
    id: SnowflakeInput
    custom_id: CustomId
    components: Annotated[list[FilledField], Meta(max_length=40)]
    attachments: Annotated[list[AttachmentBody], Meta(max_length=10)] | None = None


class CreateInteraction(Struct, frozen=True, kw_only=True):
    """What `data` is depends on the type."""

    type: Literal[2, 3, 4, 5]
    application_id: SnowflakeInput
    channel_id: SnowflakeInput
    data: Json
    guild_id: SnowflakeInput | None = None
    message_id: SnowflakeInput | None = None
    message_flags: Flags | None = None
    session_id: Annotated[str, Meta(max_length=64)] | None = None
    nonce: Annotated[str, Meta(max_length=64)] | int | None = None


class InteractionAnswer(Struct, frozen=True, kw_only=True):
    """What `data` is depends on the type."""

    type: Literal[1, 4, 5, 6, 7, 8, 9]
    data: Json | None = None


class AnswerQuery(Struct, frozen=True, kw_only=True):
    with_response: bool = False


class ChoiceAnswer(Struct, frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    value: Annotated[str, Meta(max_length=6000)] | int | float
    name_localizations: dict[str, Annotated[str, Meta(min_length=1, max_length=100)]] | None = None


class ChoicesAnswer(Struct, frozen=True, kw_only=True):
    choices: Annotated[list[ChoiceAnswer], Meta(max_length=25)]


class ModalAnswer(Struct, frozen=True, kw_only=True):
    custom_id: CustomId
    title: Annotated[str, Meta(min_length=1, max_length=45)]
    components: list[Any]


class DeferredAnswer(Struct, frozen=True, kw_only=True):
    flags: Flags | None = None


class Interaction(Struct, frozen=True, kw_only=True):
    """What an application is told."""

    id: Snowflake
    application_id: Snowflake
    type: int
    token: str
    version: int = 1
    data: Json | UnsetType = UNSET
    guild: Json | UnsetType = UNSET
    guild_id: Snowflake | UnsetType = UNSET
    guild_locale: str | UnsetType = UNSET
    channel: Json | UnsetType = UNSET
    channel_id: Snowflake | UnsetType = UNSET
    member: Json | UnsetType = UNSET
    user: User | UnsetType = UNSET
    locale: str | UnsetType = UNSET
    message: Message | UnsetType = UNSET
    app_permissions: str = "0"
    entitlements: list[Json] = []
    authorizing_integration_owners: dict[str, Snowflake] = {}
    context: int | UnsetType = UNSET
    attachment_size_limit: int = 0


class InteractionStarted(Struct, frozen=True, kw_only=True):
    """What the client is told that set it off."""

    id: Snowflake
    nonce: str | None = None


class InteractionFailed(InteractionStarted, frozen=True, kw_only=True):
    reason_code: int


class AutocompleteResponse(Struct, frozen=True, kw_only=True):
    choices: list[Json]
    nonce: str | None = None


class ModalShown(Struct, frozen=True, kw_only=True):
    id: Snowflake
    channel_id: Snowflake
    custom_id: str
    title: str
    components: list[Json]
    application: Json
    nonce: str | None = None


class AnsweredInteraction(Struct, frozen=True, kw_only=True):
    id: Snowflake
    type: int
    channel_id: Snowflake
    guild_id: Snowflake | UnsetType = UNSET
    response_message_id: Snowflake | UnsetType = UNSET
    response_message_loading: bool | UnsetType = UNSET
    response_message_ephemeral: bool | UnsetType = UNSET


class AnswerResource(Struct, frozen=True, kw_only=True):
    type: int
    message: Message


class InteractionResponse(Struct, frozen=True, kw_only=True):
    interaction: AnsweredInteraction
    resource: AnswerResource | UnsetType = UNSET
