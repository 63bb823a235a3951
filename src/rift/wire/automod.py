"""Rules by which a guild watches over what is said in it: as set, shown, tried and applied."""

from datetime import datetime
from enum import IntEnum
from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from rift.snowflake import Snowflake, SnowflakeInput
from rift.wire.limits import Time
from rift.wire.users import User


class Trigger(IntEnum):
    KEYWORD = 1
    SPAM = 3
    KEYWORD_PRESET = 4
    MENTION_SPAM = 5
    MEMBER_PROFILE = 6


class Occasion(IntEnum):
    """When a rule is asked: a message that is sent or edited, a member who comes or is renamed."""

    MESSAGE_SEND = 1
    MEMBER_UPDATE = 2


class Effect(IntEnum):
    """What is done where a rule applies."""

    BLOCK_MESSAGE = 1
    SEND_ALERT_MESSAGE = 2
    TIMEOUT = 3
    BLOCK_MEMBER_INTERACTION = 4


QUARANTINED: Final = 1 << 7
"""The flag of a member whose name offends: they look on until it is another one."""

Keyword = Annotated[str, Meta(min_length=1, max_length=60)]
Pattern = Annotated[str, Meta(min_length=1, max_length=260)]
RuleName = Annotated[str, Meta(min_length=1, max_length=100)]
Preset = Literal[1, 2, 3]
"""Profanity, sexual content, slurs."""


