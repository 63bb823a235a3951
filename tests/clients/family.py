"""The bot of discord.py and its forks, which share nearly all of their names.

What differs is a method of the subclass in the library's own script.
"""

import base64
import io
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from automod import Moderation, ModerationEars
from entrance import Entrance, EntranceEars
from expressions import ExpressionEars, Expressions
from happenings import HappeningEars, Happenings
from talk import serve, tell
from threads import ThreadEars, Threads


class Ears(EntranceEars, ExpressionEars, HappeningEars, ModerationEars, ThreadEars):
    """Reports what the library dispatches."""

    def __init__(self, bot: "Bot") -> None:
        self._bot = bot

    async def on_ready(self) -> None:
        tell("ready", user_id=str(self._bot.client.user.id))

    async def on_resumed(self) -> None:
        tell("resumed")

    async def on_disconnect(self) -> None:
        tell("disconnected")

    async def on_message(self, message: Any) -> None:
        tell("message", **self._bot.message(message))

    async def on_raw_message_edit(self, payload: Any) -> None:
        tell("message_edit", id=str(payload.message_id), content=payload.data.get("content"))

    async def on_message_edit(self, _before: Any, after: Any) -> None:
        tell("embeds", id=str(after.id), embeds=[_embed(embed) for embed in after.embeds])

    async def on_raw_message_delete(self, payload: Any) -> None:
        tell("message_delete", id=str(payload.message_id))

    async def on_raw_bulk_message_delete(self, payload: Any) -> None:
        tell("bulk_delete", ids=sorted(map(str, payload.message_ids)))

    async def on_raw_reaction_add(self, payload: Any) -> None:
        tell("reaction_add", **_reaction(payload))

    async def on_raw_reaction_remove(self, payload: Any) -> None:
        tell("reaction_remove", **_reaction(payload))

    async def on_typing(self, channel: Any, user: Any, _when: Any) -> None:
        tell("typing", channel_id=str(channel.id), user_id=str(user.id))

    async def on_guild_channel_pins_update(self, channel: Any, _last: Any) -> None:
        tell("pins", channel_id=str(channel.id))

    async def on_guild_join(self, guild: Any) -> None:
        tell("guild_join", id=str(guild.id))

    async def on_guild_remove(self, guild: Any) -> None:
        tell("guild_leave", id=str(guild.id))

    async def on_member_join(self, member: Any) -> None:
        tell("member_join", user_id=str(member.id))

    async def on_member_remove(self, member: Any) -> None:
        tell("member_leave", user_id=str(member.id))

    async def on_member_update(self, _before: Any, after: Any) -> None:
        tell("member_update", **self._bot.member(after))

    async def on_member_ban(self, _guild: Any, user: Any) -> None:
        tell("ban", user_id=str(user.id))

    async def on_member_unban(self, _guild: Any, user: Any) -> None:
        tell("unban", user_id=str(user.id))

    async def on_presence_update(self, _before: Any, after: Any) -> None:
        tell("presence", user_id=str(after.id), status=str(after.status))

    async def on_guild_role_create(self, role: Any) -> None:
        tell("role_create", **_role(role))

    async def on_guild_role_update(self, _before: Any, after: Any) -> None:
        tell("role_update", **_role(after))

    async def on_guild_role_delete(self, role: Any) -> None:
        tell("role_delete", id=str(role.id))

    async def on_guild_channel_create(self, channel: Any) -> None:
        tell("channel_create", **_channel(channel))

    async def on_guild_channel_update(self, _before: Any, after: Any) -> None:
        tell("channel_update", **_channel(after))

    async def on_guild_channel_delete(self, channel: Any) -> None:
        tell("channel_delete", id=str(channel.id))

    async def on_private_channel_pins_update(self, channel: Any, _last: Any) -> None:
        tell("pins", channel_id=str(channel.id))

    async def on_audit_log_entry_create(self, entry: Any) -> None:
        tell("audit_log_entry", **_entry(entry))

    async def on_audit_log_entry(self, entry: Any) -> None:
        """As py-cord calls it."""
        await self.on_audit_log_entry_create(entry)

    async def on_invite_create(self, invite: Any) -> None:
        tell("invite_create", code=invite.code)

    async def on_invite_delete(self, invite: Any) -> None:
        tell("invite_delete", code=invite.code)


