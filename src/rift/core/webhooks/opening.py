"""The way in by a webhook's token: whoever has it writes in the webhook's channel, as nobody."""

from msgspec import Struct

from rift import errors
from rift.core.access import Room
from rift.core.messages import people
from rift.core.unit import Row, Unit
from rift.core.webhooks import queries, tokens
from rift.permissions import ALL
from rift.snowflake import Snowflake
from rift.wire.channels import Channel
from rift.world import Picture


class Voice(Struct, frozen=True, kw_only=True):
    """A webhook where it speaks: with the emojis of who made it."""

    id: Snowflake
    application_id: Snowflake | None = None
    bot: bool = True


async def held(unit: Unit, webhook_id: Snowflake, token: str) -> Row:
    """The webhook whose token somebody shows.

    It is read on a connection that is given back at once, for the world may need one of its own.
    """
    async with Unit(unit.house, reading=True) as glance:
        row = await glance.maybe(queries.OPEN, webhook_id)
    if row is None:
        raise errors.UnknownWebhook
    if not tokens.matches(unit.house, row, token):
        raise errors.InvalidWebhookToken
    return row


def voice(row: Row) -> Voice:
    return Voice(id=row["user_id"] or row["id"], application_id=row["application_id"])


async def room(unit: Unit, row: Row, thread_id: Snowflake | None = None) -> Room:
    """Where it writes. Who gave it the channel gave it everything one may do there."""
    guild = await unit.world.guild(row["guild_id"])
    if guild is None:
        raise errors.UnknownChannel
    user = people.disguised(row["id"], row["name"], row["avatar"])
    channel = await _place(unit, guild, row, thread_id)
    return Room(channel=channel, user=user, permissions=ALL, guild=guild)


async def _place(unit: Unit, guild: Picture, row: Row, thread_id: Snowflake | None) -> Channel:
    """The channel of a webhook, or the thread of it that is named."""
    if thread_id is None or thread_id == row["channel_id"]:
        found = guild.channels.get(row["channel_id"])
    else:
        found = await unit.world.thread(guild, thread_id)
    if found is None or row["channel_id"] not in (found.id, found.parent_id):
        raise errors.UnknownChannel
    return found
