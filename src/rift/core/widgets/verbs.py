"""What can be done with widgets: those who manage a guild set them, everybody sees them."""

from typing import Any, Final

from msgspec import UNSET

from rift import errors
from rift.core import access
from rift.core.actor import Actor, Guest
from rift.core.guilds import holding
from rift.core.guilds import verbs as guilds
from rift.core.invites import making
from rift.core.pictures import frames
from rift.core.unit import Unit
from rift.core.widgets import queries
from rift.core.widgets.shelf import Drawing
from rift.media import Unreadable
from rift.permissions import VIEW_CHANNEL, Permission
from rift.snowflake import Snowflake
from rift.wire.channels import ChannelType
from rift.wire.guilds import Guild
from rift.wire.presences import PresenceUpdate
from rift.wire.widgets import (
    ModifyWidget,
    Widget,
    WidgetActivity,
    WidgetChannel,
    WidgetImageQuery,
    WidgetMember,
    WidgetSettings,
)
from rift.world import Picture

_MOST_MEMBERS: Final = 100
_MOST_ICON_BYTES: Final = 8 * 1024 * 1024
_VOICES: Final = frozenset({int(ChannelType.GUILD_VOICE), int(ChannelType.GUILD_STAGE_VOICE)})
_ENTERED: Final = VIEW_CHANNEL | Permission.CONNECT.value
_FACES: Final = 6
_CUSTOM: Final = 4
"""The activity in which somebody says something in their own words, for those they know."""


async def fetch_settings(unit: Unit, actor: Actor, guild_id: Snowflake) -> WidgetSettings:
    """Whether a guild shows itself, and where its invite leads."""
    hall = await access.guild(unit, actor, guild_id, Permission.MANAGE_GUILD)
    return _settings(hall.guild.guild)


async def modify_settings(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyWidget
) -> WidgetSettings:
    """Show a guild to everybody, or no longer; with an invite, where a channel is named."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    row: dict[str, Any] = {}
    if body.enabled is not UNSET:
        row["widget_enabled"] = bool(body.enabled)
    if body.channel_id is not UNSET:
        _check_channel(hall.guild, body.channel_id)
        row["widget_channel_id"] = body.channel_id
    guild = hall.guild.guild
    different = {field: value for field, value in row.items() if value != getattr(guild, field)}
    return _settings(await guilds.change(unit, actor, hall, different))


async def fetch(
    unit: Unit,
    actor: Actor | Guest,  # noqa: ARG001 - everybody may see it
    guild_id: Snowflake,
) -> Widget:
    """What a guild shows of itself: what everybody sees who comes in, and who is there."""
    picture = await _shown(unit, guild_id)
    present = list(unit.world.present(guild_id))
    members = await _members(unit, picture, present[:_MOST_MEMBERS])
    return Widget(
        id=picture.id,
        name=picture.guild.name,
        instant_invite=await _invite(unit, picture),
        channels=_channels(picture),
        members=members,
        presence_count=len(present),
    )


async def draw(unit: Unit, guild_id: Snowflake, query: WidgetImageQuery) -> bytes:
    """The same as a picture."""
    picture = await _shown(unit, guild_id)
    guild, shelf = picture.guild, unit.house.widgets
    drawing = Drawing(guild.id, query.style, guild.name, guild.icon, unit.world.online(guild.id))
    drawn = shelf.get(drawing)
    if drawn is not None:
        return drawn
    icon = await _icon(unit, guild)
    try:
        made = await unit.house.workshop.widget(query.style, guild.name, drawing.online, icon)
    except Unreadable as error:
        raise errors.Overloaded from error
    shelf.put(drawing, made.data)
    return made.data


def _settings(guild: Guild) -> WidgetSettings:
    return WidgetSettings(enabled=guild.widget_enabled, channel_id=guild.widget_channel_id)


def _check_channel(guild: Picture, channel_id: str | None) -> None:
    if channel_id is None:
        return
    channel = guild.channels.get(channel_id)
    if channel is None:
        raise errors.UnknownChannel
    if channel.type == ChannelType.GUILD_CATEGORY:
        raise errors.WrongChannelType


async def _shown(unit: Unit, guild_id: Snowflake) -> Picture:
    picture = await unit.world.guild(guild_id)
    if picture is None:
        raise errors.UnknownGuild
    if not picture.guild.widget_enabled:
        raise errors.WidgetDisabled
    return picture


def _channels(picture: Picture) -> list[WidgetChannel]:
    open_ = [
        channel
        for channel in picture.channels.values()
        if channel.type in _VOICES and picture.is_open(channel.id, _ENTERED)
    ]
    return [
        WidgetChannel(id=channel.id, name=channel.name or "", position=channel.position or 0)
        for channel in sorted(open_, key=lambda it: (it.position or 0, int(it.id)))
    ]


async def _members(
    unit: Unit, picture: Picture, present: list[PresenceUpdate]
) -> list[WidgetMember]:
    """By the names they have here, and without a face by which they could be found."""
    shown: list[WidgetMember] = []
    for presence in present:
        member = await unit.world.member(picture, presence.user.id)
        if member is None:
            continue
        number, user = len(shown), member.user
        name = member.nick or user.global_name or user.username
        doing = next((it.name for it in presence.activities if it.type != _CUSTOM), None)
        shown.append(
            WidgetMember(
                id=str(number),
                username=name,
                status=presence.status,
                avatar_url=unit.house.links.cdn(f"embed/avatars/{number % _FACES}.png"),
                activity=UNSET if doing is None else WidgetActivity(name=doing),
            )
        )
    return shown


async def _invite(unit: Unit, picture: Picture) -> str | None:
    """Where somebody may come in; who looks first has the invite made."""
    channel_id = picture.guild.widget_channel_id
    if channel_id is None or channel_id not in picture.channels:
        return None
    # On a connection that is given back at once, for one that writes may be needed.
    async with Unit(unit.house, reading=True) as glance:
        row = await glance.maybe(queries.INVITE, channel_id)
    code = await _make_invite(unit, picture, channel_id) if row is None else row["code"]
    return f"{unit.house.links.base}/invite/{code}"


async def _make_invite(unit: Unit, picture: Picture, channel_id: Snowflake) -> str:
    """In a unit of its own: the one of a reader does not write."""
    async with Unit(unit.house) as writing:
        held = await holding.hold(writing, picture.id)
        if channel_id not in held.channels:
            raise errors.UnknownChannel
        row = await writing.maybe(queries.INVITE, channel_id)  # somebody else may have been faster
        if row is not None:
            return str(row["code"])
        return await making.lasting(writing, held, channel_id)


async def _icon(unit: Unit, guild: Guild) -> bytes:
    if guild.icon is None:
        return b""
    key, files = frames.of_guild(guild.id)["icon"].key(guild.icon), unit.house.files
    size = await files.size(key)
    if size is None or size > _MOST_ICON_BYTES:
        return b""
    return b"".join([piece async for piece in files.read(key)])
