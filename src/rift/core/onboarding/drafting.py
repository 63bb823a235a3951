"""What the form of an onboarding says, held against the guild and what was there before."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from rift import errors
from rift.core.access import Hall
from rift.core.guilds.emblems import emblem
from rift.core.onboarding import showing
from rift.core.roles import hierarchy
from rift.core.unit import Unit
from rift.snowflake import Snowflake
from rift.wire.onboarding import (
    ModifyOnboarding,
    Onboarding,
    OnboardingOption,
    OnboardingOptionBody,
    OnboardingPrompt,
    OnboardingPromptBody,
)
from rift.world import Picture

_NO_IDS: Final[list[Snowflake]] = []


def drafted(unit: Unit, hall: Hall, before: Onboarding, body: ModifyOnboarding) -> Onboarding:
    """The onboarding as it is to be; what the form does not name stays."""
    guild, after = hall.guild, before
    if body.prompts is not None:
        _check_roles(hall, before, body.prompts)
        after = replace(after, prompts=_prompts(unit, guild, before, body.prompts))
    if body.default_channel_ids is not None:
        after = replace(after, default_channel_ids=_channels(guild, body.default_channel_ids))
    if body.enabled is not None:
        after = replace(after, enabled=body.enabled)
    if body.mode is not None:
        after = replace(after, mode=body.mode)
    return replace(after, below_requirements=not showing.is_enough(guild, after))


def _prompts(
    unit: Unit, guild: Picture, before: Onboarding, wanted: Iterable[OnboardingPromptBody]
) -> list[OnboardingPrompt]:
    known = {prompt.id for prompt in before.prompts}
    old_options = {option.id for option in showing.options(before)}
    return [
        OnboardingPrompt(
            id=_id(unit, prompt.id, known),
            title=prompt.title,
            options=[_option(unit, guild, option, old_options) for option in prompt.options],
            single_select=bool(prompt.single_select),
            required=bool(prompt.required),
            in_onboarding=bool(prompt.in_onboarding),
            type=prompt.type or 0,
        )
        for prompt in wanted
    ]


def _option(
    unit: Unit, guild: Picture, body: OnboardingOptionBody, known: set[Snowflake]
) -> OnboardingOption:
    return OnboardingOption(
        id=_id(unit, body.id, known),
        title=body.title,
        description=body.description or "",
        emoji=emblem(guild, body.emoji_id, body.emoji_name),
        role_ids=list(dict.fromkeys(body.role_ids or _NO_IDS)),
        channel_ids=_channels(guild, body.channel_ids or _NO_IDS),
    )


def _id(unit: Unit, wished: Snowflake | None, known: set[Snowflake]) -> Snowflake:
    """An id that is known stays, once; clients invent ids for what is new."""
    if wished is not None and wished in known:
        known.remove(wished)
        return wished
    return unit.new_id()


def _channels(guild: Picture, wanted: Iterable[Snowflake]) -> list[Snowflake]:
    channels = list(dict.fromkeys(wanted))
    if any(id_ not in guild.channels for id_ in channels):
        raise errors.UnknownChannel
    return channels


def _check_roles(hall: Hall, before: Onboarding, wanted: Iterable[OnboardingPromptBody]) -> None:
    """Nobody lets others take a role that they could not give them; what was there may stay."""
    kept = {id_ for option in showing.options(before) for id_ in option.role_ids}
    named = {
        id_ for prompt in wanted for option in prompt.options for id_ in option.role_ids or _NO_IDS
    }
    for role_id in sorted(named - kept, key=int):
        hierarchy.below(hall, role_id)
        if not showing.is_given(hall.guild, role_id):
            raise errors.InvalidRole
