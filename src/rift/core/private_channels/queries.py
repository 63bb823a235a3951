"""The SQL of private channels."""

from typing import Final

OPEN: Final = """
select channel_id
from recipients
where user_id = $1 and not closed
"""

CHANNELS_OF_USER: Final = """
select channel_id
from recipients
where user_id = $1
"""

# The channels of somebody that others have open.
OPEN_TO_OTHERS: Final = """
select theirs.channel_id, theirs.user_id
from recipients as mine
join recipients as theirs
    on theirs.channel_id = mine.channel_id and theirs.user_id <> mine.user_id
where mine.user_id = $1 and not theirs.closed
"""

# As certain people see them.
SEEN: Final = """
select
    channels.id, channels.type, channels.name, channels.icon, channels.owner_id,
    channels.last_pin_timestamp, channels.flags,
    (
        select messages.id from messages
        where messages.channel_id = channels.id
        order by messages.id desc
        limit 1
    ) as last_message_id,
    recipients.user_id as viewer_id, recipients.request, recipients.requested_at, users.bot
from recipients
join channels on channels.id = recipients.channel_id
join users on users.id = recipients.user_id
where recipients.channel_id = any($1) and recipients.user_id = any($2)
order by last_message_id desc nulls last, channels.id desc
"""

PEOPLE: Final = """
select
    recipients.channel_id, recipients.user_id, recipients.nick, users.username,
    users.discriminator, users.global_name, users.avatar, users.banner, users.accent_color,
    users.bot, users.flags as user_flags
from recipients
join users on users.id = recipients.user_id
where recipients.channel_id = any($1)
order by recipients.joined_at, recipients.user_id
"""

RECIPIENT: Final = """
select bot, deleted
from users
where id = $1
"""

DIRECT: Final = """
select channel_id
from direct_messages
where lower_id = least($1::bigint, $2::bigint) and higher_id = greatest($1::bigint, $2::bigint)
"""

# Of several at once one makes the channel; the others wait for it and are answered nothing.
MAKE_DIRECT: Final = """
with pair as (
    insert into direct_messages (lower_id, higher_id, channel_id)
    values (least($2::bigint, $3::bigint), greatest($2::bigint, $3::bigint), $1)
    on conflict do nothing
    returning channel_id
), made as (
    insert into channels (id, type)
    select channel_id, 1
    from pair
), joined as (
    insert into recipients (channel_id, user_id, closed, request)
    select pair.channel_id, person.id, person.closed, person.request
    from pair
    cross join (
        values ($2::bigint, false, 2), ($3::bigint, true, 0)
    ) as person (id, closed, request)
)
select channel_id
from pair
"""

# Who opens a channel has consented to it, but for a request that is still to be answered.
REOPEN: Final = """
update recipients
set
    closed = false,
    request = case when request = 1 then 1 else 2 end
where channel_id = $1 and user_id = $2 and closed
"""

CLOSE: Final = """
update recipients
set closed = true
where channel_id = $1 and user_id = $2 and not closed
"""

MAKE_GROUP: Final = """
with made as (
    insert into channels (id, type, owner_id)
    values ($1, 3, $2)
    returning id
)
insert into recipients (channel_id, user_id, request)
select made.id, person.id, 2
from made
cross join unnest($3::bigint[]) as person (id)
"""

HOLD: Final = """
select name, owner_id, icon
from channels
where id = $1 and type = 3
for no key update
"""

ADD: Final = """
insert into recipients (channel_id, user_id, nick, request)
values ($1, $2, $3, 2)
"""

REMOVE: Final = """
delete from recipients
where channel_id = $1 and user_id = $2
"""

SOME_GROUP: Final = """
select recipients.channel_id
from recipients
join channels on channels.id = recipients.channel_id
where recipients.user_id = $1 and channels.type = 3
order by recipients.channel_id
limit 1
"""

# `closed` is the other one's.
DIRECT_OF: Final = """
select direct_messages.channel_id, theirs.user_id as other_id, theirs.closed
from recipients as mine
join direct_messages on direct_messages.channel_id = mine.channel_id
join recipients as theirs
    on theirs.channel_id = mine.channel_id and theirs.user_id <> mine.user_id
where mine.user_id = $1
"""

