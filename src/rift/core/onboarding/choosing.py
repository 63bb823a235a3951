"""What somebody who came chooses: it gives them roles, and shows them channels."""

from collections.abc import Collection, Iterable
from typing import Final, Self

from msgspec import Struct
from msgspec.structs import replace

from rift import errors
from rift.core.access import Hall
from rift.core.actor import Actor
from rift.core.guilds import holding
from rift.core.members import changes
from rift.core.members.arriving import COMPLETED_ONBOARDING, STARTED_ONBOARDING
from rift.core.notifications import verbs as notifications
from rift.core.onboarding import queries, showing
from rift.core.unit import Unit
from rift.errors import REQUIRED, InvalidForm
from rift.snowflake import Snowflake
from rift.wire.members import Member
from rift.wire.notifications import ChannelOverrideBody, ModifyUserGuildSettings
from rift.wire.onboarding import (
    Onboarding,
    OnboardingOption,
    OnboardingPrompt,
    OnboardingResponses,
    OwnOnboarding,
    RespondToOnboarding,
)

_OPT_IN_CHANNELS_ON: Final = 1 << 14
"""Of one's settings of a guild: only the channels one chose are shown."""
_OPTED_IN: Final = 1 << 12
"""Of one's settings of a channel: it is one of them."""


class _Choice(Struct, frozen=True, kw_only=True):
    """What somebody chose, and when they saw which question and answer."""

    responses: list[Snowflake] = []
    prompts_seen: dict[str, int] = {}
    responses_seen: dict[str, int] = {}

    def with_more(self, body: RespondToOnboarding) -> Self:
        chosen = body.onboarding_responses
        return replace(
            self,
            responses=self.responses if chosen is None else sorted(set(chosen), key=int),
            prompts_seen=self.prompts_seen | (body.onboarding_prompts_seen or {}),
            responses_seen=self.responses_seen | (body.onboarding_responses_seen or {}),
        )


async def with_own(unit: Unit, actor: Actor, shown: OwnOnboarding) -> OwnOnboarding:
    """The onboarding with what one chose oneself."""
    choice = await _chosen(unit, actor, shown)
    return replace(
        shown,
        responses=choice.responses,
        onboarding_prompts_seen=choice.prompts_seen,
        onboarding_responses_seen=choice.responses_seen,
    )


async def respond(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: RespondToOnboarding
) -> OnboardingResponses | None:
    """Answer for the first time, by which one is through; what is required must be answered."""
    hall, onboarding = await _asked(unit, actor, guild_id)
    chosen = set(body.onboarding_responses or ())
    for prompt in onboarding.prompts:
        needed = prompt.required and prompt.in_onboarding
        if needed and chosen.isdisjoint(option.id for option in prompt.options):
            raise InvalidForm({"onboarding_responses": [REQUIRED]})
    flags = hall.member.flags | STARTED_ONBOARDING | COMPLETED_ONBOARDING
    return await _choose(unit, actor, hall, onboarding, body, flags)


async def change(
    unit: Unit, actor: Actor, guild_id: Snowflake, body: RespondToOnboarding
) -> OnboardingResponses | None:
    """Choose something else."""
    hall, onboarding = await _asked(unit, actor, guild_id)
    return await _choose(unit, actor, hall, onboarding, body, hall.member.flags)


async def _asked(unit: Unit, actor: Actor, guild_id: Snowflake) -> tuple[Hall, Onboarding]:
    actor.must_be_person()
    hall = await holding.hall(unit, actor, guild_id)
    onboarding = await showing.stored(unit, hall.guild)
    if onboarding is None or not onboarding.enabled:
        raise errors.FeatureDisabled("This server does not ask anything of those who come.")
    return hall, onboarding


async def _choose(
    unit: Unit,
    actor: Actor,
    hall: Hall,
    onboarding: Onboarding,
    body: RespondToOnboarding,
    flags: int,
) -> OnboardingResponses | None:
    before = await _chosen(unit, actor, onboarding)
    after = before.with_more(body)
    _check(onboarding.prompts, after.responses)
    guild_id, seen = hall.guild.id, (after.prompts_seen, after.responses_seen)
    await unit.run(queries.PUT_RESPONSES, guild_id, actor.id, after.responses, *seen)
    options = {option.id: option for option in showing.options(onboarding)}
    now = [options[id_] for id_ in after.responses]
    left = [options[id_] for id_ in set(before.responses) - set(after.responses)]
    row = {"roles": _roles(hall.member, now, left), "flags": flags}
    member = await changes.store(unit, actor, hall, hall.member, row)
    shown = {*_channels(now), *onboarding.default_channel_ids}
    await _opt_in(unit, actor, hall, member, shown, _channels(left))
    if not after.responses:
        return None
    return OnboardingResponses(
        guild_id=guild_id,
        user_id=actor.id,
        onboarding_responses=after.responses,
        onboarding_prompts_seen=after.prompts_seen,
        onboarding_responses_seen=after.responses_seen,
    )


async def _chosen(unit: Unit, actor: Actor, onboarding: Onboarding) -> _Choice:
    row = await unit.maybe(queries.RESPONSES, onboarding.guild_id, actor.id)
    if row is None:
        return _Choice()
    there = {option.id for option in showing.options(onboarding)}
    kept = [id_ for id_ in row["responses"] if id_ in there]
    return _Choice(**row | {"responses": kept})


def _check(prompts: Iterable[OnboardingPrompt], responses: Collection[Snowflake]) -> None:
    unknown = set(responses)
    for prompt in prompts:
        chosen = unknown.intersection(option.id for option in prompt.options)
        if prompt.single_select and len(chosen) > 1:
            words = f'Only one answer may be given to "{prompt.title}".'
            raise InvalidForm.at("onboarding_responses", "ONBOARDING_SINGLE_SELECT", words)
        unknown -= chosen
    if unknown:
        words = "There is no such answer."
        raise InvalidForm.at("onboarding_responses", "ONBOARDING_UNKNOWN_OPTION", words)


def _roles(
    member: Member, now: Iterable[OnboardingOption], left: Iterable[OnboardingOption]
) -> list[Snowflake]:
    """In one order, whoever gave them when: permissions are remembered by it."""
    given = {id_ for option in now for id_ in option.role_ids}
    taken = {id_ for option in left for id_ in option.role_ids} - given
    return sorted({*member.roles} - taken | given, key=int)


def _channels(options: Iterable[OnboardingOption]) -> set[Snowflake]:
    return {id_ for option in options for id_ in option.channel_ids}


async def _opt_in(
    unit: Unit,
    actor: Actor,
    hall: Hall,
    member: Member,
    shown: set[Snowflake],
    left: set[Snowflake],
) -> None:
    """Note which channels one wants to see, in one's settings of the guild."""
    there = hall.guild.visible(member)
    settings = await notifications.one(unit, actor, hall.guild.id)
    before = {override.channel_id: override.flags for override in settings.channel_overrides}
    wanted = {id_: before.get(id_, 0) | _OPTED_IN for id_ in shown & there}
    wanted |= {id_: before.get(id_, 0) & ~_OPTED_IN for id_ in (left - shown) & there}
    overrides = {str(id_): ChannelOverrideBody(flags=bits) for id_, bits in wanted.items()}
    flags = settings.flags | _OPT_IN_CHANNELS_ON
    body = ModifyUserGuildSettings(flags=flags, channel_overrides=overrides)
    await notifications.change(unit, actor, {hall.guild.id: body}, {hall.guild.id: there})