class Bot(Entrance, Expressions, Happenings, Moderation, Threads):
    """The verbs a test may ask for."""

    def __init__(self, library: Any, client: Any) -> None:
        self.library = library
        self.client = client
        ears = Ears(self)
        for name in dir(ears):
            if name.startswith("on_"):
                client.event(getattr(ears, name))

    async def run(self) -> None:
        await serve(self.client, self)

    # Pictures

    async def portray(self, guild_id: str, avatar: str) -> dict[str, str]:
        """Give itself a face, and fetch the pictures there are by the library's own addresses."""
        user = self.client.user
        default = await user.default_avatar.read()
        changed = await user.edit(avatar=base64.b64decode(avatar))
        guild = await self.client.fetch_guild(int(guild_id))
        pictures = {
            "default": default,
            "avatar": await changed.display_avatar.with_size(64).read(),
            "icon": await guild.icon.replace(format="webp", size=32).read(),
            "whole": await guild.icon.read(),
        }
        return {name: base64.b64encode(it).decode() for name, it in pictures.items()}

    # Messages

    async def send(self, channel_id: str, content: str) -> Any:
        return self.message(await self._channel(channel_id).send(content))

    async def reply(self, channel_id: str, message_id: str, content: str) -> Any:
        return self.message(await self._message(channel_id, message_id).reply(content))

    async def whisper(self, user_id: str, content: str) -> Any:
        """A direct message to somebody it knows."""
        return self.message(await self.client.get_user(int(user_id)).send(content))

    async def card(self, channel_id: str, title: str, **fields: str) -> Any:
        """Say it as an embed with these fields."""
        embed = self.library.Embed(title=title, color=0x49B8B8)
        for name, value in fields.items():
            embed.add_field(name=name, value=value)
        return self.message(await self._channel(channel_id).send(embed=embed))

    async def send_silently(self, channel_id: str, content: str) -> Any:
        return self.message(await self._send_silently(self._channel(channel_id), content))

    async def forward(self, channel_id: str, message_id: str, to_id: str) -> Any:
        message = await self._channel(channel_id).fetch_message(int(message_id))
        return self.message(await self._forward(message, self._channel(to_id)))

    async def send_file(
        self, channel_id: str, filename: str, content: str, description: str
    ) -> dict[str, Any]:
        """A file, and what comes back from where it lies then."""
        held = io.BytesIO(content.encode())
        file = self.library.File(held, filename=filename, description=description)
        sent = (await self._channel(channel_id).send("with a file", file=file)).attachments[0]
        return {
            "id": str(sent.id),
            "filename": sent.filename,
            "description": sent.description,
            "size": sent.size,
            "read": (await sent.read()).decode(),
        }

    async def edit(self, channel_id: str, message_id: str, content: str) -> None:
        await self._message(channel_id, message_id).edit(content=content)

    async def delete(self, channel_id: str, message_id: str) -> None:
        await self._message(channel_id, message_id).delete()

    async def bulk_delete(self, channel_id: str, message_ids: list[str]) -> None:
        messages = [self._message(channel_id, id_) for id_ in message_ids]
        await self._channel(channel_id).delete_messages(messages)

    async def history(self, channel_id: str, limit: int, **bounds: str) -> list[str]:
        objects = {name: self.library.Object(int(id_)) for name, id_ in bounds.items()}
        found = self._channel(channel_id).history(limit=limit, **objects)
        return [message.content async for message in found]

    async def react(self, channel_id: str, message_id: str, emoji: str) -> None:
        await self._message(channel_id, message_id).add_reaction(emoji)

    async def unreact(self, channel_id: str, message_id: str, emoji: str) -> None:
        await self._message(channel_id, message_id).remove_reaction(emoji, self.client.user)

    async def reactors(self, channel_id: str, message_id: str, emoji: str) -> list[str]:
        message = await self._channel(channel_id).fetch_message(int(message_id))
        reaction = next(found for found in message.reactions if str(found.emoji) == emoji)
        return [str(user.id) async for user in reaction.users()]

    async def pin(self, channel_id: str, message_id: str) -> None:
        await self._message(channel_id, message_id).pin()

    async def unpin(self, channel_id: str, message_id: str) -> None:
        await self._message(channel_id, message_id).unpin()

    async def pins(self, channel_id: str) -> list[str]:
        return [str(message.id) async for message in self._pins(self._channel(channel_id))]

    async def type(self, channel_id: str) -> None:
        async with self._channel(channel_id).typing():
            pass

    async def follow(self, channel_id: str, target_id: str) -> None:
        await self._channel(channel_id).follow(destination=self._channel(target_id))

    async def publish(self, channel_id: str, message_id: str) -> None:
        await self._message(channel_id, message_id).publish()

    async def webhooks(self, channel_id: str) -> dict[str, str]:
        """The names, and where what each brings comes from."""
        found = await self._channel(channel_id).webhooks()
        return {webhook.name: str(webhook.source_channel.id) for webhook in found}

    async def ask(self, channel_id: str, question: str, answers: list[str]) -> str:
        """A poll of an hour; its message."""
        sent = await self._channel(channel_id).send(poll=self._poll(question, answers))
        return str(sent.id)

    async def close(self, channel_id: str, message_id: str) -> list[int]:
        """End its own poll; how often each answer was chosen."""
        message = await self._channel(channel_id).fetch_message(int(message_id))
        ended = await self._end_poll(message)
        return [self._votes(answer) for answer in ended.poll.answers]

    async def herald(self, channel_id: str, content: str, name: str) -> Any:
        """A webhook of its own writes, corrects itself and goes; what it wrote and became."""
        webhook = await self._channel(channel_id).create_webhook(name="Herald")
        said = await webhook.send(content, username=name, wait=True)
        changed = await webhook.edit_message(said.id, content=content.upper())
        found = await webhook.fetch_message(said.id)
        await webhook.delete_message(said.id)
        await webhook.delete()
        return [said.author.name, changed.content, found.content]

    # Members

    async def nick(self, guild_id: str, user_id: str, nick: str | None) -> None:
        await self._member(guild_id, user_id).edit(nick=nick)

    async def give(self, guild_id: str, user_id: str, role_id: str) -> None:
        role = self._guild(guild_id).get_role(int(role_id))
        await self._member(guild_id, user_id).add_roles(role)

    async def take(self, guild_id: str, user_id: str, role_id: str) -> None:
        role = self._guild(guild_id).get_role(int(role_id))
        await self._member(guild_id, user_id).remove_roles(role)

    async def timeout(self, guild_id: str, user_id: str, seconds: int | None) -> None:
        until = None if seconds is None else datetime.now(UTC) + timedelta(seconds=seconds)
        await self._time_out(self._member(guild_id, user_id), until)

    async def kick(self, guild_id: str, user_id: str, reason: str) -> None:
        await self._member(guild_id, user_id).kick(reason=reason)

    async def ban(self, guild_id: str, user_id: str, reason: str) -> None:
        await self._guild(guild_id).ban(self.library.Object(int(user_id)), reason=reason)

    async def ban_many(self, guild_id: str, user_ids: list[str], reason: str) -> list[list[str]]:
        """Whom it banned, and whom it could not."""
        users = [self.library.Object(int(user_id)) for user_id in user_ids]
        done = await self._ban_many(self._guild(guild_id), users, reason)
        return [_ids(people) for people in done]

    async def unban(self, guild_id: str, user_id: str) -> None:
        await self._guild(guild_id).unban(self.library.Object(int(user_id)))

    async def bans(self, guild_id: str) -> dict[str, str | None]:
        found = self._guild(guild_id).bans(limit=None)
        return {str(ban.user.id): ban.reason async for ban in found}

    async def members(self, guild_id: str) -> list[str]:
        """By REST, page by page."""
        found = self._guild(guild_id).fetch_members(limit=None)
        return [str(member.id) async for member in found]

    async def chunk(self, guild_id: str, query: str) -> list[str]:
        """By the gateway."""
        found = await self._guild(guild_id).query_members(query, limit=100)
        return [str(member.id) for member in found]

    async def search(self, guild_id: str, query: str) -> list[str]:
        """By REST."""
        return [
            str(member.id)
            for member in await self._guild(guild_id).search_members(query, limit=100)
        ]

    async def audit_log(self, guild_id: str) -> list[Any]:
        """The last entries, newest first."""
        return [_entry(entry) async for entry in self._guild(guild_id).audit_logs(limit=100)]

    async def vanity(self, guild_id: str) -> list[Any]:
        """The code, and how often it was used."""
        invite = await self._guild(guild_id).vanity_invite()
        return [invite.code, invite.uses]

    async def presence(self, status: str, playing: str) -> None:
        await self.client.change_presence(
            status=self.library.Status(status), activity=self.library.Game(playing)
        )

    # Roles and channels

    async def create_role(self, guild_id: str, name: str, permissions: str) -> Any:
        bits = self.library.Permissions(int(permissions))
        role = await self._guild(guild_id).create_role(name=name, permissions=bits)
        return _role(role)

    async def edit_role(self, guild_id: str, role_id: str, name: str) -> None:
        await self._guild(guild_id).get_role(int(role_id)).edit(name=name)

    async def delete_role(self, guild_id: str, role_id: str) -> None:
        await self._guild(guild_id).get_role(int(role_id)).delete()

    async def create_category(self, guild_id: str, name: str) -> Any:
        return _channel(await self._guild(guild_id).create_category(name))

    async def create_channel(self, guild_id: str, name: str, topic: str, parent_id: str) -> Any:
        parent = self._channel(parent_id)
        guild = self._guild(guild_id)
        return _channel(await guild.create_text_channel(name, topic=topic, category=parent))

    async def edit_channel(self, channel_id: str, name: str, topic: str) -> None:
        await self._channel(channel_id).edit(name=name, topic=topic)

    async def delete_channel(self, channel_id: str) -> None:
        await self._channel(channel_id).delete()

    async def overwrite(self, channel_id: str, role_id: str, allow: str, deny: str) -> None:
        channel = self._channel(channel_id)
        bits = (self.library.Permissions(int(value)) for value in (allow, deny))
        overwrite = self.library.PermissionOverwrite.from_pair(*bits)
        role = channel.guild.get_role(int(role_id))
        await channel.set_permissions(role, overwrite=overwrite)

    async def invite(self, channel_id: str) -> str:
        code: str = (await self._channel(channel_id).create_invite(max_age=3600, max_uses=5)).code
        return code

    async def invites(self, guild_id: str) -> list[str]:
        return [invite.code for invite in await self._guild(guild_id).invites()]

    # What the library holds

    async def world(self, guild_id: str) -> Any:
        """A guild as it stands in the cache, in the terms all libraries share."""
        guild = self._guild(guild_id)
        return {
            "name": guild.name,
            "roles": {str(r.id): [r.name, str(r.permissions.value)] for r in guild.roles},
            "channels": {
                str(c.id): [c.name, _id(c.category_id), getattr(c, "topic", None)]
                for c in guild.channels
            },
            "members": {str(m.id): [m.nick, _roles(m)] for m in guild.members},
        }

    async def cache(self) -> Any:
        """All it knows, in full."""
        return {str(guild.id): self._whole(guild) for guild in self.client.guilds}

    def message(self, message: Any) -> dict[str, Any]:
        answered = message.reference and message.reference.message_id
        return {
            "id": str(message.id),
            "channel_id": str(message.channel.id),
            "author_id": str(message.author.id),
            "content": message.content,
            "reply_to": _id(answered if not self._forwarded(message) else None),
            "silent": bool(message.flags.value & _SILENT),
            "forwards": self._forwarded(message),
        }

    def member(self, member: Any) -> dict[str, Any]:
        return {
            "user_id": str(member.id),
            "nick": member.nick,
            "roles": _roles(member),
            "timed_out": self._timed_out_until(member) is not None,
        }

    # What differs from library to library

    def _poll(self, question: str, answers: list[str]) -> Any:
        poll = self.library.Poll(question, timedelta(hours=1))
        for answer in answers:
            poll.add_answer(text=answer)
        return poll

    async def _end_poll(self, message: Any) -> Any:
        return await message.end_poll()

    def _votes(self, answer: Any) -> int:
        return int(answer.vote_count)

    async def _ban_many(self, guild: Any, users: list[Any], reason: str) -> Any:
        return await guild.bulk_ban(users, reason=reason)

    async def _send_silently(self, channel: Any, content: str) -> Any:
        return await channel.send(content, silent=True)

    async def _forward(self, message: Any, channel: Any) -> Any:
        return await message.forward(channel)

    def _forwarded(self, message: Any) -> str | None:
        """What a forwarded message says."""
        told = [snapshot.content for snapshot in message.message_snapshots]
        return told[0] if told else None

    def _pins(self, channel: Any) -> AsyncIterator[Any]:
        pins: AsyncIterator[Any] = channel.pins()
        return pins

    async def _time_out(self, member: Any, until: datetime | None) -> None:
        raise NotImplementedError

    def _timed_out_until(self, member: Any) -> datetime | None:
        raise NotImplementedError

    def _whole(self, guild: Any) -> dict[str, Any]:
        return {
            "name": guild.name,
            "description": guild.description,
            "owner": str(guild.owner_id),
            "verification": str(guild.verification_level),
            "notifications": str(guild.default_notifications),
            "afk": [guild.afk_timeout, guild.afk_channel and str(guild.afk_channel.id)],
            "system": guild.system_channel and str(guild.system_channel.id),
            "locale": str(guild.preferred_locale),
            "member_count": guild.member_count,
            "own_permissions": str(guild.me.guild_permissions.value),
            "roles": {str(role.id): _whole_role(role) for role in guild.roles},
            "channels": {str(channel.id): _whole_channel(channel) for channel in guild.channels},
            "members": {str(member.id): self._whole_member(member) for member in guild.members},
        }

    def _whole_member(self, member: Any) -> list[Any]:
        until = self._timed_out_until(member)
        return [
            member.name,
            member.global_name,
            member.nick,
            _roles(member),
            until and until.isoformat(),
            member.joined_at.isoformat(),
            member.pending,
        ]

    def _guild(self, guild_id: str) -> Any:
        return self.client.get_guild(int(guild_id))

    def _channel(self, channel_id: str) -> Any:
        return self.client.get_channel(int(channel_id))

    def _message(self, channel_id: str, message_id: str) -> Any:
        return self._channel(channel_id).get_partial_message(int(message_id))

    def _member(self, guild_id: str, user_id: str) -> Any:
        return self._guild(guild_id).get_member(int(user_id))