RESTORE_DIRECT: Final = """
with kept as (
    insert into direct_messages (lower_id, higher_id, channel_id)
    select least($1::bigint, pair.other_id), greatest($1::bigint, pair.other_id), pair.channel_id
    from unnest($2::bigint[], $3::bigint[]) as pair (channel_id, other_id)
    returning channel_id
)
insert into recipients (channel_id, user_id, closed)
select channel_id, $1, true
from kept
"""

MODIFY: Final = """
update channels
set
    name = $2,
    owner_id = $3,
    icon = $4
where id = $1
"""

HAND_ON: Final = """
update channels
set owner_id = $2
where id = $1
"""

# What stands between somebody and the other one of a direct message.
REACH: Final = """
select
    theirs.user_id as other_id,
    theirs.closed as closed_to_other,
    theirs.request as request_to_other,
    mine.closed,
    mine.request,
    users.bot,
    coalesce(privacy.direct_messages_from, 'guilds') as direct_messages_from,
    coalesce(privacy.message_requests, true) as message_requests,
    coalesce((
        select type
        from relationships
        where user_id = mine.user_id and other_id = theirs.user_id
    ), 0) as relationship,
    coalesce((
        select type
        from relationships
        where user_id = theirs.user_id and other_id = mine.user_id
    ), 0) as relationship_of_other,
    exists (
        select
        from members as ours
        join members as others on others.guild_id = ours.guild_id
        where ours.user_id = mine.user_id and others.user_id = theirs.user_id
    ) as mutual,
    exists (
        select
        from members as ours
        join members as others on others.guild_id = ours.guild_id
        where ours.user_id = mine.user_id and others.user_id = theirs.user_id
            and not exists (
                select
                from restricted_guilds
                where user_id = theirs.user_id and guild_id = others.guild_id
            )
    ) as welcome,
    coalesce((
        select bool_and(guilds.dms_disabled_until is not null and guilds.dms_disabled_until > $3)
        from members as ours
        join members as others on others.guild_id = ours.guild_id
        join guilds on guilds.id = ours.guild_id
        where ours.user_id = mine.user_id and others.user_id = theirs.user_id
    ), false) as shut
from recipients as mine
join recipients as theirs
    on theirs.channel_id = mine.channel_id and theirs.user_id <> mine.user_id
join users on users.id = theirs.user_id
left join privacy on privacy.user_id = theirs.user_id
where mine.channel_id = $1 and mine.user_id = $2
"""

ANSWER: Final = """
update recipients
set
    closed = false,
    request = 2
where channel_id = $1 and user_id = $2 and (closed or request <> 2)
"""

# Who turned the other one away is not disturbed again.
APPEAR: Final = """
update recipients
set
    closed = false,
    request = case when request = 0 and $3 then 1 else request end,
    requested_at = case when request = 0 and $3 then $4::timestamptz else requested_at end
where channel_id = $1 and user_id = $2 and closed and request < 3
"""

CONSENT: Final = """
update recipients
set request = 2
where channel_id = $1 and user_id = $2 and request = 1
"""

REJECT: Final = """
update recipients
set
    request = 3,
    closed = true
where channel_id = any($1) and user_id = $2 and request = 1
returning channel_id
"""

# Friends need not ask each other.
SETTLE: Final = """
update recipients
set request = 2
from direct_messages
where direct_messages.lower_id = least($1::bigint, $2::bigint)
    and direct_messages.higher_id = greatest($1::bigint, $2::bigint)
    and recipients.channel_id = direct_messages.channel_id
    and recipients.request in (1, 3)
returning recipients.channel_id, recipients.user_id, recipients.closed
"""

PENDING: Final = """
select channel_id, requested_at
from recipients
where user_id = $1 and request = 1 and channel_id = any($2)
"""

FIRST_MESSAGES: Final = """
select pending.channel_id, first.id
from unnest($1::bigint[], $2::bigint[]) as pending (channel_id, since)
cross join lateral (
    select messages.id
    from messages
    where messages.channel_id = pending.channel_id and messages.id >= pending.since
    order by messages.id
    limit 1
) as first
"""
