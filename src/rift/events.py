"""Every event once: its name, intent, needed permission, audience, payload, durable or live."""

from collections.abc import Collection
from enum import Enum, auto
from typing import Any, ClassVar, Final, NamedTuple, get_args

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from rift.permissions import Permission
from rift.protocols.gateway import Intents
from rift.snowflake import Snowflake
from rift.wire import gateway as wire
from rift.wire import interactions, reading, relationships, search
from rift.wire.auditlog import EntryEvent
from rift.wire.automod import ActionExecution, Rule
from rift.wire.channels import Channel
from rift.wire.commands import CommandIndexUpdate as CommandIndexPayload
from rift.wire.commands import CommandPermissions
from rift.wire.factors import Authenticator, AuthenticatorGone
from rift.wire.guilds import BanEvent, Guild, UnavailableGuild
from rift.wire.happenings import (
    ScheduledEvent,
    ScheduledEventException,
    ScheduledEventExceptionsGone,
    ScheduledEventUserChange,
)
from rift.wire.integrations import IntegrationEvent, IntegrationGone
from rift.wire.integrations import IntegrationsUpdate as IntegrationsChanged
from rift.wire.join_requests import JoinRequestChange, JoinRequestGone
from rift.wire.messages import MessageEvent
from rift.wire.notes import NoteChange
from rift.wire.notifications import NotificationSettings, UserGuildSettings
from rift.wire.presences import PresenceUpdate as PresencePayload
from rift.wire.ready import FriendsQuestion, ToldSessions
from rift.wire.reports import Report
from rift.wire.saved_messages import SavedMessage, SavedMessageGone
from rift.wire.schedules import ScheduledMessage, ScheduledMessageGone
from rift.wire.settings import SettingsProtoChange, UserSettings
from rift.wire.sounds import Sound
from rift.wire.stages import StageInstance
from rift.wire.users import CurrentUser
from rift.wire.voice import VoiceEffect, VoiceStartTime, VoiceState, VoiceStatus
from rift.wire.voice import VoiceServerUpdate as VoiceServerPayload


class Audience(Enum):
    """Who an event is for; the ids are found in the event, never listed by a verb."""

    CHANNEL = auto()
    """Who may see the channel and has the needed permission in it."""
    GUILD = auto()
    """Every member of the guild."""
    USER = auto()
    """The sessions of the users it names."""
    INSTANCE = auto()
    """No client: the processes of the instance themselves."""


class About(NamedTuple):
    """What the catalogue says of an event."""

    name: str
    audience: Audience
    intent: Intents | None
    needs: Permission = Permission(0)
    """In the channel, where it is for one: seeing that is needed in any case."""
    durable: bool = True
    """Whether an outlet may read it from the outbox; the rest only ever rides the bus."""
    picture: bool = False
    """Whether it changes the guild's picture, and so is ordered by the guild's revision."""
    people: bool = False
    """Whether only people's clients are told, not bots."""


def guild_topic(guild_id: str) -> str:
    return f"guild.{guild_id}"


def user_topic(user_id: str) -> str:
    return f"user.{user_id}"


INSTANCE_TOPIC: Final = "instance"


PRIVATELY: Final = {
    Intents.GUILDS: Intents.DIRECT_MESSAGES,
    Intents.GUILD_MESSAGES: Intents.DIRECT_MESSAGES,
    Intents.GUILD_MESSAGE_REACTIONS: Intents.DIRECT_MESSAGE_REACTIONS,
    Intents.GUILD_MESSAGE_TYPING: Intents.DIRECT_MESSAGE_TYPING,
    Intents.GUILD_MESSAGE_POLLS: Intents.DIRECT_MESSAGE_POLLS,
}
"""The intent that stands for another one where an event happens in a private channel."""


