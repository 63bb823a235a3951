"""hikari, pointed at a Rift."""

import asyncio
import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import hikari
import hikari.urls
import plans_hikari as plans
from hikari.events import auto_mod_events
from talk import TOKEN, URL, listen_to_log, obey, tell
from world_hikari import World, roles_of

hikari.urls.CDN_URL = f"{URL}/cdn"


def _member_update(event: Any) -> dict[str, Any]:
    member = event.member
    return {
        "user_id": str(member.id),
        "nick": member.nickname,
        "roles": roles_of(member),
        "timed_out": member.communication_disabled_until() is not None,
    }


def _reaction(event: Any) -> dict[str, str]:
    return {
        "message_id": str(event.message_id),
        "user_id": str(event.user_id),
        "emoji": str(event.emoji_name),
    }


def _user(event: Any) -> dict[str, str]:
    return {"user_id": str(event.user_id)}


def _content(event: Any) -> dict[str, Any]:
    content = event.message.content
    return {"id": str(event.message_id), "content": content or None}


def _sorted_names(things: Any) -> list[str]:
    return sorted(thing.name for thing in things)


HEARD: Final[dict[type[Any], tuple[str, Callable[[Any], dict[str, Any]]]]] = {
    hikari.ShardResumedEvent: ("resumed", lambda _: {}),
    hikari.ShardDisconnectedEvent: ("disconnected", lambda _: {}),
    hikari.GuildMessageCreateEvent: ("message", lambda event: _message(event.message)),
    hikari.GuildMessageUpdateEvent: ("message_edit", _content),
    hikari.GuildMessageDeleteEvent: ("message_delete", lambda e: {"id": str(e.message_id)}),
    hikari.GuildBulkMessageDeleteEvent: (
        "bulk_delete",
        lambda event: {"ids": sorted(map(str, event.message_ids))},
    ),
    hikari.DMMessageCreateEvent: ("message", lambda event: _message(event.message)),
    hikari.DMMessageUpdateEvent: ("message_edit", _content),
    hikari.DMMessageDeleteEvent: ("message_delete", lambda e: {"id": str(e.message_id)}),
    hikari.DMReactionAddEvent: ("reaction_add", _reaction),
    hikari.DMPinsUpdateEvent: ("pins", lambda e: {"channel_id": str(e.channel_id)}),
    hikari.DMTypingEvent: (
        "typing",
        lambda event: {"channel_id": str(event.channel_id), **_user(event)},
    ),
    hikari.AuditLogEntryCreateEvent: ("audit_log_entry", lambda event: _entry(event.entry)),
    hikari.GuildReactionAddEvent: ("reaction_add", _reaction),
    hikari.GuildReactionDeleteEvent: ("reaction_remove", _reaction),
    hikari.GuildTypingEvent: (
        "typing",
        lambda event: {"channel_id": str(event.channel_id), **_user(event)},
    ),
    hikari.GuildPinsUpdateEvent: ("pins", lambda e: {"channel_id": str(e.channel_id)}),
    hikari.GuildJoinEvent: ("guild_join", lambda event: {"id": str(event.guild_id)}),
    hikari.GuildLeaveEvent: ("guild_leave", lambda event: {"id": str(event.guild_id)}),
    hikari.MemberCreateEvent: ("member_join", _user),
    hikari.MemberDeleteEvent: ("member_leave", _user),
    hikari.MemberUpdateEvent: ("member_update", _member_update),
    hikari.BanCreateEvent: ("ban", _user),
    hikari.BanDeleteEvent: ("unban", _user),
    hikari.PresenceUpdateEvent: (
        "presence",
        lambda e: {"status": str(e.presence.visible_status.value), **_user(e)},
    ),
    hikari.RoleCreateEvent: ("role_create", lambda event: _role(event.role)),
    hikari.RoleUpdateEvent: ("role_update", lambda event: _role(event.role)),
    hikari.RoleDeleteEvent: ("role_delete", lambda event: {"id": str(event.role_id)}),
    hikari.GuildChannelCreateEvent: ("channel_create", lambda e: _channel(e.channel)),
    hikari.GuildChannelUpdateEvent: ("channel_update", lambda e: _channel(e.channel)),
    hikari.GuildChannelDeleteEvent: ("channel_delete", lambda e: {"id": str(e.channel_id)}),
    hikari.GuildThreadCreateEvent: ("thread_create", lambda event: _named(event.thread)),
    hikari.GuildThreadUpdateEvent: (
        "thread_update",
        lambda e: {"archived": e.thread.is_archived, **_named(e.thread)},
    ),
    hikari.GuildThreadDeleteEvent: ("thread_delete", lambda e: {"id": str(e.thread_id)}),
    hikari.EmojisUpdateEvent: ("emojis", lambda event: {"names": _sorted_names(event.emojis)}),
    hikari.StickersUpdateEvent: (
        "stickers",
        lambda event: {"names": _sorted_names(event.stickers)},
    ),
    auto_mod_events.AutoModRuleCreateEvent: ("rule_create", lambda event: _named(event.rule)),
    auto_mod_events.AutoModActionExecutionEvent: (
        "automod",
        lambda event: {
            "rule_id": str(event.rule_id),
            "content": event.content,
            "keyword": event.matched_keyword,
            **_user(event),
        },
    ),
    hikari.IntegrationCreateEvent: (
        "integrations",
        lambda event: {"guild_id": str(event.guild_id)},
    ),
    **plans.HEARD,
    hikari.InviteCreateEvent: ("invite_create", lambda event: {"code": event.code}),
    hikari.InviteDeleteEvent: ("invite_delete", lambda event: {"code": event.code}),
}