_SILENT: Final = 1 << 12


def _entry(entry: Any) -> dict[str, Any]:
    """Of an audit log; names are what everything has."""
    names = [getattr(side, "name", None) for side in (entry.changes.before, entry.changes.after)]
    return {
        "action": entry.action.value,
        "user_id": entry.user and str(entry.user.id),
        "target_id": entry.target and str(entry.target.id),
        "reason": entry.reason,
        "names": names,
    }


def _id(value: int | None) -> str | None:
    return str(value) if value else None


def _ids(things: Iterable[Any]) -> list[str]:
    return sorted(str(thing.id) for thing in things)


def _roles(member: Any) -> list[str]:
    """Without the role everybody has."""
    return _ids(role for role in member.roles if role.id != member.guild.id)


def _embed(embed: Any) -> dict[str, Any]:
    return {
        "type": embed.type,
        "title": embed.title,
        "url": embed.url,
        "provider": embed.provider.name,
        "image": [embed.thumbnail.proxy_url, embed.thumbnail.width, embed.thumbnail.height],
    }


def _reaction(payload: Any) -> dict[str, str]:
    return {
        "message_id": str(payload.message_id),
        "user_id": str(payload.user_id),
        "emoji": str(payload.emoji),
    }


def _role(role: Any) -> dict[str, str]:
    return {"id": str(role.id), "name": role.name, "permissions": str(role.permissions.value)}


