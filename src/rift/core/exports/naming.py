"""The names the exporter has for kinds of messages and channels, and names that files can have."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from rift.wire.channels import Channel, ChannelType

_MESSAGES: Final[Mapping[int, str]] = {
    0: "Default",
    1: "RecipientAdd",
    2: "RecipientRemove",
    3: "Call",
    4: "ChannelNameChange",
    5: "ChannelIconChange",
    6: "ChannelPinnedMessage",
    7: "GuildMemberJoin",
    18: "ThreadCreated",
    19: "Reply",
}
_SAID: Final[Mapping[int, str]] = {
    1: "Added a recipient.",
    2: "Removed a recipient.",
    3: "Started a call.",
    4: "Changed the channel name.",
    5: "Changed the channel icon.",
    6: "Pinned a message.",
    7: "Joined the server.",
    18: "Started a thread.",
}
_CHANNELS: Final[Mapping[int, str]] = {
    ChannelType.GUILD_TEXT: "GuildTextChat",
    ChannelType.DM: "DirectTextChat",
    ChannelType.GUILD_VOICE: "GuildVoiceChat",
    ChannelType.GROUP_DM: "DirectGroupTextChat",
    ChannelType.GUILD_CATEGORY: "GuildCategory",
    ChannelType.GUILD_ANNOUNCEMENT: "GuildNews",
    ChannelType.ANNOUNCEMENT_THREAD: "GuildNewsThread",
    ChannelType.PUBLIC_THREAD: "GuildPublicThread",
    ChannelType.PRIVATE_THREAD: "GuildPrivateThread",
    ChannelType.GUILD_STAGE_VOICE: "GuildStageVoice",
    ChannelType.GUILD_DIRECTORY: "GuildDirectory",
    ChannelType.GUILD_FORUM: "GuildForum",
}
_STICKERS: Final[Mapping[int, str]] = {1: "Png", 2: "Apng", 3: "Lottie", 4: "Gif"}
_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_LONGEST: Final = 120


def message_kind(type_: int) -> str:
    return _MESSAGES.get(type_, str(type_))


def channel_kind(channel: Channel) -> str:
    return _CHANNELS.get(channel.type, str(channel.type))


def sticker_format(format_: int) -> str:
    return _STICKERS.get(format_, str(format_))


def content(type_: int, written: str) -> str:
    """What a message says; of those nobody wrote, what they tell."""
    return written if written or type_ not in _SAID else _SAID[type_]


def fit(name: str) -> str:
    """The name as every file system takes it."""
    visible = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    cut = _UNFIT.sub("_", visible).encode()[:_LONGEST].decode(errors="ignore")
    return cut.strip(" .") or "_"
