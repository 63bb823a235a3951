"""One event of every kind, and the objects they are made of."""

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from rift import events
from rift.events import AnyEvent
from rift.snowflake import Snowflake
from rift.wire import gateway as wire
from rift.wire import reading
from rift.wire.auditlog import Action, Change, EntryEvent
from rift.wire.automod import Action as RuleAction
from rift.wire.automod import ActionExecution, ActionMetadata, Rule, TriggerMetadata
from rift.wire.channels import Channel, Overwrite, ThreadMember, ThreadMetadata
from rift.wire.commands import CommandIndexUpdate, CommandPermission, CommandPermissions
from rift.wire.emojis import Emoji, PartialEmoji
from rift.wire.factors import Authenticator, AuthenticatorGone
from rift.wire.guilds import BanEvent, Guild, UnavailableGuild
from rift.wire.happenings import (
    EntityMetadata,
    RecurrenceRule,
    ScheduledEvent,
    ScheduledEventException,
    ScheduledEventExceptionsGone,
    ScheduledEventUserChange,
)
from rift.wire.integrations import (
    IntegrationAccount,
    IntegrationApplication,
    IntegrationEvent,
    IntegrationGone,
    IntegrationsUpdate,
)
from rift.wire.interactions import (
    AutocompleteResponse,
    Interaction,
    InteractionFailed,
    InteractionStarted,
    ModalShown,
)
from rift.wire.join_requests import FormField, JoinRequest, JoinRequestChange, JoinRequestGone
from rift.wire.members import Member
from rift.wire.messages import AllowedMentions, Message, MessageEvent, MessageReferenceBody
from rift.wire.notes import NoteChange
from rift.wire.notifications import (
    ChannelOverride,
    MuteConfig,
    NotificationSettings,
    QuietHours,
    UserGuildSettings,
)
from rift.wire.presences import Activity, PresenceUpdate
from rift.wire.ready import FriendsQuestion, GatewaySession, SessionClient, ToldSessions
from rift.wire.relationships import (
    PartialRelationship,
    RelationshipAdded,
    RelationshipRemoved,
)
from rift.wire.reports import Report, ReportedProfile
from rift.wire.roles import Role
from rift.wire.saved_messages import SaveData, SavedMessage, SavedMessageGone
from rift.wire.schedules import ScheduledMessage, ScheduledMessageGone, ScheduleError
from rift.wire.search import SavedSearchHit
from rift.wire.settings import SettingsProtoChange, TypedProto, UserSettings
from rift.wire.sounds import Sound
from rift.wire.stages import StageInstance
from rift.wire.stickers import Sticker
from rift.wire.users import CurrentUser, PartialUser, User
from rift.wire.voice import (
    VoiceEffect,
    VoiceServerUpdate,
    VoiceStartTime,
    VoiceState,
    VoiceStatus,
)

NOW = datetime(2026, 1, 2, 3, 4, 5, 678000, UTC)
GUILD, CHANNEL, ROLE = Snowflake("1000"), Snowflake("2000"), Snowflake("3000")
MESSAGE, USER = Snowflake("4000"), Snowflake("11")


def user(id_: str = USER) -> User:
    return User(id=Snowflake(id_), username=f"user{id_}", global_name="Zoë 🦊")


def member(id_: str = USER, *roles: str) -> Member:
    return Member(user=user(id_), roles=[Snowflake(role) for role in roles], joined_at=NOW)


def role(id_: str = ROLE, position: int = 1, permissions: str = "0") -> Role:
    return Role(id=Snowflake(id_), name="role", permissions=permissions, position=position)


def channel(id_: str = CHANNEL, guild_id: str = GUILD, name: str = "general") -> Channel:
    denied = Overwrite(id=ROLE, type=0, deny="1024")
    return Channel(
        id=Snowflake(id_),
        type=0,
        guild_id=Snowflake(guild_id),
        name=name,
        position=0,
        permission_overwrites=[denied],
    )


def message(id_: str = MESSAGE, channel_id: str = CHANNEL, content: str = "hello") -> MessageEvent:
    return MessageEvent(
        id=Snowflake(id_),
        channel_id=Snowflake(channel_id),
        guild_id=GUILD,
        author=user(),
        content=content,
        timestamp=NOW,
        edited_timestamp=None,
        tts=False,
        mention_everyone=False,
        mentions=[],
        mention_roles=[],
        attachments=[],
        embeds=[],
        components=[],
        pinned=False,
        type=0,
    )


