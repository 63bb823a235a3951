"""What can be done with webhooks: make one, follow a channel, look, rename, move, end."""

from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from rift import errors, events
from rift.core import access
from rift.core.access import GuildRoom, Room
from rift.core.actor import Actor
from rift.core.auditlog.recording import changed, record
from rift.core.channels.shapes import ANNOUNCEMENT, FORUMS, VOICE, WRITTEN
from rift.core.guilds import holding
from rift.core.messages import announcing, rooms
from rift.core.pictures import frames, keeping
from rift.core.unit import Row, Unit
from rift.core.webhooks import naming, opening, queries, showing, tokens
from rift.db.conflicts import AlreadyThere
from rift.errors import InvalidForm
from rift.permissions import Permission
from rift.snowflake import Snowflake
from rift.wire import gateway
from rift.wire.auditlog import Action
from rift.wire.messages import MessageReference
from rift.wire.webhooks import (
    FOLLOWER,
    INCOMING,
    CreateWebhook,
    FollowChannel,
    FollowedChannel,
    ModifyWebhook,
    ModifyWebhookByToken,
    Webhook,
)

_MANAGE: Final = Permission.MANAGE_WEBHOOKS
_PER_CHANNEL: Final = 15
_LONGEST_NAME: Final = 80
_HOOKED: Final = WRITTEN | FORUMS | {VOICE}
"""The types of channels that webhooks write in."""


async def follow(
    unit: Unit, actor: Actor, channel_id: Snowflake, body: FollowChannel
) -> FollowedChannel:
    """Let what an announcement channel publishes appear in another channel as well.

    Who follows it there already has that webhook; two would bring everything twice.
    """
    source = await access.guild_channel(unit, actor, channel_id)
    target_id = body.webhook_channel_id
    target = await access.channel(unit, actor, target_id, _MANAGE)
    if source.channel.type != ANNOUNCEMENT or target_id == channel_id:
        raise errors.WrongChannelType
    if target.guild is None or target.channel.type not in WRITTEN:
        raise errors.WrongChannelType
    made = await _follower(unit, source, target, target.guild.id)
    await rooms.hold(unit, target)
    if await unit.maybe(queries.HOLD_SOURCE, channel_id) is None:
        raise errors.WrongChannelType
    known = await unit.maybe(queries.FOLLOWING, target_id, channel_id)
    if known is not None:
        return FollowedChannel(channel_id=channel_id, webhook_id=known["id"])
    await _check_room_for_more(unit, target_id)
    await _begin(unit, actor, source, target, made)
    await record(unit, actor, made.guild_id, changed(Action.WEBHOOK_CREATE, made.id, None, made))
    return FollowedChannel(channel_id=channel_id, webhook_id=made.id)


async def create(unit: Unit, actor: Actor, channel_id: Snowflake, body: CreateWebhook) -> Webhook:
    """A webhook through which others write in a channel, by its token."""
    entered = await access.guild_channel(unit, actor, channel_id, _MANAGE)
    if entered.channel.type not in _HOOKED:
        raise errors.WrongChannelType
    id_, token = unit.new_id(), tokens.fresh()
    made = Webhook(
        id=id_,
        type=INCOMING,
        guild_id=entered.guild.id,
        channel_id=channel_id,
        name=naming.checked(body.name),
        application_id=actor.application_id,
        user=actor.user,
    )
    pictures = await keeping.taken(unit, body, frames.of_webhook(id_), made)
    made = replace(made, **pictures)
    await holding.room(unit, actor, channel_id, _MANAGE)
    await _check_room_for_more(unit, channel_id)
    await _insert(unit, actor, made, token)
    await record(unit, actor, made.guild_id, changed(Action.WEBHOOK_CREATE, id_, None, made))
    return showing.usable(unit.house, made, token)


async def list_of_channel(unit: Unit, actor: Actor, channel_id: Snowflake) -> list[Webhook]:
    """The webhooks of a channel."""
    await access.guild_channel(unit, actor, channel_id, _MANAGE)
    async with Unit(unit.house, reading=True) as glance:
        rows = await glance.all(queries.OF_CHANNEL, channel_id)
    return await showing.each(unit, actor, rows)


async def list_of_guild(unit: Unit, actor: Actor, guild_id: Snowflake) -> list[Webhook]:
    """The webhooks of a guild."""
    await access.guild(unit, actor, guild_id, _MANAGE)
    async with Unit(unit.house, reading=True) as glance:
        rows = await glance.all(queries.OF_GUILD, guild_id)
    return await showing.each(unit, actor, rows)


