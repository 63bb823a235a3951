"""The SQL of voice states."""

from typing import Final

PUT: Final = """
insert into voice_states (
    guild_id, user_id, channel_id, session_id, process, self_mute, self_deaf, self_video,
    suppress, request_to_speak_timestamp
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (guild_id, user_id) do update
set
    channel_id = excluded.channel_id,
    session_id = excluded.session_id,
    process = excluded.process,
    self_mute = excluded.self_mute,
    self_deaf = excluded.self_deaf,
    self_video = excluded.self_video,
    suppress = excluded.suppress,
    request_to_speak_timestamp = excluded.request_to_speak_timestamp
"""

CHANGE: Final = """
update voice_states
set channel_id = $3, suppress = $4, request_to_speak_timestamp = $5
where guild_id = $1 and user_id = $2
"""

DELETE: Final = """
delete from voice_states
where guild_id = $1 and user_id = $2
"""

LET_IN: Final = """
update voice_states
set token_hash = $3
where guild_id = $1 and user_id = $2
"""

ELSEWHERE: Final = """
select guild_id
from voice_states
where user_id = $1 and guild_id <> $2
order by guild_id
"""

OF_SESSION: Final = """
select guild_id, user_id
from voice_states
where session_id = $1
order by guild_id
"""

# The number of a process is a lock that it holds as long as it lives; see db/claims.
STRAY: Final = """
select guild_id, user_id
from voice_states
where process = any(
    select distinct process
    from voice_states
    except
    select objid::int
    from pg_locks
    where locktype = 'advisory' and classid = 542234695 and objsubid = 2
        and database = (select oid from pg_database where datname = current_database())
)
order by guild_id, user_id
limit 1000
"""

BEGIN_ROOM: Final = """
insert into voice_rooms (channel_id, guild_id, started_at)
values ($1, $2, $3)
on conflict (channel_id) do update set started_at = excluded.started_at
"""

PUT_STATUS: Final = """
insert into voice_rooms (channel_id, guild_id, status)
values ($1, $2, $3)
on conflict (channel_id) do update set status = excluded.status
"""

EMPTIED: Final = """
update scheduled_events
set due_at = $2
where channel_id = $1 and status = 2
"""

END_ROOM: Final = """
delete from voice_rooms
where channel_id = $1
"""