def said(id_: str = MESSAGE, channel_id: str = CHANNEL, content: str = "hello") -> AnyEvent:
    return events.MessageCreate(data=message(id_, channel_id, content))


def joined(id_: str = USER, guild_id: str = GUILD) -> AnyEvent:
    return events.MemberAdd(
        data=wire.GuildMemberAdd(
            guild_id=Snowflake(guild_id), user=user(id_), roles=[], joined_at=NOW
        )
    )


def threads() -> list[AnyEvent]:
    """What becomes of a thread and who is in it."""
    metadata = ThreadMetadata(
        archived=False,
        archive_timestamp=NOW,
        auto_archive_duration=60,
        locked=False,
        create_timestamp=NOW,
    )
    shape: dict[str, Any] = {
        "id": MESSAGE,
        "type": 11,
        "guild_id": GUILD,
        "parent_id": CHANNEL,
        "name": "thread",
        "owner_id": USER,
        "thread_metadata": metadata,
    }
    came = ThreadMember(id=MESSAGE, user_id=USER, join_timestamp=NOW, member=member())
    muted = MuteConfig(end_time=NOW, selected_time_window=900)
    changed = wire.ThreadMemberUpdate(
        id=MESSAGE,
        user_id=USER,
        join_timestamp=NOW,
        muted=True,
        mute_config=muted,
        guild_id=GUILD,
    )
    crowd = wire.ThreadMembersUpdate(
        id=MESSAGE, guild_id=GUILD, member_count=1, added_members=[came]
    )
    gone = wire.ThreadDelete(id=MESSAGE, guild_id=GUILD, parent_id=CHANNEL, type=11)
    return [
        events.ThreadCreate(data=wire.NewThread(**shape, newly_created=True)),
        events.ThreadUpdate(data=Channel(**shape), woken=True),
        events.ThreadMembersUpdate(data=crowd),
        events.ThreadMemberUpdate(data=changed),
        events.ThreadDelete(data=gone),
    ]


def own() -> list[AnyEvent]:
    """What one reads and sets."""
    feature = reading.FeatureAck(ack_type=1, resource_id=GUILD, entity_id=MESSAGE, version=8)
    pins = reading.ChannelPinsAck(channel_id=CHANNEL, timestamp=NOW, version=9)
    muted = MuteConfig(end_time=NOW, selected_time_window=900)
    override = ChannelOverride(channel_id=CHANNEL, muted=True, mute_config=muted)
    settings = UserGuildSettings(
        guild_id=GUILD, channel_overrides=[override], keywords=["chess"], version=2
    )
    night = QuietHours(days=[0, 4], start="22:00", end="07:00", timezone="Europe/Berlin")
    everywhere = NotificationSettings(quiet_hours=night, keywords=["chess"])
    gone = reading.RecentMentionDelete(message_id=MESSAGE)
    hit = SavedSearchHit(saved_search_id=USER, channel_id=CHANNEL, message_id=MESSAGE, count=2)
    save_data = SaveData(
        channel_id=CHANNEL, message_id=MESSAGE, guild_id=GUILD, saved_at=NOW, notes="read"
    )
    saved = SavedMessage(
        message=Message(id=MESSAGE, channel_id=CHANNEL, author=user(), content="", timestamp=NOW),
        save_data=save_data,
    )
    unsaved = SavedMessageGone(channel_id=CHANNEL, message_id=MESSAGE)
    acked = reading.MessageAck(
        channel_id=CHANNEL, message_id=MESSAGE, version=7, manual=True, flags=1, last_viewed=4300
    )
    return [
        events.MessageAck(data=acked, to=(USER,)),
        events.ChannelPinsAck(data=pins, to=(USER,)),
        events.GuildFeatureAck(data=feature, to=(USER,)),
        events.UserNonChannelAck(data=feature, to=(USER,)),
        events.RecentMentionDelete(data=gone, to=(USER,)),
        events.SavedSearchHit(data=hit, to=(USER,)),
        events.SavedMessageCreate(data=saved, to=(USER,)),
        events.SavedMessageDelete(data=unsaved, to=(USER,)),
        events.UserGuildSettingsUpdate(data=settings, to=(USER,)),
        events.NotificationSettingsUpdate(data=everywhere, to=(USER,)),
    ]


