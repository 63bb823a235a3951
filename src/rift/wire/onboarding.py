"""Onboarding: what those who come are asked, the form that sets it, and what they answer."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.emojis import SettingsEmoji

Mode = Literal[0, 1]
"""Whether only the default channels count as what there is to do, or those of prompts as well."""
_ID = Annotated[str, Meta(pattern="^[0-9]{1,20}$")]
_Milliseconds = Annotated[int, Meta(ge=0, le=2**53 - 1)]
_Ids = Annotated[list[SnowflakeInput], Meta(max_length=50)]


class OnboardingOption(Struct, frozen=True, kw_only=True):
    id: Snowflake
    title: str
    description: str = ""
    emoji: SettingsEmoji = SettingsEmoji()
    role_ids: list[Snowflake] = []
    channel_ids: list[Snowflake] = []


class OnboardingPrompt(Struct, frozen=True, kw_only=True):
    """A question; one that is not asked at the beginning can be answered at any time."""

    id: Snowflake
    title: str
    options: list[OnboardingOption]
    single_select: bool = False
    required: bool = False
    in_onboarding: bool = False
    type: int = 0


class Onboarding(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
    prompts: list[OnboardingPrompt] = []
    default_channel_ids: list[Snowflake] = []
    enabled: bool = False
    mode: int = 0
    below_requirements: bool = False


class OwnOnboarding(Onboarding, frozen=True, kw_only=True):
    """With what somebody chose themselves, and when they saw which question and answer."""

    responses: list[Snowflake] | UnsetType = UNSET
    onboarding_prompts_seen: dict[str, int] | UnsetType = UNSET
    onboarding_responses_seen: dict[str, int] | UnsetType = UNSET


class OnboardingResponses(Struct, frozen=True, kw_only=True):
    guild_id: Snowflake
    user_id: Snowflake
    onboarding_responses: list[Snowflake]
    onboarding_prompts_seen: dict[str, int]
    onboarding_responses_seen: dict[str, int]


class OnboardingOptionBody(Struct, frozen=True, kw_only=True):
    """The id of an option there is; any other, or none, makes a new one."""

    title: Annotated[str, Meta(min_length=1, max_length=50)]
    id: SnowflakeInput | None = None
    description: Annotated[str, Meta(max_length=100)] | None = None
    emoji_id: SnowflakeInput | None = None
    emoji_name: Annotated[str, Meta(max_length=100)] | None = None
    role_ids: _Ids | None = None
    channel_ids: _Ids | None = None


class OnboardingPromptBody(Struct, frozen=True, kw_only=True):
    """The same of a prompt."""

    id: SnowflakeInput
    title: Annotated[str, Meta(min_length=1, max_length=100)]
    options: Annotated[list[OnboardingOptionBody], Meta(min_length=1, max_length=50)]
    single_select: bool | None = None
    required: bool | None = None
    in_onboarding: bool | None = None
    type: Literal[0, 1] | None = None


class ModifyOnboarding(Struct, frozen=True, kw_only=True):
    """What is absent or null stays as it is."""

    prompts: Annotated[list[OnboardingPromptBody], Meta(max_length=15)] | None = None
    enabled: bool | None = None
    default_channel_ids: Annotated[list[SnowflakeInput], Meta(max_length=500)] | None = None
    mode: Mode | None = None


class RespondToOnboarding(Struct, frozen=True, kw_only=True):
    """All that one chooses, not only what is new; what was seen is added to what was before."""

    onboarding_responses: Annotated[list[SnowflakeInput], Meta(max_length=750)] | None = None
    onboarding_prompts_seen: Annotated[dict[_ID, _Milliseconds], Meta(max_length=15)] | None = None
    onboarding_responses_seen: Annotated[dict[_ID, _Milliseconds], Meta(max_length=750)] | None = (
        None
    )
