"""The SQL of reading."""

from typing import Final

# An ack that is older than what is known changes nothing. Rows are touched in the order of their
# keys, so that two devices never wait for each other for ever.
ACK: Final = """
insert into read_states as known (user_id, type, resource_id, last_id, counted_from)
select $1, acked.type, acked.resource_id, acked.last_id, acked.last_id
from unnest($2::int[], $3::bigint[], $4::bigint[]) as acked (type, resource_id, last_id)
order by acked.type, acked.resource_id
on conflict (user_id, type, resource_id) do update
set
    last_id = excluded.last_id,
    counted_from = excluded.last_id,
    mention_count = 0,
    version = excluded.version
where known.last_id < excluded.last_id
    or known.last_id = excluded.last_id and known.mention_count > 0
returning type, resource_id, last_id, version
"""

# By hand one may go back. A count that is given stands for all that was there at that moment;
# without one, what came after the message is counted.
ACK_BY_HAND: Final = """
insert into read_states as known (
    user_id, type, resource_id, last_id, mention_count, counted_from, own_from
)
values (
    $1, 0, $2, $3::bigint, coalesce($4::int, 0),
    case when $4::int is null then $3::bigint else $5::bigint end, $5::bigint
)
on conflict (user_id, type, resource_id) do update
set
    last_id = excluded.last_id,
    mention_count = excluded.mention_count,
    counted_from = excluded.counted_from,
    own_from = excluded.own_from,
    version = excluded.version
returning type, resource_id, last_id, version
"""

NOTE: Final = """
update read_states
set
    flags = coalesce($3, flags),
    last_viewed = coalesce($4, last_viewed)
where user_id = $1 and type = 0 and resource_id = $2
"""

ACK_PINS: Final = """
insert into read_states as known (user_id, type, resource_id, last_pin_timestamp)
values ($1, 0, $2, $3)
on conflict (user_id, type, resource_id) do update
set
    last_pin_timestamp = greatest(known.last_pin_timestamp, excluded.last_pin_timestamp),
    version = excluded.version
returning last_pin_timestamp, version
"""

FORGET: Final = """
with unsaid as (
    delete from last_said
    where user_id = $1 and channel_id = $3 and $2::int = 0
)
delete from read_states
where user_id = $1 and type = $2 and resource_id = $3
"""

# Mentions of more than a week ago are on nobody's list; once they are read, nobody counts them.
FORGET_MENTIONS: Final = """
delete from user_mentions
using unnest($2::bigint[], $3::bigint[]) as acked (channel_id, last_id)
where user_mentions.user_id = $1
    and user_mentions.channel_id = acked.channel_id
    and user_mentions.message_id <= least(acked.last_id, $4)
"""

# Up to where somebody has read, own messages included.
POSITIONS: Final = """
select
    known.type,
    known.resource_id,
    greatest(
        known.last_id,
        (
            select max(message_id)
            from own_messages
            where user_id = $1
                and channel_id = known.resource_id
                and message_id > known.own_from
        )
    ) as last_id,
    known.version
from read_states as known
where known.user_id = $1 and known.type = 0 and known.resource_id = any($2)
"""

