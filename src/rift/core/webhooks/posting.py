"""Posts of webhooks: in a forum each message begins one by its name, or stands in one there is."""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from rift import errors
from rift.core.access import Room
from rift.core.attachments.receiving import Received
from rift.core.guilds import holding
from rift.core.threads import founding, posts, tags
from rift.core.threads.posts import Post
from rift.core.unit import Row, Unit
from rift.snowflake import Snowflake
from rift.wire.messages import CreateMessage
from rift.wire.threads import StartThread
from rift.wire.webhooks import ExecuteWebhook

FORUMS: Final = posts.FORUMS


def check(row: Row, room: Room, body: ExecuteWebhook) -> None:
    """Whether a post is to be begun where there are posts, and only there."""
    name = (body.thread_name or "").strip()
    if room.channel.type in FORUMS:
        if not name:
            raise errors.WebhookNamesNoPost
        return
    channels = room.guild.channels if room.guild else {}
    home = channels.get(row["channel_id"])
    if home is None or home.type not in FORUMS:
        if name or body.applied_tags:
            raise errors.WebhookNeedsForum
    elif name:
        raise errors.WebhookNamesTwoPosts


def planned(
    unit: Unit, home: Room, form: StartThread, draft: CreateMessage, files: Sequence[Received]
) -> Post:
    """The post as it is to be; nobody is in it yet."""
    chosen = tags.checked(home, home.channel, form.applied_tags or ())
    form = replace(form, applied_tags=chosen)
    thread = founding.planned(unit, home, founding.PUBLIC, unit.new_id(), form)

    async def founded(storing: Unit, _: Snowflake) -> None:
        held = await holding.hold(storing, home.channel.guild_id or "")
        if home.channel.id not in held.channels:
            raise errors.UnknownChannel
        await founding.found(storing, None, home, thread)

    return Post(home, thread, draft, files, founded)
