"""The SQL of Web Push."""

from typing import Final

# Another subscription of the session or of the browser is over.
REPLACE: Final = """
delete from push_subscriptions
where session_id = $1 or endpoint = $2
"""

SUBSCRIBE: Final = """
insert into push_subscriptions (
    id, user_id, session_id, endpoint, p256dh, auth, name, shows_content, receipt
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
returning *
"""

OWN: Final = """
select *
from push_subscriptions
where user_id = $1
order by id
"""

ONE: Final = """
select *
from push_subscriptions
where user_id = $1 and id = $2
"""

CHANGE: Final = """
update push_subscriptions as kept
set
    name = coalesce($3, name),
    shows_content = coalesce($4, shows_content)
where user_id = $1 and id = $2
returning *
"""

UNSUBSCRIBE: Final = """
delete from push_subscriptions
where user_id = $1 and id = $2
"""

CONFIRM: Final = """
update push_subscriptions
set received_at = $3
where id = $1 and receipt = $2
"""

IS_ANY: Final = """
select exists (select from push_subscriptions) as is_any
"""

KEEP_KEY: Final = """
insert into instance (key, value)
values ('push_key', $1)
on conflict do nothing
"""

REPLACE_KEY: Final = """
insert into instance (key, value)
values ('push_key', $1)
on conflict (key) do update
set value = excluded.value
"""

KEY: Final = """
select value
from instance
where key = 'push_key'
"""

# Those of the guilds' members and of the named people who have devices.
LISTENERS: Final = """
select members.guild_id, members.user_id
from members
where members.guild_id = any($1)
    and members.user_id in (select push_subscriptions.user_id from push_subscriptions)
union
select null::bigint, push_subscriptions.user_id
from push_subscriptions
where push_subscriptions.user_id = any($2)
"""

# Whom somebody blocked or ignores, they hear nothing of.
UNHEARD: Final = """
select user_id, other_id
from relationships
where user_id = any($1)
    and other_id = any($2)
    and (type = 2 or ignored)
"""

ORDER: Final = """
insert into push_orders (subscription_id, subject_id, channel_id, calls, due_at)
select push_subscriptions.id, told.message_id, told.channel_id, told.calls, $5
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bool[])
    as told (user_id, message_id, channel_id, calls)
join push_subscriptions on push_subscriptions.user_id = told.user_id
on conflict do nothing
"""

ORDER_BEGINNING: Final = """
insert into push_orders (subscription_id, subject_id, guild_id, calls, due_at)
select id, $2, $3, true, $4
from push_subscriptions
where user_id = any($1)
on conflict do nothing
"""

# Of several plain messages of a channel the newest stands for all: it takes their place anyway.
OUTDATED: Final = """
delete from push_orders as older
where due_at <= $1
    and not calls
    and exists (
        select
        from push_orders as newer
        where newer.subscription_id = older.subscription_id
            and newer.channel_id = older.channel_id
            and newer.subject_id > older.subject_id
            and newer.due_at <= $1
    )
"""

# Each taking puts the push off: who falls while carrying it leaves it to be tried again.
TAKE: Final = """
with due as (
    select subscription_id, subject_id
    from push_orders
    where due_at <= $1
    order by due_at
    limit $3
    for update skip locked
)
update push_orders
set
    attempts = attempts + 1,
    due_at = $1 + ($2::interval[])[least(attempts + 1, cardinality($2::interval[]))]
from due
join push_subscriptions on push_subscriptions.id = due.subscription_id
join users on users.id = push_subscriptions.user_id
where push_orders.subscription_id = due.subscription_id
    and push_orders.subject_id = due.subject_id
returning
    push_orders.subject_id, push_orders.channel_id, push_orders.guild_id, push_orders.calls,
    push_orders.attempts,
    push_subscriptions.id as subscription_id, push_subscriptions.user_id,
    push_subscriptions.endpoint, push_subscriptions.p256dh, push_subscriptions.auth,
    push_subscriptions.shows_content, push_subscriptions.receipt, users.locale
"""

NEXT_DUE: Final = """
select min(due_at) as due_at
from push_orders
"""

# Whether somebody looks at a client now, or has read the message, where it is one.
IS_THERE: Final = """
select
    exists (
        select
        from attention
        where user_id = $1 and noted_at > $4
    )
    or exists (
        select
        from read_states
        where user_id = $1 and type = 0 and resource_id = $2 and last_id >= $3
    ) as is_there
"""

LATER: Final = """
update push_orders
set due_at = greatest(due_at, $3)
where subscription_id = $1 and subject_id = $2
"""

DONE: Final = """
delete from push_orders
where subscription_id = $1 and subject_id = $2
"""

PUSHED: Final = """
update push_subscriptions
set pushed_at = $2, failure = null
where id = $1
"""

FAILED: Final = """
update push_subscriptions
set failure = $2
where id = $1
"""

GONE: Final = """
delete from push_subscriptions
where id = $1 and endpoint = $2
"""

ATTEND: Final = """
insert into attention (user_id, process, noted_at)
select distinct push_subscriptions.user_id, $2::int, $3::timestamptz
from push_subscriptions
where push_subscriptions.user_id = any($1)
order by 1
on conflict (user_id, process) do update
set noted_at = excluded.noted_at
"""

TURN_AWAY: Final = """
delete from attention
where process = $2 and user_id <> all($1::bigint[])
    or noted_at < $3
"""
