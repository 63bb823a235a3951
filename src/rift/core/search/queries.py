"""The SQL of search."""

from typing import Final

# Indexing. What is queued is taken by one process at a time, in no order: what the messages say now
# counts. `locale` is what language a guild speaks, or in private who wrote.

TAKE: Final = """
delete from search_queue
where ctid = any(array(
    select ctid
    from search_queue
    limit $1
))
returning channel_id, message_id as id, fresh
"""

_DOCUMENTS: Final = """
select
    messages.id, messages.channel_id, messages.guild_id, messages.author_id, messages.persona,
    messages.content, messages.embeds, messages.attachments, messages.mentions,
    messages.mention_roles, messages.mention_everyone, messages.reference, messages.pinned_at,
    messages.sticker_items, messages.poll, messages.interaction,
    coalesce(users.bot, false) as bot,
    coalesce(guilds.preferred_locale, users.locale, '') as locale,
    answered.id as answered_id,
    answered.author_id as answered_author_id
from messages
left join users on users.id = messages.author_id
left join guilds on guilds.id = messages.guild_id
left join messages as answered
    on messages.type = 19
    and answered.channel_id = messages.channel_id
    and answered.id = (messages.reference ->> 'message_id')::bigint
"""

QUEUED: Final = (
    _DOCUMENTS
    + """
join unnest($1::bigint[], $2::bigint[]) as queued (channel_id, id)
    on queued.channel_id = messages.channel_id and queued.id = messages.id
"""
)

EARLIER: Final = (
    _DOCUMENTS
    + """
where messages.id > $1 and messages.id <= $2
"""
)

EARLIER_COUNT: Final = """
select count(*)::int as count
from (
    select
    from messages
    where id > $1 and id <= $2
    limit $3
) as earlier
"""

BACKFILL: Final = """
select reached, oldest, indexed
from search_backfill
"""

BACKFILLED: Final = """
update search_backfill
set reached = $1, indexed = indexed + $2
"""

BACKFILL_ENDED: Final = """
delete from search_backfill
"""

# The segment of a message is the last one that begins before it; the first where none does.
PLACES: Final = """
select asked.scope, asked.id, found.number, found.last_id, found.count
from unnest($1::bigint[], $2::bigint[]) as asked (scope, id)
cross join lateral (
    (
        select number, last_id, count
        from search_segments
        where scope = asked.scope and first_id <= asked.id
        order by first_id desc
        limit 1
    )
    union all
    (
        select number, last_id, count
        from search_segments
        where scope = asked.scope and first_id > asked.id
        order by first_id
        limit 1
    )
    limit 1
) as found
"""

OPEN_SEGMENT: Final = """
insert into search_segments (scope, first_id, last_id)
values ($1, $2, $2)
on conflict (scope, first_id) do update set last_id = search_segments.last_id
returning number
"""

GROW: Final = """
update search_segments
set
    count = search_segments.count + grown.count,
    first_id = least(search_segments.first_id, grown.first_id),
    last_id = greatest(search_segments.last_id, grown.last_id)
from unnest($1::int[], $2::int[], $3::bigint[], $4::bigint[])
    as grown (number, count, first_id, last_id)
where search_segments.number = grown.number
"""

INDEX: Final = """
insert into search_documents as known (id, channel_id, author_id, segment, terms)
select id, channel_id, author_id, segment, terms::tsvector
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::text[])
    as made (id, channel_id, author_id, segment, terms)
order by id
on conflict (id) do update
set
    segment = excluded.segment,
    terms = excluded.terms
"""

LEARN: Final = """
insert into search_words (scope, word, keys)
select scope, word, keys::bigint[]
from unnest($1::bigint[], $2::text[], $3::text[]) as learnt (scope, word, keys)
order by scope, word
on conflict do nothing
"""

DROP: Final = """
delete from search_documents
where id = any($1)
"""

# Words whose last message is gone: what is in no segment of its scope any more.
FADE: Final = """
with taken as (
    delete from search_faded
    where ctid = any(array(
        select ctid
        from search_faded
        limit $1
    ))
    returning segment, terms
), lost as (
    select distinct search_segments.scope, substr(it.lexeme, strpos(it.lexeme, ':') + 1) as word
    from taken
    join search_segments on search_segments.number = taken.segment
    cross join lateral unnest(taken.terms) as it
    where it.positions is not null
), gone as (
    delete from search_words
    using lost
    where search_words.scope = lost.scope
        and search_words.word = lost.word
        and not exists (
            select
            from search_segments
            cross join lateral (
                select
                from search_documents
                where terms @@ (
                    '''' || search_segments.number || ':' || replace(lost.word, '''', '''''')
                    || ''''
                )::tsquery
                limit 1
            ) as found
            where search_segments.scope = lost.scope
        )
)
select count(*)::int as count
from taken
"""

