"""The SQL of the history of messages."""

from typing import Final

REVISIONS: Final = """
select
    kind as ended, changed_at as ended_at, changed_by, author_id, content, embeds, attachments
from message_history
where channel_id = $1 and message_id = $2
order by changed_at
"""

CURRENT: Final = """
select author_id, content, embeds, attachments
from messages
where channel_id = $1 and id = $2
"""

_DELETED: Final = """
select
    message_id as id, channel_id, guild_id, author_id, persona, content, embeds, attachments,
    changed_at as deleted_at, changed_by
from message_history
where kind = 'delete' and message_id > $1 and message_id < $2
"""

_DOWN: Final = """
order by message_id desc
limit $3
"""

_UP: Final = """
order by message_id
limit $3
"""

_OF_CHANNEL: Final = """
    and channel_id = $4
"""

_OF_GUILD: Final = """
    and guild_id = $4 and channel_id = any($5)
"""

_OF_AUTHOR: Final = """
    and author_id = $4 and channel_id = any($5)
"""

# Each has an index of its own to go along.
OF_CHANNEL_DOWN: Final = _DELETED + _OF_CHANNEL + _DOWN
OF_CHANNEL_UP: Final = _DELETED + _OF_CHANNEL + _UP
OF_GUILD_DOWN: Final = _DELETED + _OF_GUILD + _DOWN
OF_GUILD_UP: Final = _DELETED + _OF_GUILD + _UP
OF_AUTHOR_DOWN: Final = _DELETED + _OF_AUTHOR + _DOWN
OF_AUTHOR_UP: Final = _DELETED + _OF_AUTHOR + _UP

NOTE_READING: Final = """
insert into history_readings (guild_id, day, user_id, channel_id, last_at)
values ($1, $2, $3, $4, $5)
on conflict (guild_id, day, user_id, channel_id) do update
set
    times = history_readings.times + 1,
    last_at = excluded.last_at
"""

READINGS: Final = """
select user_id, channel_id, times, last_at
from history_readings
where guild_id = $1
order by last_at desc
limit 100
"""

PRUNE_READINGS: Final = """
delete from history_readings
where (guild_id, day, user_id, channel_id) in (
    select guild_id, day, user_id, channel_id
    from history_readings
    where day < $1
    limit $2
    for update skip locked
)
"""
