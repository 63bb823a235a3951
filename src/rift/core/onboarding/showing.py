"""Onboarding as it is kept and shown: what of it is gone from the guild is left out."""

from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec.structs import replace

from rift.core.onboarding import queries
from rift.core.unit import Unit
from rift.permissions import ELEVATED, SEND_MESSAGES, VIEW_CHANNEL
from rift.snowflake import Snowflake
from rift.wire.onboarding import Onboarding, OnboardingOption, OnboardingPrompt
from rift.world import Picture

ENABLED: Final = "GUILD_ONBOARDING"
"""The feature of a guild that asks those who come."""
_ADVANCED: Final = 1
_TALK: Final = VIEW_CHANNEL | SEND_MESSAGES


async def stored(unit: Unit, guild: Picture) -> Onboarding | None:
    """What was set up, as far as it is still there; None where nothing ever was."""
    row = await unit.maybe(queries.FETCH, guild.id)
    if row is None:
        return None
    prompts = msgspec.convert(row["prompts"], list[OnboardingPrompt])
    kept = Onboarding(
        guild_id=guild.id,
        prompts=[_prompt(guild, prompt) for prompt in prompts],
        default_channel_ids=_there(guild, row["default_channel_ids"]),
        enabled=ENABLED in guild.guild.features,
        mode=row["mode"],
    )
    return replace(kept, below_requirements=not is_enough(guild, kept))


def is_enough(guild: Picture, onboarding: Onboarding) -> bool:
    """Whether who comes finds at least one channel to talk in."""
    channels = set(onboarding.default_channel_ids)
    if onboarding.mode == _ADVANCED:
        channels.update(id_ for option in options(onboarding) for id_ in option.channel_ids)
    return any(guild.is_open(id_, _TALK) for id_ in channels)


def options(onboarding: Onboarding) -> Iterable[OnboardingOption]:
    """All answers there are to choose from."""
    return (option for prompt in onboarding.prompts for option in prompt.options)


def is_given(guild: Picture, role_id: str) -> bool:
    """Whether anybody may give themselves a role: none by which one rules over others."""
    role = guild.roles.get(role_id)
    if role is None or role.managed or role_id == guild.id:
        return False
    return not int(role.permissions) & ELEVATED


def _prompt(guild: Picture, prompt: OnboardingPrompt) -> OnboardingPrompt:
    return replace(prompt, options=[_option(guild, option) for option in prompt.options])


def _option(guild: Picture, option: OnboardingOption) -> OnboardingOption:
    roles = [id_ for id_ in option.role_ids if is_given(guild, id_)]
    return replace(option, role_ids=roles, channel_ids=_there(guild, option.channel_ids))


def _there(guild: Picture, channel_ids: Iterable[Snowflake]) -> list[Snowflake]:
    return [id_ for id_ in channel_ids if id_ in guild.channels]
