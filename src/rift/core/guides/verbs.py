"""What can be done with the guide of a guild for its new members."""

from typing import Any, Final

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from rift import errors
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.guides import keeping
from rift.core.guilds import holding
from rift.core.guilds import verbs as guilds
from rift.core.guilds.community import COMMUNITY
from rift.core.guilds.emblems import emblem
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.permissions import SEND_MESSAGES, VIEW_CHANNEL, Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.guides import (
    ModifyServerGuide,
    NewMemberAction,
    NewMemberActionBody,
    ResourceChannel,
    ResourceChannelBody,
    ServerGuide,
    WelcomeMessage,
    WelcomeMessageBody,
)
from rift.world import Picture

_LEAST: Final = 3
_TALK: Final = 1
_MANAGE: Final = Permission.MANAGE_GUILD | Permission.MANAGE_ROLES


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake) -> ServerGuide | None:
    """The guide of a guild; one that is not shown only for those who manage the guild."""
    hall = await access.guild(unit, actor, guild_id)
    if keeping.ENABLED not in hall.guild.guild.features:
        hall.require(Permission.MANAGE_GUILD)
    guide = await keeping.stored(unit, hall.guild)
    if guide is None:
        return None
    seen = hall.guild.visible(hall.member)
    return replace(
        guide,
        new_member_actions=[it for it in guide.new_member_actions if it.channel_id in seen],
        resource_channels=[it for it in guide.resource_channels if it.channel_id in seen],
    )


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyServerGuide
) -> ServerGuide:
    """Change what new members are told, or whether they are."""
    hall = await holding.hall(unit, actor, guild_id, Permission.MANAGE_GUILD)
    before = await keeping.stored(unit, hall.guild)
    after = await _drafted(
        unit, hall, before or ServerGuide(guild_id=guild_id, enabled=False), body
    )
    if after.enabled:
        _check_requirements(hall.guild, after)
    await keeping.store(unit, after)
    kept = await keeping.stored(unit, hall.guild) or after
    after = replace(kept, enabled=after.enabled)
    features = {*hall.guild.guild.features} - {keeping.ENABLED} | (
        {keeping.ENABLED} if after.enabled else set()
    )
    if features != {*hall.guild.guild.features}:
        await guilds.change(unit, actor, hall, {"features": sorted(features)})
    action = Action.HOME_SETTINGS_CREATE if before is None else Action.HOME_SETTINGS_UPDATE
    await record(unit, actor, guild_id, changed(action, guild_id, before, after))
    return after


async def _drafted(
    unit: Unit, hall: Hall, before: ServerGuide, body: ModifyServerGuide
) -> ServerGuide:
    after, guild = before, hall.guild
    if body.enabled is not UNSET:
        after = replace(after, enabled=body.enabled)
    if body.welcome_message is not UNSET:
        after = replace(after, welcome_message=await _greeting(unit, hall, body.welcome_message))
    if body.new_member_actions is not UNSET:
        actions = [_action(guild, it) for it in body.new_member_actions]
        after = replace(after, new_member_actions=actions)
    if body.resource_channels is not UNSET:
        channels = [ResourceChannel(**_line(guild, it)) for it in body.resource_channels]
        after = replace(after, resource_channels=channels)
    return after


async def _greeting(
    unit: Unit, hall: Hall, body: WelcomeMessageBody | None
) -> WelcomeMessage | UnsetType:
    """Who greets are members who manage the guild."""
    if body is None:
        return UNSET
    authors = list(dict.fromkeys(body.author_ids))
    for author_id in authors:
        member = await access.member(unit, hall, author_id)
        if not hall.guild.base(member) & _MANAGE.value:
            words = "Only who manages the server or its roles greets those who come."
            raise InvalidForm.at("welcome_message.author_ids", "AUTHOR_INVALID", words)
    return WelcomeMessage(author_ids=authors, message=body.message)


def _action(guild: Picture, body: NewMemberActionBody) -> NewMemberAction:
    return NewMemberAction(**_line(guild, body), action_type=body.action_type)


def _line(guild: Picture, body: ResourceChannelBody) -> dict[str, Any]:
    if body.channel_id not in guild.channels:
        raise errors.UnknownChannel
    given = body.emoji
    return {
        "channel_id": body.channel_id,
        "title": body.title,
        "description": body.description or "",
        "emoji": UNSET if given is None else emblem(guild, given.id, given.name),
    }


def _check_requirements(guild: Picture, guide: ServerGuide) -> None:
    """Who comes can do what the guide tells them to."""
    if COMMUNITY not in guild.guild.features:
        raise errors.FeatureDisabled("Only communities guide their new members.")
    if len(guide.new_member_actions) < _LEAST:
        words = f"There must be at least {_LEAST} things to do."
        raise InvalidForm.at("new_member_actions", "BASE_TYPE_BAD_LENGTH", words)
    lines = (*guide.new_member_actions, *guide.resource_channels)
    if not all(guild.is_open(line.channel_id) for line in lines):
        words = "Everybody must be able to see these channels."
        raise InvalidForm.at("new_member_actions", "CHANNEL_NOT_VIEWABLE", words)
    talks = [it.channel_id for it in guide.new_member_actions if it.action_type == _TALK]
    if not all(guild.is_open(id_, VIEW_CHANNEL | SEND_MESSAGES) for id_ in talks):
        words = "Everybody must be able to write in these channels."
        raise InvalidForm.at("new_member_actions", "CHANNEL_NOT_WRITABLE", words)