# The entries of READY as clients receive them: there may be fifty thousand of them, which nobody
# looks at here. The counts of mentions are given.
STATES: Final = """
with counted as (
    select channel_id, count
    from unnest($2::bigint[], $3::int[]) as counted (channel_id, count)
), said as (
    select channel_id, max(message_id) as message_id
    from (
        select channel_id, message_id
        from own_messages
        where user_id = $1
        union all
        select channel_id, 0
        from counted
    ) as own
    group by channel_id
), known as (
    select *
    from read_states
    where user_id = $1
)
select
    '[' || coalesce(string_agg(
        '{"id":"' || coalesce(known.resource_id, said.channel_id)
        || case
            when known.type > 0 then
                '","read_state_type":' || known.type
                || ',"last_acked_id":"' || known.last_id
                || '","badge_count":0'
            else
                '","last_message_id":"' || greatest(
                    known.last_id,
                    case
                        when said.message_id > coalesce(known.own_from, 0) then said.message_id
                        else 0
                    end
                )
                || '","mention_count":' || coalesce(counted.count, 0)
                || coalesce(',"flags":' || known.flags, '')
                || coalesce(',"last_viewed":' || known.last_viewed, '')
                || coalesce(
                    ',"last_pin_timestamp":"' || to_char(
                        known.last_pin_timestamp at time zone 'utc',
                        'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
                    ) || '"',
                    ''
                )
        end
        || '}', ','
    ), '') || ']' as entries,
    coalesce(max(known.version), 0) as version
from known
full join said on said.channel_id = known.resource_id and known.type = 0
left join counted on counted.channel_id = said.channel_id
"""
# Where somebody may have been called at all: those channels of one's guilds in which anybody ever
# called a role or everyone, each found by looking for the next one after it; where one was called
# by name; private channels; and what was marked unread.
CANDIDATES: Final = """
with recursive calls as (
    select members.guild_id, first.channel_id
    from members
    cross join lateral (
        select channel_id
        from messages
        where guild_id = members.guild_id
            and (mention_everyone or mention_roles <> '{}')
        order by channel_id
        limit 1
    ) as first
    where members.user_id = $1
    union all
    select calls.guild_id, next.channel_id
    from calls
    cross join lateral (
        select channel_id
        from messages
        where guild_id = calls.guild_id
            and channel_id > calls.channel_id
            and (mention_everyone or mention_roles <> '{}')
        order by channel_id
        limit 1
    ) as next
)
select channel_id
from calls
union
select channel_id
from user_mentions
where user_id = $1
union
select channel_id
from recipients
where user_id = $1
union
select resource_id
from read_states
where user_id = $1 and type = 0 and mention_count > 0
"""