async def fetch(unit: Unit, actor: Actor, webhook_id: Snowflake) -> Webhook:
    """One webhook; an application sees its own wherever it is."""
    row = await _glance(unit, webhook_id)
    if actor.application_id is None or actor.application_id != row["application_id"]:
        await access.guild_channel(unit, actor, row["channel_id"], _MANAGE)
    return await showing.whole(unit, actor, row)


async def fetch_by_token(unit: Unit, webhook_id: Snowflake, webhook_token: str) -> Webhook:
    """One webhook, for who has its token."""
    await opening.held(unit, webhook_id, webhook_token)
    return _by_token(unit, showing.plain(await _glance(unit, webhook_id)), webhook_token)


async def modify(unit: Unit, actor: Actor, webhook_id: Snowflake, body: ModifyWebhook) -> Webhook:
    """Rename a webhook, give it a picture, or move it to another channel of its guild."""
    row = await _glance(unit, webhook_id)
    await access.guild_channel(unit, actor, row["channel_id"], _MANAGE)
    whole = await showing.whole(unit, actor, row)
    pictures = await keeping.taken(unit, body, frames.of_webhook(webhook_id), whole)
    place = body.channel_id or row["channel_id"]
    room = await holding.room(unit, actor, place, _MANAGE)
    before = showing.plain(await _row(unit, webhook_id))
    after = replace(_renamed(before, body), channel_id=place, **pictures)
    if after.channel_id != before.channel_id:
        await _check_place(unit, before, room)
    await _change(unit, actor, before, after)
    return replace(
        after,
        source_guild=whole.source_guild,
        source_channel=whole.source_channel,
        token=whole.token,
        url=whole.url,
    )


async def modify_by_token(
    unit: Unit, webhook_id: Snowflake, webhook_token: str, body: ModifyWebhookByToken
) -> Webhook:
    """Rename a webhook or give it a picture, for who has its token."""
    held = await opening.held(unit, webhook_id, webhook_token)
    shown = showing.plain(await _glance(unit, webhook_id))
    pictures = await keeping.taken(unit, body, frames.of_webhook(webhook_id), shown)
    await holding.hold(unit, held["guild_id"])
    before = showing.plain(await _row(unit, webhook_id))
    after = replace(_renamed(before, body), **pictures)
    await _change(unit, None, before, after)
    return _by_token(unit, after, webhook_token)


async def delete(unit: Unit, actor: Actor, webhook_id: Snowflake) -> None:
    """End a webhook; what it brought stays."""
    row = await _glance(unit, webhook_id)
    await holding.room(unit, actor, row["channel_id"], _MANAGE)
    await _end(unit, actor, webhook_id)


async def delete_by_token(unit: Unit, webhook_id: Snowflake, webhook_token: str) -> None:
    """The same, for who has its token."""
    held = await opening.held(unit, webhook_id, webhook_token)
    await holding.hold(unit, held["guild_id"])
    await _end(unit, None, webhook_id)


async def forget_channel(unit: Unit, channel_id: str, most: int) -> int:
    """End some of those that follow a channel which publishes nothing any more; how many."""
    return _told(unit, await unit.all(queries.FORGET_CHANNEL, channel_id, most))


async def forget_application(unit: Unit, guild_id: str, application_id: str) -> int:
    """End those that an application made in a guild it leaves; how many."""
    return _told(unit, await unit.all(queries.FORGET_APPLICATION, guild_id, application_id))


async def forget_guild(unit: Unit, guild_id: str, most: int) -> int:
    """End some of those that follow channels of a guild which is gone; how many."""
    return _told(unit, await unit.all(queries.FORGET_GUILD, guild_id, most))


async def _end(unit: Unit, actor: Actor | None, webhook_id: str) -> None:
    before = showing.plain(await _row(unit, webhook_id))
    await unit.run(queries.DELETE, webhook_id)
    unit.emit(_updated(before.guild_id, before.channel_id))
    deed = changed(Action.WEBHOOK_DELETE, before.id, before, None)
    await record(unit, actor, before.guild_id, deed)


