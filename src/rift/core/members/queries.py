"""The SQL of members."""

from typing import Final

ADMISSION: Final = """
select
    exists (select from bans where guild_id = $1 and user_id = $2) as banned,
    (select until from lasting_timeouts where guild_id = $1 and user_id = $2) as until
"""

HOLD_USER: Final = """
select bot
from users
where id = $1 and not disabled
for no key update
"""

GUILDS_OF_USER: Final = """
select count(*)::int as count
from members
where user_id = $1
"""

COUNT: Final = """
select count(*)::int as count
from members
where guild_id = $1
"""

INSERT: Final = """
insert into members (
    guild_id, user_id, roles, joined_at, communication_disabled_until, temporary
)
values ($1, $2, $3, $4, $5, $6)
"""

DELETE: Final = """
delete from members
where guild_id = $1 and user_id = $2
"""

FORGET_TIMEOUT: Final = """
delete from lasting_timeouts
where guild_id = $1 and user_id = $2
"""

REMEMBER_TIMEOUT: Final = """
insert into lasting_timeouts (guild_id, user_id, until)
values ($1, $2, $3)
on conflict (guild_id, user_id) do update
set until = excluded.until
"""

PRUNE_TIMEOUTS: Final = """
delete from lasting_timeouts
where (guild_id, user_id) in (
    select guild_id, user_id
    from lasting_timeouts
    where until < $1
    order by until
    limit $2
    for update skip locked
)
"""

TEMPORARY: Final = """
select guild_id
from members
where user_id = $1 and temporary and roles = '{}'
order by guild_id
"""

STILL_TEMPORARY: Final = """
select
from members
where guild_id = $1 and user_id = $2 and temporary and roles = '{}'
"""

# What the object does not name stays as it is.
UPDATE: Final = """
update members
set (nick, roles, mute, deaf, communication_disabled_until, flags) = (
    select nick, roles, mute, deaf, communication_disabled_until, flags
    from jsonb_populate_record(members, $3)
)
where guild_id = $1 and user_id = $2
"""

OWN_GUILDS_BETWEEN: Final = """
select guild_id
from members
where user_id = $1 and guild_id > $2 and guild_id < $3
order by guild_id
limit $4
"""

OWN_GUILDS_BEFORE: Final = """
select guild_id
from members
where user_id = $1 and guild_id < $2
order by guild_id desc
limit $3
"""

APPLICATION_FLAGS: Final = """
select flags
from applications
where id = $1
"""

_WHO_IS_INACTIVE: Final = """
where members.guild_id = $1
    and users.id = members.user_id
    and members.user_id <> $2
    and not users.bot
    and members.roles <@ $3::bigint[]
    and members.joined_at < $4
    and not exists (
        select from sessions
        where sessions.user_id = members.user_id and sessions.used_at >= $4
    )
"""

COUNT_INACTIVE: Final = (
    """
select count(*)::int as count
from members, users
"""
    + _WHO_IS_INACTIVE
)

INACTIVE: Final = (
    """
select members.user_id
from members, users
"""
    + _WHO_IS_INACTIVE
)

DELETE_SEVERAL: Final = """
with gone as (
    delete from members
    where guild_id = $1 and user_id = any($2)
    returning user_id, communication_disabled_until
), remembered as (
    insert into lasting_timeouts (guild_id, user_id, until)
    select $1, user_id, communication_disabled_until
    from gone
    where communication_disabled_until > $3
    on conflict (guild_id, user_id) do update
    set until = excluded.until
)
select
    users.id, users.username, users.discriminator, users.global_name, users.avatar, users.bot,
    users.flags, users.flags as public_flags, users.banner, users.accent_color
from gone
join users on users.id = gone.user_id
order by users.id
"""
