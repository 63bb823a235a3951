"""The SQL of members."""

from typing import Final

ADMISSION: Final = """
select
    exists (select from bans where guild_id = $1 and user_id = $2) as banned,
    (select until from lasting_timeouts where guild_id = $1 and user_id = $2) as until
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
    guild_id, user_id, roles, joined_at, communication_disabled_until, temporary,
    join_source_type, source_invite_code, inviter_id, flags, pending
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""

ADMIT: Final = """
update members
set pending = false
where guild_id = $1 and user_id = $2
"""

# Who lets no members of new guilds write to them.
RESTRICT: Final = """
insert into restricted_guilds (user_id, guild_id)
select user_id, $1
from privacy
where user_id = $2 and default_guilds_restricted
on conflict do nothing
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
set (nick, avatar, banner, roles, mute, deaf, communication_disabled_until, flags) = (
    select nick, avatar, banner, roles, mute, deaf, communication_disabled_until, flags
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

_FOUND: Final = """
found as materialized (
    select
        members.user_id, members.join_source_type, members.source_invite_code,
        members.inviter_id,
        case when $4 then floor(extract(epoch from members.joined_at) * 1000)::bigint else 0 end
            * $5::int as first,
        members.user_id * $5::int as second
    from members
    join users on users.id = members.user_id
    cross join jsonb_to_record($2) as every (
        user_ids bigint[], first_id bigint, last_id bigint, names text[], any_roles bigint[],
        all_roles bigint[], first_joined timestamptz, last_joined timestamptz,
        first_silent timestamptz, last_silent timestamptz, pending bool, rejoined bool,
        sources int[], codes text[], spammer bool, quarantined bool,
        nobody bool
    )
    cross join jsonb_to_record($3) as either (
        user_ids bigint[], first_id bigint, last_id bigint, names text[], any_roles bigint[],
        all_roles bigint[], first_joined timestamptz, last_joined timestamptz,
        first_silent timestamptz, last_silent timestamptz, pending bool, rejoined bool,
        sources int[], codes text[], spammer bool, quarantined bool,
        nobody bool
    )
    where members.guild_id = $1
        and (every.user_ids is null or members.user_id = any(every.user_ids))
        and (every.first_id is null or members.user_id >= every.first_id)
        and (every.last_id is null or members.user_id <= every.last_id)
        and (every.any_roles is null or members.roles && every.any_roles)
        and (every.all_roles is null or members.roles @> every.all_roles)
        and (every.first_joined is null or members.joined_at >= every.first_joined)
        and (every.last_joined is null or members.joined_at <= every.last_joined)
        and (
            every.first_silent is null
            or coalesce(members.communication_disabled_until >= every.first_silent, false)
        )
        and (
            every.last_silent is null
            or coalesce(members.communication_disabled_until <= every.last_silent, false)
        )
        and (every.pending is null or members.pending = every.pending)
        and (every.rejoined is null or (members.flags & 1 > 0) = every.rejoined)
        and (every.sources is null or members.join_source_type = any(every.sources))
        and (
            every.codes is null
            or coalesce(members.source_invite_code = any(every.codes), false)
        )
        and (every.spammer is null or (users.flags & 1048576 > 0) = every.spammer)
        and (every.quarantined is null or (members.flags & 128 > 0) = every.quarantined)
        and every.nobody is null
        and (
            every.names is null
            or exists (
                select
                from unnest(every.names) as asked (name)
                where starts_with(lower(members.nick), lower(asked.name))
                    or starts_with(lower(users.global_name), lower(asked.name))
                    or starts_with(lower(users.username), lower(asked.name))
            )
        )
        and (
            $3 = '{}'
            or coalesce(members.user_id = any(either.user_ids), false)
            or coalesce(
                (either.first_id is not null or either.last_id is not null)
                and members.user_id >= coalesce(either.first_id, 0)
                and members.user_id <= coalesce(either.last_id, members.user_id),
                false
            )
            or coalesce(members.roles && either.any_roles, false)
            or coalesce(members.roles @> either.all_roles, false)
            or coalesce(
                (either.first_joined is not null or either.last_joined is not null)
                and members.joined_at >= coalesce(either.first_joined, '-infinity')
                and members.joined_at <= coalesce(either.last_joined, 'infinity'),
                false
            )
            or coalesce(
                (either.first_silent is not null or either.last_silent is not null)
                and members.communication_disabled_until
                    >= coalesce(either.first_silent, '-infinity')
                and members.communication_disabled_until
                    <= coalesce(either.last_silent, 'infinity'),
                false
            )
            or coalesce(members.pending = either.pending, false)
            or coalesce((members.flags & 1 > 0) = either.rejoined, false)
            or coalesce(members.join_source_type = any(either.sources), false)
            or coalesce(members.source_invite_code = any(either.codes), false)
            or coalesce((users.flags & 1048576 > 0) = either.spammer, false)
            or coalesce((members.flags & 128 > 0) = either.quarantined, false)
            or exists (
                select
                from unnest(either.names) as asked (name)
                where starts_with(lower(members.nick), lower(asked.name))
                    or starts_with(lower(users.global_name), lower(asked.name))
                    or starts_with(lower(users.username), lower(asked.name))
            )
        )
), counted as (
    select count(*)::int as total
    from found
)
select counted.total, page.*
from counted
left join lateral (
    select user_id, join_source_type, source_invite_code, inviter_id, first, second
    from found
"""

SEARCH: Final = (
    "with"
    + _FOUND
    + """
    where (first, second) > ($6, $7)
    order by first, second
    limit $8
) as page on true
order by page.first, page.second
"""
)

SEARCH_BACK: Final = (
    "with"
    + _FOUND
    + """
    where (first, second) < ($6, $7)
    order by first desc, second desc
    limit $8
) as page on true
order by page.first desc, page.second desc
"""
)

DESCRIBE: Final = """
update members
set bio = $3
where guild_id = $1 and user_id = $2
"""
