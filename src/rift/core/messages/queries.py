"""The SQL of messages."""

from typing import Final

# A batch in one statement. Numbers come as arrays that are written already, the rest as lists; one
# without a single value in it may be empty. A nonce somebody used before keeps its message from
# being stored; the answer is then the id of the earlier one, or null if another process stored it
# just now.
_POSTED: Final = """
posted as materialized (
    select *
    from unnest(
        $1::text::bigint[], $2::text::bigint[], $3::text::bigint[], $4::text::bigint[],
        $5::text::int[], $6::text::int[], $7::text::bool[], $8::text::bool[],
        $9::text[], $10::text[], $11::text[], $12::text[],
        $13::text[], $14::jsonb[], $15::text[], $16::text[], $17::jsonb[]
    ) with ordinality as posting (
        id, channel_id, guild_id, author_id,
        type, flags, tts, mention_everyone,
        content, mentions, mention_roles, embeds,
        components, reference, nonce, event, payload, place
    )
), claimed as (
    insert into nonces (channel_id, author_id, nonce, message_id)
    select channel_id, author_id, nonce, id
    from posted
    where nonce is not null
    order by place
    on conflict do nothing
    returning channel_id, author_id, nonce, message_id
), stored as (
    insert into messages (
        id, channel_id, guild_id, author_id, type, flags, content, tts, mention_everyone,
        mentions, mention_roles, embeds, components, reference
"""

_VALUES: Final = """
    )
    select
        id, channel_id, guild_id, author_id, type, flags, content, tts, mention_everyone,
        coalesce(mentions::bigint[], '{}'), coalesce(mention_roles::bigint[], '{}'),
        embeds::jsonb, components::jsonb, reference
"""

_NOTED: Final = """
    from posted
    where nonce is null or id in (select message_id from claimed)
), noted as (
    insert into outbox (event, payload)
    select event, payload
    from posted
    where event is not null and (nonce is null or id in (select message_id from claimed))
    order by place
"""

# Those who are called by name, for whoever counts their mentions later: see core/reading.
_CALLED: Final = """
), called as (
    insert into user_mentions (user_id, channel_id, message_id)
    select called.id, posted.channel_id, posted.id
    from posted
    cross join unnest(posted.mentions::bigint[]) as called (id)
    where posted.nonce is null or posted.id in (select message_id from claimed)
"""

# What was said in threads. Their rows are touched in one order, so that no two batches wait for
# each other for ever. What a thread began with is not among its messages.
_COUNTED: Final = """
), said as materialized (
    select threads.channel_id, posts.count
    from threads
    join (
        select channel_id, count(*)::int as count
        from posted
        where id <> channel_id
            and type <> 21
            and (nonce is null or id in (select message_id from claimed))
        group by channel_id
    ) as posts on posts.channel_id = threads.channel_id
    order by threads.channel_id
    for no key update of threads
), counted as (
    update threads
    set
        message_count = threads.message_count + said.count,
        total_message_sent = threads.total_message_sent + said.count
    from said
    where said.channel_id = threads.channel_id
"""

_ANSWERED: Final = """
)
select
    case
        when nonce is null then id
        else coalesce(
            (select message_id from claimed
             where (claimed.channel_id, claimed.author_id, claimed.nonce)
                 = (posted.channel_id, posted.author_id, posted.nonce)),
            (select message_id from nonces
             where (nonces.channel_id, nonces.author_id, nonces.nonce)
                 = (posted.channel_id, posted.author_id, posted.nonce))
        )
    end as id
from posted
order by place
"""

STORE: Final = "with" + _POSTED + _VALUES + _NOTED + _ANSWERED

STORE_CALLING: Final = "with" + _POSTED + _VALUES + _NOTED + _CALLED + _ANSWERED

_RARE: Final = ", sticker_items, persona, application_id, interaction, poll, poll_ends_at, position"

# Those of which some are said in threads or have what few messages have, in the order of the
# others.
STORE_WITH_MORE: Final = (
    "with"
    + _POSTED
    + _RARE
    + _VALUES
    + """,
    ($18::text[])[place]::jsonb->'sticker_items',
    ($18::text[])[place]::jsonb->'persona',
    (($18::text[])[place]::jsonb->>'application_id')::bigint,
    ($18::text[])[place]::jsonb->'interaction',
    ($18::text[])[place]::jsonb->'poll',
    (($18::text[])[place]::jsonb->'poll'->>'expiry')::timestamptz,
    (($18::text[])[place]::jsonb->>'position')::int
"""
    + _NOTED
    + _CALLED
    + _COUNTED
    + _ANSWERED
)

# One that brings files; only these have the column at all.
STORE_WITH_FILES: Final = (
    "with"
    + _POSTED
    + ", attachments"
    + _RARE
    + _VALUES
    + """,
    $18::jsonb,
    ($19::text)::jsonb->'sticker_items',
    ($19::text)::jsonb->'persona',
    (($19::text)::jsonb->>'application_id')::bigint,
    ($19::text)::jsonb->'interaction',
    ($19::text)::jsonb->'poll',
    (($19::text)::jsonb->'poll'->>'expiry')::timestamptz,
    (($19::text)::jsonb->>'position')::int
"""
    + _NOTED
    + _CALLED
    + _COUNTED
    + _ANSWERED
)

EARLIER: Final = """
select coalesce(max(message_id), 0) as message_id
from nonces
where channel_id = $1 and author_id = $2 and nonce = $3
"""

HOLD_CHANNEL: Final = """
select id
from channels
where id = $1
for no key update
"""

