"""Where messages, titles and names are looked at before anybody else sees them."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from rift import errors
from rift.core.access import GuildRoom, Room
from rift.core.automod import acting, judging, sayings
from rift.core.automod.acting import Case
from rift.core.automod.judging import Words
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.automod import Effect
from rift.wire.channels import Channel
from rift.wire.members import Member
from rift.wire.users import OF_WEBHOOK, User
from rift.world import Picture


def message(unit: Unit, room: Room, shape: Mapping[str, Any]) -> Case | None:
    """Refuse what a rule blocks; what rules only take note of is to be followed up.

    Webhooks are not looked at, nor who manages the guild.
    """
    guild = room.guild
    if guild is None or not guild.rules or room.user.discriminator == OF_WEBHOOK:
        return None
    case = _case(unit, guild, room.member, room.user, room.channel, sayings.text(shape))
    if case is None:
        return None
    case = case._replace(content=shape.get("content", ""))
    _refuse_blocked(unit, case, errors.BlockedByAutomod)
    return case


def title(unit: Unit, room: GuildRoom, name: str) -> None:
    """The same of the name of a thread or a post."""
    if not room.guild.rules:
        return
    case = _case(unit, room.guild, room.member, room.member.user, room.channel, name)
    if case is not None:
        _refuse_blocked(unit, case, errors.TitleBlockedByAutomod)
        follow_up(unit, case)


def names(unit: Unit, guild: Picture, member: Member) -> bool:
    """Whether somebody is called as the guild does not like; that is dealt with afterwards."""
    if not guild.rules or judging.is_trusted(guild, member):
        return False
    hits = judging.of_names(unit.house.sentry, guild, member)
    if hits:
        called = member.nick or member.user.global_name or member.user.username
        follow_up(unit, Case(guild, member.user, hits, called))
    return bool(hits)


def follow_up(unit: Unit, case: Case, message_id: Snowflake | None = None) -> None:
    """Do what the rules ask for once this is settled."""
    unit.afterwards(partial(acting.act, unit.house, case._replace(message_id=message_id)))


def _case(
    unit: Unit, guild: Picture, member: Member | None, user: User, channel: Channel, text: str
) -> Case | None:
    if judging.is_trusted(guild, member):
        return None
    roles = () if member is None else member.roles
    words = Words(guild, channel, user.id, roles, text, unit.now())
    hits = judging.of_message(unit.house.sentry, words)
    return Case(guild, user, hits, text, channel) if hits else None


def _refuse_blocked(unit: Unit, case: Case, refusal: type[errors.Refusal]) -> None:
    """What is done about it is done after all that the unit wrote is taken back."""
    blocking = [
        action
        for hit in case.hits
        for action in hit.rule.actions
        if action.type == Effect.BLOCK_MESSAGE
    ]
    if blocking:
        follow_up(unit, case._replace(blocked=True))
        told = [action.metadata.custom_message or None for action in blocking]
        raise refusal(next(filter(None, told), None))