# A call counts from where one has read, and not from before one was there, nor of whom one blocked
# or ignores. In a private channel every message counts unless it is muted.
COUNT: Final = """
with unheard as (
    select other_id as id
    from relationships
    where user_id = $1 and (type = 2 or ignored)
    union all
    select $1::bigint
), places as materialized (
    select
        channels.id as channel_id,
        channels.guild_id,
        coalesce(members.roles, '{}') as roles,
        coalesce(settings.suppress_everyone, false) as deaf_to_everyone,
        coalesce(settings.suppress_roles, false) as deaf_to_roles,
        case
            when own.message_id > coalesce(known.own_from, 0) then 0
            else coalesce(known.mention_count, 0)
        end as already,
        greatest(
            known.counted_from,
            case when own.message_id > coalesce(known.own_from, 0) then own.message_id end,
            (floor(extract(epoch from members.joined_at) * 1000)::bigint - 1420070400000) << 22,
            0
        ) as since
    from channels
    left join members on members.guild_id = channels.guild_id and members.user_id = $1
    left join read_states as known
        on known.user_id = $1 and known.type = 0 and known.resource_id = channels.id
    left join user_guild_settings as settings
        on settings.user_id = $1 and settings.guild_id = channels.guild_id
    cross join lateral (
        select max(message_id) as message_id
        from own_messages
        where user_id = $1 and channel_id = channels.id
    ) as own
    where channels.id = any($2)
), muted as (
    select (override ->> 'channel_id')::bigint as channel_id
    from user_guild_settings
    cross join json_array_elements(channel_overrides) as override
    where user_id = $1
        and guild_id is null
        and (override ->> 'muted')::bool
        and coalesce((override #>> '{mute_config,end_time}')::timestamptz > now(), true)
), called as (
    select places.channel_id, messages.id
    from places
    join user_mentions
        on user_mentions.user_id = $1
        and user_mentions.channel_id = places.channel_id
        and user_mentions.message_id > places.since
    join messages
        on messages.channel_id = user_mentions.channel_id and messages.id = user_mentions.message_id
    where messages.mentions @> array[$1::bigint]
        and messages.author_id not in (select id from unheard)
    union
    select places.channel_id, messages.id
    from places
    join messages
        on messages.guild_id = places.guild_id
        and messages.channel_id = places.channel_id
        and messages.id > places.since
    where (messages.mention_everyone or messages.mention_roles <> '{}')
        and (
            messages.mention_everyone and not places.deaf_to_everyone
            or messages.mention_roles && places.roles and not places.deaf_to_roles
        )
        and messages.author_id not in (select id from unheard)
    union
    select places.channel_id, messages.id
    from places
    join messages on messages.channel_id = places.channel_id and messages.id > places.since
    where places.guild_id is null
        and messages.type <> 2
        and messages.author_id not in (select id from unheard)
        and places.channel_id not in (select channel_id from muted)
)
select channel_id, sum(count)::int as count
from (
    select channel_id, count(*) as count
    from called
    group by channel_id
    union all
    select channel_id, already
    from places
    where already > 0
) as counted
group by channel_id
"""
# Own messages older than a minute are gathered, by one process of all; mentions that turned a week
# old meanwhile are forgotten where they were read. Webhooks and bots read nothing.
GATHER: Final = """
with progress as (
    select said_until
    from reading_progress
    for update skip locked
), gathered as (
    insert into last_said as known (user_id, channel_id, message_id)
    select messages.author_id, messages.channel_id, max(messages.id)
    from messages
    join users on users.id = messages.author_id and not users.bot
    where messages.id > (select said_until from progress)
    group by messages.author_id, messages.channel_id
    order by messages.author_id, messages.channel_id
    on conflict (user_id, channel_id) do update
    set message_id = excluded.message_id
    where known.message_id < excluded.message_id
), forgotten as (
    delete from user_mentions
    using read_states
    where user_mentions.message_id > (select said_until - $2::bigint from progress)
        and user_mentions.message_id <= $1::bigint - $2::bigint
        and read_states.user_id = user_mentions.user_id
        and read_states.type = 0
        and read_states.resource_id = user_mentions.channel_id
        and read_states.counted_from >= user_mentions.message_id
), listed as (
    delete from dismissed_mentions
    where message_id <= $1::bigint - $2::bigint
        and exists (select from progress)
)
update reading_progress
set said_until = $1
where said_until < $1 and exists (select from progress)
"""

# The list of mentions. What is found of one week is little, so all of it is sorted.
MENTIONS: Final = """
with found as (
    select messages.channel_id, messages.id, messages.author_id
    from user_mentions
    join messages
        on messages.channel_id = user_mentions.channel_id and messages.id = user_mentions.message_id
    where user_mentions.user_id = $1
        and user_mentions.channel_id = any($2)
        and user_mentions.message_id > $3
        and user_mentions.message_id < $4
        and messages.mentions @> array[$1::bigint]
    union
    select messages.channel_id, messages.id, messages.author_id
    from channels
    join members on members.guild_id = channels.guild_id and members.user_id = $1
    join messages
        on messages.guild_id = channels.guild_id
        and messages.channel_id = channels.id
        and messages.id > $3
        and messages.id < $4
    where channels.id = any($2)
        and (messages.mention_everyone or messages.mention_roles <> '{}')
        and ($5 and messages.mention_everyone or $6 and messages.mention_roles && members.roles)
)
select channel_id, id
from found
where author_id <> $1
    and author_id not in (
        select other_id
        from relationships
        where user_id = $1 and (type = 2 or ignored)
    )
    and id not in (
        select message_id
        from dismissed_mentions
        where user_id = $1
    )
order by id desc
limit $7
"""

DISMISS: Final = """
insert into dismissed_mentions (user_id, message_id)
values ($1, $2)
on conflict do nothing
"""
