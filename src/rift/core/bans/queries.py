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
