"""READY for people: their guilds, and all that is theirs, put together for what they understand."""

import uuid
from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType, structs

from rift.core.accounts.sessions import id_hash
from rift.doors.discord.gateway import sights
from rift.doors.discord.gateway.guilds import GuildSessions
from rift.doors.discord.gateway.session import Session
from rift.protocols.gateway import Capabilities
from rift.snowflake import Snowflake
from rift.wire.channels import Channel
from rift.wire.guilds import GuildCreate, GuildProperties
from rift.wire.join_requests import JoinRequest
from rift.wire.members import Member, PartialMember
from rift.wire.notifications import AllUserGuildSettings, NotificationSettings
from rift.wire.presences import PresenceUpdate
from rift.wire.reading import ReadStates
from rift.wire.ready import (
    GatewayAuth,
    GatewayGuild,
    GatewaySession,
    MergedPresences,
    PersonalReady,
    ReadySupplemental,
    SupplementalGuild,
    UserlessChannel,
    UserlessMember,
    UserlessPresence,
)
from rift.wire.relationships import Relationship, UserlessRelationship
from rift.wire.settings import UserSettings
from rift.wire.users import User
from rift.world import Picture

_FRIEND = 1
_REGIONS = ["local"]
"""Voice happens where this server is."""


class Papers(msgspec.Struct, frozen=True, kw_only=True):
    """What the database holds of somebody beside their guilds."""

    private_channels: list[Channel]
    relationships: list[Relationship]
    read_states: ReadStates
    guild_settings: AllUserGuildSettings
    notification_settings: NotificationSettings
    settings: UserSettings
    proto: str
    join_requests: list[JoinRequest]
    notes: dict[str, str] | UnsetType = UNSET

    @property
    def friends(self) -> frozenset[Snowflake]:
        return frozenset(it.id for it in self.relationships if it.type == _FRIEND)

    @property
    def acquaintances(self) -> frozenset[Snowflake]:
        """Friends, and with whom one talks: whose presence one is told of in each guild."""
        talking = (
            user.id for channel in self.private_channels for user in channel.recipients or ()
        )
        return self.friends | frozenset(talking)