class Verbs(plans.Plans, World):
    """What a test may ask for. hikari separates calls (`rest`) from what it holds (`cache`)."""

    # Pictures

    async def portray(self, guild_id: str, avatar: str) -> dict[str, str]:
        """Give itself a face, and fetch the pictures there are by the library's own addresses."""
        user = await self._rest.fetch_my_user()
        default = await user.default_avatar_url.read()
        changed = await self._rest.edit_my_user(
            avatar=hikari.Bytes(base64.b64decode(avatar), "face.png")
        )
        guild = await self._rest.fetch_guild(int(guild_id))
        pictures = {
            "default": default,
            "avatar": await changed.make_avatar_url(size=64, file_format="PNG").read(),
            "icon": await guild.make_icon_url(size=32, file_format="WEBP").read(),
            "whole": await guild.make_icon_url(file_format="PNG").read(),
        }
        return {name: base64.b64encode(it).decode() for name, it in pictures.items()}

    # Messages

    async def send(self, channel_id: str, content: str) -> Any:
        return _message(await self._rest.create_message(int(channel_id), content))

    async def reply(self, channel_id: str, message_id: str, content: str) -> Any:
        answered = int(message_id)
        return _message(await self._rest.create_message(int(channel_id), content, reply=answered))

    async def whisper(self, user_id: str, content: str) -> Any:
        """A direct message to somebody it knows."""
        channel = await self._rest.create_dm_channel(int(user_id))
        return _message(await channel.send(content))

    async def send_silently(self, channel_id: str, content: str) -> Any:
        flags = hikari.MessageFlag.SUPPRESS_NOTIFICATIONS
        return _message(await self._rest.create_message(int(channel_id), content, flags=flags))

    async def send_file(
        self, channel_id: str, filename: str, content: str, description: str
    ) -> dict[str, Any]:
        """A file, and what comes back from where it lies then; it cannot describe files."""
        file = hikari.Bytes(content.encode(), filename)
        sent = await self._rest.create_message(int(channel_id), "with a file", attachment=file)
        [attachment] = sent.attachments
        return {
            "id": str(attachment.id),
            "filename": attachment.filename,
            "description": description,
            "size": attachment.size,
            "read": (await attachment.read()).decode(),
        }

    async def forward(self, channel_id: str, message_id: str, to_id: str) -> Any:
        places = (int(to_id), int(message_id), int(channel_id))
        return _message(await self._rest.forward_message(*places))

    async def edit(self, channel_id: str, message_id: str, content: str) -> None:
        await self._rest.edit_message(int(channel_id), int(message_id), content)

    async def delete(self, channel_id: str, message_id: str) -> None:
        await self._rest.delete_message(int(channel_id), int(message_id))

    async def bulk_delete(self, channel_id: str, message_ids: list[str]) -> None:
        await self._rest.delete_messages(int(channel_id), [int(id_) for id_ in message_ids])

    async def history(self, channel_id: str, limit: int, **bounds: str) -> list[str]:
        edges = {name: hikari.Snowflake(id_) for name, id_ in bounds.items()}
        found = self._rest.fetch_messages(int(channel_id), **edges).limit(limit)
        return [message.content async for message in found]

    async def react(self, channel_id: str, message_id: str, emoji: str) -> None:
        await self._rest.add_reaction(int(channel_id), int(message_id), emoji)

    async def unreact(self, channel_id: str, message_id: str, emoji: str) -> None:
        await self._rest.delete_my_reaction(int(channel_id), int(message_id), emoji)

    async def reactors(self, channel_id: str, message_id: str, emoji: str) -> list[str]:
        found = self._rest.fetch_reactions_for_emoji(int(channel_id), int(message_id), emoji)
        return [str(user.id) async for user in found]

    async def pin(self, channel_id: str, message_id: str) -> None:
        await self._rest.pin_message(int(channel_id), int(message_id))

    async def unpin(self, channel_id: str, message_id: str) -> None:
        await self._rest.unpin_message(int(channel_id), int(message_id))

    async def pins(self, channel_id: str) -> list[str]:
        return [str(pin.message.id) async for pin in self._rest.fetch_pins(int(channel_id))]

    async def type(self, channel_id: str) -> None:
        await self._rest.trigger_typing(int(channel_id))

    async def follow(self, channel_id: str, target_id: str) -> None:
        await self._rest.follow_channel(int(channel_id), int(target_id))

    async def publish(self, channel_id: str, message_id: str) -> None:
        await self._rest.crosspost_message(int(channel_id), int(message_id))

    async def webhooks(self, channel_id: str) -> dict[str, str]:
        found = await self._rest.fetch_channel_webhooks(int(channel_id))
        followers = [it for it in found if isinstance(it, hikari.ChannelFollowerWebhook)]
        return {it.name: str(it.source_channel.id) for it in followers if it.source_channel}

    async def ask(self, channel_id: str, question: str, answers: list[str]) -> str:
        poll = hikari.impl.PollBuilder(question_text=question, allow_multiselect=False, duration=1)
        for answer in answers:
            poll.add_answer(text=answer)
        return str((await self._rest.create_message(int(channel_id), poll=poll)).id)

    async def close(self, channel_id: str, message_id: str) -> list[int]:
        ended = await self._rest.end_poll(int(channel_id), int(message_id))
        results = ended.poll.results if ended.poll else None
        counts = {one.id: one.count for one in results.answer_counts} if results else {}
        return [counts.get(one.answer_id, 0) for one in ended.poll.answers] if ended.poll else []

    async def herald(self, channel_id: str, content: str, name: str) -> Any:
        webhook = await self._rest.create_webhook(int(channel_id), "Herald")
        said = await webhook.execute(content, username=name)
        changed = await webhook.edit_message(said, content.upper())
        found = await webhook.fetch_message(said)
        await webhook.delete_message(said)
        await webhook.delete()
        return [said.author.username, changed.content, found.content]

    # Members

    async def nick(self, guild_id: str, user_id: str, nick: str | None) -> None:
        await self._rest.edit_member(int(guild_id), int(user_id), nickname=nick)

    async def give(self, guild_id: str, user_id: str, role_id: str) -> None:
        await self._rest.add_role_to_member(int(guild_id), int(user_id), int(role_id))

    async def take(self, guild_id: str, user_id: str, role_id: str) -> None:
        await self._rest.remove_role_from_member(int(guild_id), int(user_id), int(role_id))

    async def timeout(self, guild_id: str, user_id: str, seconds: int | None) -> None:
        until = None if seconds is None else datetime.now(UTC) + timedelta(seconds=seconds)
        await self._rest.edit_member(
            int(guild_id), int(user_id), communication_disabled_until=until
        )

    async def kick(self, guild_id: str, user_id: str, reason: str) -> None:
        await self._rest.kick_user(int(guild_id), int(user_id), reason=reason)

    async def ban(self, guild_id: str, user_id: str, reason: str) -> None:
        await self._rest.ban_user(int(guild_id), int(user_id), reason=reason)

    async def ban_many(self, guild_id: str, user_ids: list[str], reason: str) -> list[list[str]]:
        users = [int(user_id) for user_id in user_ids]
        done = await self._rest.bulk_ban_users(int(guild_id), users, reason=reason)
        return [sorted(map(str, people)) for people in (done.banned_users, done.failed_users)]

    async def unban(self, guild_id: str, user_id: str) -> None:
        await self._rest.unban_user(int(guild_id), int(user_id))

    async def bans(self, guild_id: str) -> dict[str, str | None]:
        found = self._rest.fetch_bans(int(guild_id))
        return {str(ban.user.id): ban.reason async for ban in found}

    async def members(self, guild_id: str) -> list[str]:
        """By REST, page by page."""
        return [str(member.id) async for member in self._rest.fetch_members(int(guild_id))]

    async def chunk(self, guild_id: str, query: str) -> list[str]:
        """By the gateway."""
        with self._bot.stream(hikari.MemberChunkEvent, timeout=10) as chunks:
            await self._bot.request_guild_members(
                int(guild_id), query=query, limit=100, nonce="asked"
            )
            async for chunk in chunks.filter(nonce="asked"):
                return [str(id_) for id_ in chunk.members]
        return []

    async def search(self, guild_id: str, query: str) -> list[str]:
        """By REST."""
        return [str(one.id) for one in await self._rest.search_members(int(guild_id), query)]

    async def audit_log(self, guild_id: str) -> list[Any]:
        """The last entries, newest first."""
        async for log in self._rest.fetch_audit_log(int(guild_id)):
            newest = sorted(log.entries.values(), key=lambda entry: entry.id, reverse=True)
            return [_entry(entry) for entry in newest]
        return []

    async def vanity(self, guild_id: str) -> list[Any]:
        """The code, and how often it was used."""
        found = await self._rest.fetch_vanity_url(int(guild_id))
        return [found.code, found.uses]

    async def presence(self, status: str, playing: str) -> None:
        await self._bot.update_presence(
            status=hikari.Status(status), activity=hikari.Activity(name=playing)
        )

    # Roles and channels

    async def create_role(self, guild_id: str, name: str, permissions: str) -> Any:
        bits = hikari.Permissions(int(permissions))
        return _role(await self._rest.create_role(int(guild_id), name=name, permissions=bits))

    async def edit_role(self, guild_id: str, role_id: str, name: str) -> None:
        await self._rest.edit_role(int(guild_id), int(role_id), name=name)

    async def delete_role(self, guild_id: str, role_id: str) -> None:
        await self._rest.delete_role(int(guild_id), int(role_id))

    async def create_category(self, guild_id: str, name: str) -> Any:
        return _channel(await self._rest.create_guild_category(int(guild_id), name))

    async def create_channel(self, guild_id: str, name: str, topic: str, parent_id: str) -> Any:
        made = await self._rest.create_guild_text_channel(
            int(guild_id), name, topic=topic, category=int(parent_id)
        )
        return _channel(made)

    async def edit_channel(self, channel_id: str, name: str, topic: str) -> None:
        await self._rest.edit_channel(int(channel_id), name=name, topic=topic)

    async def delete_channel(self, channel_id: str) -> None:
        await self._rest.delete_channel(int(channel_id))

    async def overwrite(self, channel_id: str, role_id: str, allow: str, deny: str) -> None:
        await self._rest.edit_permission_overwrite(
            int(channel_id),
            int(role_id),
            target_type=hikari.PermissionOverwriteType.ROLE,
            allow=hikari.Permissions(int(allow)),
            deny=hikari.Permissions(int(deny)),
        )

    async def invite(self, channel_id: str) -> str:
        made = await self._rest.create_invite(int(channel_id), max_age=3600, max_uses=5)
        return made.code

    async def invites(self, guild_id: str) -> list[str]:
        return [invite.code for invite in await self._rest.fetch_guild_invites(int(guild_id))]

    # Coming in

    async def onboarding(self, guild_id: str) -> Any:
        found = await self._rest.fetch_guild_onboarding(int(guild_id))
        asked = {it.title: [option.title for option in it.options] for it in found.prompts}
        return {"enabled": found.enabled, "prompts": asked}

    async def show_widget(self, guild_id: str, channel_id: str) -> bool:
        """It knows the settings of a widget, and not what strangers see."""
        await self._rest.edit_widget(int(guild_id), enabled=True, channel=int(channel_id))
        return (await self._rest.fetch_widget(int(guild_id))).is_enabled

    async def integrations(self, guild_id: str) -> list[str]:
        found = await self._rest.fetch_integrations(int(guild_id))
        return sorted(str(it.application.id) for it in found if it.application)

    # Automatic moderation

    async def forbid(self, guild_id: str, word: str) -> Any:
        made = await self._rest.create_auto_mod_rule(
            int(guild_id),
            name="words",
            event_type=hikari.AutoModEventType.MESSAGE_SEND,
            trigger=hikari.impl.AutoModKeywordTriggerBuilder(keyword_filter=[word]),
            actions=[hikari.impl.AutoModBlockMessageActionBuilder()],
            enabled=True,
        )
        return {"enabled": made.is_enabled, **_named(made)}

    # Threads

    async def start_thread(self, channel_id: str, message_id: str, name: str) -> Any:
        made = await self._rest.create_message_thread(int(channel_id), int(message_id), name)
        return _named(made)

    async def post(self, channel_id: str, name: str, content: str) -> Any:
        return _named(await self._rest.create_forum_post(int(channel_id), name, content))

    async def speak_in_thread(self, thread_id: str, content: str) -> str:
        return str((await self._rest.create_message(int(thread_id), content)).id)

    async def thread_members(self, thread_id: str) -> list[str]:
        found = await self._rest.fetch_thread_members(int(thread_id))
        return sorted(str(member.user_id) for member in found)

    async def archive_thread(self, thread_id: str) -> None:
        await self._rest.edit_channel(int(thread_id), archived=True)

    async def threads(self, guild_id: str) -> dict[str, str]:
        held = self._bot.cache.get_threads_view_for_guild(int(guild_id))
        return {str(it.id): str(it.name) for it in held.values() if not it.is_archived}

    # Emojis and stickers

    async def create_emoji(self, guild_id: str, name: str, image: str) -> Any:
        file = hikari.Bytes(base64.b64decode(image), "emoji.png")
        return _named(await self._rest.create_emoji(int(guild_id), name, file))

    async def rename_emoji(self, guild_id: str, emoji_id: str, name: str) -> None:
        await self._rest.edit_emoji(int(guild_id), int(emoji_id), name=name)

    async def delete_emoji(self, guild_id: str, emoji_id: str) -> None:
        await self._rest.delete_emoji(int(guild_id), int(emoji_id))

    async def emojis(self, guild_id: str) -> dict[str, str]:
        held = self._bot.cache.get_emojis_view_for_guild(int(guild_id))
        return {str(emoji.id): emoji.name for emoji in held.values()}

    async def create_sticker(self, guild_id: str, name: str, image: str) -> Any:
        file = hikari.Bytes(base64.b64decode(image), "sticker.png")
        made = await self._rest.create_sticker(int(guild_id), name, "wave", file)
        return _named(made)

    async def delete_sticker(self, guild_id: str, sticker_id: str) -> None:
        await self._rest.delete_sticker(int(guild_id), int(sticker_id))

    async def stickers(self, guild_id: str) -> dict[str, str]:
        held = self._bot.cache.get_stickers_view_for_guild(int(guild_id))
        return {str(sticker.id): sticker.name for sticker in held.values()}

    async def send_sticker(self, channel_id: str, sticker_id: str) -> list[str]:
        sent = await self._rest.create_message(int(channel_id), sticker=int(sticker_id))
        return [item.name for item in sent.stickers]


