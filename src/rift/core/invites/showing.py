"""Invites as they are shown: to strangers little, to those who manage them all of it."""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors
from rift.core.messages.people import user_from_row
from rift.core.unit import Unit
from rift.core.welcome_screens import showing as welcome_screens
from rift.wire.invites import Invite, InviteChannel, InviteGuild
from rift.world import Picture

Row = Mapping[str, Any]


def to_strangers(picture: Picture, row: Row) -> Invite:
    """What anybody sees who knows the code."""
    channel = picture.channels.get(row["channel_id"])
    if channel is None:
        raise errors.UnknownInvite
    return Invite(
        code=row["code"],
        guild=_guild(picture),
        guild_id=picture.id,
        channel=InviteChannel(id=channel.id, type=channel.type, name=channel.name or None),
        expires_at=row["expires_at"],
        flags=row["flags"],
        inviter=UNSET if row["inviter_id"] is None else user_from_row(row, "inviter_id"),
    )


async def welcoming(unit: Unit, picture: Picture, invite: Invite) -> Invite:
    """With what the guild shows to those who come."""
    screen = await welcome_screens.to_strangers(unit, picture)
    if screen is None:
        return invite
    return replace(invite, guild=replace(invite.guild, welcome_screen=screen))


def announcing(picture: Picture, invite: Invite, event_id: str | None) -> Invite:
    """With what is to happen where the invite leads, as far as everybody may know of it."""
    event = picture.happenings.get(event_id or "")
    if event is None or not (event.channel_id is None or picture.is_open(event.channel_id)):
        return invite
    return replace(invite, guild_scheduled_event=event)


def counted(unit: Unit, picture: Picture, invite: Invite) -> Invite:
    """With how many members there are, and how many of them are online."""
    return replace(
        invite,
        approximate_member_count=picture.member_count,
        approximate_presence_count=unit.world.online(picture.id),
    )


def whole(picture: Picture, row: Row) -> Invite:
    """With the terms it was made on, and how often it was used."""
    return replace(
        to_strangers(picture, row),
        uses=row["uses"],
        max_uses=row["max_uses"],
        max_age=row["max_age"],
        temporary=row["temporary"],
        created_at=row["created_at"],
    )


def _guild(picture: Picture) -> InviteGuild:
    guild = picture.guild
    return InviteGuild(
        id=guild.id,
        name=guild.name,
        splash=guild.splash,
        banner=guild.banner,
        description=guild.description,
        icon=guild.icon,
        features=guild.features,
        verification_level=guild.verification_level,
        vanity_url_code=guild.vanity_url_code,
        nsfw_level=guild.nsfw_level,
        nsfw=guild.nsfw,
        premium_subscription_count=guild.premium_subscription_count,
    )
