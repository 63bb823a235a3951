"""How a thread comes to be: stored, counted against what a guild may have, and told."""

from datetime import timedelta
from typing import Any, Final

from msgspec import UNSET
from msgspec.structs import asdict

from rift import errors, events
from rift.core.access import GuildRoom, Room
from rift.core.actor import Actor
from rift.core.auditlog.recording import record
from rift.core.threads import deeds, queries, telling
from rift.core.unit import Unit
from rift.errors import SlowmodeActive
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.channels import Channel, ChannelType, ThreadMember, ThreadMetadata
from rift.wire.gateway import NewThread
from rift.wire.members import Member
from rift.wire.threads import StartThread

PUBLIC: Final = int(ChannelType.PUBLIC_THREAD)
PRIVATE: Final = int(ChannelType.PRIVATE_THREAD)
ANNOUNCEMENT: Final = int(ChannelType.ANNOUNCEMENT_THREAD)
_USUAL_MINUTES: Final = 4320
_INTERACTED: Final = 1


def planned(unit: Unit, place: Room, type_: int, id_: Snowflake, body: StartThread) -> Channel:
    """The thread as a form wants it, below the place."""
    channel, now = place.channel, unit.now()
    minutes = body.auto_archive_duration or channel.default_auto_archive_duration or _USUAL_MINUTES
    slow_s = body.rate_limit_per_user
    if slow_s is None:
        slow_s = channel.default_thread_rate_limit_per_user or 0
    invitable = True if body.invitable is None else body.invitable
    return Channel(
        id=id_,
        type=type_,
        guild_id=place.guild_id,
        name=body.name.strip(),
        parent_id=channel.id,
        owner_id=place.user.id,
        last_message_id=None,
        last_pin_timestamp=None,
        rate_limit_per_user=slow_s,
        thread_metadata=ThreadMetadata(
            archived=False,
            archive_timestamp=now,
            auto_archive_duration=minutes,
            locked=False,
            create_timestamp=now,
            invitable=invitable if type_ == PRIVATE else UNSET,
        ),
        message_count=0,
        member_count=0 if place.member is None else 1,
        total_message_sent=0,
        applied_tags=list(body.applied_tags or ()),
    )


async def check_room(unit: Unit, guild_id: str, type_: int) -> None:
    """A guild has so many active threads and no more."""
    of_news = type_ == ANNOUNCEMENT
    most = unit.settings.limits.active_threads_per_guild
    row = await unit.one(queries.ACTIVE, guild_id, of_news)
    if row["count"] >= most:
        raise errors.TooManyAnnouncementThreads if of_news else errors.TooManyThreads


async def check_pace(unit: Unit, actor: Actor, parent: GuildRoom) -> None:
    """In a slow channel one begins no faster than one speaks."""
    wait_s = parent.channel.rate_limit_per_user or 0
    if not wait_s or actor.bot or parent.may(Permission.BYPASS_SLOWMODE):
        return
    latest = (await unit.one(queries.LATEST, parent.channel.id, actor.id))["at"]
    if latest is not None and unit.now() - latest < timedelta(seconds=wait_s):
        passed = unit.now() - latest
        raise SlowmodeActive(max(wait_s - passed.total_seconds(), 0.001))


async def found(unit: Unit, actor: Actor | None, place: Room, thread: Channel) -> None:
    """Store a thread of a held guild, with the member who made it in it, and tell of both.

    A webhook makes one as well, but is in none.
    """
    if place.guild is None:
        raise errors.WrongChannelType
    await check_room(unit, place.guild.id, thread.type)
    metadata = telling.metadata(thread)
    maker = place.user.id
    await unit.run(
        queries.FOUND,
        thread.id,
        place.guild.id,
        thread.type,
        thread.name,
        thread.parent_id,
        None if place.member is None else maker,
        thread.rate_limit_per_user,
        metadata.archive_timestamp,
        metadata.auto_archive_duration,
        None if metadata.invitable is UNSET else metadata.invitable,
        thread.applied_tags or [],
        maker if place.member is None else None,
    )
    fields: dict[str, Any] = asdict(thread)
    unit.emit(events.ThreadCreate(data=NewThread(**fields, newly_created=True)))
    if place.member is not None:
        await _enter(unit, thread, place.member)
    await record(unit, actor, place.guild.id, deeds.of(Action.THREAD_CREATE, None, thread))


async def _enter(unit: Unit, thread: Channel, member: Member) -> None:
    own = ThreadMember(
        id=thread.id,
        user_id=member.user.id,
        join_timestamp=telling.metadata(thread).create_timestamp or unit.now(),
        flags=_INTERACTED,
        member=member,
        presence=None,
    )
    await unit.run(queries.ENTER, thread.id, [own.user_id], own.join_timestamp, own.flags)
    unit.emit(telling.came(thread, [own], 1))


def inside(parent: GuildRoom, thread: Channel) -> Room:
    """The thread, for who has just made it."""
    return Room(
        channel=thread,
        user=parent.member.user,
        permissions=parent.permissions,
        withheld=parent.withheld,
        guild=parent.guild,
        member=parent.member,
    )


def outside(parent: GuildRoom) -> Room:
    """The channel the thread is made in."""
    return inside(parent, parent.channel)