def scheduled() -> list[AnyEvent]:
    """What somebody wants to have sent later."""
    later = ScheduledMessage(
        id=MESSAGE,
        channel_id=CHANNEL,
        guild_id=GUILD,
        content="good morning",
        flags=4096,
        sticker_ids=[],
        attachments=[],
        message_reference=MessageReferenceBody(message_id=MESSAGE),
        allowed_mentions=AllowedMentions(parse=["users"]),
        send_at=NOW,
        created_at=NOW,
        status="failed",
        error=ScheduleError(code=50013, message="Missing Permissions"),
    )
    gone = ScheduledMessageGone(id=MESSAGE, channel_id=CHANNEL, message_id=MESSAGE)
    return [
        events.ScheduledMessageCreate(data=later, to=(USER,)),
        events.ScheduledMessageUpdate(data=later, to=(USER,)),
        events.ScheduledMessageDelete(data=gone, to=(USER,)),
    ]


def moderated() -> list[AnyEvent]:
    """Rules of a guild, and what one of them did."""
    action = RuleAction(type=2, metadata=ActionMetadata(channel_id=CHANNEL))
    rule = Rule(
        id=MESSAGE,
        guild_id=GUILD,
        creator_id=USER,
        name="no spoilers",
        event_type=1,
        trigger_type=1,
        trigger_metadata=TriggerMetadata(
            keyword_filter=["spoiler*"], regex_patterns=["x+"], allow_list=[]
        ),
        actions=[action],
        enabled=True,
        exempt_roles=[ROLE],
        exempt_channels=[],
    )
    executed = ActionExecution(
        guild_id=GUILD,
        action=action,
        rule_id=MESSAGE,
        rule_trigger_type=1,
        user_id=USER,
        channel_id=CHANNEL,
        content="spoiler",
        matched_keyword="spoiler*",
        matched_content="spoiler",
    )
    return [
        events.AutomodRuleCreate(data=rule),
        events.AutomodRuleUpdate(data=rule),
        events.AutomodRuleDelete(data=rule),
        events.AutomodActionExecution(data=executed),
    ]


def reported() -> list[AnyEvent]:
    """What somebody reported, for those who deal with it."""
    report = Report(
        id=MESSAGE,
        kind="message",
        status="resolved",
        reason="spam",
        text="again and again",
        guild_id=GUILD,
        channel_id=CHANNEL,
        user=user(),
        reporter=user("12"),
        message=Message(
            id=MESSAGE, channel_id=CHANNEL, author=user(), content="buy", timestamp=NOW
        ),
        profile=ReportedProfile(username="ann", bio="buy"),
        created_at=NOW,
        action="deleted",
        note="third time",
        resolved_at=NOW,
        resolved_by=user("13"),
    )
    return [
        events.ReportCreate(data=report),
        events.ReportUpdate(data=report),
        events.InstanceReportCreate(data=report, to=(USER,)),
        events.InstanceReportUpdate(data=report, to=(USER,)),
    ]


def requested() -> list[AnyEvent]:
    """Somebody asks to be let in, and is told how far that is."""
    field = FormField(field_type="TERMS", label="Rules", values=["Be kind"], response=True)
    request = JoinRequest(
        id=MESSAGE,
        join_request_id=MESSAGE,
        created_at=NOW,
        reviewed_at=NOW,
        application_status="REJECTED",
        rejection_reason="not now",
        guild_id=GUILD,
        user_id=USER,
        last_seen=NOW,
        user=user(),
        form_responses=[field],
        actioned_by_user=user("12"),
    )
    change = JoinRequestChange(guild_id=GUILD, request=request, status="REJECTED")
    gone = JoinRequestGone(guild_id=GUILD, id=MESSAGE, user_id=USER)
    return [
        events.JoinRequestCreate(data=change, to=(USER,)),
        events.JoinRequestUpdate(data=change, to=(USER,)),
        events.JoinRequestDelete(data=gone, to=(USER,)),
        events.ReviewUpdate(data=change),
        events.ReviewDelete(data=gone),
    ]


