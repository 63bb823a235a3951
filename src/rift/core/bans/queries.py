"""The SQL of bans."""

from typing import Final

COLUMNS: Final = """
select
    bans.reason, users.id, users.username, users.discriminator, users.global_name, users.avatar,
    users.bot, users.flags, users.flags as public_flags, users.banner, users.accent_color
from bans
join users on users.id = bans.user_id
"""

FIND: Final = (
    COLUMNS
    + """
where bans.guild_id = $1 and bans.user_id = $2
"""
)

AFTER: Final = (
    COLUMNS
    + """
where bans.guild_id = $1 and bans.user_id > $2
order by bans.user_id
limit $3
"""
)

BEFORE: Final = (
    COLUMNS
    + """
where bans.guild_id = $1 and bans.user_id < $2
order by bans.user_id desc
limit $3
"""
)

INSERT: Final = """
insert into bans (guild_id, user_id, reason, banned_at)
select $1, id, $3, $4
from unnest($2::bigint[]) as banned (id)
on conflict do nothing
returning user_id
"""

DELETE: Final = """
delete from bans
where guild_id = $1 and user_id = $2
"""

USERS: Final = """
select
    id, username, discriminator, global_name, avatar, bot, flags, flags as public_flags, banner,
    accent_color
from users
where id = any($1)
order by id
"""

PURGE: Final = """
with gone as (
    delete from messages
    where channel_id = any($1) and id >= $2 and author_id = any($3)
    returning channel_id, id, content, embeds
), kept as (
    insert into message_history (channel_id, message_id, changed_by, kind, content, embeds)
    select channel_id, id, $4, 'delete', content, embeds
    from gone
), unreacted as (
    delete from reactions
    using gone
    where reactions.channel_id = gone.channel_id and reactions.message_id = gone.id
)
select channel_id, array_agg(id order by id) as ids
from gone
group by channel_id
order by channel_id
"""
