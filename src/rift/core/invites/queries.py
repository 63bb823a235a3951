"""The SQL of invites."""

from typing import Final

COLUMNS: Final = """
select
    invites.code, invites.guild_id, invites.channel_id, invites.max_age, invites.max_uses,
    invites.uses, invites.temporary, invites.created_at, invites.expires_at, invites.flags,
    users.id as inviter_id, users.username, users.discriminator, users.global_name,
    users.avatar, users.banner, users.accent_color, users.bot, users.flags as user_flags
from invites
left join users on users.id = invites.inviter_id
"""

FIND: Final = (
    COLUMNS
    + """
where invites.code = $1 and (invites.expires_at is null or invites.expires_at > $2)
"""
)

# A vanity code leads to the guild's system channel, or to the first that people write in.
VANITY: Final = """
select
    guilds.vanity_url_code as code, guilds.id as guild_id, entrance.id as channel_id, 0 as max_age,
    0 as max_uses, guilds.vanity_uses as uses, false as temporary, null as created_at,
    null as expires_at, 0 as flags, null as inviter_id, true as vanity
from guilds
join lateral (
    select channels.id
    from channels
    where channels.guild_id = guilds.id and channels.type in (0, 5)
    order by channels.id is distinct from guilds.system_channel_id, channels.position, channels.id
    limit 1
) as entrance on true
where guilds.vanity_url_code = lower($1)
"""

USE_VANITY: Final = """
update guilds
set vanity_uses = vanity_uses + 1
where vanity_url_code = $1
"""

VANITY_OF: Final = """
select vanity_url_code as code, vanity_uses as uses
from guilds
where id = $1
"""

SET_VANITY: Final = """
update guilds
set vanity_url_code = $2, vanity_uses = 0
where id = $1
    and not exists (
        select
        from invites
        where lower(code) = $2
    )
returning *
"""

OF_CHANNEL: Final = (
    COLUMNS
    + """
where invites.channel_id = $1 and (invites.expires_at is null or invites.expires_at > $2)
order by invites.created_at, invites.code
"""
)

OF_GUILD: Final = (
    COLUMNS
    + """
where invites.guild_id = $1 and (invites.expires_at is null or invites.expires_at > $2)
order by invites.created_at, invites.code
"""
)

ALIKE: Final = (
    COLUMNS
    + """
where invites.channel_id = $1
    and invites.inviter_id = $2
    and invites.max_age = $3
    and invites.max_uses = $4
    and invites.temporary = $5
    and (invites.expires_at is null or invites.expires_at > $6)
    and not exists (select from invite_audiences where invite_audiences.code = invites.code)
order by invites.created_at desc
limit 1
"""
)

COUNT: Final = """
select count(*)::int as count
from invites
where guild_id = $1
"""

INSERT: Final = """
insert into invites (
    code, guild_id, channel_id, inviter_id, max_age, max_uses, temporary, created_at,
    expires_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

# The condition is looked at again when somebody else's use was waited for.
USE: Final = """
update invites
set uses = uses + 1
where code = $1
    and (max_uses = 0 or uses < max_uses)
    and (expires_at is null or expires_at > $2)
returning max_uses > 0 and uses >= max_uses as used_up
"""

DELETE: Final = """
delete from invites
where code = $1
"""

PRUNE: Final = """
delete from invites
where code in (
    select code
    from invites
    where expires_at <= $1
    order by expires_at
    limit $2
    for update skip locked
)
returning code, channel_id, guild_id
"""

# Without an audience it is for everybody.
IS_FOR: Final = """
select
    not exists (select from invite_audiences where code = $1)
    or exists (select from invite_targets where code = $1 and user_id = $2) as is_for
"""

AUDIENCE: Final = """
select total, created_at, completed_at
from invite_audiences
where code = $1
"""

TARGETS: Final = """
select user_id
from invite_targets
where code = $1
order by place
"""

PUT_AUDIENCE: Final = """
insert into invite_audiences (code, total, created_at, completed_at)
values ($1, $2, $3, $3)
on conflict (code) do update
set
    total = excluded.total,
    created_at = excluded.created_at,
    completed_at = excluded.completed_at
"""

CLEAR_TARGETS: Final = """
delete from invite_targets
where code = $1
"""

PUT_TARGETS: Final = """
insert into invite_targets (code, user_id, place)
select $1, user_id, place
from unnest($2::bigint[]) with ordinality as given (user_id, place)
"""
