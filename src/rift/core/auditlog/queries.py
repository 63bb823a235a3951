"""The SQL of the audit log."""

from typing import Final

INSERT: Final = """
insert into audit_log (
    id, guild_id, action_type, user_id, target_id, changes, options, reason
)
select id, guild_id, action_type, user_id, target_id, changes, options, reason
from jsonb_populate_recordset(null::audit_log, $1)
"""

# One who deletes the same author's messages in the same channel has one entry for a while.
COUNT_UP: Final = """
update audit_log
set options = options || jsonb_build_object('count', ((options ->> 'count')::int + 1)::text)
where id = (
    select id
    from audit_log
    where guild_id = $1
        and target_id = $2
        and id > $3
        and user_id = $4
        and action_type = $5
        and options ->> 'channel_id' = $6
        and reason is not distinct from $7
    order by id desc
    limit 1
)
"""

TAKE_TURN: Final = """
select pg_advisory_xact_lock(hashtextextended('audit log ' || $1, 0))
"""

SET_COUNT: Final = """
update audit_log
set options = options || jsonb_build_object('count', $2::text)
where id = $1
"""

_ENTRIES: Final = """
select id, action_type, user_id, target_id, changes, options, reason
from audit_log
where guild_id = $1 and id > $2 and id < $3
"""

_OF_USER: Final = """
    and user_id = $5
"""

_OF_ACTION: Final = """
    and action_type = $5
"""

_OF_BOTH: Final = """
    and user_id = $5
    and action_type = $6
"""

# A target has few entries: what else is asked of them is seen by looking at them.
_OF_TARGET: Final = """
    and target_id = $5
    and ($6::bigint is null or user_id = $6)
    and ($7::int is null or action_type = $7)
"""

_DOWN: Final = """
order by id desc
limit $4
"""

_UP: Final = """
order by id
limit $4
"""

# Each has an index of its own to go along.
ALL_DOWN: Final = _ENTRIES + _DOWN
ALL_UP: Final = _ENTRIES + _UP
OF_USER_DOWN: Final = _ENTRIES + _OF_USER + _DOWN
OF_USER_UP: Final = _ENTRIES + _OF_USER + _UP
OF_ACTION_DOWN: Final = _ENTRIES + _OF_ACTION + _DOWN
OF_ACTION_UP: Final = _ENTRIES + _OF_ACTION + _UP
OF_BOTH_DOWN: Final = _ENTRIES + _OF_BOTH + _DOWN
OF_BOTH_UP: Final = _ENTRIES + _OF_BOTH + _UP
OF_TARGET_DOWN: Final = _ENTRIES + _OF_TARGET + _DOWN
OF_TARGET_UP: Final = _ENTRIES + _OF_TARGET + _UP

USERS: Final = """
select
    id, username, discriminator, global_name, avatar, bot, flags, flags as public_flags, banner,
    accent_color
from users
where id = any($1)
order by id
"""

PRUNE: Final = """
delete from audit_log
where id in (
    select id
    from audit_log
    where id < $1
    order by id
    limit $2
    for update skip locked
)
"""

NEXT_FORSAKEN: Final = """
select id
from forsaken_guilds
order by id
limit 1
for update skip locked
"""

ERASE: Final = """
delete from audit_log
where id in (
    select id
    from audit_log
    where guild_id = $1
    order by id
    limit $2
)
"""

REMEMBER_NO_MORE: Final = """
delete from forsaken_guilds
where id = $1
"""
