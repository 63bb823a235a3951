"""The SQL of webhooks."""

from typing import Final

_WEBHOOKS: Final = """
select
    webhooks.id, webhooks.type, webhooks.guild_id, webhooks.channel_id, webhooks.name,
    webhooks.avatar as webhook_avatar, webhooks.source_guild_id, webhooks.source_channel_id,
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