async def _change(unit: Unit, actor: Actor | None, before: Webhook, after: Webhook) -> None:
    if after == before:
        return
    await _store(unit, after)
    for channel_id in dict.fromkeys((before.channel_id, after.channel_id)):
        unit.emit(_updated(after.guild_id, channel_id))
    deed = changed(Action.WEBHOOK_UPDATE, after.id, before, after)
    await record(unit, actor, after.guild_id, deed)


def _by_token(unit: Unit, webhook: Webhook, token: str) -> Webhook:
    """Who made it is told to nobody who may not know who anybody is."""
    return showing.usable(unit.house, replace(webhook, user=UNSET), token)


async def _insert(unit: Unit, actor: Actor, made: Webhook, token: str) -> None:
    await unit.run(
        queries.INSERT,
        made.id,
        made.guild_id,
        made.channel_id,
        actor.id,
        made.name,
        made.avatar,
        made.application_id,
        tokens.sealed(unit.house, made.id, token),
    )
    unit.emit(_updated(made.guild_id, made.channel_id))


def _told(unit: Unit, rows: list[Row]) -> int:
    for row in rows:
        unit.emit(_updated(row["guild_id"], row["channel_id"]))
    return len(rows)


async def _follower(unit: Unit, source: GuildRoom, target: Room, guild_id: Snowflake) -> Webhook:
    """It looks as the guild does that it brings messages from."""
    guild = source.guild.guild
    id_ = unit.new_id()
    ours, theirs = frames.of_webhook(id_)["avatar"], frames.of_guild(guild.id)["icon"]
    return Webhook(
        id=id_,
        type=FOLLOWER,
        guild_id=guild_id,
        channel_id=target.channel.id,
        name=f"{guild.name} #{source.channel.name}"[:_LONGEST_NAME],
        avatar=await keeping.copy(unit, guild.icon, theirs, ours),
        user=target.user,
    )


async def _begin(
    unit: Unit, actor: Actor, source: GuildRoom, target: Room, webhook: Webhook
) -> None:
    """Store a follower, and say in its channel what it will bring."""
    await unit.run(
        queries.INSERT_FOLLOWER,
        webhook.id,
        webhook.guild_id,
        webhook.channel_id,
        actor.id,
        webhook.name,
        webhook.avatar,
        source.guild.id,
        source.channel.id,
    )
    unit.emit(_updated(webhook.guild_id, webhook.channel_id))
    pointer = MessageReference(guild_id=source.guild.id, channel_id=source.channel.id)
    said = {"content": webhook.name, "message_reference": pointer}
    await announcing.announce(unit, target, announcing.FOLLOWED, said)


async def _glance(unit: Unit, webhook_id: str) -> Row:
    """On a connection that is given back at once, for the world may need one of its own."""
    async with Unit(unit.house, reading=True) as glance:
        return await _row(glance, webhook_id)


async def _row(unit: Unit, webhook_id: str) -> Row:
    row = await unit.maybe(queries.ONE, webhook_id)
    if row is None:
        raise errors.UnknownWebhook
    return row


async def _check_room_for_more(unit: Unit, channel_id: str) -> None:
    if (await unit.one(queries.COUNT, channel_id))["count"] >= _PER_CHANNEL:
        raise errors.TooManyWebhooks


async def _check_place(unit: Unit, webhook: Webhook, room: GuildRoom) -> None:
    """Whether a webhook may move into a channel."""
    if room.guild.id != webhook.guild_id:
        words = "A webhook stays in its guild."
        raise InvalidForm.at("channel_id", "CHANNEL_NOT_IN_GUILD", words)
    if room.channel.type not in (_HOOKED if webhook.type == INCOMING else WRITTEN):
        raise errors.WrongChannelType
    await _check_room_for_more(unit, room.channel.id)


def _renamed(webhook: Webhook, body: ModifyWebhook | ModifyWebhookByToken) -> Webhook:
    return webhook if body.name is UNSET else replace(webhook, name=naming.checked(body.name))


async def _store(unit: Unit, webhook: Webhook) -> None:
    try:
        await unit.run(queries.UPDATE, webhook.id, webhook.name, webhook.avatar, webhook.channel_id)
    except AlreadyThere as error:
        words = "That channel follows the same one already."
        raise InvalidForm.at("channel_id", "CHANNEL_FOLLOWED_ALREADY", words) from error


def _updated(guild_id: Snowflake, channel_id: Snowflake) -> events.WebhooksUpdate:
    return events.WebhooksUpdate(
        data=gateway.WebhooksUpdate(guild_id=guild_id, channel_id=channel_id)
    )
