"""What can be done with the onboarding of a guild, by those who manage it."""

from collections.abc import Iterator
from typing import Final

import msgspec

from rift import errors, events
from rift.core import access
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.auditlog.recording import Deed, changed, record
from rift.core.guilds import holding
from rift.core.guilds import verbs as guilds
from rift.core.guilds.community import COMMUNITY
from rift.core.onboarding import choosing, drafting, queries, showing
from rift.core.unit import Unit
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.auditlog import Action
from rift.wire.onboarding import ModifyOnboarding, Onboarding, OwnOnboarding

_MANAGE: Final = Permission.MANAGE_GUILD | Permission.MANAGE_ROLES
_EVER: Final = "GUILD_ONBOARDING_EVER_ENABLED"
_PROMPTS: Final = "GUILD_ONBOARDING_HAS_PROMPTS"


async def fetch(unit: Unit, actor: Actor, guild_id: Snowflake) -> OwnOnboarding:
    """What those who come are asked, and what one chose oneself."""
    hall = await access.guild(unit, actor, guild_id)
    if showing.ENABLED not in hall.guild.guild.features:
        hall.require(Permission.MANAGE_GUILD)
    kept = await showing.stored(unit, hall.guild) or _nothing(hall)
    shown = OwnOnboarding(**msgspec.structs.asdict(kept))
    return shown if actor.bot else await choosing.with_own(unit, actor, shown)


async def modify(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: ModifyOnboarding
) -> Onboarding:
    """Change what those who come are asked, or whether they are."""
    hall = await holding.hall(unit, actor, guild_id, _MANAGE)
    before = await showing.stored(unit, hall.guild)
    was = before or _nothing(hall)
    after = drafting.drafted(unit, hall, was, body)
    _check_requirements(hall, was, after)
    prompts = msgspec.to_builtins(after.prompts)
    await unit.run(queries.PUT, guild_id, after.mode, after.default_channel_ids, prompts)
    await _announce(unit, actor, hall, after)
    action = Action.ONBOARDING_CREATE if before is None else Action.ONBOARDING_UPDATE
    whole = changed(action, guild_id, before, after)
    await record(unit, actor, guild_id, whole, *_deeds(was, after))
    return after


def _nothing(hall: Hall) -> Onboarding:
    return Onboarding(guild_id=hall.guild.id, below_requirements=True)


def _check_requirements(hall: Hall, before: Onboarding, after: Onboarding) -> None:
    if not after.enabled:
        return
    if COMMUNITY not in hall.guild.guild.features:
        raise errors.OnboardingNotReady
    if after.below_requirements:
        raise errors.OnboardingBelowRequirements if before.enabled else errors.OnboardingNotReady


async def _announce(unit: Unit, actor: Actor, hall: Hall, after: Onboarding) -> None:
    """By the guild's features, which tell whether there is something to ask for."""
    before = set(hall.guild.guild.features)
    features = before - {showing.ENABLED, _PROMPTS}
    features |= {showing.ENABLED, _EVER} if after.enabled else set()
    features |= {_PROMPTS} if after.prompts else set()
    if features == before:
        unit.emit(events.GuildUpdate(data=hall.guild.whole()))
    else:
        await guilds.change(unit, actor, hall, {"features": sorted(features)})


def _deeds(before: Onboarding, after: Onboarding) -> Iterator[Deed]:
    old = {prompt.id: prompt for prompt in before.prompts}
    new = {prompt.id: prompt for prompt in after.prompts}
    for id_, prompt in new.items():
        if id_ not in old:
            yield changed(Action.ONBOARDING_PROMPT_CREATE, id_, None, prompt)
        else:
            yield changed(Action.ONBOARDING_PROMPT_UPDATE, id_, old[id_], prompt)
    for id_, prompt in old.items():
        if id_ not in new:
            yield changed(Action.ONBOARDING_PROMPT_DELETE, id_, prompt, None)
