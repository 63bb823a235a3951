"""The SQL of purges."""

from typing import Final

INHABITED: Final = """
select channel.id
from unnest($1::bigint[]) as channel (id)
where exists (
    select
    from messages
    where messages.channel_id = channel.id and messages.id > $2 and messages.id < $3
)
"""

COLUMNS: Final = """
returning
    id, guild_id, user_id, channel_id, channel_ids, newest, oldest, reached, author_ids,
    contains, pinned, most, looked::int as looked, deleted, entry_id, ended_at
"""

INSERT: Final = (
    """
insert into purges (
    id, guild_id, user_id, channel_id, channel_ids, newest, oldest, reached, author_ids,
    contains, pinned, most
)
values ($1, $2, $3, $4, $5, $6, $7, $6, $8, $9, $10, $11)
"""
    + COLUMNS
)

UNDER_WAY: Final = """
select count(*)::int as count
from purges
where guild_id = $1 and channel_id is not null and ended_at is null
"""

FIND: Final = """
select
    id, guild_id, user_id, channel_id, author_ids, contains, pinned, most as limit,
    looked::int as looked, deleted, ended_at
from purges
where id = $1 and channel_id = $2
"""

NEXT: Final = """
select *
from purges
where ended_at is null
order by looked, id
limit 1
for update skip locked
"""

HOLD: Final = """
select id
from purges
where id = $1 and channel_id = $2
for update
"""

# So many messages are looked at, newest first, and of them those that fit are deleted.
PORTION: Final = """
with portion as materialized (
    select id, author_id, type, content, pinned_at
    from messages
    where channel_id = $1 and id < $2 and id > $3
    order by id desc
    limit $4
), wanted as materialized (
    select id
    from portion
    where ($5::bigint[] is null or author_id = any($5))
        and ($6::text is null or position(lower($6) in lower(content)) > 0)
        and ($7 or pinned_at is null)
        and type <> all($8::int[])
    order by id desc
    limit $9
), gone as (
    delete from messages
    using wanted
    where messages.channel_id = $1 and messages.id = wanted.id
    returning
        messages.channel_id, messages.id, messages.guild_id, messages.author_id,
        messages.persona, messages.content, messages.embeds, messages.attachments, messages.flags
), kept as (
    insert into message_history (
        channel_id, message_id, guild_id, author_id, persona, changed_by, kind, content, embeds,
        attachments
    )
    select
        channel_id, id, guild_id, author_id, persona, $10, 'delete', content, embeds, attachments
    from gone
), unreacted as (
    delete from reactions
    using wanted
    where reactions.channel_id = $1 and reactions.message_id = wanted.id
), unvoted as (
    delete from poll_votes
    using wanted
    where poll_votes.channel_id = $1 and poll_votes.message_id = wanted.id
), said as (
    insert into last_said as known (user_id, channel_id, message_id)
    select gone.author_id, gone.channel_id, max(gone.id)
    from gone
    join users on users.id = gone.author_id and not users.bot
    where gone.persona is null
    group by gone.author_id, gone.channel_id
    order by gone.author_id
    on conflict (user_id, channel_id) do update
    set message_id = greatest(known.message_id, excluded.message_id)
)
select
    (select count(*)::int from portion) as looked,
    (select min(id) from portion) as reached,
    array(select id from gone order by id) as ids,
    exists (select from gone where flags & $11 <> 0) as involved
"""

ADVANCE: Final = (
    """
update purges
set
    channel_ids = $2,
    reached = $3,
    looked = looked + $4,
    deleted = deleted + $5,
    ended_at = $6
where id = $1
"""
    + COLUMNS
)

NOTE_ENTRY: Final = """
update purges
set entry_id = $2
where id = $1
"""

STOP: Final = """
update purges
set ended_at = $2
where id = $1 and ended_at is null
"""

PRUNE: Final = """
delete from purges
where id in (
    select id
    from purges
    where ended_at < $1
    limit $2
    for update skip locked
)
"""