# Segments and words of guilds and private channels that are no more.
PRUNE_SEGMENTS: Final = """
delete from search_segments
where number in (
    select number
    from search_segments
    where not exists (select from guilds where id = scope)
        and not exists (select from channels where id = scope)
        and not exists (select from search_documents where segment = number)
    limit $1
)
"""

PRUNE_WORDS: Final = """
delete from search_words
where ctid = any(array(
    select ctid
    from search_words
    where scope in (
        select scope
        from search_words
        group by scope
        having not exists (select from guilds where id = scope)
            and not exists (select from channels where id = scope)
    )
    limit $1
))
"""

# Finding. One expression a segment, the newest segment first. `id + 0`, because the bounds are
# seldom narrow, and a plan that knew nothing of them would walk through all ids; `is true`, because
# a set of channels is to be asked for each hit, and not gone through; `offset 0`, because the index
# is to be asked for each segment, and not each document whether it is of one of them.

SEGMENTS: Final = """
select number, first_id, last_id
from search_segments
where scope = any($1) and last_id > $2 and first_id < $3
order by last_id desc
"""

FIND: Final = """
with asked as materialized (
    select query::tsquery as query
    from unnest($1::text[]) as given (query)
), seen as materialized (
    select unnest($2::bigint[]) as id
), found as materialized (
    select documents.id, documents.channel_id
    from asked
    cross join lateral (
        select id, channel_id
        from search_documents
        where terms @@ asked.query
            and id + 0 > $3
            and id + 0 < $4
            and not author_id = any($5::bigint[])
        offset 0
    ) as documents
    where (documents.channel_id in (select id from seen)) is true
)
select id, channel_id, (select count(*) from found)::int as total
from found
order by id * $6::bigint desc
limit $7
"""

# The same by relevance: words as they were written count more than others of their stem, and
# what stands close together more than what does not.
RANK: Final = """
with asked as materialized (
    select query::tsquery as query
    from unnest($1::text[]) as given (query)
), seen as materialized (
    select unnest($2::bigint[]) as id
), found as materialized (
    select documents.id, documents.channel_id, documents.score
    from asked
    cross join lateral (
        select id, channel_id, ts_rank(terms, asked.query, 1)::float8 as score
        from search_documents
        where terms @@ asked.query
            and id + 0 > $3
            and id + 0 < $4
            and not author_id = any($5::bigint[])
        offset 0
    ) as documents
    where (documents.channel_id in (select id from seen)) is true
)
select id, channel_id, score, (select count(*) from found)::int as total
from found
where $6::float8 is null or (score, id) < ($6, $7::bigint)
order by score desc, id desc
limit $8
"""

RESEMBLING: Final = """
select distinct word
from search_words
where scope = any($1) and keys && $2::bigint[]
limit $3
"""

LOCALES: Final = """
select distinct preferred_locale as locale
from guilds
where id = any($1)
"""

INDEXED: Final = """
select coalesce(sum(count), 0)::int as count
from search_segments
where scope = any($1)
"""

BLOCKED: Final = """
select other_id
from relationships
where user_id = $1 and type = 2
"""

# Saved searches.

SAVED: Final = """
select id, guild_id, channel_id, name, query, notify
from saved_searches
where user_id = $1
order by id
"""

SAVE: Final = """
insert into saved_searches (id, user_id, guild_id, channel_id, name, query, notify)
values ($1, $2, $3, $4, $5, $6, $7)
returning id, guild_id, channel_id, name, query, notify
"""

CHANGE_SAVED: Final = """
update saved_searches
set
    name = coalesce($3::jsonb ->> 'name', name),
    query = coalesce($3::jsonb -> 'query', query),
    notify = coalesce(($3::jsonb ->> 'notify')::boolean, notify)
where user_id = $1 and id = $2
returning id, guild_id, channel_id, name, query, notify
"""

FORGET_SAVED: Final = """
delete from saved_searches
where user_id = $1 and id = $2
"""

# The first number a sequence gives is the one it shows before.
SAVED_VERSION: Final = """
select last_value + is_called::int as version
from saved_search_versions
"""

WATCHING: Final = """
select
    saved_searches.id, saved_searches.user_id, saved_searches.guild_id,
    saved_searches.channel_id, saved_searches.query,
    coalesce(guilds.preferred_locale, users.locale) as locale
from saved_searches
join users on users.id = saved_searches.user_id and not users.disabled
left join guilds on guilds.id = saved_searches.guild_id
where saved_searches.notify
"""