LATEST: Final = """
select max(id) as id
from messages
where channel_id = $1 and author_id = $2 and id > $3
"""

MESSAGES: Final = """
select
    messages.id, messages.channel_id, messages.author_id, messages.type, messages.flags,
    messages.content, messages.tts, messages.mention_everyone, messages.mentions,
    messages.mention_roles, messages.embeds, messages.components, messages.reference,
    messages.attachments, messages.sticker_items, messages.interaction, messages.poll,
    messages.application_id, messages.edited_timestamp, messages.pinned_at, messages.reacted,
    messages.position, messages.persona, users.username, users.discriminator, users.global_name,
    users.avatar, users.banner, users.accent_color, users.bot, users.flags as user_flags
from messages
left join users on users.id = messages.author_id
"""

SEVERAL: Final = (
    MESSAGES
    + """
where messages.channel_id = $1 and messages.id = any($2)
"""
)

LOCK: Final = (
    MESSAGES
    + """
where messages.channel_id = $1 and messages.id = $2
for no key update of messages
"""
)

NOTE: Final = """
update messages
set embeds = $3
where channel_id = $1 and id = $2
"""

BEFORE: Final = (
    MESSAGES
    + """
where messages.channel_id = $1 and messages.id < $2
order by messages.id desc
limit $3
"""
)

AFTER: Final = (
    MESSAGES
    + """
where messages.channel_id = $1 and messages.id > $2
order by messages.id
limit $3
"""
)

AROUND: Final = (
    "("
    + MESSAGES
    + """
    where messages.channel_id = $1 and messages.id <= $2
    order by messages.id desc
    limit $3
) union all ("""
    + MESSAGES
    + """
    where messages.channel_id = $1 and messages.id > $2
    order by messages.id
    limit $4
)
order by id desc
"""
)

USERS: Final = """
select
    id as author_id, username, discriminator, global_name, avatar, banner, accent_color, bot,
    flags as user_flags
from users
where id = any($1)
"""

# A reaction with an emoji of a guild or an application is kept under its id.
REACTIONS: Final = """
with counted as (
    select
        message_id,
        emoji,
        count(*)::int as count,
        coalesce(bool_or(user_id = $3), false) as me,
        min(reacted_at) as since
    from reactions
    where channel_id = $1 and message_id = any($2)
    group by message_id, emoji
)
select
    counted.message_id, counted.emoji, counted.count, counted.me,
    emojis.name, coalesce(emojis.animated, false) as animated
from counted
left join emojis on emojis.id
    = case when counted.emoji ~ '^[0-9]{1,19}$' then counted.emoji::bigint end
order by counted.message_id, counted.since
"""

AUTHORS: Final = """
select id, author_id, type, flags
from messages
where channel_id = $1 and id = any($2)
order by id
for update
"""

# What only concerns the flags, or what the server made of links, leaves no history. Who is called
# by an edit counts it as a mention.
REVISE: Final = """
with called as (
    insert into user_mentions (user_id, channel_id, message_id)
    select unnest($9::bigint[]), $1::bigint, $2::bigint
    on conflict do nothing
), kept as (
    insert into message_history (
        channel_id, message_id, guild_id, author_id, persona, changed_by, kind, content, embeds,
        attachments
    )
    select
        channel_id, id, guild_id, author_id, persona, $3, 'edit', content, embeds, attachments
    from messages
    where channel_id = $1 and id = $2
        and (
            content is distinct from $4
            or jsonb_path_query_array(coalesce(embeds, '[]'), '$[*] ? (@.type == "rich")')
                <> jsonb_path_query_array(coalesce($5::jsonb, '[]'), '$[*] ? (@.type == "rich")')
            or $12
        )
)
update messages
set
    content = $4,
    embeds = $5,
    components = $6,
    flags = $7,
    mention_everyone = $8,
    mentions = $9,
    mention_roles = $10,
    edited_timestamp = $11,
    attachments = case when $12 then $13 else attachments end
where channel_id = $1 and id = $2
"""

# Who wrote something had read so far, also when it is gone.
REMOVE: Final = """
with gone as (
    delete from messages
    where channel_id = $1 and id = any($2)
    returning channel_id, id, guild_id, author_id, persona, content, embeds, attachments
), kept as (
    insert into message_history (
        channel_id, message_id, guild_id, author_id, persona, changed_by, kind, content, embeds,
        attachments
    )
    select
        channel_id, id, guild_id, author_id, persona, $3, 'delete', content, embeds, attachments
    from gone
), unreacted as (
    delete from reactions
    where channel_id = $1 and message_id = any($2)
), unvoted as (
    delete from poll_votes
    where channel_id = $1 and message_id = any($2)
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
select id
from gone
order by id
"""

PRUNE_HISTORY: Final = """
delete from message_history
where (channel_id, message_id, changed_at) in (
    select channel_id, message_id, changed_at
    from message_history
    where changed_at < $1
    order by changed_at
    limit $2
    for update skip locked
)
"""

PRUNE_NONCES: Final = """
delete from nonces
where (channel_id, author_id, nonce) in (
    select channel_id, author_id, nonce
    from nonces
    where message_id < $1
    order by message_id
    limit $2
    for update skip locked
)
"""

CHANNEL_OF: Final = """
select channel_id
from messages
where id = $1
"""

ANYWHERE: Final = (
    MESSAGES
    + """
join unnest($1::bigint[], $2::bigint[]) as wanted (channel_id, id)
    on wanted.channel_id = messages.channel_id and wanted.id = messages.id
"""
)