def _named(thing: Any) -> dict[str, str]:
    return {"id": str(thing.id), "name": thing.name}


def _id(value: int | None) -> str | None:
    return str(value) if value else None


def _message(message: Any) -> dict[str, Any]:
    reference, forwards = message.message_reference, message.message_snapshots
    return {
        "id": str(message.id),
        "channel_id": str(message.channel_id),
        "author_id": str(message.author.id),
        "content": message.content or "",
        "reply_to": _id(reference.id) if reference and not forwards else None,
        "silent": bool(message.flags & hikari.MessageFlag.SUPPRESS_NOTIFICATIONS),
        "forwards": forwards[0].content if forwards else None,
    }


def _entry(entry: Any) -> dict[str, Any]:
    """Of an audit log; names are what everything has."""
    changes = {str(change.key): change for change in entry.changes}
    name = changes.get("name")
    return {
        "action": int(entry.action_type),
        "user_id": _id(entry.user_id),
        "target_id": _id(entry.target_id),
        "reason": entry.reason,
        "names": [name and name.old_value, name and name.new_value],
    }


def _role(role: Any) -> dict[str, str]:
    return {"id": str(role.id), "name": role.name, "permissions": str(int(role.permissions))}


def _channel(channel: Any) -> dict[str, Any]:
    overwrites = channel.permission_overwrites.items()
    return {
        "id": str(channel.id),
        "name": channel.name,
        "topic": getattr(channel, "topic", None),
        "parent_id": _id(channel.parent_id),
        "overwrites": {
            str(id_): [str(int(overwrite.allow)), str(int(overwrite.deny))]
            for id_, overwrite in overwrites
        },
    }