def integrated() -> list[AnyEvent]:
    """An application comes into a guild and goes."""
    application = IntegrationApplication(id=USER, name="bot", icon=None, description="", bot=user())
    told = IntegrationEvent(
        id=MESSAGE,
        name="bot",
        account=IntegrationAccount(id=USER, name="bot"),
        application=application,
        scopes=["bot"],
        user=user("12"),
        guild_id=GUILD,
    )
    gone = IntegrationGone(id=MESSAGE, guild_id=GUILD, application_id=USER)
    return [
        events.IntegrationCreate(data=told),
        events.IntegrationUpdate(data=told),
        events.IntegrationDelete(data=gone),
        events.IntegrationsUpdate(data=IntegrationsUpdate(guild_id=GUILD)),
    ]


def commanded() -> list[AnyEvent]:
    """What becomes of the commands of a guild."""
    denied = CommandPermission(id=USER, type=2, permission=False)
    permissions = CommandPermissions(
        id=MESSAGE, application_id=USER, guild_id=GUILD, permissions=[denied]
    )
    return [
        events.CommandIndexUpdate(data=CommandIndexUpdate(guild_id=GUILD)),
        events.CommandPermissionsUpdate(data=permissions, to=(USER,)),
    ]


def interacted() -> list[AnyEvent]:
    """What people do with applications, and what only they are shown of it."""
    started = InteractionStarted(id=MESSAGE, nonce="1")
    hidden = MessageEvent(
        id=MESSAGE, channel_id=CHANNEL, author=user(), content="psst", timestamp=NOW, flags=64
    )
    modal = ModalShown(
        id=MESSAGE,
        channel_id=CHANNEL,
        custom_id="form",
        title="Form",
        components=[],
        application={"id": USER},
    )
    told = Interaction(id=MESSAGE, application_id=USER, type=2, token="t", channel_id=CHANNEL)
    gone = wire.MessageDelete(id=MESSAGE, channel_id=CHANNEL, guild_id=GUILD)
    return [
        events.InteractionCreate(data=told, to=(USER,)),
        events.InteractionStarted(data=started, to=(USER,), session="s"),
        events.InteractionSuccess(data=started, to=(USER,)),
        events.InteractionFailure(data=InteractionFailed(id=MESSAGE, reason_code=2), to=(USER,)),
        events.ModalCreate(data=modal, to=(USER,)),
        events.AutocompleteResponse(data=AutocompleteResponse(choices=[]), to=(USER,)),
        events.EphemeralCreate(data=hidden, to=(USER,)),
        events.EphemeralUpdate(data=hidden, to=(USER,)),
        events.EphemeralDelete(data=gone, to=(USER,)),
    ]


def expressions() -> list[AnyEvent]:
    """What a guild is said things with."""
    wave = Emoji(id=MESSAGE, name="wave", roles=[ROLE], animated=True)
    greeting = Sticker(id=MESSAGE, guild_id=GUILD, name="greeting", tags="hello", format_type=4)
    hum = Sound(name="hum", sound_id=MESSAGE, volume=0.5, emoji_name="🦊", guild_id=GUILD)
    told = wire.ToldSounds(guild_id=GUILD, soundboard_sounds=[hum])
    return [
        events.EmojisUpdate(data=wire.GuildEmojisUpdate(guild_id=GUILD, emojis=[wave])),
        events.StickersUpdate(data=wire.GuildStickersUpdate(guild_id=GUILD, stickers=[greeting])),
        events.SoundCreate(data=hum),
        events.SoundUpdate(data=hum),
        events.SoundDelete(data=wire.GuildSoundDelete(guild_id=GUILD, sound_id=MESSAGE)),
        events.SoundsUpdate(data=told),
    ]


def voices() -> list[AnyEvent]:
    """Who is in a voice channel, and what goes on there."""
    state = VoiceState(user_id=USER, guild_id=GUILD, channel_id=CHANNEL, session_id="s")
    effect = VoiceEffect(
        channel_id=CHANNEL, guild_id=GUILD, user_id=USER, sound_id=MESSAGE, sound_volume=0.5
    )
    server = VoiceServerUpdate(token="t", guild_id=GUILD, endpoint=None)
    stage = StageInstance(id=MESSAGE, guild_id=GUILD, channel_id=CHANNEL, topic="Songs")
    return [
        events.StageCreate(data=stage),
        events.StageUpdate(data=stage),
        events.StageDelete(data=stage),
        events.VoiceStateUpdate(data=replace(state, member=member())),
        events.VoiceStatusUpdate(data=VoiceStatus(id=CHANNEL, guild_id=GUILD, status="Tea")),
        events.VoiceStartTimeUpdate(
            data=VoiceStartTime(id=CHANNEL, guild_id=GUILD, voice_start_time=1)
        ),
        events.VoiceEffectSend(data=effect),
        events.VoiceServerUpdate(data=server, to=(USER,), session="s"),
    ]


