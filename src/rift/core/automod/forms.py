"""What a form for a rule may say: of each trigger what belongs to it, within Discord's limits."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from msgspec import UNSET

from rift import errors
from rift.core.access import Hall
from rift.core.automod import matching
from rift.errors import REQUIRED, FieldError, InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire.automod import (
    Action,
    ActionBody,
    ActionMetadata,
    ActionMetadataBody,
    Effect,
    Occasion,
    Trigger,
    TriggerMetadata,
    TriggerMetadataBody,
)
from rift.wire.channels import ChannelType
from rift.world import Picture

_OCCASIONS: Final[Mapping[int, Occasion]] = {
    Trigger.KEYWORD: Occasion.MESSAGE_SEND,
    Trigger.SPAM: Occasion.MESSAGE_SEND,
    Trigger.KEYWORD_PRESET: Occasion.MESSAGE_SEND,
    Trigger.MENTION_SPAM: Occasion.MESSAGE_SEND,
    Trigger.MEMBER_PROFILE: Occasion.MEMBER_UPDATE,
}
_MOST: Final[Mapping[int, int]] = {Trigger.KEYWORD: 6}
"""So many rules of a kind a guild may have; of the others one."""
_EFFECTS: Final[Mapping[int, frozenset[int]]] = {
    Trigger.KEYWORD: frozenset({1, 2, 3}),
    Trigger.SPAM: frozenset({1, 2}),
    Trigger.KEYWORD_PRESET: frozenset({1, 2}),
    Trigger.MENTION_SPAM: frozenset({1, 2, 3}),
    Trigger.MEMBER_PROFILE: frozenset({2, 4}),
}
_FIELDS: Final[Mapping[int, tuple[str, ...]]] = {
    Trigger.KEYWORD: ("keyword_filter", "regex_patterns", "allow_list"),
    Trigger.SPAM: (),
    Trigger.KEYWORD_PRESET: ("presets", "allow_list"),
    Trigger.MENTION_SPAM: ("mention_total_limit", "mention_raid_protection_enabled"),
    Trigger.MEMBER_PROFILE: ("keyword_filter", "regex_patterns", "allow_list"),
}
_ALLOWED: Final[Mapping[int, int]] = {Trigger.KEYWORD_PRESET: 1000}
"""How long the list of allowed words may be; a hundred otherwise."""
_MENTIONS: Final = 20
"""So many people a message may call where a rule does not say how many."""
_SILENCING: Final = frozenset({int(Effect.TIMEOUT), int(Effect.BLOCK_MEMBER_INTERACTION)})
_WRITTEN: Final = frozenset(
    {
        int(ChannelType.GUILD_TEXT),
        int(ChannelType.GUILD_ANNOUNCEMENT),
        int(ChannelType.GUILD_VOICE),
        int(ChannelType.GUILD_STAGE_VOICE),
    }
)


class Place(NamedTuple):
    """Who makes a rule of what kind, and where the guild is."""

    hall: Hall
    trigger: int


def check_amount(guild: Picture, trigger: int) -> None:
    """A guild has so many rules of a kind and no more."""
    there = sum(rule.trigger_type == trigger for rule in guild.rules.values())
    most = _MOST.get(trigger, 1)
    if there >= most:
        words = f"Maximum number of rules of this type reached ({most})."
        code = "AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED"
        raise InvalidForm.at("trigger_type", code, words)


def check_occasion(trigger: int, event_type: int) -> None:
    if _OCCASIONS[trigger] != event_type:
        words = "This trigger is not for this kind of event."
        raise InvalidForm.at("event_type", "AUTO_MODERATION_INVALID_EVENT_TYPE", words)


def metadata(trigger: int, body: TriggerMetadataBody | None) -> TriggerMetadata:
    """What a rule is triggered by, complete; what does not belong to it is refused."""
    given = body or TriggerMetadataBody()
    _check_strange(trigger, given)
    if trigger == Trigger.SPAM:
        return TriggerMetadata()
    if trigger == Trigger.MENTION_SPAM:
        limit = given.mention_total_limit
        return TriggerMetadata(
            mention_total_limit=_MENTIONS if limit is None else limit,
            mention_raid_protection_enabled=bool(given.mention_raid_protection_enabled),
        )
    allowed = list(given.allow_list or ())
    most = _ALLOWED.get(trigger, 100)
    if len(allowed) > most:
        words = f"Must be {most} or fewer in length."
        raise InvalidForm.at("trigger_metadata.allow_list", "BASE_TYPE_MAX_LENGTH", words)
    if trigger == Trigger.KEYWORD_PRESET:
        if body is None:
            raise InvalidForm({"trigger_metadata": [REQUIRED]})
        presets = [int(one) for one in sorted(set(given.presets or ()))]
        return TriggerMetadata(presets=presets, allow_list=allowed)
    return _worded(given, allowed)


def actions(place: Place, bodies: Sequence[ActionBody] | None) -> list[Action]:
    """What a rule does; each thing once."""
    if not bodies:
        raise InvalidForm({"actions": [REQUIRED]})
    wrong: dict[str, list[FieldError]] = {}
    seen = set[int]()
    for number, body in enumerate(bodies):
        fault = _fault(place, body, seen)
        seen.add(body.type)
        if fault is not None:
            path, error = fault
            wrong[f"actions.{number}{path}"] = [error]
    if wrong:
        raise InvalidForm(wrong)
    if seen & _SILENCING:
        place.hall.require(Permission.MODERATE_MEMBERS)
    return [_action(body) for body in bodies]


def exempt_roles(guild: Picture, ids: Sequence[Snowflake] | None) -> list[Snowflake]:
    """Those there are: a form may still name what is gone."""
    return [id_ for id_ in dict.fromkeys(ids or ()) if id_ in guild.roles]


def exempt_channels(guild: Picture, ids: Sequence[Snowflake] | None) -> list[Snowflake]:
    return [id_ for id_ in dict.fromkeys(ids or ()) if id_ in guild.channels]


def name(given: str) -> str:
    if not given.strip():
        raise InvalidForm({"name": [REQUIRED]})
    return given.strip()


def _worded(given: TriggerMetadataBody, allowed: list[str]) -> TriggerMetadata:
    patterns = list(given.regex_patterns or ())
    matching.check(patterns, "trigger_metadata.regex_patterns")
    return TriggerMetadata(
        keyword_filter=list(given.keyword_filter or ()),
        regex_patterns=patterns,
        allow_list=allowed,
    )


def _check_strange(trigger: int, given: TriggerMetadataBody) -> None:
    fields = _FIELDS[trigger]
    wrong = [
        field
        for field in TriggerMetadataBody.__struct_fields__
        if field not in fields and getattr(given, field)
    ]
    if wrong:
        error = FieldError("AUTO_MODERATION_INVALID_METADATA", "This trigger has no such field.")
        raise InvalidForm({f"trigger_metadata.{field}": [error] for field in wrong})


def _fault(place: Place, body: ActionBody, seen: set[int]) -> tuple[str, FieldError] | None:
    type_ = int(body.type)
    if type_ not in _EFFECTS[place.trigger] or type_ in seen:
        words = "This trigger has no such action." if type_ not in seen else "Named twice."
        return ".type", FieldError("AUTO_MODERATION_INVALID_ACTION_TYPE", words)
    given = body.metadata or ActionMetadataBody()
    if type_ == Effect.SEND_ALERT_MESSAGE:
        return _fault_of_alert(place.hall, given)
    if type_ == Effect.TIMEOUT and given.duration_seconds is None:
        return ".metadata.duration_seconds", REQUIRED
    return None


def _fault_of_alert(hall: Hall, given: ActionMetadataBody) -> tuple[str, FieldError] | None:
    if given.channel_id is None:
        return ".metadata.channel_id", REQUIRED
    channel = hall.guild.channels.get(given.channel_id)
    if channel is None or given.channel_id not in hall.guild.visible(hall.member):
        raise errors.UnknownChannel
    if channel.type not in _WRITTEN:
        words = "Alerts need a channel that has messages."
        return ".metadata.channel_id", FieldError("CHANNEL_TYPE_INVALID", words)
    return None


def _action(body: ActionBody) -> Action:
    given = body.metadata or ActionMetadataBody()
    match body.type:
        case Effect.BLOCK_MESSAGE:
            shown = ActionMetadata(custom_message=given.custom_message or UNSET)
        case Effect.SEND_ALERT_MESSAGE:
            shown = ActionMetadata(channel_id=given.channel_id or UNSET)
        case Effect.TIMEOUT:
            shown = ActionMetadata(duration_seconds=given.duration_seconds or 0)
        case _:
            shown = ActionMetadata()
    return Action(type=int(body.type), metadata=shown)
