"""One guild as this process knows it: channels, roles, overwrites and the members it needs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from rift.events import Release
from rift.permissions import (
    ADMINISTRATOR,
    ALL,
    MANAGE_THREADS,
    VIEW_CHANNEL,
    Overwrites,
    base_permissions,
    implied,
    in_thread,
    overwritten,
    quarantined,
    silenced,
)
from rift.snowflake import Snowflake
from rift.wire.automod import QUARANTINED, Rule
from rift.wire.channels import Channel
from rift.wire.emojis import Emoji
from rift.wire.guilds import Guild
from rift.wire.happenings import ScheduledEvent
from rift.wire.members import Member
from rift.wire.roles import Role
from rift.wire.sounds import Sound
from rift.wire.stages import StageInstance
from rift.wire.stickers import Sticker
from rift.wire.voice import VoiceRoom, VoiceState
from rift.world.threads import PRIVATE, Threads

_JSON: Final = msgspec.json.Encoder()
_LISTS: Final = 4
"""So many kinds of members, by what they see, have their channels kept in writing."""
_NONE: Final[frozenset[Snowflake]] = frozenset()


class Watch:
    """Notes which of some users' members change while they are being fetched."""

    __slots__ = ("changed", "users")

    def __init__(self, users: Iterable[str]) -> None:
        self.users = frozenset(users)
        self.changed: set[str] = set()


