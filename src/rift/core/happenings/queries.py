"""The SQL of scheduled events; the open ones are in the world."""

from typing import Final

_COLUMNS: Final = """
select
    id, guild_id, channel_id, creator_id, name, description, image, scheduled_start_time,
    scheduled_end_time, status, entity_type, entity_id, location, recurrence_rule
from scheduled_events
"""

ENDED: Final = (
    _COLUMNS
    + """
where id = $1 and guild_id = $2 and status > 2
"""
)

SEVERAL: Final = (
    _COLUMNS
    + """
where guild_id = $1 and id = any($2)
order by id
"""
)

INSERT: Final = """
insert into scheduled_events (
    id, guild_id, channel_id, creator_id, name, description, image, scheduled_start_time,
    scheduled_end_time, entity_type, location, recurrence_rule, due_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""

UPDATE: Final = """
update scheduled_events
set
    channel_id = $2,
    name = $3,
    description = $4,
    image = $5,
    scheduled_start_time = $6,
    scheduled_end_time = $7,
    status = $8,
    entity_type = $9,
    entity_id = $10,
    location = $11,
    recurrence_rule = $12,
    due_at = $13,
    ended_at = $14
where id = $1
"""

DELETE: Final = """
delete from scheduled_events
where id = $1
"""

DUE: Final = """
select id, guild_id
from scheduled_events
where due_at <= $1
order by due_at, id
limit $2
"""

NEXT_DUE: Final = """
select min(due_at) as due_at
from scheduled_events
"""

POSTPONE: Final = """
update scheduled_events
set due_at = $2
where id = $1
"""

PRUNE: Final = """
delete from scheduled_events
where id in (
    select id
    from scheduled_events
    where ended_at < $1
    order by ended_at
    limit $2
    for update skip locked
)
"""

CREATORS: Final = """
select
    id, username, discriminator, global_name, avatar, banner, accent_color, bot,
    flags as user_flags
from users
where id = any($1)
"""

COUNTS: Final = """
select event_id, count(*)::int as count
from scheduled_event_users
where event_id = any($1) and exception_id = 0
group by event_id
"""

# Whoever wants to come to the event wants to come to each occurrence, but for those of which they
# said otherwise; of the two rows of somebody the one of the occurrence counts.
_OF_OCCURRENCE: Final = """
select distinct on (user_id) user_id, exception_id, response
from scheduled_event_users
where event_id = $1 and exception_id in (0, $2)
order by user_id, exception_id desc
"""

# Of those who want to come to an occurrence, who has a device.
REACHABLE: Final = (
    """
select push_subscriptions.user_id
from push_subscriptions
join (
"""
    + _OF_OCCURRENCE
    + """
) as said on said.user_id = push_subscriptions.user_id and said.response = 1
"""
)

COUNT_OCCURRENCE: Final = (
    """
select count(*)::int as count
from (
"""
    + _OF_OCCURRENCE
    + """
) as said
where response = 1
"""
)

_USERS: Final = (
    """
select
    said.user_id, said.exception_id, said.response, users.username, users.discriminator,
    users.global_name, users.avatar, users.banner, users.accent_color, users.bot,
    users.flags as user_flags
from (
"""
    + _OF_OCCURRENCE
    + """
) as said
join users on users.id = said.user_id
where said.response = 1 and said.user_id > $3 and said.user_id < $4
"""
)

USERS_UP: Final = (
    _USERS
    + """
order by said.user_id
limit $5
"""
)

USERS_DOWN: Final = (
    _USERS
    + """
order by said.user_id desc
limit $5
"""
)

RESPOND: Final = """
insert into scheduled_event_users (event_id, exception_id, user_id, response)
values ($1, $2, $3, $4)
on conflict (event_id, exception_id, user_id) do update
set response = excluded.response
where scheduled_event_users.response <> excluded.response
"""

TAKE_BACK: Final = """
delete from scheduled_event_users
where event_id = $1 and exception_id = $2 and user_id = $3
returning response
"""

OWN: Final = """
select
    scheduled_event_users.event_id as guild_scheduled_event_id, scheduled_event_users.user_id,
    scheduled_event_users.response,
    nullif(scheduled_event_users.exception_id, 0) as guild_scheduled_event_exception_id
from scheduled_event_users
join scheduled_events on scheduled_events.id = scheduled_event_users.event_id
where scheduled_event_users.user_id = $1
    and scheduled_events.guild_id = any($2)
    and scheduled_events.status < 3
order by scheduled_event_users.event_id, scheduled_event_users.exception_id
"""

PUT_EXCEPTION: Final = """
insert into scheduled_event_exceptions (
    event_id, id, scheduled_start_time, scheduled_end_time, is_canceled
)
values ($1, $2, $3, $4, $5)
on conflict (event_id, id) do update
set
    scheduled_start_time = excluded.scheduled_start_time,
    scheduled_end_time = excluded.scheduled_end_time,
    is_canceled = excluded.is_canceled
"""

DELETE_EXCEPTION: Final = """
delete from scheduled_event_exceptions
where event_id = $1 and id = $2
"""

DELETE_EXCEPTIONS: Final = """
delete from scheduled_event_exceptions
where event_id = $1
"""
