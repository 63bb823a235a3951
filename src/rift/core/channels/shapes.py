"""What the forms of channels say, as columns of the table."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import UNSET

from rift.errors import REQUIRED, InvalidForm
from rift.snowflake import Snowflake
from rift.wire.channels import (
    SHAPES,
    Channel,
    ChannelType,
    CreateChannel,
    ModifyChannel,
    Overwrite,
    from_row,
)

Row = dict[str, Any]

TEXT: Final = int(ChannelType.GUILD_TEXT)
VOICE: Final = int(ChannelType.GUILD_VOICE)
STAGE: Final = int(ChannelType.GUILD_STAGE_VOICE)
CATEGORY: Final = int(ChannelType.GUILD_CATEGORY)
ANNOUNCEMENT: Final = int(ChannelType.GUILD_ANNOUNCEMENT)
WRITTEN: Final = frozenset({TEXT, ANNOUNCEMENT})
FORUMS: Final = frozenset({int(ChannelType.GUILD_FORUM), int(ChannelType.GUILD_MEDIA)})
_MADE: Final = WRITTEN | FORUMS | {VOICE, STAGE, CATEGORY}

_TOPIC_LENGTH: Final = 1024
_GUIDELINES_LENGTH: Final = 4096
"""Of a forum the topic is what is asked of who posts there."""
_VOICE_USERS: Final = 99
_DEFAULTS: Final[Mapping[str, Any]] = {
    "topic": None,
    "nsfw": False,
    "rate_limit_per_user": 0,
    "bitrate": 64_000,
    "user_limit": 0,
    "rtc_region": None,
    "video_quality_mode": 1,
    "default_auto_archive_duration": None,
    "default_thread_rate_limit_per_user": 0,
    "default_sort_order": None,
    "default_forum_layout": 0,
    "default_tag_setting": None,
    "template": "",
}
_REQUIRED: Final[Mapping[str, Any]] = {"nsfw": False, "rate_limit_per_user": 0, "flags": 0}
"""What the table wants to be told also of channels whose type does not show it."""


def kind(type_: int | None, path: str = "type") -> int:
    """The type a channel can be made with."""
    if type_ is None:
        return TEXT
    if type_ not in _MADE:
        words = "This server does not have channels of this type yet."
        raise InvalidForm.at(path, "CHANNEL_TYPE_NOT_SUPPORTED", words)
    return type_


def renamed(type_: int, name: str) -> str:
    """The name as a channel of its type bears it: written ones in lower case, with dashes."""
    words = name.split()
    if not words:
        raise InvalidForm({"name": [REQUIRED]})
    return "-".join(words).lower() if type_ in WRITTEN | FORUMS else name.strip()


def columns(type_: int, body: CreateChannel | ModifyChannel) -> Row:
    """The columns a form names, of those the type has; null stands for the default.

    Name, place and overwrites are not among them: they have rules of their own.
    """
    row: Row = {}
    for field, default in _DEFAULTS.items():
        value = getattr(body, field)
        if value is not UNSET and field in SHAPES[type_]:
            row[field] = default if value is None else value
    most = _GUIDELINES_LENGTH if type_ in FORUMS else _TOPIC_LENGTH
    if len(row.get("topic") or "") > most:
        words = f"Must be {most} or fewer in length."
        raise InvalidForm.at("topic", "BASE_TYPE_MAX_LENGTH", words)
    if type_ == VOICE and row.get("user_limit", 0) > _VOICE_USERS:
        words = f"int value should be less than or equal to {_VOICE_USERS}."
        raise InvalidForm.at("user_limit", "NUMBER_TYPE_MAX", words)
    return row


def inserted(id_: Snowflake, guild_id: Snowflake, type_: int, body: CreateChannel) -> Row:
    """A whole row, but for its place."""
    shown = {field: value for field, value in _DEFAULTS.items() if field in SHAPES[type_]}
    if type_ in FORUMS:
        shown["available_tags"] = []
    row = {**_REQUIRED, **shown, **columns(type_, body)}
    return {
        **row,
        "id": id_,
        "guild_id": guild_id,
        "type": type_,
        "name": renamed(type_, body.name),
    }


def told(row: Row, overwrites: Iterable[Overwrite], last_message_id: str | None) -> Channel:
    """The channel as everybody is told of it."""
    entries = sorted(overwrites, key=lambda entry: int(entry.id))
    return from_row({**row, "permission_overwrites": entries, "last_message_id": last_message_id})
