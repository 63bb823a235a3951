"""Roles and channels that are gone leave the rules of a held guild that named them."""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from rift import events
from rift.core.automod import queries
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.automod import Rule
from rift.world import Picture


async def part_with_role(unit: Unit, guild: Picture, role_id: Snowflake) -> None:
    """Nobody is exempt by a role that is gone."""
    await _rewrite(unit, guild, lambda rule: _without_role(rule, role_id))


async def part_with_channel(unit: Unit, guild: Picture, channel_id: Snowflake) -> None:
    """Nothing is told in a channel that is gone; a rule that did no more than that is off."""
    await _rewrite(unit, guild, lambda rule: _without_channel(rule, channel_id))


async def _rewrite(unit: Unit, guild: Picture, anew: Callable[[Rule], Rule]) -> None:
    for before in guild.rules.values():
        after = anew(before)
        if after != before:
            await unit.run(queries.PUT, msgspec.to_builtins(after))
            unit.emit(events.AutomodRuleUpdate(data=after))


def _without_role(rule: Rule, role_id: Snowflake) -> Rule:
    return replace(rule, exempt_roles=[id_ for id_ in rule.exempt_roles if id_ != role_id])


def _without_channel(rule: Rule, channel_id: Snowflake) -> Rule:
    actions = [action for action in rule.actions if action.metadata.channel_id != channel_id]
    return replace(
        rule,
        actions=actions,
        enabled=rule.enabled and bool(actions),
        exempt_channels=[id_ for id_ in rule.exempt_channels if id_ != channel_id],
    )