def happenings() -> list[AnyEvent]:
    """What a guild plans."""
    rule = RecurrenceRule(start=NOW, frequency=2, by_weekday=[1])
    picnic = ScheduledEvent(
        id=MESSAGE,
        guild_id=GUILD,
        name="picnic",
        scheduled_start_time=NOW,
        status=1,
        entity_type=3,
        entity_metadata=EntityMetadata(location="park"),
        recurrence_rule=rule,
    )
    exception = ScheduledEventException(
        event_id=MESSAGE,
        event_exception_id=MESSAGE,
        is_canceled=True,
        scheduled_start_time=NOW,
        scheduled_end_time=None,
        guild_id=GUILD,
    )
    gone = ScheduledEventExceptionsGone(guild_id=GUILD, event_id=MESSAGE)
    comes = ScheduledEventUserChange(
        guild_id=GUILD, guild_scheduled_event_id=MESSAGE, user_id=USER, response=1
    )
    return [
        events.HappeningCreate(data=picnic),
        events.HappeningUpdate(data=replace(picnic, status=2), before=picnic),
        events.HappeningDelete(data=picnic),
        events.HappeningExceptionCreate(data=exception, place=CHANNEL),
        events.HappeningExceptionUpdate(data=exception, place=None),
        events.HappeningExceptionDelete(data=exception, place=None),
        events.HappeningExceptionsDelete(data=gone, place=None),
        events.HappeningUserAdd(data=comes, place=None),
        events.HappeningUserRemove(data=comes, place=CHANNEL),
    ]


