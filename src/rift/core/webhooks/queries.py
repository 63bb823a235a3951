"""The SQL of webhooks."""

from typing import Final

_WEBHOOKS: Final = """
select
    webhooks.id, webhooks.type, webhooks.guild_id, webhooks.channel_id, webhooks.name,
    webhooks.avatar as webhook_avatar, webhooks.source_guild_id, webhooks.source_channel_id,
    webhooks.application_id, webhooks.token,
    users.id as user_id, users.username, users.discriminator, users.global_name, users.avatar,
    users.banner, users.accent_color, users.bot, users.flags as user_flags,
    members.user_id is not null as maker_is_there
from webhooks
left join users on users.id = webhooks.user_id
left join members on members.guild_id = webhooks.source_guild_id
    and members.user_id = webhooks.user_id
"""

ONE: Final = (
    _WEBHOOKS
    + """
where webhooks.id = $1
"""
)

OF_CHANNEL: Final = (
    _WEBHOOKS
    + """
where webhooks.channel_id = $1
order by webhooks.id
"""
)

OF_GUILD: Final = (
    _WEBHOOKS
    + """
where webhooks.guild_id = $1
order by webhooks.id
"""
)

SEVERAL_OF_GUILD: Final = (
    _WEBHOOKS
    + """
where webhooks.guild_id = $1 and webhooks.id = any($2)
order by webhooks.id
"""
)

# Enough to write by.
OPEN: Final = """
select id, type, guild_id, channel_id, user_id, name, avatar, application_id, token
from webhooks
where id = $1
"""

COUNT: Final = """
select count(*)::int as count
from webhooks
where channel_id = $1
"""

UPDATE: Final = """
update webhooks
set name = $2, avatar = $3, channel_id = $4
where id = $1
"""

DELETE: Final = """
delete from webhooks
where id = $1
"""

INSERT: Final = """
insert into webhooks (
    id, type, guild_id, channel_id, user_id, name, avatar, application_id, token
)
values ($1, 1, $2, $3, $4, $5, $6, $7, $8)
"""

WEAR: Final = """
insert into webhook_faces (webhook_id, hash, guild_id, url)
values ($1, $2, $3, $4)
on conflict do nothing
"""

FACE: Final = """
select url
from webhook_faces
where webhook_id = $1 and hash = $2
"""

# Nobody asks again for what was asked for a moment ago.
TRY_FACE: Final = """
update webhook_faces
set tried_at = $3
where webhook_id = $1 and hash = $2 and (tried_at is null or tried_at < $4)
"""

HOLD_SOURCE: Final = """
select id
from channels
where id = $1 and type = 5
for share
"""

FOLLOWING: Final = """
select id
from webhooks
where channel_id = $1 and source_channel_id = $2
"""

INSERT_FOLLOWER: Final = """
insert into webhooks (
    id, type, guild_id, channel_id, user_id, name, avatar, source_guild_id, source_channel_id
)
values ($1, 2, $2, $3, $4, $5, $6, $7, $8)
"""

FORGET_CHANNEL: Final = """
delete from webhooks
where id in (
    select id
    from webhooks
    where source_channel_id = $1
    order by id
    limit $2
)
returning guild_id, channel_id
"""

FORGET_APPLICATION: Final = """
delete from webhooks
where guild_id = $1 and application_id = $2
returning guild_id, channel_id
"""

FORGET_GUILD: Final = """
delete from webhooks
where id in (
    select id
    from webhooks
    where source_guild_id = $1
    order by id
    limit $2
)
returning guild_id, channel_id
"""