class Event(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    """What happened; `data` is what clients receive as `d`.

    `to` names the people it is for where that is no guild's channel: the user whose own affair it
    is, or everybody in a private channel.
    """

    about: ClassVar[About]
    data: Any
    to: tuple[Snowflake, ...] = ()

    @property
    def guild_id(self) -> Snowflake | None:
        """The guild it happened in."""
        guild_id: Snowflake | UnsetType = self.data.guild_id
        return None if isinstance(guild_id, UnsetType) else guild_id

    @property
    def channel_id(self) -> Snowflake | None:
        """The channel it happened in."""
        channel_id: Snowflake = self.data.channel_id
        return channel_id

    @property
    def user_ids(self) -> tuple[Snowflake, ...]:
        """Whose processes must hear of it, whatever guilds they know."""
        return self.to

    def topics(self) -> tuple[str, ...]:
        """The bus topics it is published under."""
        audience = self.about.audience
        if audience is Audience.INSTANCE:
            return (INSTANCE_TOPIC,)
        users = self.user_ids
        told = tuple(map(user_topic, users)) if users else ()
        guild_id = None if audience is Audience.USER else self.guild_id
        return told if guild_id is None else (guild_topic(guild_id), *told)


# What several events say alike.


class _EventOfGuild(Event, frozen=True, kw_only=True):
    """Where what happened is about the guild itself."""

    @property
    def guild_id(self) -> Snowflake:
        guild_id: Snowflake = self.data.id
        return guild_id


class _EventOfItself(Event, frozen=True, kw_only=True):
    """Where what happened is about the channel itself, or the thread."""

    @property
    def channel_id(self) -> Snowflake:
        channel_id: Snowflake = self.data.id
        return channel_id


class _EventOfWholeGuild(Event, frozen=True, kw_only=True):
    """Where it is told across the guild, whatever channel it names."""

    @property
    def channel_id(self) -> None:
        return None


class _GuildlessEvent(Event, frozen=True, kw_only=True):
    """Something that never happens in a guild; `to` says whom it is for."""

    @property
    def guild_id(self) -> None:
        return None


def _of_expressions(name: str) -> About:
    return About(name, Audience.GUILD, Intents.GUILD_EXPRESSIONS, picture=True)


def _of_happenings(name: str, *, picture: bool = True) -> About:
    return About(name, Audience.CHANNEL, Intents.GUILD_SCHEDULED_EVENTS, picture=picture)


def _of_voice(name: str) -> About:
    return About(name, Audience.CHANNEL, Intents.GUILD_VOICE_STATES, picture=True)


def _of_rules(name: str) -> About:
    intent = Intents.AUTO_MODERATION_CONFIGURATION
    return About(name, Audience.GUILD, intent, Permission.MANAGE_GUILD, picture=True)


def _of_reports(name: str) -> About:
    return About(name, Audience.CHANNEL, Intents.GUILD_MODERATION, Permission.MODERATE_MEMBERS)


def _of_reviews(name: str) -> About:
    return About(name, Audience.GUILD, None, Permission.KICK_MEMBERS, people=True)


def _of_invites(name: str) -> About:
    return About(name, Audience.CHANNEL, Intents.GUILD_INVITES, Permission.MANAGE_CHANNELS)


# Guilds and what they are made of: these change the picture.


class GuildUpdate(_EventOfGuild, frozen=True, kw_only=True):
    about = About("GUILD_UPDATE", Audience.GUILD, Intents.GUILDS, picture=True)
    data: Guild


class GuildDelete(_EventOfGuild, frozen=True, kw_only=True):
    about = About("GUILD_DELETE", Audience.GUILD, Intents.GUILDS, picture=True)
    data: UnavailableGuild


class _ChannelEvent(_EventOfItself, frozen=True, kw_only=True):
    data: Channel


class ChannelCreate(_ChannelEvent, frozen=True, kw_only=True):
    about = About("CHANNEL_CREATE", Audience.CHANNEL, Intents.GUILDS, picture=True)


class ChannelUpdate(_ChannelEvent, frozen=True, kw_only=True):
    about = About("CHANNEL_UPDATE", Audience.CHANNEL, Intents.GUILDS, picture=True)


class ChannelDelete(_ChannelEvent, frozen=True, kw_only=True):
    about = About("CHANNEL_DELETE", Audience.CHANNEL, Intents.GUILDS, picture=True)


class ChannelPinsUpdate(Event, frozen=True, kw_only=True):
    about = About("CHANNEL_PINS_UPDATE", Audience.CHANNEL, Intents.GUILDS, picture=True)
    data: wire.ChannelPinsUpdate


class ThreadCreate(_ChannelEvent, frozen=True, kw_only=True):
    about = About("THREAD_CREATE", Audience.CHANNEL, Intents.GUILDS, picture=True)
    data: wire.NewThread


class ThreadUpdate(_ChannelEvent, frozen=True, kw_only=True):
    about = About("THREAD_UPDATE", Audience.CHANNEL, Intents.GUILDS, picture=True)
    woken: bool = False
    """Whether it was archived before."""


class ThreadDelete(_EventOfItself, frozen=True, kw_only=True):
    about = About("THREAD_DELETE", Audience.CHANNEL, Intents.GUILDS, picture=True)
    data: wire.ThreadDelete


class ThreadMembersUpdate(_EventOfItself, frozen=True, kw_only=True):
    """Who came into a thread or left it: these hear of it also where the intent is missing."""

    about = About("THREAD_MEMBERS_UPDATE", Audience.CHANNEL, Intents.GUILD_MEMBERS, picture=True)
    data: wire.ThreadMembersUpdate


class ThreadMemberUpdate(_EventOfItself, frozen=True, kw_only=True):
    """How somebody is in a thread: told to nobody but them."""

    about = About("THREAD_MEMBER_UPDATE", Audience.GUILD, Intents.GUILDS, picture=True)
    data: wire.ThreadMemberUpdate


class RoleCreate(Event, frozen=True, kw_only=True):
    about = About("GUILD_ROLE_CREATE", Audience.GUILD, Intents.GUILDS, picture=True)
    data: wire.GuildRoleChange


class RoleUpdate(Event, frozen=True, kw_only=True):
    about = About("GUILD_ROLE_UPDATE", Audience.GUILD, Intents.GUILDS, picture=True)
    data: wire.GuildRoleChange


class RoleDelete(Event, frozen=True, kw_only=True):
    about = About("GUILD_ROLE_DELETE", Audience.GUILD, Intents.GUILDS, picture=True)
    data: wire.GuildRoleDelete


class EmojisUpdate(Event, frozen=True, kw_only=True):
    """All emojis of a guild, as they are now."""

    about = _of_expressions("GUILD_EMOJIS_UPDATE")
    data: wire.GuildEmojisUpdate


class StickersUpdate(Event, frozen=True, kw_only=True):
    """All stickers of a guild, as they are now."""

    about = _of_expressions("GUILD_STICKERS_UPDATE")
    data: wire.GuildStickersUpdate


class SoundCreate(Event, frozen=True, kw_only=True):
    about = _of_expressions("GUILD_SOUNDBOARD_SOUND_CREATE")
    data: Sound


class SoundUpdate(Event, frozen=True, kw_only=True):
    about = _of_expressions("GUILD_SOUNDBOARD_SOUND_UPDATE")
    data: Sound


class SoundDelete(Event, frozen=True, kw_only=True):
    about = _of_expressions("GUILD_SOUNDBOARD_SOUND_DELETE")
    data: wire.GuildSoundDelete


class SoundsUpdate(Event, frozen=True, kw_only=True):
    """All sounds of a guild, where several changed at once."""

    about = _of_expressions("GUILD_SOUNDBOARD_SOUNDS_UPDATE")
    data: wire.ToldSounds


class HappeningCreate(Event, frozen=True, kw_only=True):
    about = _of_happenings("GUILD_SCHEDULED_EVENT_CREATE")
    data: ScheduledEvent


class HappeningUpdate(Event, frozen=True, kw_only=True):
    """Also where it began, or is over; for who saw only the one place it comes or goes."""

    about = _of_happenings("GUILD_SCHEDULED_EVENT_UPDATE")
    data: ScheduledEvent
    before: ScheduledEvent


class HappeningDelete(Event, frozen=True, kw_only=True):
    about = _of_happenings("GUILD_SCHEDULED_EVENT_DELETE")
    data: ScheduledEvent


class _OfHappening(Event, frozen=True, kw_only=True):
    """Something about a scheduled event; `place` is the channel that is in, if it is in one."""

    place: Snowflake | None

    @property
    def channel_id(self) -> Snowflake | None:
        return self.place


class HappeningExceptionCreate(_OfHappening, frozen=True, kw_only=True):
    about = _of_happenings("GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE")
    data: ScheduledEventException


class HappeningExceptionUpdate(_OfHappening, frozen=True, kw_only=True):
    about = _of_happenings("GUILD_SCHEDULED_EVENT_EXCEPTION_UPDATE")
    data: ScheduledEventException


class HappeningExceptionDelete(_OfHappening, frozen=True, kw_only=True):
    about = _of_happenings("GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE")
    data: ScheduledEventException


class HappeningExceptionsDelete(_OfHappening, frozen=True, kw_only=True):
    """All of them: the event recurs by another rule."""

    about = _of_happenings("GUILD_SCHEDULED_EVENT_EXCEPTIONS_DELETE")
    data: ScheduledEventExceptionsGone


class HappeningUserAdd(_OfHappening, frozen=True, kw_only=True):
    about = _of_happenings("GUILD_SCHEDULED_EVENT_USER_ADD", picture=False)
    data: ScheduledEventUserChange


class HappeningUserRemove(_OfHappening, frozen=True, kw_only=True):
    about = _of_happenings("GUILD_SCHEDULED_EVENT_USER_REMOVE", picture=False)
    data: ScheduledEventUserChange


class StageCreate(Event, frozen=True, kw_only=True):
    about = About("STAGE_INSTANCE_CREATE", Audience.CHANNEL, Intents.GUILDS, picture=True)
    data: StageInstance


class StageUpdate(Event, frozen=True, kw_only=True):
    about = About("STAGE_INSTANCE_UPDATE", Audience.CHANNEL, Intents.GUILDS, picture=True)
    data: StageInstance


class StageDelete(Event, frozen=True, kw_only=True):
    about = About("STAGE_INSTANCE_DELETE", Audience.CHANNEL, Intents.GUILDS, picture=True)
    data: StageInstance


class VoiceStateUpdate(Event, frozen=True, kw_only=True):
    """Somebody is in a voice channel, or no longer; `was` is the one they were in before."""

    about = _of_voice("VOICE_STATE_UPDATE")
    data: VoiceState
    was: Snowflake | None = None

    @property
    def channel_id(self) -> Snowflake | None:
        return self.data.channel_id or self.was


class VoiceStatusUpdate(_EventOfItself, frozen=True, kw_only=True):
    about = _of_voice("VOICE_CHANNEL_STATUS_UPDATE")
    data: VoiceStatus


class VoiceStartTimeUpdate(_EventOfItself, frozen=True, kw_only=True):
    about = _of_voice("VOICE_CHANNEL_START_TIME_UPDATE")
    data: VoiceStartTime


class VoiceEffectSend(Event, frozen=True, kw_only=True):
    """Told to those alone who are in the channel as it is then: so it has its turn."""

    about = _of_voice("VOICE_CHANNEL_EFFECT_SEND")
    data: VoiceEffect


class MemberAdd(Event, frozen=True, kw_only=True):
    """Somebody joined; their own sessions receive the guild."""

    about = About("GUILD_MEMBER_ADD", Audience.GUILD, Intents.GUILD_MEMBERS, picture=True)
    data: wire.GuildMemberAdd

    @property
    def user_ids(self) -> tuple[Snowflake, ...]:
        return (self.data.user.id,)


class MemberUpdate(Event, frozen=True, kw_only=True):
    about = About("GUILD_MEMBER_UPDATE", Audience.GUILD, Intents.GUILD_MEMBERS, picture=True)
    data: wire.GuildMemberUpdate


class MemberRemove(Event, frozen=True, kw_only=True):
    """Somebody left; their own sessions lose the guild."""

    about = About("GUILD_MEMBER_REMOVE", Audience.GUILD, Intents.GUILD_MEMBERS, picture=True)
    data: wire.GuildMemberRemove


class BanAdd(Event, frozen=True, kw_only=True):
    about = About("GUILD_BAN_ADD", Audience.GUILD, Intents.GUILD_MODERATION, Permission.BAN_MEMBERS)
    data: BanEvent


class BanRemove(Event, frozen=True, kw_only=True):
    about = About(
        "GUILD_BAN_REMOVE", Audience.GUILD, Intents.GUILD_MODERATION, Permission.BAN_MEMBERS
    )
    data: BanEvent


class AuditLogEntryCreate(_EventOfWholeGuild, frozen=True, kw_only=True):
    """Of deeds that share an entry only the first is told."""

    about = About(
        "GUILD_AUDIT_LOG_ENTRY_CREATE",
        Audience.GUILD,
        Intents.GUILD_MODERATION,
        Permission.VIEW_AUDIT_LOG,
    )
    data: EntryEvent


class _RuleEvent(_EventOfWholeGuild, frozen=True, kw_only=True):
    data: Rule


class AutomodRuleCreate(_RuleEvent, frozen=True, kw_only=True):
    about = _of_rules("AUTO_MODERATION_RULE_CREATE")


class AutomodRuleUpdate(_RuleEvent, frozen=True, kw_only=True):
    about = _of_rules("AUTO_MODERATION_RULE_UPDATE")


class AutomodRuleDelete(_RuleEvent, frozen=True, kw_only=True):
    about = _of_rules("AUTO_MODERATION_RULE_DELETE")


class AutomodActionExecution(_EventOfWholeGuild, frozen=True, kw_only=True):
    """A rule applied, and this was done about it."""

    about = About(
        "AUTO_MODERATION_ACTION_EXECUTION",
        Audience.GUILD,
        Intents.AUTO_MODERATION_EXECUTION,
        Permission.MANAGE_GUILD,
    )
    data: ActionExecution

    def blanked(self) -> ActionExecution:
        """What a bot without the message content intent receives."""
        return replace(self.data, content="", matched_content="")

    def shown_to(self) -> frozenset[str]:
        """The users who receive the content in any case."""
        return frozenset()


class _ReportEvent(Event, frozen=True, kw_only=True):
    """Of a report in a guild; whom it is about is not told, for it names who reported them."""

    data: Report

    @property
    def withheld_from(self) -> Snowflake | None:
        return None if self.data.user is None else self.data.user.id


class ReportCreate(_ReportEvent, frozen=True, kw_only=True):
    about = _of_reports("REPORT_CREATE")


class ReportUpdate(_ReportEvent, frozen=True, kw_only=True):
    about = _of_reports("REPORT_UPDATE")


class ReviewUpdate(_EventOfWholeGuild, frozen=True, kw_only=True):
    """A request to be let in, as those hear of it who decide."""

    about = _of_reviews("GUILD_JOIN_REQUEST_UPDATE")
    data: JoinRequestChange


class ReviewDelete(_EventOfWholeGuild, frozen=True, kw_only=True):
    """Who asked to be let in has left."""

    about = _of_reviews("GUILD_JOIN_REQUEST_DELETE")
    data: JoinRequestGone


class InviteCreate(Event, frozen=True, kw_only=True):
    about = _of_invites("INVITE_CREATE")
    data: wire.InviteCreate


class InviteDelete(Event, frozen=True, kw_only=True):
    about = _of_invites("INVITE_DELETE")
    data: wire.InviteDelete


class IntegrationCreate(Event, frozen=True, kw_only=True):
    """An application came into the guild."""

    about = About("INTEGRATION_CREATE", Audience.GUILD, Intents.GUILD_INTEGRATIONS)
    data: IntegrationEvent


class IntegrationUpdate(Event, frozen=True, kw_only=True):
    about = About("INTEGRATION_UPDATE", Audience.GUILD, Intents.GUILD_INTEGRATIONS)
    data: IntegrationEvent


class IntegrationDelete(Event, frozen=True, kw_only=True):
    about = About("INTEGRATION_DELETE", Audience.GUILD, Intents.GUILD_INTEGRATIONS)
    data: IntegrationGone


class IntegrationsUpdate(Event, frozen=True, kw_only=True):
    """The guild has other integrations; whoever looks asks for them again."""

    about = About("GUILD_INTEGRATIONS_UPDATE", Audience.GUILD, Intents.GUILD_INTEGRATIONS)
    data: IntegrationsChanged


class WebhooksUpdate(Event, frozen=True, kw_only=True):
    """A channel has other webhooks, or changed ones."""

    about = About("WEBHOOKS_UPDATE", Audience.CHANNEL, Intents.GUILD_WEBHOOKS)
    data: wire.WebhooksUpdate


class CommandIndexUpdate(Event, frozen=True, kw_only=True):
    """A guild has other commands; whoever looks asks for them again."""

    about = About("GUILD_APPLICATION_COMMAND_INDEX_UPDATE", Audience.GUILD, None, people=True)
    data: CommandIndexPayload


class CommandPermissionsUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    """Told to the bot whose commands they are."""

    about = About("APPLICATION_COMMAND_PERMISSIONS_UPDATE", Audience.USER, None)
    data: CommandPermissions


class _SessionEvent(_GuildlessEvent, frozen=True, kw_only=True):
    """Somebody's own doing; `session` is the one they did it in, or none for all of theirs."""

    session: str = ""


class VoiceServerUpdate(_SessionEvent, frozen=True, kw_only=True):
    """Told to the session that is in a voice channel; the token is its own, and nobody else's."""

    about = About("VOICE_SERVER_UPDATE", Audience.USER, None, durable=False)
    data: VoiceServerPayload


class InteractionCreate(_GuildlessEvent, frozen=True, kw_only=True):
    """Told to the application's bot."""

    about = About("INTERACTION_CREATE", Audience.USER, None, durable=False)
    data: interactions.Interaction


class InteractionStarted(_SessionEvent, frozen=True, kw_only=True):
    """Told to who did it; what their client knows it by is the nonce."""

    about = About("INTERACTION_CREATE", Audience.USER, None, durable=False)
    data: interactions.InteractionStarted


class InteractionSuccess(_SessionEvent, frozen=True, kw_only=True):
    about = About("INTERACTION_SUCCESS", Audience.USER, None, durable=False)
    data: interactions.InteractionStarted


class InteractionFailure(_SessionEvent, frozen=True, kw_only=True):
    about = About("INTERACTION_FAILURE", Audience.USER, None, durable=False)
    data: interactions.InteractionFailed


class ModalCreate(_SessionEvent, frozen=True, kw_only=True):
    about = About("INTERACTION_MODAL_CREATE", Audience.USER, None, durable=False)
    data: interactions.ModalShown


class AutocompleteResponse(_SessionEvent, frozen=True, kw_only=True):
    about = About("APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE", Audience.USER, None, durable=False)
    data: interactions.AutocompleteResponse


class EphemeralCreate(_SessionEvent, frozen=True, kw_only=True):
    """A message that one person is shown, and nobody else ever."""

    about = About("MESSAGE_CREATE", Audience.USER, None, durable=False)
    data: MessageEvent


class EphemeralUpdate(_SessionEvent, frozen=True, kw_only=True):
    about = About("MESSAGE_UPDATE", Audience.USER, None, durable=False)
    data: MessageEvent


class EphemeralDelete(_SessionEvent, frozen=True, kw_only=True):
    about = About("MESSAGE_DELETE", Audience.USER, None, durable=False)
    data: wire.MessageDelete


# Messages: the hot path.


class _MessageEvent(Event, frozen=True, kw_only=True):
    """A message, which some sessions receive without its content."""

    data: MessageEvent

    def blanked(self) -> MessageEvent:
        """What a bot without the message content intent receives."""
        return replace(
            self.data,
            content="",
            embeds=[],
            attachments=[],
            components=[],
            poll=UNSET,
            message_snapshots=UNSET,
        )

    def shown_to(self) -> frozenset[str]:
        """The users who receive the content in any case: its author and whom it mentions."""
        return frozenset([self.data.author.id, *(user.id for user in self.data.mentions)])


class MessageCreate(_MessageEvent, frozen=True, kw_only=True):
    about = About("MESSAGE_CREATE", Audience.CHANNEL, Intents.GUILD_MESSAGES)


class MessageUpdate(_MessageEvent, frozen=True, kw_only=True):
    about = About("MESSAGE_UPDATE", Audience.CHANNEL, Intents.GUILD_MESSAGES)


class MessageDelete(Event, frozen=True, kw_only=True):
    about = About("MESSAGE_DELETE", Audience.CHANNEL, Intents.GUILD_MESSAGES)
    data: wire.MessageDelete
    is_crossposted: bool = True
    """Whether there may be copies of it, or it may be one; false where one knows better."""


class MessageDeleteBulk(Event, frozen=True, kw_only=True):
    about = About("MESSAGE_DELETE_BULK", Audience.CHANNEL, Intents.GUILD_MESSAGES)
    data: wire.MessageDeleteBulk
    is_crossposted: bool = True
    """The same of any of them."""


class ReactionAdd(Event, frozen=True, kw_only=True):
    about = About("MESSAGE_REACTION_ADD", Audience.CHANNEL, Intents.GUILD_MESSAGE_REACTIONS)
    data: wire.MessageReactionAdd


class ReactionRemove(Event, frozen=True, kw_only=True):
    about = About("MESSAGE_REACTION_REMOVE", Audience.CHANNEL, Intents.GUILD_MESSAGE_REACTIONS)
    data: wire.MessageReactionRemove


class ReactionRemoveAll(Event, frozen=True, kw_only=True):
    about = About("MESSAGE_REACTION_REMOVE_ALL", Audience.CHANNEL, Intents.GUILD_MESSAGE_REACTIONS)
    data: wire.MessageReactionRemoveAll


class ReactionRemoveEmoji(Event, frozen=True, kw_only=True):
    about = About(
        "MESSAGE_REACTION_REMOVE_EMOJI", Audience.CHANNEL, Intents.GUILD_MESSAGE_REACTIONS
    )
    data: wire.MessageReactionRemoveEmoji


class PollVoteAdd(Event, frozen=True, kw_only=True):
    about = About("MESSAGE_POLL_VOTE_ADD", Audience.CHANNEL, Intents.GUILD_MESSAGE_POLLS)
    data: wire.MessagePollVote


class PollVoteRemove(Event, frozen=True, kw_only=True):
    about = About("MESSAGE_POLL_VOTE_REMOVE", Audience.CHANNEL, Intents.GUILD_MESSAGE_POLLS)
    data: wire.MessagePollVote


# Private channels, and people themselves.


class RecipientAdd(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("CHANNEL_RECIPIENT_ADD", Audience.USER, Intents.GUILDS)
    data: wire.ChannelRecipient


class RecipientRemove(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("CHANNEL_RECIPIENT_REMOVE", Audience.USER, Intents.GUILDS)
    data: wire.ChannelRecipient


class RelationshipAdd(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("RELATIONSHIP_ADD", Audience.USER, None)
    data: relationships.RelationshipAdded


class RelationshipUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("RELATIONSHIP_UPDATE", Audience.USER, None)
    data: relationships.PartialRelationship


class RelationshipRemove(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("RELATIONSHIP_REMOVE", Audience.USER, None)
    data: relationships.RelationshipRemoved


class JoinRequestCreate(_GuildlessEvent, frozen=True, kw_only=True):
    """One has come into a guild and is to agree to something there; nobody else is told yet."""

    about = About("GUILD_JOIN_REQUEST_CREATE", Audience.USER, None)
    data: JoinRequestChange


class JoinRequestUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("GUILD_JOIN_REQUEST_UPDATE", Audience.USER, None)
    data: JoinRequestChange


class JoinRequestDelete(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("GUILD_JOIN_REQUEST_DELETE", Audience.USER, None)
    data: JoinRequestGone


class UserNoteUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("USER_NOTE_UPDATE", Audience.USER, None)
    data: NoteChange


class UserSettingsUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    """With only those that changed."""

    about = About("USER_SETTINGS_UPDATE", Audience.USER, None)
    data: UserSettings


class UserSettingsProtoUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("USER_SETTINGS_PROTO_UPDATE", Audience.USER, None)
    data: SettingsProtoChange


# What is only worth knowing now.


class TypingStart(Event, frozen=True, kw_only=True):
    about = About("TYPING_START", Audience.CHANNEL, Intents.GUILD_MESSAGE_TYPING, durable=False)
    data: wire.TypingStart


class PresenceUpdate(Event, frozen=True, kw_only=True):
    about = About("PRESENCE_UPDATE", Audience.GUILD, Intents.GUILD_PRESENCES, durable=False)
    data: PresencePayload


class PresenceAsked(_EventOfGuild, frozen=True, kw_only=True):
    """A process began to serve a guild and wants to know who is online elsewhere."""

    about = About("", Audience.GUILD, None, durable=False)
    data: UnavailableGuild


class FriendPresence(_GuildlessEvent, frozen=True, kw_only=True):
    """Told to friends, whatever guilds they share."""

    about = About("PRESENCE_UPDATE", Audience.USER, None, durable=False)
    data: PresencePayload


class FriendsAsked(_GuildlessEvent, frozen=True, kw_only=True):
    """Somebody came online and asks the processes of their friends which of these are."""

    about = About("", Audience.USER, None, durable=False)
    data: FriendsQuestion


class SessionsTold(_GuildlessEvent, frozen=True, kw_only=True):
    """The processes a user has sessions at tell each other of them."""

    about = About("", Audience.USER, None, durable=False)
    data: ToldSessions


class GuildDoubted(_EventOfGuild, frozen=True, kw_only=True):
    """Nobody knows whether a change of the guild was committed: its picture is fetched anew."""

    about = About("", Audience.GUILD, None, durable=False)
    data: UnavailableGuild


class InstanceReportCreate(_GuildlessEvent, frozen=True, kw_only=True):
    """Any report, told to those who own the instance."""

    about = About("INSTANCE_REPORT_CREATE", Audience.USER, None)
    data: Report


class InstanceReportUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("INSTANCE_REPORT_UPDATE", Audience.USER, None)
    data: Report


class UserUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("USER_UPDATE", Audience.USER, None)
    data: CurrentUser

    @property
    def user_ids(self) -> tuple[Snowflake, ...]:
        return (self.data.id,)

    def topics(self) -> tuple[str, ...]:
        # Every process may have the user's token, and so their name, in its memory.
        return (INSTANCE_TOPIC,)


# What one did oneself: one's other devices are told, and nobody else.


class MessageAck(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("MESSAGE_ACK", Audience.USER, None)
    data: reading.MessageAck


class ChannelPinsAck(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("CHANNEL_PINS_ACK", Audience.USER, None)
    data: reading.ChannelPinsAck


class GuildFeatureAck(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("GUILD_FEATURE_ACK", Audience.USER, None)
    data: reading.FeatureAck


class UserNonChannelAck(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("USER_NON_CHANNEL_ACK", Audience.USER, None)
    data: reading.FeatureAck


class RecentMentionDelete(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("RECENT_MENTION_DELETE", Audience.USER, None)
    data: reading.RecentMentionDelete


class SavedSearchHit(_GuildlessEvent, frozen=True, kw_only=True):
    """Discord has nothing of the kind: a search somebody keeps found something new."""

    about = About("SAVED_SEARCH_HIT", Audience.USER, None, durable=False)
    data: search.SavedSearchHit


class SavedMessageCreate(_GuildlessEvent, frozen=True, kw_only=True):
    """Also where something else was noted with it."""

    about = About("SAVED_MESSAGE_CREATE", Audience.USER, None)
    data: SavedMessage


class SavedMessageDelete(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("SAVED_MESSAGE_DELETE", Audience.USER, None)
    data: SavedMessageGone


class ScheduledMessageCreate(_GuildlessEvent, frozen=True, kw_only=True):
    """Discord has nothing of the kind: a message to be sent later."""

    about = About("SCHEDULED_MESSAGE_CREATE", Audience.USER, None)
    data: ScheduledMessage


class ScheduledMessageUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    """Also where it could not be sent."""

    about = About("SCHEDULED_MESSAGE_UPDATE", Audience.USER, None)
    data: ScheduledMessage


class ScheduledMessageDelete(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("SCHEDULED_MESSAGE_DELETE", Audience.USER, None)
    data: ScheduledMessageGone


class UserGuildSettingsUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("USER_GUILD_SETTINGS_UPDATE", Audience.USER, None)
    data: UserGuildSettings


class NotificationSettingsUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("NOTIFICATION_SETTINGS_UPDATE", Audience.USER, None)
    data: NotificationSettings


class AuthenticatorCreate(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("AUTHENTICATOR_CREATE", Audience.USER, None, durable=False)
    data: Authenticator


class AuthenticatorUpdate(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("AUTHENTICATOR_UPDATE", Audience.USER, None, durable=False)
    data: Authenticator


class AuthenticatorDelete(_GuildlessEvent, frozen=True, kw_only=True):
    about = About("AUTHENTICATOR_DELETE", Audience.USER, None, durable=False)
    data: AuthenticatorGone


class SessionsRevoked(_GuildlessEvent, frozen=True, kw_only=True):
    """Tokens that are no longer good: forgotten everywhere, their gateways closed with 4004."""

    about = About("", Audience.INSTANCE, None, durable=False)
    data: tuple[Snowflake, ...]


class SessionsRenewed(_GuildlessEvent, frozen=True, kw_only=True):
    """Sessions that go on, but with another token or with more or less proof than before."""

    about = About("", Audience.INSTANCE, None, durable=False)
    data: tuple[Snowflake, ...]


AnyEvent = (
    GuildUpdate
    | GuildDelete
    | ChannelCreate
    | ChannelUpdate
    | ChannelDelete
    | ChannelPinsUpdate
    | ThreadCreate
    | ThreadUpdate
    | ThreadDelete
    | ThreadMembersUpdate
    | ThreadMemberUpdate
    | RoleCreate
    | RoleUpdate
    | RoleDelete
    | EmojisUpdate
    | StickersUpdate
    | SoundCreate
    | SoundUpdate
    | SoundDelete
    | SoundsUpdate
    | StageCreate
    | StageUpdate
    | StageDelete
    | VoiceStateUpdate
    | VoiceStatusUpdate
    | VoiceStartTimeUpdate
    | VoiceEffectSend
    | VoiceServerUpdate
    | HappeningCreate
    | HappeningUpdate
    | HappeningDelete
    | HappeningExceptionCreate
    | HappeningExceptionUpdate
    | HappeningExceptionDelete
    | HappeningExceptionsDelete
    | HappeningUserAdd
    | HappeningUserRemove
    | MemberAdd
    | MemberUpdate
    | MemberRemove
    | BanAdd
    | BanRemove
    | AuditLogEntryCreate
    | AutomodRuleCreate
    | AutomodRuleUpdate
    | AutomodRuleDelete
    | AutomodActionExecution
    | ReportCreate
    | ReportUpdate
    | ReviewUpdate
    | ReviewDelete
    | InviteCreate
    | InviteDelete
    | IntegrationCreate
    | IntegrationUpdate
    | IntegrationDelete
    | IntegrationsUpdate
    | WebhooksUpdate
    | CommandIndexUpdate
    | CommandPermissionsUpdate
    | InteractionCreate
    | InteractionStarted
    | InteractionSuccess
    | InteractionFailure
    | ModalCreate
    | AutocompleteResponse
    | EphemeralCreate
    | EphemeralUpdate
    | EphemeralDelete
    | MessageCreate
    | MessageUpdate
    | MessageDelete
    | MessageDeleteBulk
    | ReactionAdd
    | ReactionRemove
    | ReactionRemoveAll
    | ReactionRemoveEmoji
    | PollVoteAdd
    | PollVoteRemove
    | RecipientAdd
    | RecipientRemove
    | RelationshipAdd
    | RelationshipUpdate
    | RelationshipRemove
    | JoinRequestCreate
    | JoinRequestUpdate
    | JoinRequestDelete
    | UserNoteUpdate
    | UserSettingsUpdate
    | UserSettingsProtoUpdate
    | TypingStart
    | PresenceUpdate
    | PresenceAsked
    | FriendPresence
    | FriendsAsked
    | SessionsTold
    | GuildDoubted
    | InstanceReportCreate
    | InstanceReportUpdate
    | UserUpdate
    | MessageAck
    | ChannelPinsAck
    | GuildFeatureAck
    | UserNonChannelAck
    | RecentMentionDelete
    | SavedSearchHit
    | SavedMessageCreate
    | SavedMessageDelete
    | ScheduledMessageCreate
    | ScheduledMessageUpdate
    | ScheduledMessageDelete
    | UserGuildSettingsUpdate
    | NotificationSettingsUpdate
    | AuthenticatorCreate
    | AuthenticatorUpdate
    | AuthenticatorDelete
    | SessionsRevoked
    | SessionsRenewed
)

CATALOGUE: Final[tuple[type[Event], ...]] = get_args(AnyEvent)


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """Events of one commit; with a revision where they change a guild's picture."""

    LAST: ClassVar[int] = 2**62
    """The revision of a deletion: nothing comes after it."""

    events: tuple[AnyEvent, ...]
    guild_id: Snowflake | None = None
    revision: int = 0

    def topics(self) -> Collection[str]:
        """Under which it is published, each once."""
        if len(self.events) == 1:  # a message: told apart because there are so many
            topics = self.events[0].topics()
            return topics if len(topics) == 1 else set(topics)
        return {topic for event in self.events for topic in event.topics()}


def _check() -> None:
    for event in CATALOGUE:
        if not isinstance(getattr(event, "about", None), About):
            raise TypeError(f"{event.__name__} does not say what it is about")


_check()