def everything() -> list[AnyEvent]:
    """One of each of the catalogue."""
    there = {"channel_id": CHANNEL, "guild_id": GUILD}
    of_message = {"message_id": MESSAGE, **there}
    emoji = PartialEmoji(id=None, name="🦊")
    guild = Guild(id=GUILD, name="guild", owner_id=USER)
    ban = BanEvent(guild_id=GUILD, user=user())
    changed = wire.GuildRoleChange(guild_id=GUILD, role=role())
    invite = wire.InviteCreate(
        channel_id=CHANNEL,
        code="abc",
        created_at=NOW,
        expires_at=None,
        max_age=0,
        max_uses=0,
        temporary=False,
        guild_id=GUILD,
    )
    entry = EntryEvent(
        id=MESSAGE,
        guild_id=GUILD,
        action_type=Action.MEMBER_KICK,
        user_id=USER,
        target_id=USER,
        changes=[Change(key="name", old_value="before", new_value=["after"])],
    )
    presence = PresenceUpdate(
        user=PartialUser(id=USER),
        status="online",
        activities=[Activity(name="chess", emoji={"name": "♟"}, timestamps={"start": 1})],
        guild_id=GUILD,
    )
    presence_of_a_friend = PresenceUpdate(user=PartialUser(id=USER), status="idle")
    connected = GatewaySession(
        session_id="ab", client_info=SessionClient(client="web", os="linux"), status="idle"
    )
    recipient = wire.ChannelRecipient(channel_id=CHANNEL, user=user(), nick="Zed")
    updated = wire.GuildMemberUpdate(guild_id=GUILD, user=user(), roles=[ROLE], joined_at=NOW)
    return [
        events.GuildUpdate(data=guild),
        events.GuildDelete(data=UnavailableGuild(id=GUILD)),
        events.ChannelCreate(data=channel()),
        events.ChannelUpdate(data=channel()),
        events.ChannelDelete(data=channel()),
        events.ChannelPinsUpdate(
            data=wire.ChannelPinsUpdate(channel_id=CHANNEL, last_pin_timestamp=NOW, guild_id=GUILD)
        ),
        *threads(),
        events.RoleCreate(data=changed),
        events.RoleUpdate(data=changed),
        events.RoleDelete(data=wire.GuildRoleDelete(guild_id=GUILD, role_id=ROLE)),
        *expressions(),
        *happenings(),
        *voices(),
        joined(),
        events.MemberUpdate(data=updated),
        events.MemberRemove(data=wire.GuildMemberRemove(guild_id=GUILD, user=user())),
        events.BanAdd(data=ban),
        events.BanRemove(data=ban),
        events.AuditLogEntryCreate(data=entry),
        events.InviteCreate(data=invite),
        events.InviteDelete(data=wire.InviteDelete(channel_id=CHANNEL, code="abc", guild_id=GUILD)),
        events.WebhooksUpdate(data=wire.WebhooksUpdate(guild_id=GUILD, channel_id=CHANNEL)),
        said(),
        events.MessageUpdate(data=message(content="edited")),
        events.MessageDelete(data=wire.MessageDelete(id=MESSAGE, **there)),
        events.MessageDeleteBulk(data=wire.MessageDeleteBulk(ids=[MESSAGE], **there)),
        events.ReactionAdd(
            data=wire.MessageReactionAdd(user_id=USER, emoji=emoji, member=member(), **of_message)
        ),
        events.ReactionRemove(
            data=wire.MessageReactionRemove(user_id=USER, emoji=emoji, **of_message)
        ),
        events.ReactionRemoveAll(data=wire.MessageReactionRemoveAll(**of_message)),
        events.ReactionRemoveEmoji(data=wire.MessageReactionRemoveEmoji(emoji=emoji, **of_message)),
        events.PollVoteAdd(data=wire.MessagePollVote(user_id=USER, answer_id=1, **of_message)),
        events.PollVoteRemove(data=wire.MessagePollVote(user_id=USER, answer_id=1, **of_message)),
        events.RecipientAdd(data=recipient, to=(USER, Snowflake("12"))),
        events.RecipientRemove(data=recipient, to=(USER,)),
        events.RelationshipAdd(
            data=RelationshipAdded(id=USER, type=3, user=user(), since=NOW, should_notify=True),
            to=(Snowflake("12"),),
        ),
        events.RelationshipUpdate(
            data=PartialRelationship(id=USER, type=1, nickname="Zed", since=NOW), to=(USER,)
        ),
        events.RelationshipRemove(data=RelationshipRemoved(id=USER, type=1), to=(USER,)),
        events.TypingStart(
            data=wire.TypingStart(
                channel_id=CHANNEL, user_id=USER, timestamp=1, guild_id=GUILD, member=member()
            )
        ),
        events.PresenceUpdate(data=presence),
        events.PresenceAsked(data=UnavailableGuild(id=GUILD)),
        events.FriendPresence(data=presence_of_a_friend, to=(Snowflake("12"),)),
        events.FriendsAsked(data=FriendsQuestion(user_id=USER, origin="a1"), to=(Snowflake("12"),)),
        events.SessionsTold(
            data=ToldSessions(user_id=USER, origin="a1", sessions=[connected], asks=True),
            to=(USER,),
        ),
        events.GuildDoubted(data=UnavailableGuild(id=GUILD)),
        events.UserUpdate(data=CurrentUser(id=USER, username="ann", email="ann@example.org")),
        events.UserNoteUpdate(data=NoteChange(id=Snowflake("12"), note="kind"), to=(USER,)),
        events.UserSettingsUpdate(data=UserSettings(theme="light"), to=(USER,)),
        events.UserSettingsProtoUpdate(
            data=SettingsProtoChange(settings=TypedProto(type=1, proto="CgIYAQ==")), to=(USER,)
        ),
        *own(),
        *reported(),
        *requested(),
        *integrated(),
        *moderated(),
        *commanded(),
        *interacted(),
        *scheduled(),
        events.AuthenticatorCreate(data=Authenticator(id=MESSAGE, name="key"), to=(USER,)),
        events.AuthenticatorUpdate(data=Authenticator(id=MESSAGE, name="key"), to=(USER,)),
        events.AuthenticatorDelete(data=AuthenticatorGone(id=MESSAGE), to=(USER,)),
        events.SessionsRevoked(data=(Snowflake("5000"), Snowflake("5001"))),
        events.SessionsRenewed(data=(Snowflake("5000"),)),
    ]