class TriggerMetadata(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Only what belongs to the trigger is there."""

    keyword_filter: list[str] | UnsetType = UNSET
    regex_patterns: list[str] | UnsetType = UNSET
    presets: list[int] | UnsetType = UNSET
    allow_list: list[str] | UnsetType = UNSET
    mention_total_limit: int | UnsetType = UNSET
    mention_raid_protection_enabled: bool | UnsetType = UNSET


class ActionMetadata(Struct, frozen=True, kw_only=True, omit_defaults=True):
    channel_id: Snowflake | UnsetType = UNSET
    duration_seconds: int | UnsetType = UNSET
    custom_message: str | UnsetType = UNSET


class Action(Struct, frozen=True, kw_only=True):
    type: int
    metadata: ActionMetadata = ActionMetadata()


class Rule(Struct, frozen=True, kw_only=True):
    id: Snowflake
    guild_id: Snowflake
    creator_id: Snowflake
    name: str
    event_type: int
    trigger_type: int
    trigger_metadata: TriggerMetadata
    actions: list[Action]
    enabled: bool
    exempt_roles: list[Snowflake]
    exempt_channels: list[Snowflake]


class TriggerMetadataBody(Struct, frozen=True, kw_only=True):
    keyword_filter: Annotated[list[Keyword], Meta(max_length=1000)] | None = None
    regex_patterns: Annotated[list[Pattern], Meta(max_length=10)] | None = None
    presets: Annotated[list[Preset], Meta(max_length=3)] | None = None
    allow_list: Annotated[list[Keyword], Meta(max_length=1000)] | None = None
    mention_total_limit: Annotated[int, Meta(ge=0, le=50)] | None = None
    mention_raid_protection_enabled: bool | None = None


class ActionMetadataBody(Struct, frozen=True, kw_only=True):
    channel_id: SnowflakeInput | None = None
    duration_seconds: Annotated[int, Meta(ge=0, le=2_419_200)] | None = None
    custom_message: Annotated[str, Meta(max_length=300)] | None = None


class ActionBody(Struct, frozen=True, kw_only=True):
    type: Literal[1, 2, 3, 4]
    metadata: ActionMetadataBody | None = None


Actions = Annotated[list[ActionBody], Meta(min_length=1, max_length=5)]
ExemptRoles = Annotated[list[SnowflakeInput], Meta(max_length=20)]
ExemptChannels = Annotated[list[SnowflakeInput], Meta(max_length=50)]


class CreateRule(Struct, frozen=True, kw_only=True):
    name: RuleName
    event_type: Literal[1, 2]
    trigger_type: Literal[1, 3, 4, 5, 6]
    actions: Actions | None = None
    trigger_metadata: TriggerMetadataBody | None = None
    enabled: bool | None = None
    exempt_roles: ExemptRoles | None = None
    exempt_channels: ExemptChannels | None = None


class ModifyRule(Struct, frozen=True, kw_only=True):
    """What a rule is triggered by stays; a form may name it, as it is."""

    name: RuleName | UnsetType = UNSET
    event_type: Literal[1, 2] | UnsetType = UNSET
    trigger_type: Literal[1, 3, 4, 5, 6] | UnsetType = UNSET
    actions: Actions | None | UnsetType = UNSET
    trigger_metadata: TriggerMetadataBody | None | UnsetType = UNSET
    enabled: bool | None | UnsetType = UNSET
    exempt_roles: ExemptRoles | None | UnsetType = UNSET
    exempt_channels: ExemptChannels | None | UnsetType = UNSET


class Draft(Struct, frozen=True, kw_only=True):
    """A rule as far as it decides anything, before anybody has made it."""

    trigger_type: Literal[1, 3, 4, 5, 6]
    trigger_metadata: TriggerMetadataBody | None = None
    exempt_roles: ExemptRoles | None = None
    exempt_channels: ExemptChannels | None = None


class TryRule(Draft, frozen=True, kw_only=True):
    """A draft, and a text that may be one somebody writes."""

    content: Annotated[str, Meta(max_length=4000)] = ""


class DryRun(Draft, frozen=True, kw_only=True):
    """A draft for the newest messages of some channels, or of all one reads."""

    channel_ids: Annotated[list[SnowflakeInput], Meta(max_length=50)] | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)] = 500


class RuleMatch(Struct, frozen=True, kw_only=True):
    """What of a text triggers a rule: the entry of the rule, and the words it stands for."""

    matched_keyword: str | None = None
    matched_content: str | None = None


class Tried(Struct, frozen=True, kw_only=True):
    """The draft as it would be kept, and what it finds."""

    trigger_metadata: TriggerMetadata
    match: RuleMatch | None


class DryHit(RuleMatch, frozen=True, kw_only=True):
    """A message that the rule would have concerned."""

    message_id: Snowflake
    channel_id: Snowflake
    author: User
    content: str
    timestamp: datetime


class DryRunResult(Struct, frozen=True, kw_only=True):
    """How many messages were looked at, how many were concerned, and the newest of these."""

    examined: int
    matched: int
    hits: list[DryHit]


class ActionExecution(RuleMatch, frozen=True, kw_only=True):
    guild_id: Snowflake
    action: Action
    rule_id: Snowflake
    rule_trigger_type: int
    user_id: Snowflake
    channel_id: Snowflake | UnsetType = UNSET
    message_id: Snowflake | UnsetType = UNSET
    alert_system_message_id: Snowflake | UnsetType = UNSET
    content: str


class AlertEffect(IntEnum):
    """What those who moderate do about an alert."""

    SET_COMPLETED = 1
    UNSET_COMPLETED = 2
    DELETE_USER_MESSAGE = 3
    SUBMIT_FEEDBACK = 4
    """It was a mistake."""


class AlertAction(Struct, frozen=True, kw_only=True):
    channel_id: SnowflakeInput
    message_id: SnowflakeInput
    alert_action_type: Literal[1, 2, 3, 4]


class AlertDeed(Struct, frozen=True, kw_only=True):
    """Who did something about an alert, and when."""

    actor: Snowflake
    ts: datetime


class AlertActions(Struct, frozen=True, kw_only=True):
    """What was done about an alert, as it is noted in it: the last of each effect."""

    v: Literal[0] = 0
    actions: dict[str, AlertDeed]


class FalseAlarm(Struct, frozen=True, kw_only=True):
    """Why what was told of a raid is over."""

    alert_message_id: SnowflakeInput
    reason: Literal[
        "LEGITIMATE_ACTIVITY",
        "LEGITIMATE_ACCOUNTS",
        "LEGITIMATE_DMS",
        "DM_SPAM",
        "JOIN_RAID",
        "OTHER",
    ]


class IncidentActions(Struct, frozen=True, kw_only=True):
    """Until when nobody comes in by invites, and members do not write to each other."""

    invites_disabled_until: Time | None | UnsetType = UNSET
    dms_disabled_until: Time | None | UnsetType = UNSET