class Greeting:
    """Made and sent at one moment: what happens afterwards comes as events."""

    def __init__(
        self,
        session: Session,
        papers: Papers,
        guilds: Sequence[GuildSessions],
        friends: Sequence[PresenceUpdate],
    ) -> None:
        self._session = session
        self._papers = papers
        self._guilds = guilds
        self._friends = friends
        self._can = session.capabilities or Capabilities(0)
        self._users: dict[Snowflake, User] = {}

    def ready(self, version: int, url: str, sessions: list[GatewaySession]) -> PersonalReady:
        session, papers, can = self._session, self._papers, self._can
        states, settings = papers.read_states, papers.guild_settings
        relationships, channels = self._relationships(), self._channels()
        versioned_settings = Capabilities.VERSIONED_USER_GUILD_SETTINGS in can
        return PersonalReady(
            v=version,
            user=session.actor.account,
            guilds=self._all_guilds(),
            relationships=relationships,
            private_channels=channels,
            users=list(self._users.values()) if self._dedupes else UNSET,
            merged_members=self._own_members() if self._dedupes else UNSET,
            merged_presences=self._presences() if self._dedupes and not self._waits else UNSET,
            presences=UNSET if self._dedupes else list(self._friends),
            read_state=states if Capabilities.VERSIONED_READ_STATES in can else states.entries,
            user_guild_settings=settings if versioned_settings else settings.entries,
            notification_settings=papers.notification_settings,
            user_settings=UNSET if Capabilities.USER_SETTINGS_PROTO in can else papers.settings,
            user_settings_proto=papers.proto,
            notes=papers.notes,
            guild_join_requests=papers.join_requests,
            auth=GatewayAuth(authenticator_types=session.actor.account.authenticator_types or []),
            sessions=sessions,
            session_id=session.id,
            resume_gateway_url=url,
            static_client_session_id=str(uuid.uuid4()),
            auth_session_id_hash=id_hash(session.actor.session_id),
            geo_ordered_rtc_regions=_REGIONS,
            shard=UNSET if session.shard is None else session.shard,
        )

    def supplement(self) -> ReadySupplemental | None:
        """What follows for those who want it apart."""
        if not self._waits:
            return None
        return ReadySupplemental(
            guilds=[self._supplemented(guild.picture) for guild in self._guilds],
            merged_members=[self._known_members(guild) for guild in self._guilds],
            merged_presences=self._presences(),
        )

    def _supplemented(self, picture: Picture) -> SupplementalGuild:
        states = sights.voices(picture, self._session)
        return SupplementalGuild(id=picture.id, voice_states=states)

    @property
    def _dedupes(self) -> bool:
        return Capabilities.DEDUPE_USER_OBJECTS in self._can

    @property
    def _waits(self) -> bool:
        return self._dedupes and Capabilities.PRIORITIZED_READY_PAYLOAD in self._can

    # People

    def _relationships(self) -> list[Relationship] | list[UserlessRelationship]:
        if not self._dedupes:
            return self._papers.relationships
        return [self._userless(relationship) for relationship in self._papers.relationships]

    def _userless(self, relationship: Relationship) -> UserlessRelationship:
        self._users[relationship.id] = relationship.user
        fields = _fields(relationship, UserlessRelationship)
        return UserlessRelationship(user_id=relationship.id, **fields)

    def _channels(self) -> list[Channel] | list[UserlessChannel]:
        if not self._dedupes:
            return self._papers.private_channels
        return [self._peopleless(channel) for channel in self._papers.private_channels]

    def _peopleless(self, channel: Channel) -> UserlessChannel:
        people = channel.recipients or []
        self._users.update((user.id, user) for user in people)
        fields: dict[str, Any] = _fields(channel, Channel) | {"recipients": UNSET}
        return UserlessChannel(recipient_ids=[user.id for user in people], **fields)

    # Guilds

    def _all_guilds(self) -> list[GatewayGuild] | list[GuildCreate]:
        if Capabilities.CLIENT_STATE_V2 in self._can:
            return [self._guild(guild) for guild in self._guilds]
        return [self._flat_guild(guild) for guild in self._guilds]

    def _guild(self, guild: GuildSessions) -> GatewayGuild:
        picture = guild.picture
        whole = picture.whole()
        return GatewayGuild(
            id=picture.id,
            properties=GuildProperties(**_fields(whole, GuildProperties)),
            premium_subscription_count=whole.premium_subscription_count,
            roles=whole.roles,
            emojis=whole.emojis,
            stickers=whole.stickers,
            **self._belongings(guild),
        )

    def _flat_guild(self, guild: GuildSessions) -> GuildCreate:
        whole = guild.picture.whole()
        return GuildCreate(**structs.asdict(whole), lazy=True, **self._belongings(guild))

    def _belongings(self, guild: GuildSessions) -> dict[str, Any]:
        picture, session = guild.picture, self._session
        own = picture.members[session.actor.id]
        known = self._known(guild)
        there = (picture.members.get(presence.user.id) for presence in known)
        return {
            "channels": msgspec.Raw(picture.channel_list(session.guilds[picture.id])),
            "threads": picture.open_threads(own),
            "joined_at": own.joined_at,
            "member_count": picture.member_count,
            "large": picture.member_count > session.large_threshold,
            "members": UNSET if self._dedupes else [own, *filter(None, there)],
            "presences": UNSET if self._dedupes else known,
            "soundboard_sounds": list(picture.sounds.values()),
            **sights.belongings(picture, session),
            "voice_states": UNSET if self._waits else sights.voices(picture, session),
        }

    def _own_members(self) -> list[list[UserlessMember]]:
        """One's own member of each guild, and those one knows where they do not follow later."""
        merged = []
        for guild in self._guilds:
            own = guild.picture.members[self._session.actor.id]
            others = [] if self._waits else self._known_members(guild)
            merged.append([_userless_member(own), *others])
        return merged

    def _known(self, guild: GuildSessions) -> list[PresenceUpdate]:
        """The presences in a guild of those whom one knows."""
        presences = guild.presences
        known = sorted(self._papers.acquaintances & presences.keys())
        return [presences[user_id] for user_id in known]

    def _known_members(self, guild: GuildSessions) -> list[UserlessMember]:
        """Members whose users READY has: friends, and with whom one talks."""
        there = (guild.picture.members.get(presence.user.id) for presence in self._known(guild))
        return [_userless_member(member) for member in there if member is not None]

    def _presences(self) -> MergedPresences:
        return MergedPresences(
            friends=[_userless_presence(presence) for presence in self._friends],
            guilds=[
                [_userless_presence(presence) for presence in self._known(guild)]
                for guild in self._guilds
            ],
        )


def _userless_member(member: Member) -> UserlessMember:
    return UserlessMember(user_id=member.user.id, **_fields(member, PartialMember))


def _userless_presence(presence: PresenceUpdate) -> UserlessPresence:
    return UserlessPresence(
        user_id=presence.user.id,
        status=presence.status,
        activities=presence.activities,
        client_status=presence.client_status,
    )


def _fields(whole: msgspec.Struct, of: type[msgspec.Struct]) -> dict[str, Any]:
    """What two structs have in common."""
    return {name: getattr(whole, name) for name in of.__struct_fields__ if hasattr(whole, name)}
