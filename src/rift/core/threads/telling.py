"""How everybody is told of a thread and of who is in it."""

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from rift import events
from rift.snowflake import Snowflake
from rift.wire.channels import Channel, ThreadMember, ThreadMetadata
from rift.wire.gateway import ThreadMembersUpdate
from rift.world import Picture


def metadata(thread: Channel) -> ThreadMetadata:
    """What makes a channel a thread."""
    if thread.thread_metadata is UNSET:
        raise ValueError("no thread")
    return thread.thread_metadata


def came(thread: Channel, added: Sequence[ThreadMember], count: int) -> events.ThreadMembersUpdate:
    """Some came into a thread, in which there are so many now."""
    data = ThreadMembersUpdate(
        id=thread.id,
        guild_id=thread.guild_id or Snowflake("0"),
        member_count=count,
        added_members=list(added),
    )
    return events.ThreadMembersUpdate(data=data)


def left(thread: Channel, user_id: Snowflake, count: int) -> events.ThreadMembersUpdate:
    """Somebody left it."""
    data = ThreadMembersUpdate(
        id=thread.id,
        guild_id=thread.guild_id or Snowflake("0"),
        member_count=count,
        removed_member_ids=[user_id],
    )
    return events.ThreadMembersUpdate(data=data)


def gone(guild: Picture, user_id: Snowflake) -> Iterator[events.ThreadMembersUpdate]:
    """Somebody leaves the guild, and with it every thread they are in."""
    for thread in guild.threads.active():
        crowd = guild.threads.crowd(thread.id)
        if user_id in crowd:
            yield left(thread, user_id, len(crowd) - 1)
