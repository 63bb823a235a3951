"""The SQL of threads."""

from typing import Final

from rift.world.queries import OF_THREADS

FOUND: Final = """
with channel as (
    insert into channels (
        id, guild_id, type, name, parent_id, owner_id, rate_limit_per_user, flags
    )
    values ($1, $2, $3, $4, $5, $6, $7, 0)
)
insert into threads (
    channel_id, guild_id, parent_id, archive_timestamp, auto_archive_duration, invitable,
    create_timestamp, applied_tags, webhook_id, awake_until
)
values ($1, $2, $5, $8, $9, $10, $8, $11, $12, $8::timestamptz + make_interval(mins => $9::int))
"""

EXISTS: Final = """
select channel_id
from threads
where channel_id = $1
"""

ACTIVE: Final = """
select count(*)::int as count
from threads
join channels on channels.id = threads.channel_id
where threads.guild_id = $1 and not threads.archived and (channels.type = 10) = $2
"""

LATEST: Final = """
select max(threads.create_timestamp) as at
from threads
join channels on channels.id = threads.channel_id
where threads.parent_id = $1 and channels.owner_id = $2
"""

MARK: Final = """
update messages
set flags = flags | 32
where channel_id = $1 and id = $2
"""

UNMARK: Final = """
update messages
set flags = flags & ~32
where channel_id = $1 and id = $2
"""

CHANGE: Final = """
with channel as (
    update channels
    set (name, rate_limit_per_user, flags) = (
        select name, rate_limit_per_user, flags
        from jsonb_populate_record(channels, $2)
    )
    where id = $1
)
update threads
set (
    archived, archive_timestamp, auto_archive_duration, locked, invitable, applied_tags,
    awake_until
) = (
    select
        archived, archive_timestamp, auto_archive_duration, locked, invitable, applied_tags,
        awake_until
    from jsonb_populate_record(threads, $2)
)
where channel_id = $1
"""

ENTER: Final = """
insert into thread_members (thread_id, user_id, join_timestamp, flags)
select $1, unnest($2::bigint[]), $3, $4
on conflict do nothing
"""

# Who has one of the roles.
BEARERS: Final = """
select user_id
from members
where guild_id = $1 and roles && $2::bigint[]
order by user_id
limit $3
"""

LEAVE: Final = """
delete from thread_members
where thread_id = $1 and user_id = $2
"""

NOTE: Final = """
update thread_members
set
    flags = $3,
    muted = $4,
    mute_config = $5
where thread_id = $1 and user_id = $2
"""

FORSAKE_BELOW: Final = """
insert into forsaken_channels (id, forsaken_at)
select channel_id, $2
from threads
where parent_id = $1
"""

DELETE_BELOW: Final = """
delete from channels
where id in (
    select channel_id
    from threads
    where parent_id = $1
)
"""

# Those that were quiet for long enough, as far as one knew when one last looked.
DUE: Final = """
select channel_id, guild_id
from threads
where not archived and awake_until <= $1
order by awake_until
limit $2
"""

# By now somebody may have spoken. An id says when it was made.
STIR: Final = """
update threads
set awake_until = make_interval(mins => auto_archive_duration) + greatest(
    archive_timestamp,
    (
        select to_timestamp(((max(id) >> 22) + 1420070400000) / 1000.0)
        from messages
        where messages.channel_id = threads.channel_id
    )
)
where channel_id = $1
returning awake_until
"""

ARCHIVED: Final = (
    OF_THREADS
    + """
where threads.parent_id = $1
    and threads.archived
    and (channels.type = 12) = $2
    and threads.archive_timestamp < coalesce($3::timestamptz, 'infinity')
order by threads.archive_timestamp desc
limit $4
"""
)

JOINED: Final = (
    OF_THREADS
    + """
join thread_members as own on own.thread_id = threads.channel_id and own.user_id = $2
where threads.parent_id = $1
    and threads.archived
    and channels.type = 12
    and channels.id < $3
order by channels.id desc
limit $4
"""
)

# Every word must be in the name. Private threads are found by who is in them or manages threads.
SEARCH: Final = (
    """
with found as (
"""
    + OF_THREADS
    + """
    where threads.parent_id = $1
        and (
            channels.type <> 12
            or $3
            or exists (
                select
                from thread_members
                where thread_id = threads.channel_id and user_id = $2
            )
        )
        and ($4::bool is null or threads.archived = $4)
        and not exists (
            select
            from unnest($5::text[]) as sought (word)
            where strpos(lower(channels.name), sought.word) = 0
        )
        and (
            cardinality($6::bigint[]) = 0
            or case when $7 then threads.applied_tags @> $6 else threads.applied_tags && $6 end
        )
        and channels.id > $8
        and channels.id < $9
), placed as (
    select
        found.*,
        count(*) over ()::int as total,
        case $10::text
            when 'creation_time' then id::numeric
            when 'archive_time' then extract(epoch from archive_timestamp)::numeric
            else coalesce(last_message_id, id)::numeric
        end as place
    from found
)
select *
from placed
order by case when $11 then place else -place end, id
limit $12
offset $13
"""
)

OWN: Final = """
select thread_id as id, user_id, join_timestamp, flags, muted, mute_config
from thread_members
where thread_id = any($1) and user_id = $2
order by thread_id
"""

OF_GUILD: Final = """
select channel_id
from threads
where guild_id = $1
"""

# Of these channels, those that sleep: open ones, those of channels where one manages threads, and
# those one is in.
ASLEEP: Final = """
select threads.channel_id
from threads
join channels on channels.id = threads.channel_id
where threads.parent_id = any($1)
    and threads.archived
    and (
        channels.type <> 12
        or threads.parent_id = any($2)
        or exists (
            select
            from thread_members
            where thread_id = threads.channel_id and user_id = $3
        )
    )
"""