class Arrivals:
    """hikari calls a shard ready before its guilds are there; a program waits for those too."""

    def __init__(self) -> None:
        self._awaited: set[hikari.Snowflake] = set()

    async def greeted(self, event: hikari.ShardReadyEvent) -> None:
        self._awaited = set(event.unavailable_guilds)
        self._report()

    async def arrived(self, event: hikari.GuildAvailableEvent) -> None:
        if event.guild_id in self._awaited:
            self._awaited.remove(event.guild_id)
            self._report()

    def _report(self) -> None:
        if not self._awaited:
            tell("ready", user_id=str(bot.get_me().id))


def _listener(name: str, describe: Callable[[Any], dict[str, Any]]) -> Any:
    async def report(event: Any) -> None:
        tell(name, **describe(event))

    return report


async def main() -> None:
    for event, (name, describe) in HEARD.items():
        bot.subscribe(event, _listener(name, describe))
    arrivals = Arrivals()
    bot.subscribe(hikari.ShardReadyEvent, arrivals.greeted)
    bot.subscribe(hikari.GuildAvailableEvent, arrivals.arrived)
    # The update check would ask the package index.
    await bot.start(check_for_updates=False)
    await obey(Verbs(bot))
    await bot.close()


listen_to_log("hikari")
bot = hikari.GatewayBot(
    TOKEN,
    rest_url=f"{URL}/api/v10",
    intents=hikari.Intents.ALL,
    banner=None,
    logs=None,
    suppress_optimization_warning=True,
)
asyncio.run(main())
