"""Where channels stand: in which category, and in which order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors
from rift.core.channels.shapes import CATEGORY, STAGE, VOICE
from rift.errors import InvalidForm
from rift.wire.channels import Channel, ChannelPosition
from rift.world import Picture

PER_CATEGORY: Final = 50


def check_parent(guild: Picture, type_: int, parent_id: str, path: str = "parent_id") -> None:
    """A parent is a category of the guild."""
    parent = guild.channels.get(parent_id)
    if type_ == CATEGORY:
        words = "Categories cannot have parents"
        raise InvalidForm.at(path, "CHANNEL_PARENT_INVALID_TYPE", words)
    if parent is None:
        raise InvalidForm.at(path, "CHANNEL_PARENT_INVALID", "Category does not exist")
    if parent.type != CATEGORY:
        raise InvalidForm.at(path, "CHANNEL_PARENT_INVALID_TYPE", "Not a category")


def check_parent_with_room(guild: Picture, type_: int, parent_id: str) -> None:
    """The same, for one channel more."""
    check_parent(guild, type_, parent_id)
    if len(children(guild, parent_id)) >= PER_CATEGORY:
        raise _full("parent_id")


def children(guild: Picture, parent_id: str) -> list[Channel]:
    """The channels in a category."""
    return [channel for channel in guild.channels.values() if channel.parent_id == parent_id]


def next_position(guild: Picture, type_: int) -> int:
    """Behind all channels of its kind; clients show voice channels apart from written ones."""
    taken = (
        channel.position or 0
        for channel in guild.channels.values()
        if _kind(channel.type) == _kind(type_)
    )
    return max(taken, default=-1) + 1


def order(channel: Channel) -> tuple[int, int]:
    return (channel.position or 0, int(channel.id))


def rearranged(guild: Picture, wishes: Sequence[ChannelPosition]) -> dict[str, Channel]:
    """The channels that stand elsewhere if all wishes come true."""
    moved: dict[str, Channel] = {}
    for number, wish in enumerate(wishes):
        channel = guild.channels.get(wish.id)
        if channel is None:
            raise errors.UnknownChannel
        after = channel
        if isinstance(wish.position, int):
            after = replace(after, position=wish.position)
        if wish.parent_id is not UNSET and wish.parent_id != (channel.parent_id or None):
            if wish.parent_id is not None:
                check_parent(guild, channel.type, wish.parent_id, f"{number}.parent_id")
            after = replace(after, parent_id=wish.parent_id)
        moved[wish.id] = after
    return {id_: channel for id_, channel in moved.items() if channel != guild.channels[id_]}


def new_parents(guild: Picture, moved: Mapping[str, Channel]) -> set[str]:
    """The categories that channels move into."""
    return {
        channel.parent_id
        for channel in moved.values()
        if channel.parent_id and channel.parent_id != guild.channels[channel.id].parent_id
    }


def check_room(guild: Picture, moved: Mapping[str, Channel]) -> None:
    """No category may be too full once all have moved."""
    after = {**guild.channels, **moved}
    crowds = Counter(channel.parent_id for channel in after.values() if channel.parent_id)
    if any(crowd > PER_CATEGORY for crowd in crowds.values()):
        raise _full("parent_id")


def _kind(type_: int) -> int:
    return {CATEGORY: CATEGORY, VOICE: VOICE, STAGE: VOICE}.get(type_, 0)


def _full(path: str) -> InvalidForm:
    words = f"Maximum number of channels in category reached ({PER_CATEGORY})"
    return InvalidForm.at(path, "CHANNEL_PARENT_MAX_CHANNELS", words)