class Picture:
    """Answers "may X do Y in Z?" and "who may see this?" without SQL.

    `members` holds those who were asked for, not all there are. Permissions are remembered by
    set of roles, for in a guild of thousands only a few sets exist.
    """

    __slots__ = (
        "_bases",
        "_lists",
        "_overwrites",
        "_shared",
        "_subjects",
        "_visible",
        "channels",
        "early",
        "emojis",
        "guild",
        "happenings",
        "idle_sweeps",
        "last_messages",
        "member_count",
        "members",
        "revision",
        "roles",
        "rooms",
        "rules",
        "sounds",
        "stages",
        "stickers",
        "threads",
        "touched",
        "voices",
        "watches",
    )

    def __init__(
        self,
        guild: Guild,
        revision: int,
        roles: Iterable[Role],
        channels: Iterable[Channel],
        member_count: int,
    ) -> None:
        self.guild = guild
        self.revision = revision
        self.roles: dict[str, Role] = {role.id: role for role in roles}
        self.channels: dict[str, Channel] = {channel.id: channel for channel in channels}
        self.emojis: dict[str, Emoji] = {}
        self.stickers: dict[str, Sticker] = {}
        self.sounds: dict[str, Sound] = {}
        self.happenings: dict[str, ScheduledEvent] = {}
        self.rules: dict[str, Rule] = {}
        self.voices: dict[str, VoiceState] = {}
        self.stages: dict[str, StageInstance] = {}
        self.rooms: dict[str, VoiceRoom] = {}
        self.threads = Threads()
        self.members: dict[str, Member] = {}
        self.member_count = member_count
        self.last_messages: dict[str, Snowflake] = {}
        self.early: dict[int, Release] = {}
        self.touched: set[str] = set()
        self.idle_sweeps = 0
        self.watches: list[Watch] = []
        self._bases: dict[tuple[str, ...], int] = {}
        self._shared: dict[tuple[str, ...], int] = {}
        self._overwrites: dict[str, Overwrites] = {}
        self._subjects: frozenset[str] | None = None
        self._visible: dict[tuple[str, ...], frozenset[Snowflake]] = {}
        self._lists: dict[frozenset[Snowflake], bytes] = {}

    @property
    def id(self) -> Snowflake:
        return self.guild.id

    def changed(self) -> None:
        """Forget what was computed; roles, overwrites or the owner are no longer the same."""
        self._bases.clear()
        self._shared.clear()
        self._overwrites.clear()
        self._visible.clear()
        self._lists.clear()
        self._subjects = None

    def become(self, other: "Picture", members: Iterable[Member]) -> None:
        """Take over what was loaded afresh; whoever holds this picture sees the new truth."""
        self.guild, self.revision = other.guild, other.revision
        self.roles, self.channels = other.roles, other.channels
        self.emojis, self.stickers, self.sounds = other.emojis, other.stickers, other.sounds
        self.happenings, self.voices, self.rooms = other.happenings, other.voices, other.rooms
        self.stages = other.stages
        self.rules = other.rules
        self.member_count, self.threads = other.member_count, other.threads
        for channel_id, message_id in other.last_messages.items():
            self.note_message(channel_id, message_id)
        self.members = {member.user.id: member for member in members}
        self.member_changed()
        self.changed()

    def note_message(self, channel_id: str, message_id: Snowflake) -> bool:
        """Remember the newest message, in whatever order they come; whether it is that."""
        last = self.last_messages.get(channel_id, "0")
        if (len(message_id), message_id) <= (len(last), last):
            return False
        self.last_messages[channel_id] = message_id
        self._lists.clear()
        return True

    def member_changed(self, user_id: str | None = None) -> None:
        """Somebody's member is another one now, or everybody's."""
        for watch in self.watches:
            watch.changed.update(watch.users if user_id is None else (user_id,))

    def whole(self) -> Guild:
        """The guild with what is in it, as REST shows it."""
        return self.filled(self.guild)

    def filled(self, guild: Guild) -> Guild:
        """The guild as it is to be, with the roles, emojis and stickers it has."""
        return replace(
            guild,
            roles=sorted(self.roles.values(), key=role_order),
            emojis=list(self.emojis.values()),
            stickers=list(self.stickers.values()),
        )

    def place(self, channel_id: str) -> Channel | None:
        """A channel or a thread, if this process knows it."""
        return self.channels.get(channel_id) or self.threads.get(channel_id)

    def is_restricted(self, channel_id: str) -> bool:
        """Whether a channel is for adults, or a thread in one."""
        thread = self.threads.get(channel_id)
        above = channel_id if thread is None else thread.parent_id or ""
        return above in self.channels and self.channels[above].nsfw is True

    def thread(self, thread_id: str, user_id: str = "") -> Channel:
        """A thread, with what somebody is in it."""
        return self.threads.shown(thread_id, user_id, self.last_messages.get(thread_id))

    def channel(self, channel_id: str) -> Channel:
        """The channel with what moves too often to be kept in it."""
        channel = self.channels[channel_id]
        last = self.last_messages.get(channel_id)
        return channel if last is None else replace(channel, last_message_id=last)

    def channel_list(self, visible: frozenset[Snowflake]) -> bytes:
        """These channels as JSON, written once for all who see the same until something changes."""
        written = self._lists.get(visible)
        if written is None:
            shown = [self.channel(id_) for id_ in self.channels if id_ in visible]
            written = _JSON.encode(shown)
            if len(self._lists) >= _LISTS:
                self._lists.clear()
            self._lists[visible] = written
        return written

    def has_list(self, visible: frozenset[Snowflake]) -> bool:
        """Whether these channels are written already."""
        return visible in self._lists

    def rewrite(self) -> None:
        """Something of a channel changed that concerns nobody's permissions."""
        self._lists.clear()

    def is_owner(self, user_id: str) -> bool:
        return self.guild.owner_id == user_id

    def base(self, member: Member) -> int:
        """What a member may do in the guild, timeouts aside."""
        if self.is_owner(member.user.id):
            return ALL
        key = tuple(member.roles)
        bits = self._bases.get(key)
        if bits is None:
            held = (self.guild.id, *key)
            granted = (int(self.roles[id_].permissions) for id_ in held if id_ in self.roles)
            bits = self._bases[key] = base_permissions(granted, is_owner=False)
        return bits

    def permissions(self, member: Member, channel_id: str | None, now: datetime) -> int:
        """What a member may do at this moment, in the guild or in one of its channels."""
        bits = self.base(member) if channel_id is None else self.lasting(member, channel_id)
        if member.flags & QUARANTINED:
            return quarantined(bits)
        until = member.communication_disabled_until
        is_silent = member.pending or (until is not None and until > now)
        return silenced(bits) if is_silent else bits

    def lasting(self, member: Member, channel_id: str) -> int:
        """What a member may do in a channel, timeouts aside."""
        user_id = member.user.id
        if user_id == self.guild.owner_id:
            return ALL
        overwrites = self._overwrites.get(channel_id)
        if overwrites is None:
            overwrites = self._compile(channel_id)
        if user_id in overwrites:
            return self._overwritten(member, channel_id, user_id)
        key = (channel_id, *member.roles)
        bits = self._shared.get(key)
        if bits is None:
            bits = self._shared[key] = self._overwritten(member, channel_id, "")
        return bits

    def _overwritten(self, member: Member, channel_id: str, user_id: str) -> int:
        """The permissions in a channel, with the overwrite for this user if one is named."""
        base = self.base(member)
        if base & ADMINISTRATOR:
            return ALL
        overwrites = self._overwrites_of(channel_id)
        bits = overwritten(base, overwrites, self.guild.id, member.roles, user_id)
        thread = self.threads.get(channel_id)
        return implied(bits) if thread is None else self._in_thread(thread, bits, user_id)

    def _in_thread(self, thread: Channel, bits: int, user_id: str) -> int:
        """What the parent allows, as a thread understands it; private ones are for few."""
        open_ = thread.type != PRIVATE or bool(bits & MANAGE_THREADS)
        return in_thread(bits) if open_ or user_id in self.threads.crowd(thread.id) else 0

    def is_open(self, channel_id: str, needs: int = VIEW_CHANNEL) -> bool:
        """Whether everybody who comes in sees a channel, or may do something else in it."""
        base = int(self.roles[self.id].permissions)
        if base & ADMINISTRATOR:
            return True
        bits = overwritten(base, self._overwrites_of(channel_id), self.id, (), "")
        return implied(bits) & needs == needs

    def visible(self, member: Member) -> frozenset[Snowflake]:
        """The channels a member may see."""
        key = self.kind_of(member)
        seen = self._visible.get(key)
        if seen is None:
            seen = self._visible[key] = frozenset(
                channel.id
                for channel in self.channels.values()
                if self.lasting(member, channel.id) & VIEW_CHANNEL
            )
        return seen

    def confided(self, member: Member) -> frozenset[Snowflake]:
        """The active private threads a member may see."""
        if not self.threads.private:
            return _NONE
        return frozenset(
            Snowflake(id_)
            for id_ in self.threads.private
            if self.lasting(member, id_) & VIEW_CHANNEL
        )

    def open_threads(self, member: Member) -> list[Channel]:
        """The active threads a member may see, as they see them."""
        if not self.threads:
            return []
        seen, user_id = self.visible(member), member.user.id
        return [
            self.thread(thread.id, user_id)
            for thread in self.threads.active()
            if thread.parent_id in seen
            and (thread.type != PRIVATE or self.lasting(member, thread.id) & VIEW_CHANNEL)
        ]

    def places(self, member: Member) -> frozenset[Snowflake]:
        """The channels and active threads a member may see."""
        seen = self.visible(member)
        return seen.union(it.id for it in self.open_threads(member)) if self.threads else seen

    def forget_thread(self, thread_id: str) -> None:
        """Who may do what in a thread is no longer the same, or it is gone."""
        self._overwrites.pop(thread_id, None)
        for key in [key for key in self._shared if key[0] == thread_id]:
            del self._shared[key]

    def top(self, member: Member) -> tuple[int, int]:
        """The member's highest place in the hierarchy; the owner stands above all."""
        if self.is_owner(member.user.id):
            return (1 << 31, 0)
        held = (self.roles[id_] for id_ in member.roles if id_ in self.roles)
        return max((rank(role) for role in held), default=(0, 0))

    def kind_of(self, member: Member) -> tuple[str, ...]:
        """Members of one class see the same: same roles, and no overwrite of their own."""
        if self.is_owner(member.user.id):
            return ("owner",)
        user_id = member.user.id
        return (*member.roles, user_id) if user_id in self._named() else tuple(member.roles)

    def kinds_of(self, members: Iterable[Member]) -> list[tuple[str, ...]]:
        """The same of very many, of whom hardly anybody is named by an overwrite."""
        special = {*self._named(), self.guild.owner_id}
        return [
            self.kind_of(member) if member.user.id in special else tuple(member.roles)
            for member in members
        ]

    def _named(self) -> frozenset[str]:
        """Every role and user some overwrite speaks of."""
        if self._subjects is None:
            self._subjects = frozenset(
                subject for id_ in self.channels for subject in self._overwrites_of(id_)
            )
        return self._subjects

    def _overwrites_of(self, channel_id: str) -> Overwrites:
        compiled = self._overwrites.get(channel_id)
        return self._compile(channel_id) if compiled is None else compiled

    def _compile(self, channel_id: str) -> Overwrites:
        thread = self.threads.get(channel_id)
        if thread is not None:
            return self._compile_thread(thread)
        compiled: Overwrites = {
            entry.id: (int(entry.allow), int(entry.deny))
            for entry in self.channels[channel_id].permission_overwrites or ()
        }
        self._overwrites[channel_id] = compiled
        return compiled

    def _compile_thread(self, thread: Channel) -> Overwrites:
        """Those of its parent; of a private one, whoever is in it is named as well."""
        compiled = self._overwrites_of(thread.parent_id or "")
        if thread.type == PRIVATE:
            compiled = {**dict.fromkeys(self.threads.crowd(thread.id), (0, 0)), **compiled}
        self._overwrites[thread.id] = compiled
        return compiled


def role_order(role: Role) -> tuple[int, int]:
    return (role.position, int(role.id))


def rank(role: Role) -> tuple[int, int]:
    """Higher is mightier: by position, and of two at one position the older one."""
    return (role.position, -int(role.id))