def _channel(channel: Any) -> dict[str, Any]:
    return {
        "id": str(channel.id),
        "name": channel.name,
        "topic": getattr(channel, "topic", None),
        "parent_id": _id(channel.category_id),
        "overwrites": _overwrites(channel),
    }


def _is_lost_role(target: Any) -> bool:
    """A role that is deleted takes its overwrites along; the libraries go on showing them."""
    return getattr(getattr(target, "type", None), "__name__", "") == "Role"


def _overwrites(channel: Any) -> dict[str, list[str]]:
    pairs = {
        target.id: overwrite.pair()
        for target, overwrite in channel.overwrites.items()
        if not _is_lost_role(target)
    }
    return {str(id_): [str(bits.value) for bits in pair] for id_, pair in sorted(pairs.items())}


def _whole_role(role: Any) -> list[Any]:
    return [
        role.name,
        str(role.permissions.value),
        role.position,
        role.colour.value,
        role.hoist,
        role.mentionable,
        role.managed,
        _ids(role.members),
    ]


def _whole_channel(channel: Any) -> dict[str, Any]:
    optional = ("topic", "nsfw", "slowmode_delay", "bitrate", "user_limit")
    return {
        **_channel(channel),
        "kind": str(channel.type),
        "position": channel.position,
        "own_permissions": str(channel.permissions_for(channel.guild.me).value),
        "other": {name: getattr(channel, name, None) for name in optional},
    }
