"""The SQL of the instance's owners."""

from typing import Final

# Of the words any part of a name or an address will do.
ACCOUNTS: Final = """
select
    users.id, username, discriminator, global_name, avatar, banner, accent_color, bot,
    flags as user_flags, email, instance_owner, disabled, barred, leaves_at,
    exists (
        select
        from factors
        where factors.user_id = users.id and factors.kind in ('totp', 'passkey')
    ) as mfa_enabled,
    (select max(used_at) from sessions where sessions.user_id = users.id) as last_seen_at,
    (select count(*)::int from sessions where sessions.user_id = users.id) as sessions,
    (select count(*)::int from members where members.user_id = users.id) as guilds,
    (
        select coalesce(sum(size), 0)
        from attachments
        where attachments.user_id = users.id
    )::text as storage
from users
where not users.deleted
    and ($1 = '' or strpos(lower(username), lower($1)) > 0
        or strpos(lower(coalesce(global_name, '')), lower($1)) > 0
        or strpos(lower(coalesce(email, '')), lower($1)) > 0)
    and case $2
        when 'admin' then instance_owner
        when 'disabled' then disabled and not bot
        when 'leaving' then leaves_at is not null
        when 'bot' then bot
        when 'person' then not bot
        else true
    end
    and users.id < $3
order by users.id desc
limit $4
"""

COUNT_ACCOUNTS: Final = """
select count(*)::int as count
from users
where not users.deleted
    and ($1 = '' or strpos(lower(username), lower($1)) > 0
        or strpos(lower(coalesce(global_name, '')), lower($1)) > 0
        or strpos(lower(coalesce(email, '')), lower($1)) > 0)
    and case $2
        when 'admin' then instance_owner
        when 'disabled' then disabled and not bot
        when 'leaving' then leaves_at is not null
        when 'bot' then bot
        when 'person' then not bot
        else true
    end
"""

PERSON: Final = """
select id, instance_owner
from users
where id = $1 and not bot and not deleted
"""

# Held, so that of two who take it from each other one comes too late.
OWNERS: Final = """
select id
from users
where instance_owner and not disabled
order by id
for update
"""

GRANT: Final = """
update users
set instance_owner = true
where id = $1
"""

REVOKE: Final = """
update users
set instance_owner = false
where id = $1
"""

NOTE: Final = """
insert into instance_log (id, user_id, action, target_id, details)
values ($1, $2, $3, $4, $5)
"""

LOG: Final = """
select id, user_id, action, target_id, details
from instance_log
where id < $1
order by id desc
limit $2
"""

KINDS: Final = """
select 'attachments' as kind, count(*)::int as count, coalesce(sum(size), 0)::text as size
from attachments
union all
select 'link_previews', count(*)::int, coalesce(sum(size), 0)::text
from link_images
where fetched_at is not null
union all
select 'exports', count(*)::int, coalesce(sum(size_bytes), 0)::text
from harvests
where status = 3 and expires_at > $1
union all
select 'emojis', count(*)::int, null
from emojis
union all
select 'stickers', count(*)::int, null
from stickers
union all
select 'sounds', count(*)::int, null
from sounds
"""

LARGEST: Final = """
select
    guilds.id, guilds.name, guilds.icon, guilds.owner_id, count(*)::int as files,
    sum(attachments.size)::text as size
from attachments
join channels on channels.id = attachments.channel_id
join guilds on guilds.id = channels.guild_id
group by guilds.id
order by sum(attachments.size) desc, guilds.id
limit $1
"""

# Few are counted; of many the database knows about how many there are.
DATABASE: Final = """
select
    pg_database_size(current_database())::text as size,
    greatest(
        reltuples,
        (select count(*) from (select from messages limit 10000) as few)
    )::float8 as messages
from pg_class
where oid = 'messages'::regclass
"""

OUTLETS: Final = """
select
    outlet as name,
    (select count(*)::int from outbox where outbox.id > outlet_cursors.id) as behind
from outlet_cursors
order by outlet
"""

QUEUES: Final = """
select 'mails' as name, count(*)::int as waiting,
    count(*) filter (where attempts > 0)::int as retrying
from mails
union all
select 'pushes', count(*)::int, count(*) filter (where attempts > 0)::int
from push_orders
union all
select 'link_previews', count(*)::int, 0
from link_errands
union all
select 'video_previews', count(*)::int, count(*) filter (where tries > 0)::int
from preview_jobs
union all
select 'search', count(*)::int, 0
from search_queue
union all
select 'forsaken_files', count(*)::int, 0
from forsaken_files
"""

RETRY_MAILS: Final = """
update mails
set due_at = $1
where due_at > $1
"""

RETRY_PUSHES: Final = """
update push_orders
set due_at = $1
where due_at > $1
"""

RETRY_VIDEOS: Final = """
update preview_jobs
set due_at = $1
where due_at > $1
"""

DROP_MAILS: Final = """
delete from mails
"""

DROP_PUSHES: Final = """
delete from push_orders
"""

DROP_LINKS: Final = """
delete from link_errands
"""

DROP_VIDEOS: Final = """
delete from preview_jobs
"""

PURGES: Final = """
select id, guild_id, channel_id, user_id, looked::int as looked, deleted
from purges
where ended_at is null
order by id
limit 100
"""

STOP_PURGE: Final = """
update purges
set ended_at = $2
where id = $1 and ended_at is null
"""

HARVESTS: Final = """
select id, user_id, status, scanned::int as scanned, created_at, updated_at
from harvests
where status < 2 or (status = 2 and updated_at > $1)
order by id desc
limit 100
"""

RETRY_HARVEST: Final = """
update harvests
set status = 0, updated_at = $2
where id = $1
    and status = 2
    and not exists (
        select
        from harvests as other
        where other.user_id = harvests.user_id and other.status < 2
    )
"""

SETTINGS: Final = """
select value
from instance
where key = 'settings'
"""

# Held by whoever changes them, also where there are none yet.
BEGIN_SETTINGS: Final = """
insert into instance (key, value)
values ('settings', '{}')
on conflict (key) do nothing
"""

HOLD_SETTINGS: Final = """
select value
from instance
where key = 'settings'
for update
"""

KEEP_SETTINGS: Final = """
update instance
set value = $1
where key = 'settings'
"""

PULSE: Final = """
select
    current_setting('server_version') as version,
    current_setting('max_connections')::int as most,
    (select count(*)::int from pg_stat_activity where datname = current_database()) as used,
    (
        select count(distinct objid)::int
        from pg_locks
        where locktype = 'advisory' and classid = 542234695 and objsubid = 2
            and database = (select oid from pg_database where datname = current_database())
    ) as workers,
    (
        select lpad(number::text, 4, '0') || '_' || name
        from rift_migrations
        order by number desc
        limit 1
    ) as migration
"""
