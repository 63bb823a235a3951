"""The SQL of scheduled messages."""

from typing import Final

_SCHEDULED: Final = """
select
    id, user_id, channel_id, guild_id, body, attachments, send_at, version, error_code,
    error_message
from scheduled_messages
"""

OWN: Final = (
    _SCHEDULED
    + """
where user_id = $1 and ($2::bigint is null or channel_id = $2)
order by send_at, id
"""
)

ONE: Final = (
    _SCHEDULED
    + """
where id = $1 and channel_id = $2 and user_id = $3
"""
)

LOCK: Final = (
    ONE
    + """
for update
"""
)

COUNT: Final = """
select count(*)::int as count
from scheduled_messages
where user_id = $1
"""

INSERT: Final = """
insert into scheduled_messages (
    id, user_id, channel_id, guild_id, body, attachments, send_at, due_at
)
values ($1, $2, $3, $4, $5, $6, $7, $7)
returning *
"""

KEEP_FILES: Final = """
insert into scheduled_files (attachment_id, scheduled_message_id)
select unnest($2::bigint[]), $1::bigint
"""

CHANGE: Final = """
update scheduled_messages
set
    body = $2,
    send_at = $3,
    due_at = $3,
    version = version + 1,
    error_code = null,
    error_message = null
where id = $1
returning *
"""

REMOVE: Final = """
delete from scheduled_messages
where id = $1 and channel_id = $2 and user_id = $3
"""

# Of each person the next one in each channel: so nobody pours out a hundred at once.
DUE: Final = """
select distinct on (user_id, channel_id)
    id, user_id, channel_id, guild_id, body, attachments, send_at, version,
    (select disabled from users where users.id = user_id) as disabled
from scheduled_messages
where error_code is null and due_at <= $1
order by user_id, channel_id, send_at, id
limit $2
"""

NEXT_DUE: Final = """
select min(due_at) as due_at
from scheduled_messages
where error_code is null
"""

# As it was read: what its author has changed meanwhile is not what was to be sent.
SENT: Final = """
delete from scheduled_messages
where id = $1 and version = $2 and error_code is null
"""

POSTPONE: Final = """
update scheduled_messages
set due_at = $3
where id = $1 and version = $2
"""

FAIL: Final = """
update scheduled_messages
set error_code = $3, error_message = $4
where id = $1 and version = $2 and error_code is null
returning *
"""
