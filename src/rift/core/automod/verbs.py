"""What can be done with the rules of automatic moderation."""

from typing import Any, Final

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.automod import forms, queries
from rift.core.automod.forms import Place
from rift.core.guilds import holding
from rift.core.unit import Unit
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.automod import CreateRule, ModifyRule, Rule

MANAGE: Final = Permission.MANAGE_GUILD


async def list_of_guild(unit: Unit, actor: Actor, guild_id: Snowflake) -> list[Rule]:
    """The rules of a guild, the oldest first."""
    hall = await access.guild(unit, actor, guild_id, MANAGE)
    return list(hall.guild.rules.values())


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake, rule_id: Snowflake) -> Rule:
    """One rule."""
    return _found(await access.guild(unit, actor, guild_id, MANAGE), rule_id)


async def create(unit: Unit, actor: Actor, guild_id: Snowflake, body: CreateRule) -> Rule:
    """Make a rule; it sleeps unless it is said to be enabled."""
    hall = await holding.hall(unit, actor, guild_id, MANAGE)
    trigger = int(body.trigger_type)
    forms.check_occasion(trigger, body.event_type)
    rule = Rule(
        id=unit.new_id(),
        guild_id=guild_id,
        creator_id=actor.id,
        name=forms.name(body.name),
        event_type=int(body.event_type),
        trigger_type=trigger,
        trigger_metadata=forms.metadata(trigger, body.trigger_metadata),
        actions=forms.actions(Place(hall, trigger), body.actions),
        enabled=bool(body.enabled),
        exempt_roles=forms.exempt_roles(hall.guild, body.exempt_roles),
        exempt_channels=forms.exempt_channels(hall.guild, body.exempt_channels),
    )
    forms.check_amount(hall.guild, trigger)
    await _store(unit, rule)
    unit.emit(events.AutomodRuleCreate(data=rule))
    made = changed(Action.AUTO_MODERATION_RULE_CREATE, rule.id, None, rule)
    await record(unit, actor, guild_id, made)
    return rule


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, rule_id: Snowflake, body: ModifyRule
) -> Rule:
    """Change a rule; what triggers it stays."""
    hall = await holding.hall(unit, actor, guild_id, MANAGE)
    before = _found(hall, rule_id)
    if body.trigger_type not in (UNSET, before.trigger_type):
        words = "What triggers a rule cannot be changed."
        raise InvalidForm.at("trigger_type", "AUTO_MODERATION_TRIGGER_TYPE_FIXED", words)
    after = replace(before, **_changes(hall, before, body))
    if after == before:
        return before
    await _store(unit, after)
    unit.emit(events.AutomodRuleUpdate(data=after))
    deed = changed(Action.AUTO_MODERATION_RULE_UPDATE, rule_id, before, after)
    await record(unit, actor, guild_id, deed)
    return after


async def delete(unit: Unit, actor: Actor, guild_id: Snowflake, rule_id: Snowflake) -> None:
    """Take a rule away; whoever it silenced stays so."""
    hall = await holding.hall(unit, actor, guild_id, MANAGE)
    rule = _found(hall, rule_id)
    await unit.run(queries.DELETE, guild_id, rule_id)
    unit.emit(events.AutomodRuleDelete(data=rule))
    gone = changed(Action.AUTO_MODERATION_RULE_DELETE, rule_id, rule, None)
    await record(unit, actor, guild_id, gone)


def _changes(hall: Hall, before: Rule, body: ModifyRule) -> dict[str, Any]:
    """The fields that a form names, as they are to be."""
    trigger, fields = before.trigger_type, dict[str, Any]()
    if body.name is not UNSET:
        fields["name"] = forms.name(body.name)
    if body.event_type is not UNSET:
        forms.check_occasion(trigger, body.event_type)
    if body.trigger_metadata is not UNSET:
        fields["trigger_metadata"] = forms.metadata(trigger, body.trigger_metadata)
    if body.actions is not UNSET:
        fields["actions"] = forms.actions(Place(hall, trigger), body.actions)
    if body.enabled is not UNSET:
        fields["enabled"] = bool(body.enabled)
    if body.exempt_roles is not UNSET:
        fields["exempt_roles"] = forms.exempt_roles(hall.guild, body.exempt_roles)
    if body.exempt_channels is not UNSET:
        fields["exempt_channels"] = forms.exempt_channels(hall.guild, body.exempt_channels)
    return fields


def _found(hall: Hall, rule_id: str) -> Rule:
    rule = hall.guild.rules.get(rule_id)
    if rule is None:
        raise errors.NotFound
    return rule


async def _store(unit: Unit, rule: Rule) -> None:
    await unit.run(queries.PUT, msgspec.to_builtins(rule))
